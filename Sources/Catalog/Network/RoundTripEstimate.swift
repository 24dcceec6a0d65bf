/// How the round trip between two places is known.
package enum RoundTripMethod: String, Sendable, CaseIterable {
  /// The two ends are one site, or one availability zone.
  case sameZone = "same-zone"
  /// Two zones of a region: measured for that pair, or the median over all pairs.
  case betweenZones = "between-zones"
  /// A region and its own endpoint.
  case sameRegion = "same-region"
  /// The pair of regions was measured.
  case measured
  /// The distance model.
  case model
}

/// The round trip between two places.
package struct RoundTripEstimate: Sendable {
  package let medianMilliseconds: Double
  /// 90th percentile ÷ median.
  package let jitterP90Ratio: Double
  package let method: RoundTripMethod
  package let provenance: Provenance
}

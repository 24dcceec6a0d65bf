extension Catalog {
  /// The round trip between two places: measured where the pair was measured, else modelled.
  ///
  /// The same in both directions. The ends of a message's access network are not in it.
  package func roundTrip(between one: Place, and other: Place) -> RoundTripEstimate {
    if one.kind == other.kind, one.code == other.code {
      return one.kind == .region ? insideRegion(one.code) : estimate(figures.sameZone, .sameZone)
    }
    if let region = one.cloudRegion, let otherRegion = other.cloudRegion {
      if region == otherRegion {
        if one.kind == .zone, other.kind == .zone { return betweenZones(one.code, other.code) }
        return insideRegion(region)
      }
      if let pair = measured.between(region, otherRegion) {
        return RoundTripEstimate(
          medianMilliseconds: pair.milliseconds,
          jitterP90Ratio: pair.p90Ratio ?? figures.jitterP90Ratio.value,
          method: .measured, provenance: pair.provenance)
      }
    }
    return modelledRoundTrip(between: one, and: other)
  }

  /// What the distance model alone says, whatever was measured.
  package func modelledRoundTrip(between one: Place, and other: Place) -> RoundTripEstimate {
    let scope = DistanceModel.Scope.between(one.provider, other.provider)
    return RoundTripEstimate(
      medianMilliseconds: distanceModel.roundTripMilliseconds(
        one.coordinates, other.coordinates, scope: scope),
      jitterP90Ratio: figures.jitterP90Ratio.value, method: .model,
      provenance: distanceModel.fit(scope).provenance)
  }

  /// The nearest of some places by round trip, nearest first; equally near ones by their code.
  package func nearest(_ candidates: [Place], to place: Place, count: Int = 1) -> [Place] {
    let distances = candidates.map { ($0, roundTrip(between: place, and: $0).medianMilliseconds) }
    let sorted = distances.sorted { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0.code < $1.0.code }
    return sorted.prefix(max(0, count)).map(\.0)
  }

  private func insideRegion(_ code: String) -> RoundTripEstimate {
    guard let pair = measured.between(code, code) else {
      return estimate(figures.regionEndpoint, .sameRegion)
    }
    return RoundTripEstimate(
      medianMilliseconds: pair.milliseconds, jitterP90Ratio: pair.p90Ratio ?? figures.jitterP90Ratio.value,
      method: .sameRegion, provenance: pair.provenance)
  }

  private func betweenZones(_ one: String, _ other: String) -> RoundTripEstimate {
    guard let pair = measured.betweenZones(one, other) else {
      return estimate(figures.interZone, .betweenZones)
    }
    return RoundTripEstimate(
      medianMilliseconds: pair.milliseconds, jitterP90Ratio: figures.jitterP90Ratio.value,
      method: .betweenZones,
      provenance: pair.provenance)
  }

  private func estimate(_ figure: NetworkFigures.Figure, _ method: RoundTripMethod) -> RoundTripEstimate {
    RoundTripEstimate(
      medianMilliseconds: figure.value, jitterP90Ratio: figures.jitterP90Ratio.value, method: method,
      provenance: figure.provenance)
  }
}

extension Place {
  /// The region whose measurements hold for this place: its own if it is a region or a zone.
  fileprivate var cloudRegion: String? {
    kind == .region || kind == .zone ? parentRegion : nil
  }
}

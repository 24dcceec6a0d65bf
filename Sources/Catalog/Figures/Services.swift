/// An API front: what stands between callers and a function.
package struct FrontService: Sendable {
  package let name: String
  /// `aws`, or `any` for software that runs anywhere.
  package let provider: String
  /// Token bucket of the account in a region: requests per second and how many tokens it holds.
  package let ratePerSecond: Double
  package let burst: Double
  /// Longest wait for the function, s.
  package let timeoutSeconds: Double
  package let payloadMaximumMegabytes: Double
  /// Its own latency per request, ms; lognormal.
  package let overheadMedianMilliseconds: Double
  package let overheadP99Milliseconds: Double
  package let priceKey: String
  package let meter: String
  package let strength: Strength
  package let provenance: Provenance
}

/// A managed store as functions see it: the latency of one operation inside its own region.
package struct StoreService: Sendable {
  package let name: String
  /// `table`, `object`, `cache`, `relational` or `key-value`.
  package let behaviour: String
  /// `aws`, `cloudflare`, or `any` for software that runs anywhere.
  package let provider: String
  /// Kinds of places that can host it.
  package let siteKinds: [PlaceKind]
  /// Latency of one operation, without the network to it, ms; lognormal.
  package let readMedianMilliseconds: Double
  package let readP99Milliseconds: Double
  package let writeMedianMilliseconds: Double
  package let writeP99Milliseconds: Double
  /// Bytes in a billable unit of reading and writing, KB; 0 = an operation is the unit.
  package let readUnitKilobytes: Double
  package let writeUnitKilobytes: Double
  package let priceKey: String
  package let meter: String
  package let strength: Strength
  package let provenance: Provenance
}

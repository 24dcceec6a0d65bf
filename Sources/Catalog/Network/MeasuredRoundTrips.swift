/// Measured round trips between regions and between zones.
struct MeasuredRoundTrips: Sendable {
  /// One measurement; both directions are one pair.
  struct Pair: Sendable {
    let from: String
    let to: String
    let milliseconds: Double
    /// 90th percentile ÷ median, where it was measured.
    let p90Ratio: Double?
    let provenance: Provenance
  }

  /// In the order of the table.
  let pairs: [Pair]
  private let positions: [String: Int]
  private let zonePairs: [Pair]
  private let zonePositions: [String: Int]

  init(layers: CatalogLayers, regions: Set<String>) throws(CatalogError) {
    pairs = try layers.entries(.roundTrips, key: { Self.key($0.from, $0.to) }) { (row) throws(CatalogError) in
      for column in ["from", "to"] where row.isOverlay && !regions.contains(row.text(column)) {
        throw row.unknown(column, expected: "it must be the code of a region of this catalog")
      }
      return try Self.pair(row, prefix: "")
    }
    zonePairs = try layers.entries(.zoneRoundTrips, key: { Self.key($0.from, $0.to) }) {
      (row) throws(CatalogError) in
      let region = row.text("region")
      if row.isOverlay, !regions.contains(region) {
        throw row.unknown("region", expected: "it must be the code of a region of this catalog")
      }
      return try Self.pair(row, prefix: region)
    }
    positions = Self.index(pairs)
    zonePositions = Self.index(zonePairs)
  }

  /// The pair of regions, in either order.
  func between(_ one: String, _ other: String) -> Pair? {
    positions[Self.key(one, other)].map { pairs[$0] }
  }

  /// The pair of zones of one region, in either order.
  func betweenZones(_ one: String, _ other: String) -> Pair? {
    zonePositions[Self.key(one, other)].map { zonePairs[$0] }
  }

  private static func key(_ one: String, _ other: String) -> String {
    one < other ? one + " " + other : other + " " + one
  }

  private static func index(_ pairs: [Pair]) -> [String: Int] {
    var positions: [String: Int] = [:]
    positions.reserveCapacity(pairs.count)
    for (position, pair) in pairs.enumerated() { positions[key(pair.from, pair.to)] = position }
    return positions
  }

  private static func pair(_ row: CatalogRow, prefix: String) throws(CatalogError) -> Pair {
    let hasRatio = row.table == .roundTrips && !row.text("p90_ratio").isEmpty
    return Pair(
      from: prefix + (try row.word("from")), to: prefix + (try row.word("to")),
      milliseconds: try row.number("rtt_ms", in: 0.001...10_000),
      p90Ratio: hasRatio ? try row.number("p90_ratio", in: 1...100) : nil, provenance: try row.provenance())
  }
}

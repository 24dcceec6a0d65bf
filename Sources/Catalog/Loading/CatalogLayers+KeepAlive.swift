extension CatalogLayers {
  /// The keep-alive laws, in the order in which they are first named.
  func keepAliveLaws() throws(CatalogError) -> [KeepAliveLaw] {
    let rows = try entries(.keepAliveLaws, key: { $0.key }, decode: Self.keepAlivePoint)
    var names: [String] = []
    for row in rows where !names.contains(row.law) { names.append(row.law) }
    return names.compactMap { name in
      let own = rows.filter { $0.law == name }
      return own.first.map { KeepAliveLaw(name: name, measured: own.map(\.point), provenance: $0.provenance) }
    }
  }

  private struct KeepAliveRow {
    var law: String
    var point: KeepAliveLaw.Point
    var provenance: Provenance

    var key: String { "\(law) \(point.idleSeconds)" }
  }

  private static func keepAlivePoint(_ row: CatalogRow) throws(CatalogError) -> KeepAliveRow {
    KeepAliveRow(
      law: try row.word("law"),
      point: KeepAliveLaw.Point(
        idleSeconds: try row.number("idle_s", in: 0...1e9), coldRatio: try row.number("cold_ratio", in: 0...1)),
      provenance: try row.provenance())
  }
}

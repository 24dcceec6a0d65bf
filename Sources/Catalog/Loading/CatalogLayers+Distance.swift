extension CatalogLayers {
  /// The distance model: corridors and the coefficients fitted over them.
  func distanceModel(figures: NetworkFigures) throws(CatalogError) -> DistanceModel {
    let hubs = try entries(.corridorHubs, key: { $0.code }) { (row) throws(CatalogError) in
      CorridorGraph.Hub(
        code: try row.word("code"), coordinates: try row.coordinates(), provenance: try row.provenance())
    }
    var positions: [String: Int] = [:]
    for (position, hub) in hubs.enumerated() { positions[hub.code] = position }
    let links = try entries(.corridorLinks, key: { $0.key }) { (row) throws(CatalogError) in
      _ = try row.provenance()
      return (key: Self.pairKey(row), link: try Self.link(row, hubs: positions))
    }
    let fits = try entries(.distanceModel, key: { $0.scope.rawValue }, decode: Self.fit)
    for scope in DistanceModel.Scope.allCases where !fits.contains(where: { $0.scope == scope }) {
      throw .missingProperty(
        FileLocation(file: CatalogTable.distanceModel.fileName, line: 1, column: 1),
        entry: "the distance model",
        property: "fit of the scope '\(scope.rawValue)'")
    }
    let graph = CorridorGraph(
      hubs: hubs, links: links.map(\.link), attachmentCount: figures.attachmentHubs,
      attachmentRatio: figures.attachmentRatio)
    return DistanceModel(fits: fits, corridors: graph, blend: figures.blend)
  }

  private static func pairKey(_ row: CatalogRow) -> String {
    let (from, to) = (row.text("from"), row.text("to"))
    return from < to ? from + " " + to : to + " " + from
  }

  private static func link(_ row: CatalogRow, hubs: [String: Int]) throws(CatalogError) -> CorridorGraph.Link
  {
    guard let from = hubs[row.text("from")] else {
      throw row.unknown("from", expected: "it must be the code of a hub of corridor_hubs.csv")
    }
    guard let to = hubs[row.text("to")] else {
      throw row.unknown("to", expected: "it must be the code of a hub of corridor_hubs.csv")
    }
    let scope = row.text("scope")
    guard scope == "all" || scope == "azure" else { throw row.wrong("scope", expected: "one of all, azure") }
    let kilometres = try row.number("kilometres", in: 0...50_000)
    let factor = try row.number("factor", in: 0.1...10)
    return CorridorGraph.Link(
      from: from, to: to, kilometres: kilometres * factor, isAzureOnly: scope == "azure")
  }

  private static func fit(_ row: CatalogRow) throws(CatalogError) -> DistanceModel.Fit {
    var residuals: [Double] = []
    for percentile in ["05", "25", "50", "75", "95"] {
      residuals.append(try row.number("residual_p\(percentile)_ms", in: -10_000...10_000))
    }
    return DistanceModel.Fit(
      scope: try row.choice("scope", DistanceModel.Scope.self), intercept: try row.amount("intercept_ms"),
      slope: try row.amount("slope_ms_per_1000_km") / 1000,
      shortIntercept: try row.amount("short_intercept_ms"),
      shortSlope: try row.amount("short_slope_ms_per_1000_km") / 1000,
      pairCount: try row.count("pairs", in: 2...1_000_000),
      unseenR2: try row.number("unseen_r2", in: -10...1),
      unseenError: try row.amount("unseen_error_ms"),
      circleUnseenR2: try row.number("circle_unseen_r2", in: -10...1),
      residuals: residuals, provenance: try row.provenance())
  }
}

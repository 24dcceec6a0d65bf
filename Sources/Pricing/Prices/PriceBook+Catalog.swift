import Catalog

extension PriceEntry {
  /// Reads a row of the catalog.
  ///
  /// - Throws: `PriceProblem` naming the column that cannot be used.
  package init(_ row: PriceRow) throws(PriceProblem) {
    try self.init(
      service: row.service, dimension: row.dimension, unit: row.unit, region: row.region, price: row.priceUSD,
      tierFrom: row.tierFrom, tierTo: row.tierTo, asOf: row.provenance.asOf, source: row.provenance.source,
      location: "\(row.location): ", layer: row.layer)
  }
}

extension PriceBook {
  /// The prices of a catalog. Where a region has none, the nearest region of the same provider stands in, then
  /// the points of presence of its country.
  ///
  /// - Throws: `PriceProblem` for the first row that cannot be used.
  package init(_ catalog: Catalog) throws(PriceProblem) {
    var entries: [PriceEntry] = []
    for row in catalog.prices {
      entries.append(try PriceEntry(row))
    }
    let pricedCodes = Set(entries.map(\.region))
    var neighbours: [String: [String]] = [:]
    for region in catalog.regions {
      let candidates = catalog.regions.filter { other in
        other.provider == region.provider && other.code != region.code && pricedCodes.contains(other.code)
      }
      neighbours[region.code] =
        catalog.nearest(candidates.map(\.place), to: region.place, count: candidates.count).map(\.code)
        + [catalog.edgePriceRegion(country: region.country)]
    }
    var priceRegions: [String: String] = [:]
    for row in catalog.priceRegions { priceRegions["edge:" + row.country] = row.region }
    try self.init(entries, rules: PriceRules(catalog), neighbours: neighbours, priceRegions: priceRegions)
  }
}

extension CatalogLayers {
  func prices() throws(CatalogError) -> [PriceRow] {
    let key = { (row: PriceRow) in
      row.service + "|" + row.dimension + "|" + row.unit + "|" + row.region + "|" + row.tierFrom
    }
    return try entries(.prices, key: key) { (row) throws(CatalogError) in
      guard let amount = row.decimal("price_usd"), amount >= 0 else {
        throw row.wrong("price_usd", expected: "a decimal amount in US dollars, zero or more")
      }
      return PriceRow(
        service: try row.word("service"), dimension: try row.word("dimension"), unit: try row.word("unit"),
        region: try row.word("region"), priceUSD: row.text("price_usd"), tierFrom: row.text("tier_from"),
        tierTo: row.text("tier_to"), freeTier: row.text("free_tier"), provenance: try row.provenance(),
        location: row.location(of: "service"), layer: row.layer)
    }
  }

  func priceMeters() throws(CatalogError) -> [PriceMeterRow] {
    try entries(.priceMeters, key: { $0.meter + "|" + $0.route }) { (row) throws(CatalogError) in
      let scope = row.text("scope")
      let account = scope.hasPrefix("account:") ? String(scope.dropFirst("account:".count)) : ""
      guard scope == "region" || !account.isEmpty else {
        throw row.wrong("scope", expected: "region, or account: and the region whose price holds")
      }
      return PriceMeterRow(
        meter: try row.word("meter"), route: row.text("route"), service: try row.word("service"),
        dimensions: try row.word("dimensions").split(separator: " | ").map(String.init),
        unit: try row.word("unit"), accountRegion: account, allowance: row.text("allowance"),
        firstTier: try row.choice("first_tier", PriceMeterRow.FirstTier.self),
        tiersStart: try row.choice("tiers_start", PriceMeterRow.TiersStart.self), block: row.text("block"),
        provenance: try row.provenance(), location: row.location(of: "meter"))
    }
  }

  func priceFactors() throws(CatalogError) -> [PriceFactorRow] {
    try entries(.priceFactors, key: { $0.service + "|" + $0.meter + "|" + $0.input }) {
      (row) throws(CatalogError) in
      PriceFactorRow(
        service: try row.word("service"), meter: try row.word("meter"), input: try row.word("input"),
        kind: try row.choice("kind", PriceFactorRow.Kind.self), above: row.text("above"),
        step: row.text("step"), minimum: row.text("minimum"), per: row.text("per"),
        fallback: row.text("default"), provenance: try row.provenance(), location: row.location(of: "service"))
    }
  }

  func priceAllowances() throws(CatalogError) -> [PriceAllowanceRow] {
    try entries(.priceAllowances, key: { $0.name }) { (row) throws(CatalogError) in
      PriceAllowanceRow(
        name: try row.word("allowance"), quantity: try row.word("quantity"),
        term: try row.choice("term", PriceAllowanceRow.Term.self), provenance: try row.provenance(),
        location: row.location(of: "allowance"))
    }
  }

  func priceSubscriptions() throws(CatalogError) -> [PriceSubscriptionRow] {
    try entries(.priceSubscriptions, key: { $0.meterPrefix + "|" + $0.meter }) { (row) throws(CatalogError) in
      PriceSubscriptionRow(
        meterPrefix: try row.word("meter_prefix"), meter: try row.word("meter"),
        service: try row.word("service"), dimension: try row.word("dimension"),
        provenance: try row.provenance())
    }
  }

  func priceDiscounts() throws(CatalogError) -> [PriceDiscountRow] {
    try entries(.priceDiscounts, key: { $0.name + "|" + $0.meterPrefix }) { (row) throws(CatalogError) in
      _ = try row.number("fraction", in: 0...1)
      return PriceDiscountRow(
        name: try row.word("discount"), kind: try row.choice("kind", PriceDiscountRow.Kind.self),
        meterPrefix: try row.word("meters"), fraction: row.text("fraction"), provenance: try row.provenance(),
        location: row.location(of: "discount"))
    }
  }

  func priceRegions() throws(CatalogError) -> [PriceRegionRow] {
    try entries(.priceRegions, key: { $0.country }) { (row) throws(CatalogError) in
      PriceRegionRow(
        country: try row.word("country"), region: try row.word("price_region"),
        provenance: try row.provenance())
    }
  }
}

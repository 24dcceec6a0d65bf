import Catalog
import Pricing
import Testing

@Suite struct PriceEntryTests {
  @Test func readsBlocksAndTiers() throws {
    let entry = try row(
      dimension: "API calls tier 2 (metered in 512 KB)", unit: "1M requests", from: "1e6", to: "inf")
    #expect(entry.dimension == "API calls")
    #expect(entry.unit == "requests")
    #expect(entry.unitsPerPrice == 1_000_000)
    #expect(entry.tierFrom == ExactDecimal(1_000_000))
    #expect(entry.tierTo == nil)
    #expect(try row(unit: "10k operations").unitsPerPrice == 10_000)
    #expect(try row(unit: "1M").unit == "operations")
    #expect(try row(unit: "128MB-second").unitsPerPrice == 1)
    #expect(try row(dimension: "tier 1 support").dimension == "")
  }

  @Test func namesTheColumnThatIsWrong() {
    #expect(
      throws: PriceProblem.column(
        row: "S, D, us-east-1", column: "price_usd", text: "cheap", wanted: "dollars with at most 12 decimals"
      )
    ) { try row(price: "cheap") }
    #expect(throws: PriceProblem.self) { try row(price: "-1") }
    #expect(throws: PriceProblem.self) { try row(from: "many") }
    #expect(throws: PriceProblem.self) { try row(from: "10", to: "10") }
    #expect(throws: PriceProblem.self) { try row(from: "10", to: "lots") }
    #expect(throws: PriceProblem.self) { try row(service: "") }
  }

  @Test(arguments: ["11", "9"]) func refusesHolesAndOverlaps(start: String) throws {
    let rows = [try row(from: "0", to: "10"), try row(from: start, to: "inf")]
    let error = #expect(throws: PriceProblem.tiers(row: "S, D, us-east-1", end: "10", start: start)) {
      try book(rows)
    }
    #expect(
      error?.description
        == "price 'S, D, us-east-1': its tiers overlap or leave a hole: one ends at 10 and the next begins at "
        + "\(start); each must begin where the one before it ends")
  }

  @Test func twoPricesForTheSameUsageOfOneLayerAreRefused() throws {
    let rows = [try row(price: "1"), try row(price: "2")]
    #expect(throws: PriceProblem.self) { try book(rows) }
  }

  @Test func anUpperLayerPushesOutWhatItOverlaps() throws {
    let base = [
      try row(price: "3", from: "0", to: "10"), try row(price: "2", from: "10", to: "20"),
      try row(price: "1", from: "20", to: "inf"),
    ]
    func prices(_ upper: [PriceEntry]) throws -> [ExactDecimal]? {
      try book(base + upper).match(service: "S", dimensions: ["D"], region: "us-east-1", unit: "request")?
        .schedule.tiers.map(\.price)
    }
    let (one, two, nine) = (ExactDecimal(1), ExactDecimal(2), ExactDecimal(9))
    #expect(try prices([row(price: "9", from: "0", to: "10", layer: 1)]) == [nine, two, one])
    #expect(try prices([row(price: "9", layer: 1)]) == [nine])
    #expect(try prices([row(price: "9", from: "0", to: "20", layer: 1)]) == [nine, one])
    #expect(throws: PriceProblem.self) { try prices([row(price: "9", from: "0", to: "15", layer: 1)]) }
    let other = try book(base + [row(unit: "hour", price: "9", layer: 1)])
    #expect(other.match(service: "S", dimensions: ["D"], region: "us-east-1", unit: "request") == nil)
    #expect(other.match(service: "S", dimensions: ["D"], region: "us-east-1", unit: "second") != nil)
  }

  @Test func everyRuleFindsItsPrice() throws {
    for rule in PriceFixture.rules.meters where rule.route != .interRegion {
      let match = PriceFixture.builtIn.match(
        service: rule.service, dimensions: rule.dimensions, region: "us-east-1", unit: rule.unit)
      #expect(match != nil, "\(rule.meter)")
    }
  }

  @Test func everyMeterIsPricedOnce() {
    let names = PriceFixture.rules.meters.map { "\($0.meter) \($0.route.rawValue)" }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: [
    ("edge:Brazil", "edge:South America"), ("edge:Portugal", "edge:EU"), ("edge:EU", "edge:EU"),
    ("edge:Mexico", "edge:United States"), ("us-east-1", "us-east-1"),
  ])
  func edgesHaveThePriceRegionOfTheirCountry(region: String, canonical: String) throws {
    let bill = try PriceFixture.builtIn.bill(for: [monthly("cloudfront.requests", 1, region: region)])
    #expect(bill.lines.map(\.region) == [canonical])
  }

  private func book(_ rows: [PriceEntry]) throws -> PriceBook { try PriceBook(rows, rules: PriceFixture.rules) }

  private func row(
    service: String = "S", dimension: String = "D", unit: String = "request", price: String = "1",
    from: String = "",
    to: String = "", layer: Int = 0
  ) throws -> PriceEntry {
    try PriceEntry(
      service: service, dimension: dimension, unit: unit, region: "us-east-1", price: price, tierFrom: from,
      tierTo: to, asOf: "2025", source: "test", layer: layer)
  }
}

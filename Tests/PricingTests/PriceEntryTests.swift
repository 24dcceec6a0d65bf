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
    let problem = PriceProblem.tiers(row: "S, D, R")
    #expect(problem.description.contains("tiers overlap or leave a hole"))
  }

  @Test func refusesHolesAndOverlaps() throws {
    let first = try row(from: "0", to: "10")
    #expect(throws: PriceProblem.tiers(row: "S, D, us-east-1")) {
      try PriceBook([first, row(from: "11", to: "inf")])
    }
    #expect(throws: PriceProblem.tiers(row: "S, D, us-east-1")) {
      try PriceBook([first, row(from: "9", to: "inf")])
    }
  }

  @Test func laterRowsReplaceEarlierOnes() throws {
    let book = try PriceBook([row(price: "1"), row(price: "2")])
    let match = try #require(book.match(service: "S", dimensions: ["D"], region: "us-east-1"))
    #expect(match.schedule.tiers.map(\.price) == [ExactDecimal(2)])
  }

  @Test func everyRuleFindsItsRows() throws {
    let book = try PriceFixture.book()
    for rule in PriceRule.table {
      let match = book.match(service: rule.service, dimensions: rule.dimensions, region: "us-east-1")
      #expect(match != nil, "\(rule.meter)")
      #expect(match?.schedule.tiers.allSatisfy { $0.unit == rule.unit } == true, "\(rule.meter)")
    }
  }

  @Test func everyMeterIsPricedOnceAndEveryAllowanceIsKnown() {
    let names = PriceRule.table.map { "\($0.meter) \($0.route.rawValue)" }
    #expect(Set(names).count == names.count)
    let allowances = Set(Allowance.table.map(\.id))
    #expect(PriceRule.table.compactMap(\.allowance).allSatisfy(allowances.contains))
    let meters = Set(PriceRule.table.map(\.meter))
    #expect(BillingIncrement.table.allSatisfy { meters.contains($0.meter) })
  }

  @Test(arguments: [
    ("edge:Brazil", "edge:South America"), ("edge:Portugal", "edge:EU"), ("edge:EU", "edge:EU"),
    ("edge:Mexico", "edge:United States"), ("edge:Atlantis", "edge:Atlantis"), ("us-east-1", "us-east-1"),
  ])
  func edgesHaveThePriceRegionOfTheirCountry(region: String, canonical: String) {
    #expect(EdgePriceRegion.canonical(region) == canonical)
  }

  private func row(
    service: String = "S", dimension: String = "D", unit: String = "request", price: String = "1",
    from: String = "",
    to: String = ""
  ) throws -> PriceEntry {
    try PriceEntry(
      service: service, dimension: dimension, unit: unit, region: "us-east-1", price: price, tierFrom: from,
      tierTo: to, asOf: "2025", source: "test")
  }
}

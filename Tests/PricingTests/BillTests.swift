import Pricing
import Testing

@Suite struct BillTests {
  @Test func tiersHoldToTheirLastUnit() throws {
    let book = try PriceFixture.book()
    let limit: Int64 = 333_000_000
    for (calls, tiers) in [
      (limit - 1, ["0 to 333000000"]), (limit, ["0 to 333000000"]),
      (limit + 1, ["0 to 333000000", "333000000 to 1000000000"]),
    ] {
      let bill = try book.bill(for: [monthly("api-rest.requests", calls)])
      #expect(bill.lines.map(\.tier) == tiers)
    }
    let above = try book.bill(for: [monthly("api-rest.requests", limit + 1)])
    #expect(above.lines[1].amount.usd == (try decimal("0.0000028")))
    #expect(above.totals[0].amount.usd == (try decimal("1165.5000028")))
  }

  @Test func linesAddUpToTheUsageAndTheTotal() throws {
    let book = try PriceFixture.book()
    var state: UInt64 = 7
    func next(below bound: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % bound
    }
    for _ in 0..<300 {
      let measured = MeterReading.Period.measured(nanoseconds: 1 + next(below: 1 << 31) * 1_000)
      let regions = ["us-east-1", "sa-east-1", "ap-northeast-1"]
      let readings = (0..<12).map { index in
        let isTransfer = index % 3 == 0
        return MeterReading(
          placement: index % 2 == 0 ? "a" : "b", meter: isTransfer ? "transfer.out" : "lambda.gb-seconds",
          site: "s\(index)", region: regions[index % 3], route: isTransfer ? .internet : .unrouted,
          quantity: next(below: 1 << 31) * (isTransfer ? 100_000 : 1), unit: isTransfer ? "B" : "MB-ms",
          period: measured)
      }
      let bill = try book.bill(for: readings)
      #expect(bill.totals.map(\.placement) == ["a", "b"])
      for total in bill.totals {
        let own = bill.lines.filter { $0.placement == total.placement }
        #expect(own.reduce(Int128(0)) { $0 + $1.amount.usd.trillionths } == total.amount.usd.trillionths)
      }
      let ungifted = try book.bill(for: readings, freeTier: .none)
      #expect(quantity(bill.lines) == quantity(ungifted.lines))
      #expect(bill.lines.map(\.amount).total() <= ungifted.lines.map(\.amount).total())
    }
  }

  @Test func aMonthIs730Hours() throws {
    let reading = MeterReading(
      placement: "p", meter: "lambda.requests", site: "us-east-1", region: "us-east-1", quantity: 3_600,
      unit: "request", period: .measured(nanoseconds: 3_600_000_000_000))
    let bill = try PriceFixture.book().bill(for: [reading], freeTier: .none)
    #expect(bill.lines[0].quantity == ExactDecimal(3_600 * 730))
    #expect(bill.lines[0].amount.usd == (try decimal("0.5256")))
  }

  @Test func measuringTwiceAsLongCostsTheSame() throws {
    let book = try PriceFixture.book()
    let bills = try [1, 2].map { (factor: Int64) in
      try book.bill(for: [
        MeterReading(
          placement: "p", meter: "lambda.gb-seconds", site: "us-east-1", region: "us-east-1",
          quantity: 7_777_777_777 * factor, unit: "MB-ms",
          period: .measured(nanoseconds: 600_000_000_000 * factor))
      ])
    }
    #expect(bills[0] == bills[1])
  }

  @Test func feesDoNotScale() throws {
    let book = try PriceFixture.book()
    for requests in [1, 9_000_000] as [Int64] {
      let bill = try book.bill(for: [monthly("workers.requests", requests, region: "edge:EU")])
      #expect(bill.totals.map(\.amount) == [dollars(5)])
      #expect(bill.totals.map(\.fixed) == [dollars(5)])
      #expect(bill.lines.map(\.kind) == [.free, .fixed])
    }
    #expect(try book.bill(for: [monthly("workers.requests", 0)]).totals[0].amount == .zero)
  }

  @Test func anAllowanceIsSharedByAllRegionsAndArchitectures() throws {
    let bill = try PriceFixture.book().bill(for: [
      monthly("lambda.requests", 3_000_000), monthly("lambda.requests", 1_000_000, region: "sa-east-1"),
      monthly("lambda-arm.requests", 1_000_000),
    ])
    let free = bill.lines.filter { $0.kind == .free }
    #expect(free.map(\.quantity) == [ExactDecimal(600_000), ExactDecimal(200_000), ExactDecimal(200_000)])
    #expect(bill.totals[0].amount.usd == (try decimal("0.8")))
  }

  @Test func whatRoundingLeavesOfAnAllowanceIsGivenToo() throws {
    let bill = try PriceFixture.book().bill(for: [
      monthly("lambda.requests", 1_000_001), monthly("lambda.requests", 1_000_001, region: "sa-east-1"),
      monthly("lambda-arm.requests", 1_000_001),
    ])
    #expect(quantity(bill.lines.filter { $0.kind == .free }) == ExactDecimal(1_000_000).trillionths)
  }

  @Test func everyPlacementHasItsOwnAccount() throws {
    let bill = try PriceFixture.book().bill(
      for: [
        monthly("lambda.requests", 1_000_000, placement: "b"),
        monthly("lambda.requests", 1_000_000, placement: "a"),
      ], placements: ["idle", "a", "b"])
    #expect(bill.totals.map(\.placement) == ["idle", "a", "b"])
    #expect(bill.totals.allSatisfy { $0.amount == .zero })
    #expect(bill.lines.map(\.placement) == ["a", "b"])
  }

  @Test func firstYearAllowancesAreGivenOnlyOnRequest() throws {
    let book = try PriceFixture.book()
    let reading = [monthly("api-rest.requests", 1_000_000)]
    #expect(try book.bill(for: reading).totals[0].amount.usd == (try decimal("3.5")))
    #expect(try book.bill(for: reading, freeTier: .firstYear).totals[0].amount == .zero)
  }

  @Test func sitesOfOneRegionAreBilledTogether() throws {
    let readings = ["GRU", "GIG", "EZE"].map {
      MeterReading(
        placement: "p", meter: "cloudfront.requests", site: $0, region: "edge:South America",
        quantity: 5_000_000,
        unit: "request", period: .month)
    }
    let bill = try PriceFixture.book().bill(for: readings)
    #expect(bill.lines.map(\.quantity) == [ExactDecimal(10_000_000), ExactDecimal(5_000_000)])
    #expect(bill.totals[0].amount == dollars(11))
  }

  @Test func missingPricesAreStoodInForAndSaidSo() throws {
    let reading = [monthly("lambda.requests", 2_000_000, region: "eu-south-1")]
    let bill = try PriceFixture.book().bill(for: reading)
    #expect(bill.lines.last?.note == "no price for eu-south-1; that of us-east-1 stands in")
    #expect(bill.lines.last?.region == "eu-south-1")
    let near = try PriceFixture.book(neighbours: ["eu-south-1": ["nowhere", "sa-east-1"]]).bill(for: reading)
    #expect(near.lines.last?.note == "no price for eu-south-1; that of sa-east-1 stands in")
    let worldwide = try PriceFixture.book().bill(for: [monthly("workers.requests", 1, region: "edge:EU")])
    #expect(worldwide.lines.allSatisfy { $0.note.isEmpty })
  }

  @Test func transfersFollowTheirRoute() throws {
    let book = try PriceFixture.book()
    func price(_ region: String, to destination: String) throws -> String? {
      let reading = monthly(
        "transfer.out", 1, "GB", region: region, route: .interRegion, destination: destination)
      return try book.bill(for: [reading]).lines.last?.unitPrice
    }
    #expect(try price("us-east-1", to: "us-east-2") == "0.01 USD per GB")
    #expect(try price("us-east-1", to: "eu-west-1") == "0.02 USD per GB")
    #expect(try price("sa-east-1", to: "us-east-1") == "0.138 USD per GB")
    #expect(try price("ap-northeast-1", to: "us-east-1") == "0.09 USD per GB")
    #expect(try price("eu-north-1", to: "us-east-1") == "0.02 USD per GB")
    let out = try book.bill(for: [monthly("transfer.out", 1_100 << 30, "B", route: .internet)])
    #expect(out.lines.map(\.quantity) == [ExactDecimal(100), ExactDecimal(1_000)])
    #expect(out.totals[0].amount == dollars(90))
  }

  @Test func usageAboveTheLastKnownTierKeepsItsPrice() throws {
    let bill = try PriceFixture.book().bill(
      for: [monthly("transfer.out", 20_000, "GB", region: "ap-northeast-1", route: .internet)],
      freeTier: .none)
    #expect(bill.totals[0].amount == dollars(2_280))
  }

  @Test func saysWhatCannotBePriced() throws {
    let book = try PriceFixture.book()
    #expect(throws: PricingError.unknownMeter(meter: "quantum.spins", route: .unrouted)) {
      try book.bill(for: [monthly("quantum.spins", 1)])
    }
    #expect(throws: PricingError.unknownMeter(meter: "transfer.out", route: .unrouted)) {
      try book.bill(for: [monthly("transfer.out", 1, "B")])
    }
    #expect(throws: PricingError.self) {
      try book.bill(for: [monthly("workers.cpu-ms", 1, "B")])
    }
    #expect(throws: PricingError.badReading(meter: "lambda.requests", quantity: -1)) {
      try book.bill(for: [monthly("lambda.requests", -1)])
    }
    #expect(throws: PricingError.tooLarge(meter: "lambda.requests")) {
      try book.bill(for: [
        MeterReading(
          placement: "p", meter: "lambda.requests", site: "s", region: "us-east-1", quantity: Int64.max,
          unit: "request",
          period: .measured(nanoseconds: 1))
      ])
    }
    #expect(throws: PricingError.badReading(meter: "lambda.requests", quantity: 1)) {
      try book.bill(for: [
        MeterReading(
          placement: "p", meter: "lambda.requests", site: "s", region: "us-east-1", quantity: 1,
          unit: "request",
          period: .measured(nanoseconds: 0))
      ])
    }
    let empty = try PriceBook([], rules: PriceFixture.rules)
    let error = #expect(throws: PricingError.self) { try empty.bill(for: [monthly("lambda.requests", 1)]) }
    #expect(error?.description.contains("no price of AWS Lambda, requests x86") == true)
  }

  private func dollars(_ amount: Int64) -> Money { Money(usd: ExactDecimal(amount)) }

  private func quantity(_ lines: [CostLine]) -> Int128 {
    lines.reduce(0) { $0 + $1.quantity.trillionths }
  }

  @Test func readingsBeyondSixtyFourBitsAreNotClamped() throws {
    let quantity = Int128(1) << 70
    let reading = MeterReading(
      placement: "p", meter: "lambda.gb-seconds", site: "s", region: "us-east-1", quantity: quantity, unit: "MB-ms",
      period: .month)
    #expect(reading.quantity == quantity)
    // 2^70 MB-ms are 2^60 ÷ 1,000 GB-s.
    let bill = try PriceFixture.builtIn.bill(for: [reading], freeTier: .none)
    let billed = bill.lines.map(\.quantity).reduce(.zero, +)
    #expect(billed == ExactDecimal(trillionths: Int128(1 << 60) * 1_000_000_000))
    let huge = MeterReading(
      placement: "p", meter: "lambda.requests", site: "s", region: "us-east-1", quantity: Int128.max, unit: "request",
      period: .month)
    #expect(huge.monthlyQuantity == nil)
    #expect(throws: PricingError.tooLarge(meter: "lambda.requests")) { try PriceFixture.builtIn.bill(for: [huge]) }
  }
}

import Pricing
import Testing

/// Spot, savings plans, reservations and commitments.
@Suite struct DiscountTests {
  private func bill(_ items: [UsageItem], _ discounts: [Discount]) throws -> Bill {
    try PriceFixture.builtIn.bill(for: items, PriceBook.Terms(freeTier: .none, discounts: discounts))
  }

  private func item(_ meter: String, _ quantity: Int64, _ unit: String, account: String = "a") -> UsageItem {
    UsageItem(account: account, meter: meter, region: "us-east-1", quantity: ExactDecimal(quantity), unit: unit)
  }

  private let machine = "EC2 on-demand Linux/t3.medium"

  @Test func aSavingsPlanPaysWhereItSavesMostAndTheRestIsOnDemand() throws {
    // On demand: 1,460 h at 0.0416 = 60.736 USD and 1,000,000 GB-s at 0.0000166667 = 16.6667 USD.
    let items = [item("lambda.gb-seconds", 1_000_000, "GB-second"), item(machine, 1_460, "hour")]
    let rates = [
      Discount.Rate(prefix: "lambda.gb-seconds", off: try decimal("0.1")),
      Discount.Rate(prefix: "EC2 on-demand Linux/", off: try decimal("0.5")),
    ]
    func total(_ hourly: String) throws -> ExactDecimal {
      let plan = Discount(name: "plan", terms: .savingsPlan(hourly: try decimal(hourly), rates: rates))
      return try bill(items, [plan]).totals[0].amount.usd
    }
    #expect(try total("0") == (try decimal("77.4027")))
    // 7.30 USD a month cover 14.60 USD of machines.
    #expect(try abs(total("0.01") - decimal("70.1027")) < decimal("0.000001"))
    // 30.368 USD cover all machines; 6.132 USD are left for 6.813333 USD of Lambda.
    #expect(try abs(total("0.05") - decimal("46.353366666667")) < decimal("0.000001"))
    // All usage costs 45.36803 USD under the plan; what is promised beyond is paid for.
    #expect(try abs(total("0.1") - decimal("73")) < decimal("0.000001"))
    let plan = Discount(name: "plan", terms: .savingsPlan(hourly: try decimal("0.1"), rates: rates))
    let unused = try bill(items, [plan]).lines.filter { $0.meter == "discount.unused" }
    #expect(unused.count == 1)
    #expect(unused[0].kind == .fixed)
  }

  @Test func aReservationIsPaidForUsedOrNot() throws {
    let terms = Discount.Terms.reserved(
      meter: machine, region: "us-east-1", quantity: ExactDecimal(730), fee: ExactDecimal(20))
    let reservation = Discount(name: "one", terms: terms)
    #expect(try bill([item(machine, 1_460, "hour")], [reservation]).totals[0].amount.usd == (try decimal("50.368")))
    #expect(try bill([item(machine, 100, "hour")], [reservation]).totals[0].amount.usd == ExactDecimal(20))
    let elsewhere = Discount(
      name: "two", terms: .reserved(meter: machine, region: "eu-west-1", quantity: ExactDecimal(730), fee: .zero))
    #expect(try bill([item(machine, 100, "hour")], [elsewhere]).totals[0].amount.usd == (try decimal("4.16")))
  }

  @Test func committedUseCostsAShareOfTheListPrice() throws {
    let terms = Discount.Terms.committed(
      meter: machine, region: "us-east-1", quantity: ExactDecimal(1_000), off: try decimal("0.25"))
    let bill = try bill([item(machine, 1_500, "hour")], [Discount(name: "promise", terms: terms)])
    #expect(bill.totals[0].amount.usd == (try decimal("52")))  // 1,000 × 0.0416 × 0.75 + 500 × 0.0416
    #expect(bill.totals[0].fixed.usd == (try decimal("31.2")))
  }

  @Test func spotIsCheaperForItsShare() throws {
    let rate = Discount.Rate(prefix: "fargate.", off: try decimal("0.7"))
    let spot = Discount(name: "spot", terms: .spot(rates: [rate], share: try decimal("0.5")))
    let items = [item("fargate.vcpu-seconds", 1_000_000, "second"), item("sqs.requests", 1_000_000, "request")]
    let list = try bill(items, []).totals[0].amount.usd
    let cheaper = try bill(items, [spot]).totals[0].amount.usd
    #expect(list - cheaper == (try decimal("3.9354")))  // 11.244 × 0.5 × 0.7
  }

  @Test func spotMetersCostTheListPriceLessThePublishedDiscount() throws {
    let readings = [
      monthly("fargate.vcpu-seconds", 1_000_000_000, "vCPU-ms"),
      monthly("spot.fargate.vcpu-seconds", 1_000_000_000, "vCPU-ms"),
      monthly("spot.\(machine)", 3_600_000_000, "ms"),
    ]
    let lines = try PriceFixture.builtIn.bill(for: readings).lines
    // 1,000,000 vCPU-s at 0.000011244 USD, less 60 %; 1,000 h at 0.0416 USD less 60 %.
    let expected = ["11.244", "4.4976", "16.64"]
    #expect(lines.map(\.amount.usd) == (try expected.map { try decimal($0) }))
    #expect(lines[0].note == "")
    #expect(lines[1].note.contains("on demand less 60 %, 'fargate-spot' (middle of 50 % to 70 %"))
    #expect(lines[2].meter == "spot.\(machine)")
  }

  @Test func theAccountsSpotDiscountGoesBeforeThePublishedOneAndNothingElseApplies() throws {
    let half = Discount.Rate(prefix: "fargate.", off: try decimal("0.5"))
    let plan = Discount.Rate(prefix: "fargate.", off: try decimal("0.9"))
    let discounts = [
      Discount(name: "mine", terms: .spot(rates: [half], share: ExactDecimal(1))),
      Discount(name: "plan", terms: .savingsPlan(hourly: .zero, rates: [plan])),
    ]
    let reading = monthly("spot.fargate.vcpu-seconds", 1_000_000_000, "vCPU-ms")
    let lines = try PriceFixture.builtIn.bill(for: [reading], discounts: discounts).lines
    #expect(lines.map(\.amount.usd) == [try decimal("5.622")])
    #expect(lines[0].note == "spot 'mine'")
  }

  @Test func aSpotRowOfThePriceListGoesBeforeTheDiscount() throws {
    let rows = [("EC2 on-demand Linux", "0.04"), ("EC2 spot Linux", "0.015")]
    let entries = try rows.map { service, price in
      try PriceEntry(
        service: service, dimension: "t3.medium (2 vCPU)", unit: "instance-hour", region: "us-east-1", price: price,
        tierFrom: "", tierTo: "", asOf: "2025", source: "list")
    }
    let book = try PriceBook(entries, rules: PriceFixture.rules)
    let line = try book.bill(for: [monthly("spot.\(machine)", 100, "hour")]).lines[0]
    #expect(line.amount.usd == (try decimal("1.5")))
    #expect(line.service == "EC2 spot Linux")
    #expect(line.note == "")
  }

  @Test func spotWithoutAnyPriceStandsOnDemandAndSaysSo() throws {
    let reading = monthly("spot.sqs.requests", 2_000_000)
    let line = try #require(try PriceFixture.builtIn.bill(for: [reading], freeTier: .none).lines.last)
    #expect(line.note == "no spot price nor published discount; the price on demand stands in")
    #expect(line.amount.usd > .zero)
    #expect(throws: PricingError.noSpotPrice(meter: "sqs.requests")) {
      try PriceFixture.builtIn.bill(for: [reading], freeTier: .none, isStrict: true)
    }
  }

  @Test func discountsBelongToTheirAccounts() throws {
    let terms = Discount.Terms.reserved(meter: machine, region: "", quantity: ExactDecimal(730), fee: ExactDecimal(1))
    let items = [item(machine, 730, "hour"), item(machine, 730, "hour", account: "b")]
    let totals = try bill(items, [Discount(name: "one", placements: ["b"], terms: terms)]).totals
    #expect(totals.map(\.amount.usd) == [try decimal("30.368"), ExactDecimal(1)])
  }

  @Test func quantitiesAndAmountsAreConserved() throws {
    var state: UInt64 = 11
    func next(below bound: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % bound
    }
    for _ in 0..<200 {
      let items = [
        item(machine, next(below: 5_000), "hour"), item("lambda.gb-seconds", next(below: 90_000_000), "GB-second"),
        item("fargate.vcpu-seconds", next(below: 9_000_000), "second"),
      ]
      let rates = [
        Discount.Rate(prefix: "EC2", off: ExactDecimal(next(below: 100), digits: 2)),
        Discount.Rate(prefix: "lambda.", off: ExactDecimal(next(below: 100), digits: 2)),
      ]
      let spot = [Discount.Rate(prefix: "fargate.", off: ExactDecimal(next(below: 100), digits: 2))]
      let hourly = ExactDecimal(next(below: 300), digits: 3)
      let discounts = [
        Discount(name: "plan", terms: .savingsPlan(hourly: hourly, rates: rates)),
        Discount(name: "spot", terms: .spot(rates: spot, share: ExactDecimal(next(below: 100), digits: 2))),
      ]
      let (list, bill) = (try bill(items, []), try bill(items, discounts))
      for meter in Set(list.lines.map(\.meter)) {
        let before = list.lines.filter { $0.meter == meter }.map(\.quantity).reduce(.zero, +)
        let after = bill.lines.filter { $0.meter == meter }.map(\.quantity).reduce(.zero, +)
        #expect(before == after, "\(meter)")
      }
      let promised = ExactDecimal(trillionths: hourly.trillionths * 730)
      #expect(bill.totals[0].amount.usd <= list.totals[0].amount.usd + promised)
      #expect(bill.totals[0].amount.usd >= promised)
      #expect(bill.lines.allSatisfy { $0.amount >= .zero })
      #expect(bill.lines.map(\.amount).total() == bill.totals[0].amount)
    }
  }

  @Test func figuresThatCannotBeAreRefused() throws {
    let items = [item(machine, 1, "hour")]
    let minus = ExactDecimal(-1)
    let negative = Discount(name: "plan", terms: .savingsPlan(hourly: minus, rates: []))
    #expect(throws: PricingError.discount(.negative(name: "plan", amount: minus))) { try bill(items, [negative]) }
    let rate = Discount.Rate(prefix: "EC2", off: ExactDecimal(2))
    let above = Discount(name: "spot", terms: .spot(rates: [rate], share: ExactDecimal(1)))
    #expect(throws: PricingError.discount(.share(name: "spot", share: ExactDecimal(2)))) { try bill(items, [above]) }
    let terms = Discount.Terms.reserved(meter: "x", region: "", quantity: .zero, fee: .zero)
    let error = #expect(throws: PricingError.self) { try bill(items, [Discount(name: "one", terms: terms)]) }
    #expect(error?.description == "discount 'one': there is no price of 'x'")
  }
}

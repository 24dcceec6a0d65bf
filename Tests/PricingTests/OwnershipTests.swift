import Catalog
import Pricing
import Testing

@Suite struct OwnershipTests {
  /// Figures in whole numbers, so that every amount can be worked out by head.
  static let figures: [(item: String, value: ExactDecimal)] = [
    ("horizon", 6), ("staff.rate", 100), ("staff.support", 3), ("staff.development", 8), ("staff.test", 4),
    ("staff.governance", 2), ("staff.server", 1), ("energy.pue", 2), ("energy.carbon", 500), ("hardware.price", 4_800),
    ("hardware.life", 4), ("hardware.idle", 100), ("hardware.full", 300), ("hardware.space", 1_000),
    ("hardware.network", 4_800), ("hardware.disk", 480), ("hardware.transit", 2), ("cloud.pue", 2),
    ("cloud.watts.full", 4), ("cloud.watts.idle", 1), ("hardware.replacement", 0), ("hardware.maintenance", 0),
  ].map { ($0.0, ExactDecimal(Int64($0.1))) } + [("energy.tariff", ExactDecimal(2, digits: 1))]

  private func statement(
    _ readings: [MeterReading], hardware: [OwnedHardware] = [], fixed: [FixedCost] = [],
    environments: [String]? = ["production"], extra: [(item: String, value: ExactDecimal)] = [],
    prices: PriceBook? = nil
  ) throws -> OwnershipStatement {
    let catalog = try Catalog.load("world-2021")
    let assumptions = OwnershipAssumptions(
      catalog.ownership, given: Self.figures + extra,
      environments: environments.map { $0.map { ($0, [nil, nil, nil]) } })
    let book = try prices ?? PriceFixture.book()
    return try OwnershipReckoning(assumptions, hardware: hardware, fixed: fixed).statement(
      of: readings, placements: ["p"]
    ) { readings, fixed, environment in
      try book.bill(
        for: readings, placements: ["p"], fixed: fixed, freeTier: environment == "production" ? .always : .none)
    }
  }

  private func usage(_ meter: String, _ quantity: Int64, _ unit: String) -> MeterReading {
    monthly(meter, quantity, unit)
  }

  private func amount(_ statement: OwnershipStatement, _ item: String, _ environment: String = "production") -> String {
    statement.items.filter { $0.item == item && $0.environment == environment }.map(\.amount).total().usd.description
  }

  @Test func everyPlacementAndEnvironmentHasEveryLine() throws {
    let statement = try statement([monthly("lambda.requests", 3_000_000)], environments: nil)
    for name in ["production", "staging", "test", "development"] {
      let lines = statement.items.filter { $0.environment == name }.map(\.line)
      #expect(OwnershipLine.allCases.allSatisfy(lines.contains), "\(name)")
    }
    let sum = statement.items.map(\.amount).total()
    #expect(statement.totals[0].amount == sum && sum > .zero)
  }

  /// A control plane is there as a whole in every environment, whatever its usage.
  @Test func whatStandsAllMonthDoesSoInEveryEnvironment() throws {
    let result = try statement(
      [monthly("eks.cluster-hours", 730, "hour")], environments: nil, prices: PriceFixture.builtIn)
    for name in ["production", "staging", "test", "development"] {
      #expect(amount(result, "EKS", name) == "73", "\(name)")
    }
  }

  @Test func machinesCostWhatTheFormulaSays() throws {
    var rack = OwnedHardware(name: "rack", placements: ["p"], count: 2, vcpus: ExactDecimal(10))
    (rack.racks, rack.terabytes, rack.megabits) = (ExactDecimal(1), ExactDecimal(3), ExactDecimal(5))
    // 730 h × 20 vCPU = 14,600 vCPU-hours; a quarter of them is used.
    let busy = usage(UsageMeter.unbilledCPU, 3_650 * 3_600_000_000, "us")
    let result = try statement([busy], hardware: [rack])
    // 2 × 4,800 USD over 4 years are 200 USD a month: 4/6 of it the first purchase, 2/6 the second.
    #expect(amount(result, "rack: amortisation") == "33.33333333335")
    #expect(amount(result, "rack: replacement at the end of life") == "16.66666666665")
    #expect(amount(result, "rack: capital not in use") == "150")
    #expect(amount(result, "rack: network equipment") == "100")
    #expect(amount(result, "rack: disks") == "30")
    #expect(amount(result, "rack: housing") == "1000")
    #expect(amount(result, "rack: transit") == "10")
    #expect(amount(result, "rack: looking after machines") == "200")
    // 2 × (100 + 200/4) W × 730 h × 2 = 438 kWh.
    let electricity = try #require(result.items.first { $0.item == "rack: electricity" })
    #expect(electricity.energy == ExactDecimal(438) && electricity.amount.usd.description == "87.6")
    #expect(electricity.carbon == ExactDecimal(219))
    #expect(result.totals[0].amount.usd.description == "1627.6")
  }

  @Test func interestFailuresAndContractsAreSharesOfThePrice() throws {
    var rack = OwnedHardware(name: "rack", placements: [], count: 1, vcpus: ExactDecimal(1))
    rack.utilisation = ExactDecimal(1)
    let result = try statement(
      [], hardware: [rack],
      extra: [
        ("hardware.interest", ExactDecimal(1, digits: 1)), ("hardware.replacement", ExactDecimal(5, digits: 2)),
        ("hardware.maintenance", ExactDecimal(2, digits: 1)),
      ])
    #expect(amount(result, "rack: interest") == "20")
    #expect(amount(result, "rack: replacement of failures") == "20")
    #expect(amount(result, "rack: maintenance contract") == "80")
    #expect(!result.items.contains { $0.line == .idle && $0.item != "none" })
  }

  @Test func rentedMachinesAreIdleAsFarAsTheyAreNotUsed() throws {
    var cost = try #require(
      FixedCost(
        name: "web", quantity: ExactDecimal(1_460), unit: "instance-hour", price: ExactDecimal(1, digits: 1),
        placements: [], region: "us-east-1", source: "", asOf: ""))
    cost.line = .processing
    cost.machines = FixedCost.Machines(count: 2, vcpus: ExactDecimal(2))
    let busy = usage(UsageMeter.unbilledCPU, 730 * 3_600_000_000, "us")
    let result = try statement([busy], fixed: [cost], environments: ["production", "test"])
    let production = result.items.filter { $0.environment == "production" }
    #expect(production.filter { $0.line == .idle }.map(\.amount.usd.description) == ["109.5"])
    #expect(production.filter { $0.line == .processing }.map(\.amount.usd.description) == ["36.5"])
    // A quarter of two machines is one whole machine, with a twentieth of the load.
    let test = result.items.filter { $0.environment == "test" && [.idle, .processing].contains($0.line) }
    #expect(test.map(\.amount).total().usd.description == "73")
    #expect(test.first { $0.line == .processing }?.amount.usd.description == "1.825")
  }

  @Test func whatAMeterCallsIdleIsTakenFromItsLine() throws {
    let result = try statement([
      monthly("lambda.provisioned-gb-seconds", 1_000_000, "GB-second"),
      monthly("idle.lambda.provisioned-gb-seconds", 400_000, "GB-second"),
    ])
    let idle = result.items.first { $0.line == .idle }
    #expect(idle?.amount.usd.description == "1.66668")
    #expect(result.items.first { $0.line == .processing }?.amount.usd.description == "2.50002")
  }

  @Test func hoursAreBookedWhereTheyFallDue() throws {
    let functions = usage(UsageMeter.functions, 2, "function")
    let all = try statement([functions], environments: nil)
    #expect(amount(all, "support and maintenance") == "600")
    #expect(amount(all, "support and maintenance", "staging") == "150")
    #expect(amount(all, "development", "development") == "1600" && amount(all, "development") == "0")
    #expect(amount(all, "tests and quality", "test") == "800")
    let alone = try statement([functions])
    #expect(amount(alone, "development") == "1600" && amount(alone, "tests and quality") == "800")
    #expect(alone.totals[0].amount.usd.description == "3400")
  }

  @Test func otherEnvironmentsPayWithoutFreeTiers() throws {
    let reading = monthly("lambda.requests", 1_000_000)
    let result = try statement([reading], environments: ["production", "staging"])
    #expect(amount(result, "AWS Lambda") == "0")
    #expect(amount(result, "AWS Lambda", "staging") == "0.02")
  }

  @Test func electricityOfAProviderIsEstimatedPerRequest() throws {
    let result = try statement([
      usage(UsageMeter.requests, 1_000, "request"), usage(UsageMeter.cpu, 3_600_000_000, "us"),
    ])
    // 1 h × 4 W × 2 = 8 Wh for 1,000 requests; Virginia's grid emits 379.069 g/kWh.
    #expect(result.totals[0].energyPerRequest?.description == "0.008")
    #expect(result.totals[0].carbonPerRequest?.description == "0.003032552")
    #expect(result.items.first { $0.line == .energy }?.amount == .zero)
  }

  @Test func amountsBeyondAnyAccountAreRefused() {
    var rack = OwnedHardware(name: "rack", placements: [], count: 1_000_000, vcpus: ExactDecimal(1))
    rack.figures["hardware.price"] = ExactDecimal(1_000_000_000_000_000)
    #expect(throws: PricingError.tooLarge(meter: "rack")) { try statement([], hardware: [rack]) }
  }
}

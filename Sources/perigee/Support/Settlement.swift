import Catalog
import Experiments
import Pricing
import Reporting
import ScenarioFormat
import ServerlessModel
import UsageFormat

/// What readings cost.
struct Reckoned {
  /// The readings themselves.
  let readings: [MeterReading]
  /// Production's bill.
  let bill: Bill
  /// The cost of ownership of all environments.
  let ownership: OwnershipStatement
}

/// The prices of a catalog and the costs of a scenario, ready to be applied to readings.
struct Settlement {
  private let book: PriceBook
  private let fixed: [FixedCost]
  private let assumptions: OwnershipAssumptions
  private let hardware: [OwnedHardware]
  private let discounts: [Discount]

  /// - Parameter texts: those that the marks of the costs point into.
  /// - Throws: `Failure` for a price file that cannot be used, and with everything that has no price.
  init(_ catalog: Catalog, _ costs: CostsSpec, _ texts: [ScenarioText]) throws {
    do { book = try PriceBook(catalog) } catch { throw Self.failure("\(error)") }
    let problems = Problems()
    fixed = costs.amounts.map(Self.amount) + costs.capacity.compactMap { Self.capacity($0, catalog, problems) }
    assumptions = OwnershipAssumptions(
      catalog.ownership, given: costs.figures.map { ($0.item, ExactDecimal(nearest: $0.value)) },
      environments: costs.environments.map { list in
        list.map { one in
          (one.name, [one.usage, one.capacity, one.hours].map { $0.map(ExactDecimal.init(nearest:)) })
        }
      })
    hardware = costs.hardware.map(Self.machines)
    discounts = DiscountCompiler(book, problems).discounts(costs.discounts)
    guard problems.list.isEmpty else {
      throw Failure(message: DiagnosticRenderer(texts: texts).render(problems.list), exitCode: 65)
    }
  }

  /// The bill and the cost of ownership of a result.
  ///
  /// - Parameter isStrict: whether a price that stands in for a missing one is an error.
  func reckon(_ result: ExperimentResult, isStrict: Bool = false) throws -> Reckoned {
    try reckon(Metering.readings(of: result), placements: result.plans.map(\.names.placement), isStrict: isStrict)
  }

  /// - Throws: `Failure` if something that the plans use has no price at all, which is known before they run.
  static func requirePrices(of plans: [Plan]) throws {
    guard let plan = plans.first(where: { !$0.billing.unpriced.isEmpty }) else { return }
    let thing = Neutral.terminal(plan.billing.unpriced[0])
    throw failure("\(Neutral.terminal(plan.names.placement)): \(thing) has no price in the catalog")
  }

  /// The bill and the cost of ownership of the readings.
  func reckon(_ readings: [MeterReading], placements: [String], isStrict: Bool = false) throws -> Reckoned {
    let production = discounts.filter { $0.environments.contains(OwnershipAssumptions.production) }
    do {
      let bill = try book.bill(
        for: readings, placements: placements, fixed: fixed, discounts: production, isStrict: isStrict)
      let reckoning = OwnershipReckoning(assumptions, hardware: hardware, fixed: fixed)
      let statement = try reckoning.statement(of: readings, placements: placements) { readings, fixed, environment in
        try book.bill(
          for: readings, placements: placements, fixed: fixed,
          freeTier: environment == OwnershipAssumptions.production ? .always : .none,
          discounts: discounts.filter { $0.environments.contains(environment) })
      }
      return Reckoned(readings: readings, bill: bill, ownership: statement)
    } catch {
      throw Self.failure("\(error)")
    }
  }

  /// The readings that a line's usage was added up from.
  func readings(behind line: CostLine, among readings: [MeterReading]) -> [MeterReading] {
    book.readings(behind: line, among: readings)
  }

  private static func amount(_ spec: AmountSpec) -> FixedCost {
    var cost = FixedCost(
      name: spec.name.value, amount: Money(usd: ExactDecimal(nearest: spec.perMonth)),
      placements: spec.placements.map(\.value))
    cost.line = spec.line.flatMap(OwnershipLine.init) ?? .licences
    if !spec.environments.isEmpty { cost.environments = spec.environments }
    return cost
  }

  private static func machines(_ spec: HardwareSpec) -> OwnedHardware {
    var hardware = OwnedHardware(
      name: spec.name.value, placements: spec.placements.map(\.value), count: Int64(spec.count),
      vcpus: ExactDecimal(nearest: spec.vcpus))
    for figure in spec.figures { hardware.figures[figure.item] = ExactDecimal(nearest: figure.value) }
    if let price = spec.price { hardware.figures["hardware.price"] = ExactDecimal(nearest: price) }
    hardware.racks = ExactDecimal(nearest: spec.racks)
    hardware.terabytes = ExactDecimal(nearest: spec.storageTerabytes)
    hardware.megabits = ExactDecimal(nearest: spec.bandwidthMegabits)
    hardware.utilisation = spec.utilisation.map(ExactDecimal.init(nearest:))
    return hardware
  }

  /// Instances that are paid for by the hour, used or not; nil after a problem has been added.
  private static func capacity(_ spec: CapacitySpec, _ catalog: Catalog, _ problems: Problems) -> FixedCost? {
    let type = spec.type.value
    let rows = catalog.prices.filter {
      $0.service == "EC2 on-demand Linux" && ($0.dimension == type || $0.dimension.hasPrefix("\(type) ("))
    }
    let row = rows.first { $0.region == spec.region.value }
    guard let price = spec.price.map(ExactDecimal.init(nearest:)) ?? row.flatMap({ ExactDecimal($0.priceUSD) }) else {
      problems.error("no-price", at: rows.isEmpty ? spec.type.mark : spec.region.mark, noPrice(spec, rows, catalog))
      return nil
    }
    let cost = FixedCost(
      name: "\(spec.name.value): \(spec.count) \(type)",
      quantity: ExactDecimal(nearest: spec.hours * Double(spec.count)), unit: "instance-hour", price: price,
      placements: spec.placements.map(\.value), region: spec.region.value,
      source: spec.price == nil ? row?.provenance.source ?? "" : "the scenario",
      asOf: spec.price == nil ? row?.provenance.asOf ?? "" : "")
    guard var cost else {
      problems.error("too-large", at: spec.name.mark, "the amount is beyond any bill")
      return nil
    }
    cost.line = .processing
    cost.machines = FixedCost.Machines(
      count: Int64(spec.count), vcpus: spec.vcpus.map(ExactDecimal.init(nearest:)))
    return cost
  }

  private static func noPrice(_ spec: CapacitySpec, _ rows: [PriceRow], _ catalog: Catalog) -> String {
    let head = "there is no price of \(spec.type.value) in \(spec.region.value)"
    guard rows.isEmpty else {
      return "\(head); known in \(Suggestion.list(rows.map(\.region))); or give 'price'"
    }
    let types = catalog.prices.filter { $0.service == "EC2 on-demand Linux" }
      .map { String($0.dimension.prefix { $0 != " " }) }
    let nearest = Suggestion.nearest(to: spec.type.value, among: types)
    return head + (nearest.map { "; did you mean '\($0)'?" } ?? "; give 'price'")
  }

  private static func failure(_ sentence: String) -> Failure {
    Failure(message: "perigee: error: \(sentence)\n", exitCode: 65)
  }
}

/// The items of one placement in one environment, while they are put together.
struct OwnershipAccount {
  let reckoning: OwnershipReckoning
  let placement: String
  let environment: OwnershipAssumptions.Environment
  let usage: PlacementUsage
  private var items: [OwnershipItem] = []

  var assumptions: OwnershipAssumptions { reckoning.assumptions }

  init(
    _ reckoning: OwnershipReckoning, _ placement: String, _ environment: OwnershipAssumptions.Environment,
    _ usage: PlacementUsage
  ) {
    self.reckoning = reckoning
    self.placement = placement
    self.environment = environment
    self.usage = usage
  }

  /// The items in the order of the lines; a line without items has one that says so.
  var ordered: [OwnershipItem] {
    OwnershipLine.allCases.flatMap { line -> [OwnershipItem] in
      let own = items.filter { $0.line == line }
      return own.isEmpty ? [item(line, "none", .zero)] : own
    }
  }

  func item(_ line: OwnershipLine, _ name: String, _ amount: Money) -> OwnershipItem {
    OwnershipItem(placement: placement, environment: environment.name, line: line, item: name, amount: amount)
  }

  mutating func append(_ item: OwnershipItem) { items.append(item) }

  /// The product of figures that are not negative.
  ///
  /// - Throws: `PricingError.tooLarge` beyond any account.
  func product(_ name: String, _ factors: ExactDecimal...) throws(PricingError) -> ExactDecimal {
    var product = ExactDecimal(1)
    for factor in factors {
      guard let next = product.times(factor), next <= Usage.limit else { throw .tooLarge(meter: name) }
      product = next
    }
    return product
  }

  // MARK: Bills

  /// The lines of the environment's bill, each service in its line, less what was idle.
  mutating func add(_ bill: Bill) throws(PricingError) {
    var sums: [(line: OwnershipLine, name: String, amount: Money, idle: Money, isUsage: Bool)] = []
    for line in bill.lines where line.placement == placement {
      let cost = line.meter == FixedCost.meter ? reckoning.fixed.first { $0.name == line.service } : nil
      let target = cost?.line ?? assumptions.line(of: line.meter)
      let idle = try Money(usd: product(line.service, line.amount.usd, idleShare(of: line, cost)))
      let isUsage = line.kind == .usage
      if let index = sums.firstIndex(where: { $0.line == target && $0.name == line.service }) {
        sums[index].amount = sums[index].amount + line.amount
        sums[index].idle = sums[index].idle + idle
        sums[index].isUsage = sums[index].isUsage || isUsage
      } else {
        sums.append((target, line.service, line.amount, idle, isUsage))
      }
    }
    for sum in sums {
      var used = item(sum.line, sum.name, Money(usd: sum.amount.usd - sum.idle.usd))
      used.isUsage = sum.isUsage
      used.source = "the bill"
      if environment.name != OwnershipAssumptions.production { used.note = "priced without free tiers" }
      append(used)
      guard sum.idle > .zero else { continue }
      var idle = item(.idle, sum.name, sum.idle)
      idle.source = "the bill"
      idle.note = "paid for and not used, of \(sum.amount)"
      append(idle)
    }
  }

  /// Which share of a line was paid for and not used.
  private func idleShare(of line: CostLine, _ cost: FixedCost?) -> ExactDecimal {
    if let machines = cost?.machines {
      return machines.vcpus == nil ? .zero : ExactDecimal(1) - load
    }
    guard let idle = usage.idle[line.meter], let all = usage.metered[line.meter] else { return .zero }
    let used = ExactDecimal(1) - min(idle.divided(by: all) ?? .zero, ExactDecimal(1))
    guard environment.name != OwnershipAssumptions.production else { return ExactDecimal(1) - used }
    // An environment uses its share of the usage on its share of the machines.
    let load = used.times(environment.usage)?.divided(by: environment.capacity) ?? .zero
    return ExactDecimal(1) - min(load, ExactDecimal(1))
  }

  // MARK: Machines

  /// Share of the processors in use, of all machines that no meter bills: at most one.
  var load: ExactDecimal {
    var hours = ExactDecimal.zero
    for machines in reckoning.hardware where bears(machines.placements) {
      hours = hours + (machineHours(machines.count(in: environment), machines.vcpus, Self.monthHours) ?? .zero)
    }
    for cost in reckoning.fixed where bears(cost.placements) {
      guard let own = cost.cost(in: environment), let vcpus = own.machines?.vcpus else { continue }
      hours = hours + (own.quantity.times(vcpus) ?? .zero)
    }
    let used = usage.unbilledHours.times(environment.usage) ?? .zero
    return min(used.divided(by: hours) ?? .zero, ExactDecimal(1))
  }

  static let monthHours = ExactDecimal(BillingMonth.hours)

  private func bears(_ placements: [String]) -> Bool { placements.isEmpty || placements.contains(placement) }

  private func machineHours(_ count: Int64, _ vcpus: ExactDecimal, _ hours: ExactDecimal) -> ExactDecimal? {
    ExactDecimal(count).times(vcpus)?.times(hours)
  }

  // MARK: Hours

  /// Hours of work.
  mutating func addHours() throws(PricingError) {
    let everywhere = environment.hours
    try addHours(.support, "support and maintenance", "staff.support", everywhere)
    try addHours(.governance, "governance and compliance", "staff.governance", everywhere)
    try addHours(.development, "development", "staff.development", booked("development"))
    try addHours(.development, "tests and quality", "staff.test", booked("test"))
    for cost in reckoning.fixed where bears(cost.placements) {
      guard let count = cost.cost(in: environment)?.machines?.count else { continue }
      let name = "\(cost.name): looking after machines"
      try addHours(.support, name, "staff.server", ExactDecimal(count), each: "machine")
    }
  }

  /// One where hours of an environment are booked: in it, or in production where it does not exist.
  private func booked(_ name: String) -> ExactDecimal {
    let exists = assumptions.environments.contains { $0.name == name }
    let target = exists ? name : OwnershipAssumptions.production
    return ExactDecimal(environment.name == target ? 1 : 0)
  }

  /// Hours for each function, or for each machine, times how many.
  mutating func addHours(
    _ line: OwnershipLine, _ name: String, _ figure: String, _ times: ExactDecimal, each: String = "function"
  ) throws(PricingError) {
    let each = each == "machine" ? ExactDecimal(1) : usage.functions
    let hours = assumptions.figure(figure)
    let rate = assumptions.figure("staff.rate")
    let quantity = try product(name, hours.value, each, times)
    guard quantity > .zero else { return }
    var row = item(line, name, Money(usd: try product(name, quantity, rate.value)))
    (row.quantity, row.unit, row.unitPrice) = (quantity, "hour", "\(rate.value) USD per hour")
    (row.source, row.asOf) = (hours.source, hours.asOf)
    row.note = "hourly rate: \(rate.source)"
    append(row)
  }
}

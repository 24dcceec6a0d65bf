/// Reckons the cost of ownership: the bills of all environments, and what no bill shows.
package struct OwnershipReckoning: Sendable {
  let assumptions: OwnershipAssumptions
  let hardware: [OwnedHardware]
  let fixed: [FixedCost]

  /// - Parameter fixed: amounts a month and rented machines, as production bears them.
  package init(_ assumptions: OwnershipAssumptions, hardware: [OwnedHardware], fixed: [FixedCost]) {
    self.assumptions = assumptions
    self.hardware = hardware
    self.fixed = fixed
  }

  /// The statement of all placements.
  ///
  /// - Parameter bill: prices readings and fixed costs for an environment; for one other than production without free
  ///   tiers, which production has used up.
  package func statement(
    of readings: [MeterReading], placements: [String],
    bill: (_ readings: [MeterReading], _ fixed: [FixedCost], _ environment: String) throws -> Bill
  ) throws -> OwnershipStatement {
    var items: [OwnershipItem] = []
    let bills = try assumptions.environments.map { environment in
      try bill(
        Self.scaled(readings, to: environment), fixed.compactMap { $0.cost(in: environment) },
        environment.name)
    }
    var totals: [OwnershipStatement.Total] = []
    for placement in placements {
      let usage = PlacementUsage(readings.filter { $0.placement == placement })
      var own: [OwnershipItem] = []
      for (environment, bill) in zip(assumptions.environments, bills) {
        var account = OwnershipAccount(self, placement, environment, usage)
        try account.add(bill)
        try account.addHours()
        for machines in hardware where machines.placements.isEmpty || machines.placements.contains(placement) {
          try account.add(machines)
        }
        try account.addProvidersEnergy()
        own += account.ordered
      }
      totals.append(Self.total(of: own, placement, usage))
      items += own
    }
    return OwnershipStatement(items: items, totals: totals, horizon: assumptions.figure("horizon").value)
  }

  /// The readings that an environment would give: its share of the usage, and of what is held whether it is used or
  /// not (meters with an idle part) its share of the machines; the whole of what stands there all month.
  private static func scaled(
    _ readings: [MeterReading], to environment: OwnershipAssumptions.Environment
  ) -> [MeterReading] {
    guard environment.name != OwnershipAssumptions.production else { return readings }
    let held = Set(
      readings.filter { $0.meter.hasPrefix(MeterReading.idlePrefix) }
        .map { String($0.meter.dropFirst(MeterReading.idlePrefix.count)) })
    return readings.compactMap { reading -> MeterReading? in
      // What stands there for hours, whatever the usage, does so in every environment that has machines.
      if reading.period == .month, !reading.isInformative, BillingUnit(reading.unit).kind == .time {
        return environment.capacity > .zero ? reading : nil
      }
      let share = held.contains(reading.meter) ? environment.capacity : environment.usage
      let quantity = multiplyDivide(
        UInt128(max(reading.quantity, 0)), share.trillionths.magnitude, by: UInt128(ExactDecimal.unit))
      guard let quantity, quantity > 0 else { return nil }
      return MeterReading(
        placement: reading.placement, meter: reading.meter, site: reading.site, region: reading.region,
        route: reading.route, destination: reading.destination, quantity: quantity,
        unit: reading.unit, period: reading.period)
    }
  }

  private static func total(
    of items: [OwnershipItem], _ placement: String, _ usage: PlacementUsage
  ) -> OwnershipStatement.Total {
    let production = items.filter { $0.environment == OwnershipAssumptions.production }
    func perRequest(_ sum: ExactDecimal) -> ExactDecimal? {
      usage.requests > .zero ? sum.times(ExactDecimal(1_000))?.divided(by: usage.requests) : nil
    }
    return OwnershipStatement.Total(
      placement: placement, amount: items.map(\.amount).total(),
      energyPerRequest: perRequest(production.reduce(.zero) { $0 + $1.energy }),
      carbonPerRequest: perRequest(production.reduce(.zero) { $0 + $1.carbon }))
  }
}

/// What a placement's informative meters say about a month.
struct PlacementUsage {
  /// Requests served.
  private(set) var requests = ExactDecimal.zero
  /// Functions in the placement.
  private(set) var functions = ExactDecimal.zero
  /// Processor hours on machines that no meter bills.
  private(set) var unbilledHours = ExactDecimal.zero
  /// By region: processor hours and GB-hours of memory on a provider's machines.
  private(set) var regions: [(region: String, hours: ExactDecimal, memory: ExactDecimal)] = []
  /// GB moved between sites and callers.
  private(set) var gigabytes = ExactDecimal.zero
  /// By meter: what was metered, and what of it was idle.
  private(set) var metered: [String: ExactDecimal] = [:]
  private(set) var idle: [String: ExactDecimal] = [:]

  init(_ readings: [MeterReading]) {
    for reading in readings {
      guard let month = reading.monthlyQuantity else { continue }
      switch reading.meter {
      case UsageMeter.requests: requests = requests + month
      case UsageMeter.functions: functions = functions + month
      case UsageMeter.bytes: gigabytes = gigabytes + Self.quotient(month, 1_073_741_824)
      case UsageMeter.unbilledCPU: unbilledHours = unbilledHours + Self.quotient(month, 3_600_000_000)
      case UsageMeter.cpu: add(reading.region, hours: Self.quotient(month, 3_600_000_000), memory: .zero)
      case UsageMeter.memory: add(reading.region, hours: .zero, memory: Self.quotient(month, 3_686_400_000))
      case let meter where meter.hasPrefix(MeterReading.idlePrefix):
        idle[String(meter.dropFirst(MeterReading.idlePrefix.count)), default: .zero] =
          (idle[String(meter.dropFirst(MeterReading.idlePrefix.count))] ?? .zero) + month
      default: metered[reading.meter] = (metered[reading.meter] ?? .zero) + month
      }
    }
  }

  private mutating func add(_ region: String, hours: ExactDecimal, memory: ExactDecimal) {
    guard let index = regions.firstIndex(where: { $0.region == region }) else {
      regions.append((region, hours, memory))
      return
    }
    regions[index].hours = regions[index].hours + hours
    regions[index].memory = regions[index].memory + memory
  }

  private static func quotient(_ quantity: ExactDecimal, _ divisor: Int64) -> ExactDecimal {
    quantity.divided(by: ExactDecimal(divisor)) ?? .zero
  }
}

/// The informative meters of a run.
package enum UsageMeter {
  /// Requests served; unit `request`.
  package static let requests = MeterReading.usagePrefix + "requests"
  /// Functions of the application; unit `function`.
  package static let functions = MeterReading.usagePrefix + "functions"
  /// Processor time of deployments that a meter bills, and of the others; unit `us`.
  package static let cpu = MeterReading.usagePrefix + "cpu"
  package static let unbilledCPU = MeterReading.usagePrefix + "unbilled-cpu"
  /// Memory held during executions of deployments that a meter bills; unit `MB-ms`.
  package static let memory = MeterReading.usagePrefix + "memory"
  /// Bytes over all paths; unit `B`.
  package static let bytes = MeterReading.usagePrefix + "bytes"
}

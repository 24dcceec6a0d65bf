/// What owned machines cost, and what electricity everything needs.
extension OwnershipAccount {
  /// Machines that are owned: capital, maintenance, housing, transit, electricity.
  mutating func add(_ machines: OwnedHardware) throws(PricingError) {
    let count = machines.count(in: environment)
    guard count > 0 else { return }
    let units = ExactDecimal(count)
    let share = units.divided(by: ExactDecimal(machines.count)) ?? .zero
    let used = machines.utilisation ?? load
    let known = assumptions
    func figure(_ key: String) -> OwnershipAssumptions.Figure {
      known.figure("hardware.\(key)", of: machines.figures)
    }
    let price = figure("price")
    let capital = try product(machines.name, units, price.value)
    try addCapital(machines, capital, price, used, figure)
    let racks = try product(machines.name, machines.racks, share)
    try addPurchase(machines, .capital, "network equipment", racks, "rack", figure("network"), figure("life").value)
    let disks = try product(machines.name, machines.terabytes, share)
    try addPurchase(machines, .storage, "disks", disks, "TB", figure("disk"), figure("life").value)
    try addRent(machines, .processing, "housing", racks, "rack", figure("space"))
    let transit = try product(machines.name, machines.megabits, share)
    try addRent(machines, .network, "transit", transit, "Mbit/s", figure("transit"))
    let maintenance = figure("maintenance")
    var contract = item(
      .support, "\(machines.name): maintenance contract",
      Money(usd: try monthly(machines.name, capital, maintenance.value)))
    (contract.source, contract.asOf) = (maintenance.source, maintenance.asOf)
    contract.note = "\(maintenance.value) of the purchase price a year"
    if contract.amount > .zero { append(contract) }
    try addHours(.support, "\(machines.name): looking after machines", "staff.server", units, each: "machine")
    try addEnergy(machines, units, used, figure)
  }

  /// A year's share of an amount, a month.
  private func monthly(_ name: String, _ amount: ExactDecimal, _ share: ExactDecimal) throws(PricingError)
    -> ExactDecimal
  {
    try product(name, amount, share).divided(by: ExactDecimal(12)) ?? .zero
  }

  /// Amortisation, replacement and interest of the machines; the part that is not used is idle.
  private mutating func addCapital(
    _ machines: OwnedHardware, _ capital: ExactDecimal, _ price: OwnershipAssumptions.Figure, _ used: ExactDecimal,
    _ figure: (String) -> OwnershipAssumptions.Figure
  ) throws(PricingError) {
    let name = machines.name
    let life = figure("life")
    let horizon = assumptions.figure("horizon").value
    guard life.value > .zero, horizon > .zero else { throw .tooLarge(meter: name) }
    // Straight line: a month of the horizon bears capital ÷ life ÷ 12, of which the first purchase bears the years
    // that it lives and its successors the rest.
    let straight = try product(name, capital).divided(by: product(name, life.value, ExactDecimal(12))) ?? .zero
    let first = min(life.value, horizon).divided(by: horizon) ?? .zero
    let amortisation = try product(name, straight, first)
    let failures = try monthly(name, capital, figure("replacement").value)
    let interest = try monthly(name, capital, figure("interest").value).divided(by: ExactDecimal(2)) ?? .zero
    var idle = Money.zero
    for (what, amount, source, note) in [
      ("amortisation", amortisation, price, "straight line over \(life.value) years"),
      ("replacement at the end of life", straight - amortisation, price, "purchases within \(horizon) years"),
      ("replacement of failures", failures, figure("replacement"), "\(figure("replacement").value) of them a year"),
      ("interest", interest, figure("interest"), "\(figure("interest").value) a year on half of the price"),
    ] where amount > .zero {
      let part = try product(name, amount, used)
      var row = item(.capital, "\(name): \(what)", Money(usd: part))
      (row.source, row.asOf) = (source.source, source.asOf)
      row.note = "\(note); \(used.fixed(digits: 4)) of it in use"
      append(row)
      idle = idle + Money(usd: amount - part)
    }
    guard idle > .zero else { return }
    var row = item(.idle, "\(name): capital not in use", idle)
    row.source = used == machines.utilisation ? OwnershipAssumptions.scenario : "the simulation"
    row.note = "\((ExactDecimal(1) - used).fixed(digits: 4)) of the processors do nothing"
    append(row)
  }

  /// A purchase that goes with the machines, over their life.
  private mutating func addPurchase(
    _ machines: OwnedHardware, _ line: OwnershipLine, _ what: String, _ quantity: ExactDecimal, _ unit: String,
    _ figure: OwnershipAssumptions.Figure, _ life: ExactDecimal
  ) throws(PricingError) {
    let total = try product(machines.name, quantity, figure.value)
    let months = try product(machines.name, life, ExactDecimal(12))
    guard total > .zero, let amount = total.divided(by: months) else { return }
    var row = item(line, "\(machines.name): \(what)", Money(usd: amount))
    (row.quantity, row.unit, row.unitPrice) = (quantity, unit, "\(figure.value) USD per \(unit)")
    (row.source, row.asOf, row.note) = (figure.source, figure.asOf, "straight line over \(life) years")
    append(row)
  }

  /// Something that is paid for by the month.
  private mutating func addRent(
    _ machines: OwnedHardware, _ line: OwnershipLine, _ what: String, _ quantity: ExactDecimal, _ unit: String,
    _ figure: OwnershipAssumptions.Figure
  ) throws(PricingError) {
    let amount = try product(machines.name, quantity, figure.value)
    guard amount > .zero else { return }
    var row = item(line, "\(machines.name): \(what)", Money(usd: amount))
    (row.quantity, row.unit, row.unitPrice) = (quantity, unit, "\(figure.value) USD per \(unit) and month")
    (row.source, row.asOf) = (figure.source, figure.asOf)
    append(row)
  }

  /// Electricity of owned machines: idle draw, and the rest in proportion to the load, times the building's share.
  private mutating func addEnergy(
    _ machines: OwnedHardware, _ units: ExactDecimal, _ used: ExactDecimal,
    _ figure: (String) -> OwnershipAssumptions.Figure
  ) throws(PricingError) {
    let name = machines.name
    let (idle, full) = (figure("idle").value, max(figure("full").value, figure("idle").value))
    let watts = try product(name, units, idle + product(name, full - idle, used))
    let pue = assumptions.figure("energy.pue")
    let tariff = assumptions.figure("energy.tariff")
    let energy = try product(name, watts, Self.monthHours, pue.value).divided(by: ExactDecimal(1_000)) ?? .zero
    guard energy > .zero else { return }
    var row = item(.energy, "\(name): electricity", Money(usd: try product(name, energy, tariff.value)))
    (row.quantity, row.unit, row.unitPrice) = (energy, "kWh", "\(tariff.value) USD per kWh")
    row.energy = energy
    row.carbon = try product(name, energy, assumptions.figure("energy.carbon").value)
      .divided(by: ExactDecimal(1_000)) ?? .zero
    (row.source, row.asOf) = (tariff.source, tariff.asOf)
    row.note = "\(watts.fixed(digits: 1)) W times a PUE of \(pue.value)"
    append(row)
  }

  /// Electricity that a provider's prices include: processors, memory and network of what was used.
  mutating func addProvidersEnergy() throws(PricingError) {
    let name = "the provider's electricity"
    func watts(_ item: String) -> ExactDecimal { assumptions.figure(item).value }
    let pue = watts("cloud.pue")
    var energy = ExactDecimal.zero
    var carbon = ExactDecimal.zero
    for region in usage.regions {
      let processors = try product(name, region.hours, watts("cloud.watts.full")).divided(by: ExactDecimal(1_000))
      let memory = try product(name, region.memory, watts("cloud.memory"))
      let needed = try product(name, (processors ?? .zero) + memory, pue, environment.usage)
      energy = energy + needed
      carbon = carbon + (try product(name, needed, assumptions.carbon(of: region.region)))
    }
    let network = try product(name, usage.gigabytes, watts("cloud.network"), environment.usage)
    energy = energy + network
    carbon = carbon + (try product(name, network, assumptions.figure("energy.carbon").value))
    for cost in reckoning.fixed {
      let needed = try rentedEnergy(cost, name)
      energy = energy + needed
      carbon = carbon + (try product(name, needed, assumptions.carbon(of: cost.region)))
    }
    guard energy > .zero else { return }
    let source = assumptions.figure("cloud.watts.full")
    var row = item(.energy, name, .zero)
    (row.quantity, row.unit, row.isUsage) = (energy, "kWh", true)
    row.energy = energy
    row.carbon = carbon.divided(by: ExactDecimal(1_000)) ?? .zero
    (row.source, row.asOf, row.note) = (source.source, source.asOf, "in the provider's prices")
    append(row)
  }

  /// Electricity of machines that are rented by the hour: idle draw all the time, the rest with the load.
  private func rentedEnergy(_ cost: FixedCost, _ name: String) throws(PricingError) -> ExactDecimal {
    guard cost.placements.isEmpty || cost.placements.contains(placement),
      let own = cost.cost(in: environment), let vcpus = own.machines?.vcpus
    else { return .zero }
    let idle = assumptions.figure("cloud.watts.idle").value
    let full = max(assumptions.figure("cloud.watts.full").value, idle)
    let watts = idle + (try product(name, full - idle, load))
    return try product(name, own.quantity, vcpus, watts, assumptions.figure("cloud.pue").value)
      .divided(by: ExactDecimal(1_000)) ?? .zero
  }
}

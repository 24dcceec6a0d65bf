/// An amount a month that no meter counts: given by whoever asks for the bill, such as a support contract or machines
/// that are rented whether they are used or not.
package struct FixedCost: Equatable, Sendable {
  /// The meter that its lines carry.
  package static let meter = "costs"

  /// What it is for.
  package let name: String
  /// Dollars a month.
  package private(set) var amount: Money
  /// The placements that bear it; empty for all.
  package let placements: [String]
  /// How much of it there is a month, in `unit`.
  package private(set) var quantity: ExactDecimal
  /// The unit of the quantity.
  package let unit: String
  /// The price with what it is for.
  package let unitPrice: String
  /// The price region; empty for none.
  package let region: String
  /// Where the price comes from, and its date.
  package let source: String
  package let asOf: String
  /// The line of the cost of ownership that it belongs to, and the environments that bear it.
  package var line = OwnershipLine.licences
  package var environments = [OwnershipAssumptions.production]
  /// Machines that stand in every environment, whole ones: how many, and the processors of one where they are known.
  package var machines: Machines?

  /// How many machines a cost pays for.
  package struct Machines: Equatable, Sendable {
    package var count: Int64
    package var vcpus: ExactDecimal?

    /// So many machines of so many processors.
    package init(count: Int64, vcpus: ExactDecimal?) {
      self.count = count
      self.vcpus = vcpus
    }
  }

  /// A plain amount a month, which the scenario gives.
  package init(name: String, amount: Money, placements: [String]) {
    self.init(
      name: name, quantity: ExactDecimal(1), unit: "month", price: amount.usd, placements: placements, region: "",
      source: "the scenario", asOf: "", amount: amount)
  }

  /// So many units at a price each.
  ///
  /// Returns nil when the amount is beyond what a bill can hold.
  package init?(
    name: String, quantity: ExactDecimal, unit: String, price: ExactDecimal, placements: [String], region: String,
    source: String, asOf: String
  ) {
    guard let amount = quantity.times(price), amount <= Usage.limit else { return nil }
    self.init(
      name: name, quantity: quantity, unit: unit, price: price, placements: placements, region: region, source: source,
      asOf: asOf, amount: Money(usd: amount))
  }

  private init(
    name: String, quantity: ExactDecimal, unit: String, price: ExactDecimal, placements: [String], region: String,
    source: String, asOf: String, amount: Money
  ) {
    self.name = name
    self.amount = amount
    self.placements = placements
    self.quantity = quantity
    self.unit = unit
    unitPrice = "\(price) USD per \(unit)"
    self.region = region
    self.source = source
    self.asOf = asOf
  }

  /// The cost as an environment bears it; nil where it bears none.
  func cost(in environment: OwnershipAssumptions.Environment) -> FixedCost? {
    guard let machines else { return environments.contains(environment.name) ? self : nil }
    let count = environment.capacity.wholeUnits(of: machines.count)
    guard count > 0, let scaled = quantity.times(ExactDecimal(count))?.divided(by: ExactDecimal(machines.count)),
      let amount = amount.usd.times(ExactDecimal(count))?.divided(by: ExactDecimal(machines.count))
    else { return nil }
    var cost = self
    cost.quantity = scaled
    cost.amount = Money(usd: amount)
    cost.machines?.count = count
    return cost
  }

  /// Its line on a placement's bill.
  func line(placement: String) -> CostLine {
    CostLine(
      placement: placement, service: name, meter: Self.meter, route: .unrouted, region: region, destination: "",
      kind: .fixed, tier: "all", quantity: quantity, unit: unit, unitPrice: unitPrice, amount: amount,
      source: source, asOf: asOf, note: "")
  }
}

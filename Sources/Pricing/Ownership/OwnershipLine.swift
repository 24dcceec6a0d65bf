/// The lines of the cost of ownership: the same for every placement, whoever owns the machines.
package enum OwnershipLine: String, CaseIterable, Sendable {
  /// Electricity that is paid for by itself; a provider's is in its prices.
  case energy
  /// Moving bytes: transfer, fronts, transit.
  case network
  /// Keeping data.
  case storage
  /// Computing, as far as it is used.
  case processing
  /// Licences, contracts and other amounts that the scenario gives.
  case licences
  /// Support and maintenance: hours, and contracts for machines.
  case support
  /// Development, tests and quality.
  case development
  /// Governance and compliance.
  case governance
  /// What was paid for and not used.
  case idle
  /// What was bought, as far as it is used: amortisation, replacement, interest.
  case capital
}

/// One row of the cost of ownership.
package struct OwnershipItem: Equatable, Sendable {
  /// The placement and the environment that bear it.
  package let placement: String
  package let environment: String
  /// The line it belongs to.
  package let line: OwnershipLine
  /// What it is: `AWS Lambda`, `rack: amortisation`; `none` for a line with nothing in it.
  package var item: String
  /// Whether it grows with the usage.
  package var isUsage = false
  /// How much of it a month has, and what one costs, where it is one quantity at one price.
  package var quantity: ExactDecimal?
  package var unit = ""
  package var unitPrice = ""
  /// Dollars a month.
  package var amount: Money
  /// Electricity, kWh a month, and what it emits, kg of CO2 equivalent a month.
  package var energy: ExactDecimal = .zero
  package var carbon: ExactDecimal = .zero
  /// Where the figure comes from, its date, and how it came about.
  package var source = ""
  package var asOf = ""
  package var note = ""
}

/// The cost of ownership of all placements.
package struct OwnershipStatement: Equatable, Sendable {
  /// A placement's sum over its environments.
  package struct Total: Equatable, Sendable {
    /// The placement.
    package let placement: String
    /// The exact sum of its items, dollars a month.
    package let amount: Money
    /// Production's electricity and emissions for one request served, Wh and g; nil where nothing was served.
    package let energyPerRequest: ExactDecimal?
    package let carbonPerRequest: ExactDecimal?
  }

  /// Placements in the order asked for, their environments, and every line of each.
  package let items: [OwnershipItem]
  /// A sum for every placement, in the same order.
  package let totals: [Total]
  /// Years that `horizonAmount` covers.
  package let horizon: ExactDecimal

  /// What an item costs over the horizon; nil beyond the range.
  package func horizonAmount(_ item: OwnershipItem) -> ExactDecimal? {
    horizon.times(ExactDecimal(12)).flatMap { $0.times(item.amount.usd) }
  }
}

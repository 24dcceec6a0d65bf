import Catalog

/// A published discount: the largest share off the list price of some meters.
package struct PublishedDiscount: Sendable {
  /// The name, such as `compute-savings-plan`.
  package let name: String
  /// How it comes about.
  package let kind: PriceDiscountRow.Kind
  /// The meters that it holds for begin with this.
  package let meterPrefix: String
  /// The share off the list price, from 0 to 1.
  package let fraction: ExactDecimal
  /// Where it was published, and when, ISO 8601.
  package let source: String
  package let asOf: String

  /// Reads a row of the catalog.
  ///
  /// - Throws: `PriceProblem` for a fraction that is no share.
  init(_ row: PriceDiscountRow) throws(PriceProblem) {
    guard let fraction = ExactDecimal(row.fraction), fraction >= .zero, fraction <= ExactDecimal(1) else {
      throw .column(
        row: "\(row.location): \(row.name)", column: "fraction", text: row.fraction, wanted: "from 0 to 1")
    }
    name = row.name
    kind = row.kind
    meterPrefix = row.meterPrefix
    self.fraction = fraction
    source = row.provenance.source
    asOf = row.provenance.asOf
  }
}

/// A discount that an account has.
package struct Discount: Equatable, Sendable {
  /// A share off the list price of the meters that begin with `prefix`.
  package struct Rate: Equatable, Sendable {
    /// What the meters' names begin with.
    package let prefix: String
    /// The share off, from 0 to 1.
    package let off: ExactDecimal

    /// A rate.
    package init(prefix: String, off: ExactDecimal) {
      self.prefix = prefix
      self.off = off
    }
  }

  /// How the discount comes about.
  package enum Terms: Equatable, Sendable {
    /// A share of the usage runs on capacity that can be taken back.
    case spot(rates: [Rate], share: ExactDecimal)
    /// So many dollars are promised for every hour and pay for usage at lower rates; the rest is on demand.
    case savingsPlan(hourly: ExactDecimal, rates: [Rate])
    /// So much of a meter, a month, is paid for with a fee a month, used or not.
    case reserved(meter: String, region: String, quantity: ExactDecimal, fee: ExactDecimal)
    /// So much of a meter, a month, is paid for at a share off its list price, used or not.
    case committed(meter: String, region: String, quantity: ExactDecimal, off: ExactDecimal)
  }

  /// What the user calls it.
  package let name: String
  /// The placements or accounts that have it; empty for all.
  package let placements: [String]
  /// The environments whose bills it holds for, each with the whole of what is promised.
  package let environments: [String]
  /// How it comes about.
  package let terms: Terms

  /// A discount.
  package init(
    name: String, placements: [String] = [], environments: [String] = [OwnershipAssumptions.production], terms: Terms
  ) {
    self.name = name
    self.placements = placements
    self.environments = environments
    self.terms = terms
  }

  /// Why a discount cannot be applied.
  package enum Problem: Error, Equatable {
    /// A commitment, a quantity or a fee is negative.
    case negative(name: String, amount: ExactDecimal)
    /// A share is not between nought and one.
    case share(name: String, share: ExactDecimal)
    /// It is for a meter that has no price.
    case unknownMeter(name: String, meter: String)
  }

  /// Checks the figures.
  func check() throws(PricingError) {
    switch terms {
    case .spot(let rates, let share): try checkShares(rates.map(\.off) + [share])
    case .savingsPlan(let hourly, let rates):
      try checkAmounts([hourly])
      try checkShares(rates.map(\.off))
    case .reserved(_, _, let quantity, let fee): try checkAmounts([quantity, fee])
    case .committed(_, _, let quantity, let off):
      try checkAmounts([quantity])
      try checkShares([off])
    }
  }

  private func checkAmounts(_ amounts: [ExactDecimal]) throws(PricingError) {
    for amount in amounts where amount < .zero { throw .discount(.negative(name: name, amount: amount)) }
  }

  private func checkShares(_ shares: [ExactDecimal]) throws(PricingError) {
    for share in shares where share < .zero || share > ExactDecimal(1) {
      throw .discount(.share(name: name, share: share))
    }
  }
}

extension Discount.Problem: CustomStringConvertible {
  /// One sentence for the user.
  package var description: String {
    switch self {
    case .negative(let name, let amount):
      "discount '\(name)': \(amount) is negative; a commitment is nought or more"
    case .share(let name, let share):
      "discount '\(name)': \(share) is no share; it must be between 0 and 1"
    case .unknownMeter(let name, let meter):
      "discount '\(name)': there is no price of '\(meter)'"
    }
  }
}

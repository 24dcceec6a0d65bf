import Catalog

/// What a provider gives away every month, once for a whole account, whatever the region or the function.
package struct Allowance: Sendable {
  /// The name that price rules refer to.
  package let name: String
  /// How much is free per month, in the unit of the rules that share it.
  package let quantity: ExactDecimal
  /// Whether it ends after the first twelve months of an account.
  package let isFirstYearOnly: Bool
  /// Where it is published.
  package let source: String
  /// When it was published or read, ISO 8601.
  package let asOf: String

  /// Reads a row of the catalog.
  ///
  /// - Throws: `PriceProblem` for a quantity that is no number.
  init(_ row: PriceAllowanceRow) throws(PriceProblem) {
    guard let quantity = ExactDecimal(row.quantity), quantity >= .zero else {
      throw .column(
        row: "\(row.location): \(row.name)", column: "quantity", text: row.quantity,
        wanted: "a number, zero or more")
    }
    name = row.name
    self.quantity = quantity
    isFirstYearOnly = row.term == .firstYear
    source = row.provenance.source
    asOf = row.provenance.asOf
  }
}

/// Which allowances a bill takes off.
package enum FreeTier: String, CaseIterable, Sendable {
  /// None: the account has used them up elsewhere.
  case none
  /// Those that never end.
  case always
  /// Those of an account in its first twelve months too.
  case firstYear = "first-year"

  /// Whether it covers an allowance.
  func grants(_ allowance: Allowance) -> Bool {
    switch self {
    case .none: false
    case .always: !allowance.isFirstYearOnly
    case .firstYear: true
    }
  }
}

/// An amount of United States dollars, exact to 10⁻¹² USD.
package struct Money: Equatable, Hashable, Comparable, Sendable {
  /// The amount in dollars.
  package let usd: ExactDecimal

  /// No money.
  package static let zero = Money(usd: .zero)

  /// So many dollars.
  package init(usd: ExactDecimal) {
    self.usd = usd
  }

  /// Exact sum.
  package static func + (left: Self, right: Self) -> Self { Self(usd: left.usd + right.usd) }

  package static func < (left: Self, right: Self) -> Bool { left.usd < right.usd }

  /// The amount as an invoice prints it: whole cents, half to even.
  package var roundedToCents: Money {
    Money(usd: ExactDecimal(trillionths: usd.units(digits: 2) * ExactDecimal.power(10)))
  }
}

extension Money: CustomStringConvertible {
  /// `12.34 USD`, to the cent.
  package var description: String { usd.fixed(digits: 2) + " USD" }
}

extension Sequence<Money> {
  /// The exact sum.
  package func total() -> Money { reduce(.zero, +) }
}

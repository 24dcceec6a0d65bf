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

  /// Whether the left one is less.
  package static func < (left: Self, right: Self) -> Bool { left.usd < right.usd }

  /// The amount as an invoice prints it: whole cents, half a cent up (away from nought).
  package var roundedToCents: Money {
    let cent = ExactDecimal.power(10)
    let half = usd.trillionths < 0 ? -cent / 2 : cent / 2
    return Money(usd: ExactDecimal(trillionths: (usd.trillionths + half) / cent * cent))
  }
}

extension Money: CustomStringConvertible {
  /// `12.34 USD`, to the cent.
  package var description: String { roundedToCents.usd.fixed(digits: 2) + " USD" }
}

extension Sequence<Money> {
  /// The exact sum.
  package func total() -> Money { reduce(.zero, +) }
}

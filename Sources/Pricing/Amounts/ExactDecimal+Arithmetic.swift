extension ExactDecimal {
  /// The product of two numbers that are not negative, rounded once, half to even; nil beyond the range.
  package func times(_ other: ExactDecimal) -> ExactDecimal? {
    multiplyDivide(trillionths.magnitude, other.trillionths.magnitude, by: UInt128(Self.unit))
      .map(ExactDecimal.init(trillionths:))
  }

  /// The quotient of two numbers that are not negative, rounded once, half to even; nil beyond the range and for a
  /// divisor of nought.
  package func divided(by other: ExactDecimal) -> ExactDecimal? {
    guard other.trillionths != 0 else { return nil }
    return multiplyDivide(trillionths.magnitude, UInt128(Self.unit), by: other.trillionths.magnitude)
      .map(ExactDecimal.init(trillionths:))
  }

  /// The number rounded up to a multiple of `step`.
  ///
  /// - Precondition: neither is negative, and `step` is above nought.
  package func roundedUp(to step: ExactDecimal) -> ExactDecimal {
    precondition(trillionths >= 0 && step.trillionths > 0, "steps are counted upwards from nought")
    let rest = trillionths % step.trillionths
    return rest == 0 ? self : ExactDecimal(trillionths: trillionths - rest + step.trillionths)
  }

  /// A number that was read as binary, such as a user's price, to the nearest of nine digits; the ends of the range
  /// for what lies beyond, nought for what is no number.
  package init(nearest number: Double) {
    guard number.isFinite else {
      self = .zero
      return
    }
    let billionths = (min(max(number, -1e18), 1e18) * 1e9).rounded()
    self.init(trillionths: Int128(billionths) * 1_000)
  }

  /// The number as binary, for a comparison or a chart.
  package var number: Double { Double(trillionths) / 1e12 }
}

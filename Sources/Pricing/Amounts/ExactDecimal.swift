/// A decimal number with exactly twelve digits behind the point, kept in an integer.
///
/// Sums and comparisons are exact; products and quotients are rounded once, half to even, to the twelfth
/// digit. Nothing passes through binary floating point, so the same input gives the same digits on every
/// processor.
package struct ExactDecimal: Equatable, Hashable, Comparable, Sendable {
  /// The number in units of 10⁻¹².
  package let trillionths: Int128

  /// How many trillionths make one.
  package static let unit: Int128 = 1_000_000_000_000

  /// Nought.
  package static let zero = ExactDecimal(trillionths: 0)

  /// The number of so many trillionths.
  package init(trillionths: Int128) {
    self.trillionths = trillionths
  }

  /// A whole number.
  package init(_ whole: Int64) {
    trillionths = Int128(whole) * Self.unit
  }

  /// The number written as `units` × 10^(−`digits`): `init(12_345, digits: 3)` is 12.345.
  ///
  /// - Precondition: `digits` lies in 0 … 12.
  package init(_ units: Int64, digits: Int) {
    precondition((0...12).contains(digits), "an exact decimal holds 0 to 12 digits behind the point")
    trillionths = Int128(units) * Self.power(12 - digits)
  }

  /// Reads `12`, `0.0000166667`, `-3.5` or `7.5e9`; nil for other text and for numbers that twelve digits
  /// cannot hold.
  package init?(_ text: some StringProtocol) {
    var digits: Int128 = 0
    var exponent = 0
    var seenDigit = false
    var seenPoint = false
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    while let byte = bytes.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      bytes.removeFirst()
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        continue
      }
      guard let value = Self.digit(byte), digits < Self.power(30) else { return nil }
      digits = digits * 10 + value
      seenDigit = true
      if seenPoint { exponent -= 1 }
    }
    if !bytes.isEmpty {
      bytes.removeFirst()
      guard let written = Int(String(decoding: bytes, as: UTF8.self)), abs(written) <= 60 else { return nil }
      exponent += written
    }
    guard seenDigit, let trillionths = Self.shifted(digits, by: exponent + 12) else { return nil }
    self.trillionths = isNegative ? -trillionths : trillionths
  }

  /// Exact sum; traps on overflow, which the limits of a bill exclude.
  package static func + (left: Self, right: Self) -> Self {
    Self(trillionths: left.trillionths + right.trillionths)
  }

  /// Exact difference.
  package static func - (left: Self, right: Self) -> Self {
    Self(trillionths: left.trillionths - right.trillionths)
  }

  /// Whether the left one is less.
  package static func < (left: Self, right: Self) -> Bool { left.trillionths < right.trillionths }

  /// The nearest number with `digits` digits behind the point, half to even, in units of the last digit.
  ///
  /// - Precondition: `digits` lies in 0 … 12.
  package func units(digits: Int) -> Int128 {
    precondition((0...12).contains(digits), "an exact decimal holds 0 to 12 digits behind the point")
    let divisor = Self.power(12 - digits)
    let (quotient, remainder) = trillionths.magnitude.quotientAndRemainder(dividingBy: UInt128(divisor))
    let rounded = quotient + roundingStep(quotient, remainder, UInt128(divisor))
    return trillionths < 0 ? -Int128(rounded) : Int128(rounded)
  }

  static func power(_ exponent: Int) -> Int128 { powers[exponent] }

  /// 10⁰ … 10³⁸: all that the integer holds.
  private static let powers: [Int128] = (0..<38).reduce(into: [1]) { powers, last in
    powers.append(powers[last] * 10)
  }

  private static func digit(_ byte: UInt8) -> Int128? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int128(byte - UInt8(ascii: "0")) : nil
  }

  /// `value` × 10^`exponent` when that is a whole number below 10³⁶.
  private static func shifted(_ value: Int128, by exponent: Int) -> Int128? {
    var value = value
    for _ in 0..<abs(exponent) where value != 0 {
      if exponent < 0 {
        guard value % 10 == 0 else { return nil }
        value /= 10
      } else {
        guard value < power(35) else { return nil }
        value *= 10
      }
    }
    return value
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// All digits that matter, a point, no exponent: `0.0000166667`, `5`, `-0.5`.
  package var description: String {
    let (whole, fraction) = trillionths.magnitude.quotientAndRemainder(dividingBy: UInt128(Self.unit))
    let sign = trillionths < 0 ? "-" : ""
    guard fraction != 0 else { return "\(sign)\(whole)" }
    let digits = String(fraction)
    var text = String(repeating: "0", count: 12 - digits.count) + digits
    while text.last == "0" { text.removeLast() }
    return "\(sign)\(whole).\(text)"
  }

  /// With exactly so many digits behind the point, rounded half to even: `fixed(digits: 2)` is `2.33`.
  package func fixed(digits: Int) -> String {
    let units = units(digits: digits)
    guard digits > 0 else { return "\(units)" }
    let text = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return (units < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
  }
}

/// `first` × `second` ÷ `divisor`, rounded once, half to even; the product has 256 bits, a result above 126
/// bits is nil.
///
/// - Precondition: `divisor` is not nought.
package func multiplyDivide(_ first: UInt128, _ second: UInt128, by divisor: UInt128) -> Int128? {
  let product = first.multipliedFullWidth(by: second)
  guard product.high < divisor else { return nil }
  let (quotient, remainder) = divisor.dividingFullWidth(product)
  guard quotient < UInt128(1) << 126 else { return nil }
  return Int128(quotient + roundingStep(quotient, remainder, divisor))
}

/// One when `remainder` ÷ `divisor` rounds up, half to even, after `quotient`.
private func roundingStep(_ quotient: UInt128, _ remainder: UInt128, _ divisor: UInt128) -> UInt128 {
  let rest = divisor - remainder
  if remainder == rest { return quotient & 1 }
  return remainder > rest ? 1 : 0
}

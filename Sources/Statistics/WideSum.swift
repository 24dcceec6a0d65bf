/// An exact sum of non-negative integers in 128 bits: no order of adding changes it.
@usableFromInline
package struct WideSum: Hashable, Sendable {
  @usableFromInline var high: UInt64 = 0
  @usableFromInline var low: UInt64 = 0

  /// Zero.
  package init() {}

  /// Adds a non-negative value.
  @inlinable
  @inline(__always)
  mutating func add(_ value: UInt64) {
    let (partial, overflow) = low.addingReportingOverflow(value)
    low = partial
    if overflow { high += 1 }
  }

  /// Adds the product of two non-negative values.
  @inlinable
  mutating func add(_ value: UInt64, times factor: UInt64) {
    let product = value.multipliedFullWidth(by: factor)
    add(product.low)
    high += product.high
  }

  /// Adds another sum.
  mutating func add(_ other: WideSum) {
    add(other.low)
    high += other.high
  }

  /// The sum, or nil where it is beyond 2⁶³ − 1.
  package var exactly: Int64? { high == 0 ? Int64(exactly: low) : nil }

  /// The sum; the largest number beyond 2¹²⁷ − 1.
  package var wide: Int128 { Int128(clamping: UInt128(high) << 64 | UInt128(low)) }

  /// The sum, rounded to a Double.
  package var approximately: Double { Double(high) * 0x1p64 + Double(low) }
}

/// How many observations a percentile needs.
package enum SampleSize {
  /// Observations that should lie beyond a percentile before it is worth printing.
  package static let expectedBeyond = 10.0

  /// The observations needed for a percentile given as a share, 0 ..< 1 (0.999 needs 10,000); `UInt64.max`
  /// at 1.
  ///
  /// The rarer side counts: 0.01 needs as many as 0.99.
  package static func needed(for percentile: Double) -> UInt64 {
    let beyond = min(percentile, 1 - percentile)
    guard beyond > 0 else { return .max }
    return UInt64(exactly: (expectedBeyond / beyond * (1 - 1e-9)).rounded(.up)) ?? .max
  }

  /// Whether this many observations are enough for a percentile.
  package static func enough(for percentile: Double, count: UInt64) -> Bool {
    count >= needed(for: percentile)
  }
}

/// The two-sided octave table of a standard law's quantiles; see ``SamplerTables``.
@usableFromInline
enum QuantileTable {
  /// Octaves of a side: tail probabilities from 2⁻⁵⁴ to 2⁻¹.
  @usableFromInline static let octaveCount = 53
  /// Entries of a side: one quantile per cell and the one that closes the last cell.
  @usableFromInline static let sideCount = (octaveCount << 6) + 1

  /// The quantiles at the cell borders: the lower side from its tail to the median, then the upper side likewise.
  static func entries(of law: StandardLaw) -> [Double] {
    var entries: [Double] = []
    entries.reserveCapacity(2 * sideCount)
    for index in 0..<sideCount { entries.append(clean(law.quantile(probability(index)))) }
    for index in 0..<sideCount { entries.append(clean(law.quantile(upperTail: probability(index)))) }
    makeMonotone(&entries)
    return entries
  }

  /// The tail probability at a cell border.
  private static func probability(_ index: Int) -> Double {
    let octave = index >> 6
    let cell = index & 63
    return Double(sign: .plus, exponent: octave - 54, significand: 1 + Double(cell) / 64)
  }

  /// Finite, not negative, rounded to 28 significant bits.
  private static func clean(_ quantile: Double) -> Double {
    let bounded = quantile > 0 ? min(quantile, 1e300) : 0
    return bounded.rounded(toSignificantBits: 28)
  }

  /// Rounding inside an inverse may put neighbours out of order in their last digits: a quantile never falls.
  private static func makeMonotone(_ entries: inout [Double]) {
    for index in 1..<sideCount { entries[index] = max(entries[index], entries[index - 1]) }
    var previous = entries[sideCount - 1]
    for index in stride(from: 2 * sideCount - 1, through: sideCount, by: -1) {
      entries[index] = max(entries[index], previous)
      previous = entries[index]
    }
  }
}

extension Double {
  /// The nearest number with at most this many significant bits, 2 … 52; finite numbers only.
  func rounded(toSignificantBits bits: Int) -> Double {
    let dropped = UInt64(53 - bits)
    let half: UInt64 = 1 << (dropped - 1)
    return Double(bitPattern: (bitPattern + half) & ~((1 << dropped) - 1))
  }
}

import CGSL

/// The two-sided octave table of a standard law's quantiles; see ``SamplerTables``.
@usableFromInline
enum QuantileTable {
  /// Octaves of a side: tail probabilities from 2⁻⁵⁴ to 2⁻¹.
  @usableFromInline static let octaveCount = 53
  /// Entries of a side: one quantile per cell and the one that closes the last cell.
  @usableFromInline static let sideCount = (octaveCount << 6) + 1

  /// The quantiles at the cell borders: the lower side from its tail to the median, then the upper side
  /// likewise.
  static func entries(of law: StandardLaw) -> [Double] {
    var entries: [Double]
    if law.isDear {
      entries = sparselyComputed { law.quantile($0) }
      // The upper tail of a bounded law is smooth as a distance from its upper end.
      if case .beta(let alpha, let beta) = law {
        let mirrored = StandardLaw.beta(alpha: beta, beta: alpha)
        entries += sparselyComputed { mirrored.quantile($0) }.map { 1 - $0 }
      } else {
        entries += sparselyComputed { law.quantile(upperTail: $0) }
      }
    } else {
      entries = (0..<sideCount).map { law.quantile(probability($0)) }
      entries += (0..<sideCount).map { law.quantile(upperTail: probability($0)) }
    }
    entries = entries.map(clean)
    makeMonotone(&entries)
    return entries
  }

  /// One side of a dear law: every eighth quantile is computed, those between follow from the cubic through
  /// the four nearest in logarithms of probability and value, which is exact to some 10⁻⁷.
  private static func sparselyComputed(_ quantile: (Double) -> Double) -> [Double] {
    let spacing = 8
    let nodes = stride(from: 0, to: sideCount, by: spacing).map { index in
      let p = probability(index)
      return (position: log2(p), value: quantile(p))
    }
    return (0..<sideCount).map { index in
      if index % spacing == 0 { return nodes[index / spacing].value }
      let first = min(max(index / spacing - 1, 0), nodes.count - 4)
      let near = nodes[first..<first + 4]
      // Below 10⁻²⁹⁰ logarithms lose their digits, and nobody sees the difference from 0.
      if near.contains(where: { $0.value < 1e-290 }) { return nodes[index / spacing].value }
      return exp(cubic(through: near.map { ($0.position, log($0.value)) }, at: log2(probability(index))))
    }
  }

  /// Lagrange's polynomial through four points.
  private static func cubic(through points: [(x: Double, y: Double)], at x: Double) -> Double {
    var sum = 0.0
    for (i, point) in points.enumerated() {
      var term = point.y
      for (j, other) in points.enumerated() where j != i { term *= (x - other.x) / (point.x - other.x) }
      sum += term
    }
    return sum
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

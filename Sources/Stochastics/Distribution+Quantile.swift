extension Distribution {
  /// The least value that is not exceeded with probability `p`.
  /// - Precondition: the law is valid and 0 ≤ p ≤ 1.
  package func quantile(_ p: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies between 0 and 1")
    let parts = components()
    if parts.count == 1 { return parts[0].quantile(p) }
    return Self.solve(parts.map { $0.quantile(p) }) { x in Self.weighted(parts) { $0.cdf(x) } >= p }
  }

  /// The least value that is exceeded with a probability of at most `q`; keeps its digits for the smallest q.
  /// - Precondition: the law is valid and 0 ≤ q ≤ 1.
  package func quantile(upperTail q: Double) -> Double {
    precondition((0...1).contains(q), "a probability lies between 0 and 1")
    let parts = components()
    if parts.count == 1 { return parts[0].quantile(upperTail: q) }
    return Self.solve(parts.map { $0.quantile(upperTail: q) }) { x in
      Self.weighted(parts) { $0.survival(x) } <= q
    }
  }

  /// The probability of a value of at most `x`.
  /// - Precondition: the law is valid.
  package func cdf(_ x: Double) -> Double {
    Self.weighted(components()) { $0.cdf(x) }
  }

  private static func weighted(_ parts: [Component], _ of: (Component) -> Double) -> Double {
    parts.reduce(0) { $0 + $1.weight * of($1) }
  }

  /// The least value between the quantiles of the parts that `isReached`; a mixture's quantile always lies
  /// there.
  private static func solve(_ candidates: [Double], isReached: (Double) -> Bool) -> Double {
    var low = candidates[0]
    var high = candidates[0]
    for candidate in candidates {
      low = min(low, candidate)
      high = max(high, candidate)
    }
    if high.isInfinite || isReached(low) { return high.isInfinite ? high : low }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return high }
      if isReached(middle) { high = middle } else { low = middle }
    }
  }
}

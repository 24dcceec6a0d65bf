import Stochastics

/// An estimate and the interval that covers the true value with a known probability.
package struct ConfidenceInterval: Hashable, Sendable {
  /// The estimate itself.
  package var estimate: Double
  /// The lower end; −∞ where the data do not bound it.
  package var low: Double
  /// The upper end; +∞ where the data do not bound it.
  package var high: Double
  /// The probability that the interval covers the true value, 0 … 1.
  package var level: Double
  /// How many independent values stand behind it.
  package var count: Int

  /// An interval with these ends.
  package init(estimate: Double, low: Double, high: Double, level: Double, count: Int) {
    self.estimate = estimate
    self.low = low
    self.high = high
    self.level = level
    self.count = count
  }

  /// Half the width of the interval.
  package var halfWidth: Double { (high - low) / 2 }

  /// The half-width over the size of the estimate; infinite at an estimate of 0 unless the width is 0 too.
  package var relativeHalfWidth: Double { halfWidth == 0 ? 0 : halfWidth / abs(estimate) }

  /// Whether both ends are finite.
  package var isBounded: Bool { low.isFinite && high.isFinite }

  /// Whether a value lies inside, ends included.
  package func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The t interval of the mean of independent values (replications, or sections of one long run).
  ///
  /// One value gives an estimate without bounds; none gives nil.
  package static func student(values: [Double], level: Double = 0.95) -> ConfidenceInterval? {
    student(Tally(values), level: level)
  }

  /// The t interval of the mean of the observations of a tally; nil without any.
  package static func student(_ tally: Tally, level: Double = 0.95) -> ConfidenceInterval? {
    guard let mean = tally.mean else { return nil }
    let count = Double(tally.count)
    var halfWidth = Double.infinity
    if let deviation = tally.standardDeviation {
      let t = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: count - 1)
      halfWidth = deviation == 0 ? 0 : t * deviation / count.squareRoot()
    }
    return ConfidenceInterval(
      estimate: mean, low: mean - halfWidth, high: mean + halfWidth, level: level, count: Int(tally.count))
  }

  /// An interval around an estimate over all observations together (a percentile of the pooled requests, a ratio of
  /// sums), as wide as the t interval of the sections' own values; without ends where fewer than two sections tell.
  ///
  /// What lies beyond `possible` values (a time below 0) is cut off: it cannot be true.
  package static func around(
    _ estimate: Double, spreadOf values: [Double], level: Double = 0.95,
    possible: ClosedRange<Double> = -.infinity ... .infinity
  ) -> ConfidenceInterval {
    let halfWidth = student(values: values, level: level)?.halfWidth ?? .infinity
    var interval = ConfidenceInterval(
      estimate: estimate, low: estimate - halfWidth, high: estimate + halfWidth, level: level,
      count: values.count)
    if interval.isBounded {
      interval.low = max(interval.low, possible.lowerBound)
      interval.high = min(interval.high, possible.upperBound)
    }
    return interval
  }

  /// The share of the trials of all sections together that succeeded, with the spread of the sections' own shares.
  ///
  /// Where none failed, or none succeeded, the sections agree however few the trials were: there the interval is
  /// ``proportion(successes:of:level:)``.
  package static func share(_ sections: [(successes: Int64, trials: Int64)], level: Double = 0.95)
    -> ConfidenceInterval
  {
    let met = sections.filter { $0.trials > 0 }
    let successes = met.reduce(0) { $0 + $1.successes }
    let trials = met.reduce(0) { $0 + $1.trials }
    if met.count > 1, successes == 0 || successes == trials,
      let interval = proportion(successes: UInt64(successes), of: UInt64(trials), level: level)
    {
      return interval
    }
    return around(
      trials == 0 ? .nan : Double(successes) / Double(trials),
      spreadOf: met.map { Double($0.successes) / Double($0.trials) }, level: level, possible: 0...1)
  }

  /// The t interval of the mean of `first[i] − second[i]`: for alternatives that met the same luck.
  ///
  /// Nil without values, or where the two do not pair up.
  package static func pairedDifference(
    of first: [Double], minus second: [Double], level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard first.count == second.count else { return nil }
    return student(values: zip(first, second).map { $0 - $1 }, level: level)
  }

  /// Wilson's score interval of a proportion: sound for few trials and for shares near 0 and 1. Nil without
  /// trials.
  package static func proportion(
    successes: UInt64, of trials: UInt64, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard trials > 0, successes <= trials else { return nil }
    let z = Normal.quantile(0.5 + level / 2)
    let n = Double(trials)
    let share = Double(successes) / n
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let spread = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let low = successes == 0 ? 0 : max(centre - spread, 0)
    let high = successes == trials ? 1 : min(centre + spread, 1)
    return ConfidenceInterval(
      estimate: share, low: low, high: high, level: level, count: Int(clamping: trials))
  }
}

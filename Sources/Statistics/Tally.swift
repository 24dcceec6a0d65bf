/// Count, mean, variance and extremes of observations, without keeping them (Welford's recurrence; Chan's
/// merge).
///
/// Each observation counts once: for a level that holds for some time use ``LevelHistogram``.
package struct Tally: Hashable, Sendable {
  /// The number of observations.
  package private(set) var count: UInt64 = 0
  private var runningMean = 0.0
  private var squares = 0.0
  private var least = Double.infinity
  private var greatest = -Double.infinity

  /// No observations.
  package init() {}

  /// The tally of these observations.
  package init(_ values: some Sequence<Double>) {
    for value in values { record(value) }
  }

  /// Adds one observation.
  package mutating func record(_ value: Double) {
    count += 1
    let distance = value - runningMean
    runningMean += distance / Double(count)
    squares += distance * (value - runningMean)
    least = Swift.min(least, value)
    greatest = Swift.max(greatest, value)
  }

  /// Adds another tally's observations. Equal up to rounding, not to the bit, in another order.
  package mutating func merge(_ other: Tally) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let total = Double(count) + Double(other.count)
    let distance = other.runningMean - runningMean
    squares += other.squares + distance * distance * (Double(count) / total) * Double(other.count)
    runningMean += distance * (Double(other.count) / total)
    count += other.count
    least = Swift.min(least, other.least)
    greatest = Swift.max(greatest, other.greatest)
  }

  /// The mean; nil without observations.
  package var mean: Double? { count == 0 ? nil : runningMean }

  /// The unbiased variance (division by n − 1); nil with fewer than two observations.
  package var variance: Double? { count < 2 ? nil : squares / Double(count - 1) }

  /// The standard deviation; nil with fewer than two observations.
  package var standardDeviation: Double? { variance?.squareRoot() }

  /// The least observation; nil without any.
  package var minimum: Double? { count == 0 ? nil : least }

  /// The greatest observation; nil without any.
  package var maximum: Double? { count == 0 ? nil : greatest }
}

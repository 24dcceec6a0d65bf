import Statistics
import Stochastics

/// Where the difference of two placements crosses nought, found over common random numbers.
package struct BreakEven: Sendable {
  /// The difference at one value of what is varied.
  package struct Evaluation: Sendable {
    /// Where.
    package let value: Double
    /// Over all replications together.
    package let difference: Double
    /// Of each replication by itself.
    package let sections: [Double]

    /// An evaluation.
    package init(value: Double, difference: Double, sections: [Double]) {
      self.value = value
      self.difference = difference
      self.sections = sections
    }
  }

  /// What came of the search.
  package enum Outcome: Sendable {
    /// The crossing with its interval, and how many values were tried.
    case crossing(ConfidenceInterval, evaluations: Int)
    /// The difference has the same sign at both ends, or is no number at one of them.
    case none(low: Evaluation, high: Evaluation)
  }

  /// Relative precision of the crossing itself; the interval is never narrower.
  package static let precision = 1e-5

  /// Searches between two values.
  ///
  /// The root of the difference over all replications is found by Brent's method. Its interval comes from the
  /// replications: each one's difference at the root, divided by the slope there, is how far its own root lies away.
  /// - Throws: what `evaluate` throws.
  package static func find(
    from low: Double, to high: Double, level: Double = ExperimentResult.confidence,
    evaluate: (Double) throws -> Evaluation
  ) throws -> Outcome {
    var known: [Evaluation] = []
    func evaluation(_ value: Double) throws -> Evaluation {
      if let found = known.first(where: { $0.value == value }) { return found }
      let found = try evaluate(value)
      known.append(found)
      return found
    }
    let (first, last) = (try evaluation(low), try evaluation(high))
    var failure: (any Error)?
    let root = RootFinding.brent(between: low, and: high, relativeTolerance: precision) { value in
      guard failure == nil else { return .nan }
      do { return try evaluation(value).difference } catch {
        failure = error
        return .nan
      }
    }
    if let failure { throw failure }
    guard let root else { return .none(low: first, high: last) }
    let step = 0.02 * (high - low)
    let (left, right) = (max(low, root - step), min(high, root + step))
    let (before, after) = (try evaluation(left), try evaluation(right))
    let slope = (after.difference - before.difference) / (right - left)
    let roots = try evaluation(root).sections.map { root - $0 / slope }
    var interval = ConfidenceInterval.around(root, spreadOf: roots, level: level)
    // The root is known no better than this, even where the replications agree.
    let least = max(precision * abs(root), precision * 1e-3 * (high - low))
    interval.low = min(interval.low, root - least)
    interval.high = max(interval.high, root + least)
    return .crossing(interval, evaluations: known.count)
  }
}

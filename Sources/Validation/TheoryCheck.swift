import Experiments
import Glibc
import Statistics
import Stochastics

/// What came of one row.
package struct TheoryVerdict: Sendable {
  /// The case that was run.
  package var theory: TheoryCase
  /// The figure that was compared.
  package var row: TheoryRow
  /// The estimate with its 99 % interval.
  package var interval: ConfidenceInterval
  /// Half-width of the interval that belongs to all rows of the table jointly, the reference's own uncertainty
  /// and the row's tolerance included.
  package var jointHalfWidth: Double

  /// Whether the expected value lies inside the row's own 99 % interval.
  package var isInside: Bool { interval.contains(row.expected) }

  /// Whether the simulator and the expectation agree: inside the joint interval.
  package var agrees: Bool { abs(interval.estimate - row.expected) <= jointHalfWidth }

  /// Half-width of the 99 % interval beside the expected value.
  package var relativeHalfWidth: Double {
    interval.halfWidth == 0 ? 0 : interval.halfWidth / abs(row.expected)
  }

  /// Whether the half-width is as small as a check of this share of the full size makes it. The half-width is
  /// itself an estimate, from few replications in small checks, so twice as much is allowed below full size.
  package func isSharpEnough(share: Double) -> Bool {
    guard row.isSharp else { return true }
    return relativeHalfWidth <= (share >= 1 ? 0.01 : 0.02 / share.squareRoot())
  }

  /// A sentence for a failed check.
  package var sentence: String {
    "\(theory.name): \(row.metric) is \(interval.estimate) ± \(interval.halfWidth) (99 %), "
      + "expected \(row.expected)"
  }
}

/// Runs cases and judges them.
///
/// Among hundreds of rows a few right ones lie outside their 99 % interval by chance. The verdict therefore
/// uses Šidák's level, 0.99^(1/rows): the probability that a right simulator fails any row is 1 %.
package struct TheoryCheck: Sendable {
  /// Requests as a share of the full size.
  package var share: Double
  /// Threads to use at most.
  package var jobs: Int
  /// Replications to run at most.
  package var replicationLimit: Int

  package init(share: Double, jobs: Int, replicationLimit: Int = .max) {
    self.share = share
    self.jobs = jobs
    self.replicationLimit = replicationLimit
  }

  /// About how many requests a case takes.
  package func requestCount(_ theory: TheoryCase) -> Double {
    theory.requestCount(share: share, replications: min(theory.replications, replicationLimit))
  }

  /// Confidence level of a single row's interval.
  static let level = 0.99

  /// Runs a case.
  /// - Throws: what `Experiment.run` throws.
  package func run(_ theory: TheoryCase) async throws -> [TheoryVerdict] {
    let replications = min(theory.replications, replicationLimit)
    let plan = theory.plan(share: share, replications: replications)
    var experiment = Experiment(plans: [plan], replications: replications, jobs: jobs)
    experiment.keepsReplications = true
    let runs = try await experiment.run().kept.map { $0.runs[0] }
    let length = Double(plan.horizon - plan.warmUp) / theory.unit
    let all = MeasuredRuns(runs: runs, unit: theory.unit, length: length)
    let each = runs.map { MeasuredRuns(runs: [$0], unit: theory.unit, length: length) }
    let edge = Self.edge(theory, all)
    return theory.rows.map { row in
      let values = each.map(row.estimate)
      let interval = ConfidenceInterval.around(row.estimate(all), spreadOf: values, level: Self.level)
      return TheoryVerdict(
        theory: theory, row: row, interval: interval,
        jointHalfWidth: Self.jointHalfWidth(row, interval, totalLength: all.totalLength) + edge
          * abs(row.expected))
    }
  }

  /// What the ends of a run may do to a figure, as a share of it: requests that are still under way when it
  /// stops are not measured, and they are the long ones. For exponential latencies twice the mean latency over
  /// the length of the run; next to nothing at full size.
  private static func edge(_ theory: TheoryCase, _ runs: MeasuredRuns) -> Double {
    guard case .requests = theory.length else { return 0 }
    let served = runs.sum { $0.series.reduce(0) { $0 + $1.served } }
    let latency = runs.sum { $0.series.reduce(0) { $0 + $1.latencySum } }
    return served == 0 ? 0 : 2 * latency / served / runs.unit / runs.length
  }

  private static func jointHalfWidth(_ row: TheoryRow, _ interval: ConfidenceInterval, totalLength: Double)
    -> Double
  {
    let freedom = Double(interval.count - 1)
    let rowLevel = jointLevel(rows: TheoryTable.rowCount)
    let own = interval.halfWidth / StudentT.quantile(0.5 + level / 2, degreesOfFreedom: freedom)
    var variance = own * own
    switch row.reference {
    case .exact: break
    case .estimated(let halfWidth):
      let error = halfWidth / StudentT.quantile(0.975, degreesOfFreedom: 19)
      variance += error * error
    case .simulated(let length): variance += own * own * totalLength / length
    }
    return StudentT.quantile(0.5 + rowLevel / 2, degreesOfFreedom: freedom) * variance.squareRoot()
      + row.tolerance
  }

  /// Šidák's level of each of `rows` intervals that hold jointly with probability 0.99.
  package static func jointLevel(rows: Int) -> Double { pow(level, 1 / Double(rows)) }
}

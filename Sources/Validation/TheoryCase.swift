import ServerlessModel

/// Where the expected value of a row comes from, and so how far it may itself be off.
package enum Reference: Sendable, Equatable {
  /// A formula.
  case exact
  /// A published estimate with the half-width of its 95 % interval (19 degrees of freedom).
  case estimated(halfWidth: Double)
  /// A published simulation of this length, in units of time: its variance is ours, scaled by the lengths.
  case simulated(length: Double)
}

/// One figure of a case: what theory says and how it is read off the runs.
package struct TheoryRow: Sendable {
  /// What the figure is.
  package var metric: String
  /// What theory, or the publication, says.
  package var expected: Double
  /// How sure that is.
  package var reference = Reference.exact
  /// How far a right answer may lie beside the expected value for reasons other than chance: digits printed,
  /// width of a histogram's bucket.
  package var tolerance = 0.0
  /// Whether the full-size check has to bring the half-width down to 1 % of the value.
  package var isSharp = true
  /// The figure over some of the runs together.
  package var estimate: @Sendable (MeasuredRuns) -> Double

  package init(_ metric: String, _ expected: Double, estimate: @escaping @Sendable (MeasuredRuns) -> Double) {
    self.metric = metric
    self.expected = expected
    self.estimate = estimate
  }

  /// The same row beside a reference that is not exact.
  package func compared(to reference: Reference, rounding: Double = 0) -> TheoryRow {
    var row = self
    row.reference = reference
    row.tolerance += rounding
    return row
  }

  /// The same row for a figure too rare or too heavy-tailed for a half-width of 1 %.
  package var blunt: TheoryRow {
    var row = self
    row.isSharp = false
    return row
  }
}

/// How long the runs of a case are.
package enum RunLength: Sendable {
  /// As long as this many arrivals at this rate take, over all replications together: enough for half-widths of
  /// 1 %.
  case requests(Double, rate: Double)
  /// Up to this time, whatever the size of the check; about how many requests arrive until then.
  case time(Double, requests: Double)
}

/// A model with a known answer.
package struct TheoryCase: Sendable, CustomStringConvertible {
  /// Model and parameters.
  package var name: String
  /// Formula or publication.
  package var source: String
  /// How long each run is.
  package var length: RunLength
  /// The least share of the full size at which the case says anything.
  package var smallestShare: Double
  /// Time before anything is measured.
  package var warmUp: Double
  /// Independent runs; two are enough where nothing is left to chance.
  package var replications = 32
  /// Length of the unit of time, ns.
  package var unit = 1e9
  /// Width of an interval of the time series, in units of time; `nil` = the whole run.
  package var interval: Double?
  /// The figures to compare.
  package var rows: [TheoryRow]
  /// Writes the plan.
  package var build: @Sendable (inout PlanBuilder) -> Void

  package init(
    _ name: String, source: String, length: RunLength, smallestShare: Double = 0, warmUp: Double = 0,
    replications: Int = 32,
    unit: Double = 1e9, interval: Double? = nil, rows: [TheoryRow],
    build: @escaping @Sendable (inout PlanBuilder) -> Void
  ) {
    self.name = name
    self.source = source
    self.length = length
    self.smallestShare = smallestShare
    self.warmUp = warmUp
    self.replications = replications
    self.unit = unit
    self.interval = interval
    self.rows = rows
    self.build = build
  }

  /// The name.
  package var description: String { name }

  /// Arrivals after the warm-up in each of so many replications when the check has `share` of its full size.
  private func measured(_ count: Double, share: Double, replications: Int) -> Double {
    max(1000, count * share / Double(replications))
  }

  /// The plan of one of so many replications when the check has `share` of its full size.
  package func plan(share: Double, replications: Int) -> Plan {
    var builder = PlanBuilder(name, unit: unit)
    build(&builder)
    var plan = builder.plan
    switch length {
    case .requests(let count, let rate):
      let measured = measured(count, share: share, replications: replications)
      plan.horizon = builder.nanoseconds(warmUp + measured / rate)
    case .time(let end, _): plan.horizon = builder.nanoseconds(end)
    }
    plan.warmUp = builder.nanoseconds(warmUp)
    plan.interval = interval.map { builder.nanoseconds($0) } ?? plan.horizon
    return plan
  }

  /// About how many requests so many replications simulate, warm-up included.
  package func requestCount(share: Double, replications: Int) -> Double {
    switch length {
    case .requests(let count, let rate):
      let measured = measured(count, share: share, replications: replications)
      return Double(replications) * (warmUp * rate + measured)
    case .time(_, let requests): return Double(replications) * requests
    }
  }
}

import ServerlessModel
import Statistics

/// Everything an experiment has measured, by placement, ready to be asked for estimates.
package struct ExperimentResult: Sendable {
  package let plans: [Plan]
  package let replications: [ReplicationResult]
  /// Which series each placement has.
  package let maps: [SeriesMap]
  /// Per placement, over all replications.
  package let totals: [PlacementTotals]

  package init(plans: [Plan], replications: [ReplicationResult]) {
    self.plans = plans
    self.replications = replications
    maps = plans.map { SeriesMap(plan: $0) }
    totals = plans.indices.map { placement in PlacementTotals(replications.map { $0.runs[placement] }) }
  }

  /// Length of the measured time of one replication, s.
  package var measuredSeconds: Double { Double(plans[0].horizon - plans[0].warmUp) / 1e9 }

  /// One digest over all placements and replications.
  package var digest: UInt64 {
    var value: UInt64 = 0
    for replication in replications {
      for run in replication.runs { value = (value &<< 7 | value &>> 57) ^ run.digest }
    }
    return value
  }

  /// Whether placements were compared request by request.
  package var isPaired: Bool { replications.first.map { !$0.paired.isEmpty } ?? false }
}

/// The sums over the replications of one placement.
package struct PlacementTotals: Sendable {
  package var series: [SeriesCounts]
  package var compositions: [Composition]
  package var intervals: [IntervalCounts]
  package var timeline: [TimelineSample]
  package var deployments: [DeploymentCounts]
  package var instanceLevels: [LevelHistogram]
  package var runningLevels: [LevelHistogram]
  package var traffic: [TrafficCounts]
  package var fronts: [FrontCounts]
  package var links: [LinkCounts]
  package var steps: [StepCounts]
  package var requestCount: UInt64
  /// Requests sent, warm-up included, and those sent after it.
  package var sent: Int64
  package var measuredSent: Int64
  package var eventCount: UInt64

  init(_ runs: [RunResult]) {
    func sum<Row>(_ path: KeyPath<RunResult, [Row]>, _ merge: (inout Row, Row) -> Void) -> [Row] {
      var total = runs[0][keyPath: path]
      for run in runs.dropFirst() {
        for index in total.indices { merge(&total[index], run[keyPath: path][index]) }
      }
      return total
    }
    series = sum(\.series) { $0.merge($1) }
    compositions = sum(\.compositions) { $0.merge($1) }
    intervals = sum(\.intervals) { $0.merge($1) }
    timeline = sum(\.timeline) { $0.merge($1) }
    deployments = sum(\.deployments) { $0.merge($1) }
    instanceLevels = sum(\.instanceLevels) { $0.merge($1) }
    runningLevels = sum(\.runningLevels) { $0.merge($1) }
    traffic = sum(\.traffic) { $0.merge($1) }
    fronts = sum(\.fronts) { $0.merge($1) }
    links = sum(\.links) { $0.merge($1) }
    steps = sum(\.steps) { $0.merge($1) }
    requestCount = runs.reduce(0) { $0 + $1.requestCount }
    eventCount = runs.reduce(0) { $0 + $1.eventCount }
    sent = intervals.reduce(0) { $0 + $1.sent }
    measuredSent = runs.reduce(0) { $0 + $1.measuredCount }
  }
}

import ServerlessModel
import Statistics

/// Everything an experiment has measured, by placement, ready to be asked for estimates.
package struct ExperimentResult: Sendable {
  package let plans: [Plan]
  /// Which series each placement has.
  package let maps: [SeriesMap]
  /// How many replications there were.
  package let replicationCount: Int
  /// Per placement, over all replications.
  package private(set) var totals: [PlacementTotals] = []
  /// Per replication, in the order of the placements.
  package private(set) var traces: [[RunTrace]]
  private var sampleSlots: [Sample?]
  private var keptSlots: [ReplicationResult?]

  /// A result without any replication; each is then added once.
  init(plans: [Plan], replicationCount: Int) {
    self.plans = plans
    self.replicationCount = replicationCount
    maps = plans.map { SeriesMap(plan: $0) }
    traces = Array(repeating: [], count: replicationCount)
    sampleSlots = Array(repeating: nil, count: min(replicationCount, Experiment.mostSamples))
    keptSlots = Array(repeating: nil, count: replicationCount)
  }

  /// What intervals are made of.
  package var samples: [Sample] { sampleSlots.compactMap { $0 } }

  /// The replications themselves, if the experiment was to keep them; else none.
  package var kept: [ReplicationResult] { keptSlots.compactMap { $0 } }

  /// The result of replications that an experiment has kept.
  package init(plans: [Plan], replications: [ReplicationResult]) {
    self.init(plans: plans, replicationCount: replications.count)
    for (number, replication) in replications.enumerated() { add(replication, number: number, keeping: false) }
  }

  /// Adds a replication. In which order they come does not matter: all that is added up is whole numbers.
  mutating func add(_ replication: ReplicationResult, number: Int, keeping keeps: Bool) {
    traces[number] = replication.runs.map { RunTrace($0) }
    if totals.isEmpty {
      totals = replication.runs.map { PlacementTotals($0) }
    } else {
      totals.merge(replication.runs) { $0.merge($1) }
    }
    let slot = number % sampleSlots.count
    if sampleSlots[slot] == nil {
      sampleSlots[slot] = Sample(replication)
    } else {
      sampleSlots[slot]?.merge(replication)
    }
    if keeps { keptSlots[number] = replication }
  }

  /// Whether all replications have been added.
  var isComplete: Bool { !traces.contains(where: \.isEmpty) }

  /// Whether placements were compared request by request.
  package var isPaired: Bool { samples.first?.paired.isEmpty == false }

  /// Length of the measured time of one replication, s.
  package var measuredSeconds: Double { Double(plans[0].horizon - plans[0].warmUp) / 1e9 }

  /// One digest over all placements and replications.
  package var digest: UInt64 {
    var value: UInt64 = 0
    for trace in traces.joined() { value = (value &<< 7 | value &>> 57) ^ trace.digest }
    return value
  }
}

/// The sums over the replications of one placement; the fields are those of ``RunResult``.
package struct PlacementTotals: Sendable {
  package private(set) var series: [SeriesCounts]
  package private(set) var compositions: [Composition]
  package private(set) var intervals: [IntervalCounts]
  package private(set) var timeline: [TimelineSample]
  package private(set) var deployments: [DeploymentCounts]
  package private(set) var instanceLevels: [LevelHistogram]
  package private(set) var runningLevels: [LevelHistogram]
  package private(set) var traffic: [TrafficCounts]
  package private(set) var fronts: [FrontCounts]
  package private(set) var links: [LinkCounts]
  package private(set) var steps: [StepCounts]
  /// Requests sent, warm-up included, and those sent after it.
  package private(set) var requestCount: UInt64
  package private(set) var measuredSent: Int64
  package private(set) var eventCount: UInt64

  /// Requests that clients have sent.
  package var sent: Int64 { intervals.reduce(0) { $0 + $1.sent } }

  init(_ run: RunResult) {
    series = run.series
    compositions = run.compositions
    intervals = run.intervals
    timeline = run.timeline
    deployments = run.deployments
    instanceLevels = run.instanceLevels
    runningLevels = run.runningLevels
    traffic = run.traffic
    fronts = run.fronts
    links = run.links
    steps = run.steps
    requestCount = run.requestCount
    measuredSent = run.measuredCount
    eventCount = run.eventCount
  }

  mutating func merge(_ run: RunResult) {
    series.merge(run.series) { $0.merge($1) }
    compositions.merge(run.compositions) { $0.merge($1) }
    intervals.merge(run.intervals) { $0.merge($1) }
    timeline.merge(run.timeline) { $0.merge($1) }
    deployments.merge(run.deployments) { $0.merge($1) }
    instanceLevels.merge(run.instanceLevels) { $0.merge($1) }
    runningLevels.merge(run.runningLevels) { $0.merge($1) }
    traffic.merge(run.traffic) { $0.merge($1) }
    fronts.merge(run.fronts) { $0.merge($1) }
    links.merge(run.links) { $0.merge($1) }
    steps.merge(run.steps) { $0.merge($1) }
    requestCount += run.requestCount
    measuredSent += run.measuredCount
    eventCount += run.eventCount
  }
}

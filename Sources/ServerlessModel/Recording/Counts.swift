import Statistics

/// How the measured requests of a series ended.
package struct SeriesCounts: BitwiseCopyable, Sendable, Equatable {
  package var served: Int64 = 0
  package var throttled: Int64 = 0
  package var timedOut: Int64 = 0
  package var refused: Int64 = 0
  package var lost: Int64 = 0
  /// Served requests that waited for a new instance.
  package var cold: Int64 = 0
  /// Sum over served requests, ns.
  package var latencySum: Int128 = 0

  package init() {}

  /// Requests that have ended.
  package var ended: Int64 { served + throttled + timedOut + refused + lost }

  @inline(__always)
  mutating func add(_ outcome: Outcome, latency: Int64, cold isCold: Bool) {
    switch outcome {
    case .served:
      served &+= 1
      latencySum &+= Int128(latency)
      if isCold { cold &+= 1 }
    case .throttled: throttled &+= 1
    case .timedOut: timedOut &+= 1
    case .refused: refused &+= 1
    case .lost: lost &+= 1
    }
  }

  /// Adds the counts of another run of the same series.
  package mutating func merge(_ other: SeriesCounts) {
    served += other.served
    throttled += other.throttled
    timedOut += other.timedOut
    refused += other.refused
    lost += other.lost
    cold += other.cold
    latencySum += other.latencySum
  }
}

/// Requests of one population that were sent within one interval of the time series, warm-up included.
package struct IntervalCounts: BitwiseCopyable, Sendable, Equatable {
  package var sent: Int64 = 0
  package var counts = SeriesCounts()

  package init() {}

  @inline(__always)
  mutating func add(_ outcome: Outcome, latency: Int64, cold: Bool) {
    counts.add(outcome, latency: latency, cold: cold)
  }

  /// Adds the counts of another run.
  package mutating func merge(_ other: IntervalCounts) {
    sent += other.sent
    counts.merge(other.counts)
  }
}

/// Measured requests of a group in one section.
package struct SectionCounts: BitwiseCopyable, Sendable, Equatable {
  package var served: Int64 = 0
  package var failed: Int64 = 0
  /// ns.
  package var latencySum: Int128 = 0

  package init() {}

  /// Those that the histogram holds were served.
  init(_ histogram: LatencyHistogram, failed: Int64) {
    served = Int64(histogram.count)
    self.failed = failed
    latencySum = histogram.sum.wide
  }

  /// Adds the counts of another group or run.
  package mutating func merge(_ other: SectionCounts) {
    served += other.served
    failed += other.failed
    latencySum += other.latencySum
  }
}

/// Billable and other counters of a deployment, over measured requests.
package struct DeploymentCounts: BitwiseCopyable, Sendable, Equatable {
  // What every execution changes, side by side.
  package var invocations: Int64 = 0
  /// Executions × billed granules (see `DeploymentPlan.billingGranularity`).
  package var billedGranules: Int64 = 0
  /// Execution time without initialisation, ns.
  package var executionTime: Int128 = 0
  package var cpuTime: Int128 = 0
  /// Largest concurrency seen, warm-up included.
  package var runningPeak: Int64 = 0
  package var coldStarts: Int64 = 0
  /// Scheduled invocations that keep instances warm: billed like the others, and counted here only.
  package var pings: Int64 = 0
  /// Calls that the platform refused because their chain went in a circle for too long.
  package var recursionStops: Int64 = 0
  /// Instances that the platform has started without a request, warm-up included.
  package var startedAhead: Int64 = 0
  /// Instances that have begun to start since the warm-up, for a request or ahead of any.
  package var startsMeasured: Int64 = 0
  package var throttles: Int64 = 0
  /// Requests that found no room and were passed on to the next site.
  package var spilled: Int64 = 0
  package var errors: Int64 = 0
  package var timeouts: Int64 = 0
  package var initTime: Int128 = 0
  /// Time in the waiting line, ns, and requests that came to it.
  package var waitingTime: Int128 = 0
  package var waited: Int64 = 0
  /// Largest queue seen, warm-up included.
  package var queuePeak: Int64 = 0
  /// Instances that ended, and how long they had lived, ns.
  package var instancesEnded: Int64 = 0
  package var lifespanSum: Int128 = 0
  /// Of groups only, since the warm-up: time of all instances, ns; what of it is billed, on demand and as spot, with
  /// the provider's rounding and minimum of each instance.
  package var instanceTime: Int128 = 0
  /// Billed on demand, ns.
  package var billedTime: Int128 = 0
  /// Billed as spot, ns.
  package var spotBilledTime: Int128 = 0
  /// Surplus CPU credits that are charged, vCPU-ns.
  package var surplusCredits: Int64 = 0
  /// Instances that were told to go, and instances that failed, warm-up included.
  package var interruptions: Int64 = 0
  /// Instances that failed.
  package var failures: Int64 = 0

  package init() {}

  /// Adds the counters of another run of the same deployment.
  package mutating func merge(_ other: DeploymentCounts) {
    invocations += other.invocations
    coldStarts += other.coldStarts
    pings += other.pings
    recursionStops += other.recursionStops
    startedAhead += other.startedAhead
    startsMeasured += other.startsMeasured
    throttles += other.throttles
    spilled += other.spilled
    errors += other.errors
    timeouts += other.timeouts
    billedGranules += other.billedGranules
    executionTime += other.executionTime
    initTime += other.initTime
    cpuTime += other.cpuTime
    waitingTime += other.waitingTime
    waited += other.waited
    queuePeak = max(queuePeak, other.queuePeak)
    runningPeak = max(runningPeak, other.runningPeak)
    instancesEnded += other.instancesEnded
    lifespanSum += other.lifespanSum
    instanceTime += other.instanceTime
    billedTime += other.billedTime
    spotBilledTime += other.spotBilledTime
    surplusCredits = saturating(surplusCredits, other.surplusCredits)
    interruptions += other.interruptions
    failures += other.failures
  }
}

/// Traffic of a path and use of a store's or front's interface, over measured requests.
package struct TrafficCounts: BitwiseCopyable, Sendable, Equatable {
  package var messagesUp: Int64 = 0
  package var messagesDown: Int64 = 0
  package var bytesUp: Int64 = 0
  package var bytesDown: Int64 = 0

  /// Adds the traffic of another run.
  package mutating func merge(_ other: TrafficCounts) {
    messagesUp += other.messagesUp
    messagesDown += other.messagesDown
    bytesUp += other.bytesUp
    bytesDown += other.bytesDown
  }
}

/// Requests at an API front.
package struct FrontCounts: BitwiseCopyable, Sendable, Equatable {
  package var requests: Int64 = 0
  package var throttles: Int64 = 0
  package var timeouts: Int64 = 0
  /// Requests that came on a connection of their own.
  package var connections: Int64 = 0
  /// Bytes of the requests, and of their answers as if all were served.
  package var bytes: Int64 = 0

  /// Adds the counters of another run.
  package mutating func merge(_ other: FrontCounts) {
    requests += other.requests
    connections += other.connections
    bytes += other.bytes
    throttles += other.throttles
    timeouts += other.timeouts
  }
}

/// Operations that one step of one program has made on a store.
package struct StepCounts: BitwiseCopyable, Sendable, Equatable {
  package var operations: Int64 = 0
  package var units: Int64 = 0
  package var failures: Int64 = 0

  /// Adds the counters of another run.
  package mutating func merge(_ other: StepCounts) {
    operations += other.operations
    units += other.units
    failures += other.failures
  }
}

/// The world at the end of an interval of the time series.
package struct TimelineSample: BitwiseCopyable, Sendable, Equatable {
  package var running: Int64 = 0
  package var instances: Int64 = 0
  package var waiting: Int64 = 0

  /// Adds the sample of another run.
  package mutating func merge(_ other: TimelineSample) {
    running += other.running
    instances += other.instances
    waiting += other.waiting
  }
}

/// What a link has carried.
package struct LinkCounts: BitwiseCopyable, Sendable, Equatable {
  /// Messages of measured requests that had to wait for others, and for how long in all, ns.
  package var waited: Int64 = 0
  package var waitingTime = Int128(0)

  package init() {}

  /// Adds the counts of another run.
  package mutating func merge(_ other: LinkCounts) {
    waited += other.waited
    waitingTime += other.waitingTime
  }
}

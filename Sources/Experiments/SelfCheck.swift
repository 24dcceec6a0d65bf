import ServerlessModel

/// Runs an experiment again and looks for the first event in which the two runs differ.
package enum SelfCheck {
  /// What came of it.
  package enum Verdict: Sendable, Equatable {
    /// All events are the same; the digest over them in hexadecimal.
    case same(digest: String)
    /// A sentence that names the first event that differs.
    case different(String)
  }

  /// Compares `first` with a new run on `jobs` threads.
  ///
  /// - Throws: `Interrupted` when `control` was stopped.
  package static func compare(
    _ experiment: Experiment, _ first: ExperimentResult, jobs: Int, control: RunControl = RunControl()
  ) async throws -> Verdict {
    var again = experiment
    again.jobs = jobs
    let second = try await again.run(control: control)
    for (replication, pair) in zip(first.traces, second.traces).enumerated() {
      for placement in experiment.plans.indices {
        let (one, other) = (pair.0[placement], pair.1[placement])
        if one.digest == other.digest && one.eventCount == other.eventCount { continue }
        return .different(describe(experiment, placement, replication, one, other))
      }
    }
    return .same(digest: String(first.digest, radix: 16))
  }

  /// Runs the stretch in which two runs part twice more, and names the event.
  private static func describe(
    _ experiment: Experiment, _ placement: Int, _ replication: Int, _ one: RunTrace, _ other: RunTrace
  ) -> String {
    let shared = zip(one.checkpoints, other.checkpoints).prefix { $0 == $1 }.count
    let from = UInt64(shared) * one.checkpointStride
    let range = from..<(from + one.checkpointStride + 1)
    let place = "placement '\(experiment.plans[placement].names.placement)', replication \(replication)"
    let lists = (0..<2).map { _ in events(experiment.plans[placement], replication, experiment.sectionCount, range) }
    for (a, b) in zip(lists[0], lists[1]) where a != b {
      return "\(place): event \(a.number) was \(sentence(a)) in one run and \(sentence(b)) in the other"
    }
    return "\(place): the first difference is between events \(range.lowerBound) and \(range.upperBound)"
  }

  private static func events(
    _ plan: Plan, _ replication: Int, _ sectionCount: Int, _ range: Range<UInt64>
  ) -> [EventTrace.Entry] {
    var world = World(plan: plan, replication: replication, sectionCount: sectionCount, capture: range)
    while world.run(untilArrival: world.arrivalCount + 65_536) && world.trace.count < range.upperBound {}
    return world.trace.captured
  }

  private static func sentence(_ entry: EventTrace.Entry) -> String {
    "at \(entry.time) ns, payload \(String(entry.payload, radix: 16))"
  }
}

import Dispatch
import ServerlessModel
import Synchronization

/// Counts simulated requests while they run and carries the wish to stop; shared by all threads.
package final class RunControl: Sendable {
  private let requests = Atomic<UInt64>(0)
  private let stopped = Atomic<Bool>(false)

  package init() {}

  /// Requests simulated so far, over all placements and replications.
  package var requestCount: UInt64 { requests.load(ordering: .relaxed) }
  /// Asks all runs to stop soon.
  package func stop() { stopped.store(true, ordering: .relaxed) }
  /// Whether `stop` was called.
  package var isStopped: Bool { stopped.load(ordering: .relaxed) }

  func count(_ simulated: UInt64) { requests.add(simulated, ordering: .relaxed) }
}

/// A run was asked to stop before its horizon.
package struct Interrupted: Error {
  package init() {}
}

/// What one replication of all placements has measured.
package struct ReplicationResult: Sendable {
  /// In the order of the placements.
  package var runs: [RunResult]
  /// For every placement but the first, by stratum of the demand and section: `stratum × sectionCount + section`.
  package var paired: [[PairedCounts]]
}

/// One replication: every placement in step, so that each request can be compared with itself.
struct Replication {
  let plans: [Plan]
  let number: Int
  let sectionCount: Int
  /// Whether the placements of this replication share the cores among them.
  let parallel: Bool
  /// Whether each placement gets seeds of its own (to show what common random numbers are worth).
  let independent: Bool
  let control: RunControl

  /// Arrivals between two comparisons.
  private static let chunk: UInt64 = 8192

  /// A world on the heap, so that several can be kept in an array. Touched by one thread at a time.
  private final class Box: @unchecked Sendable {
    var world: World
    var running = true
    var reported: UInt64 = 0

    init(_ plan: Plan, replication: Int, sectionCount: Int, pairing: PairingRole) {
      world = World(plan: plan, replication: replication, sectionCount: sectionCount, pairing: pairing)
    }

    func run(untilArrival limit: UInt64, _ control: RunControl) {
      guard running else { return }
      running = world.run(untilArrival: limit)
      control.count(world.arrivalCount - reported)
      reported = world.arrivalCount
    }
  }

  func run() throws(Interrupted) -> ReplicationResult {
    let paired = plans.count > 1 && !independent
    let boxes = plans.enumerated().map { placement, plan in
      var own = plan
      if independent { own.seed = plan.seed &+ UInt64(placement) &* 0x9E37_79B9 }
      let role: PairingRole = !paired ? .alone : placement == 0 ? .baseline : .compared
      return Box(own, replication: number, sectionCount: sectionCount, pairing: role)
    }
    let cells = paired ? Strata(plan: plans[0]).count * sectionCount : 0
    var counts = plans.map { _ in [PairedCounts](repeating: PairedCounts(), count: cells) }
    var limit: UInt64 = 0
    var compared: UInt64 = 0
    while boxes.contains(where: \.running) {
      if control.isStopped { throw Interrupted() }
      limit += Self.chunk
      let until = limit
      if parallel && boxes.count > 1 {
        DispatchQueue.concurrentPerform(iterations: boxes.count) { boxes[$0].run(untilArrival: until, control) }
      } else {
        for box in boxes { box.run(untilArrival: until, control) }
      }
      if paired { compare(boxes, &counts, &compared, isLast: !boxes.contains(where: \.running)) }
    }
    return ReplicationResult(
      runs: boxes.map { $0.world.result() }, paired: paired ? Array(counts.dropFirst()) : [])
  }

  /// Compares all requests, in order of arrival, up to the first that some placement has not finished; at the
  /// end those that one of two placements has not finished are passed over.
  private func compare(_ boxes: [Box], _ counts: inout [[PairedCounts]], _ compared: inout UInt64, isLast: Bool) {
    var end = boxes[0].world.arrivalCount
    if !isLast { for box in boxes { end = box.world.pairing.firstPending(from: compared, before: end) } }
    for placement in 1..<boxes.count {
      add(compared..<end, of: boxes[placement].world.pairing, boxes[0].world.pairing, to: &counts[placement])
    }
    for box in boxes { box.world.pairing.release(before: end) }
    compared = end
  }

  /// Compares the requests of a range with the baseline's.
  private func add(
    _ range: Range<UInt64>, of log: borrowing PairingLog, _ baselineLog: borrowing PairingLog,
    to counts: inout [PairedCounts]
  ) {
    for index in range {
      let baseline = baselineLog.outcome(index)
      guard Self.hasEnded(baseline.latency) else { continue }
      let here = log.outcome(index).latency
      guard Self.hasEnded(here) else { continue }
      counts[Int(baseline.stratum) * sectionCount + Int(baseline.section)]
        .add(here: here, baseline: baseline.latency)
    }
  }

  /// Whether an entry is a measured request's end within the run.
  private static func hasEnded(_ latency: Int64) -> Bool { latency >= PairingLog.failed }
}

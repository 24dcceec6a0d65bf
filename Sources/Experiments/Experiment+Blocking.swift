import Dispatch
import Synchronization

extension Experiment {
  /// Runs everything and waits for the end: for a caller that cannot be suspended, such as a function whose root is
  /// looked for. The result is that of `run(control:)`.
  ///
  /// - Throws: `Interrupted` when `control` was stopped.
  package func runBlocking(control: RunControl = RunControl()) throws(Interrupted) -> ExperimentResult {
    let results = Mutex([ReplicationResult?](repeating: nil, count: replications))
    let sectionCount = replications == 1 ? Self.batches : 1
    @Sendable func run(_ number: Int) {
      let replication = Replication(
        plans: plans, number: number, sectionCount: sectionCount, parallel: false, independent: independent,
        control: control)
      let result = try? replication.run()
      results.withLock { $0[number] = result }
    }
    if jobs == 1 {
      for number in 0..<replications { run(number) }
    } else {
      DispatchQueue.concurrentPerform(iterations: replications) { run($0) }
    }
    let complete = results.withLock { $0.compactMap { $0 } }
    guard complete.count == replications else { throw Interrupted() }
    return ExperimentResult(plans: plans, replications: complete)
  }
}

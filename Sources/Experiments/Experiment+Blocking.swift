import Dispatch
import Synchronization

extension Experiment {
  /// Runs everything and waits for the end: for a caller that cannot be suspended, such as a function whose root is
  /// looked for. The result is that of `run(control:)`.
  ///
  /// - Throws: `Interrupted` when `control` was stopped.
  package func runBlocking(control: RunControl = RunControl()) throws(Interrupted) -> ExperimentResult {
    let result = Mutex(ExperimentResult(plans: plans, replicationCount: replications))
    @Sendable func run(_ number: Int) {
      let replication = Replication(
        plans: plans, number: number, sectionCount: sectionCount, parallel: false, independent: independent,
        control: control)
      guard let done = try? replication.run() else { return }
      result.withLock { $0.add(done, number: number, keeping: keepsReplications) }
    }
    if jobs == 1 {
      for number in 0..<replications { run(number) }
    } else {
      DispatchQueue.concurrentPerform(iterations: replications) { run($0) }
    }
    let finished = result.withLock { $0 }
    guard finished.isComplete else { throw Interrupted() }
    return finished
  }
}

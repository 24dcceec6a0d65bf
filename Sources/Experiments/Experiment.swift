import ServerlessModel

/// Placements × replications, run on several threads; the result does not depend on how many.
package struct Experiment: Sendable {
  /// One plan for each placement, the baseline first; all with the same demand.
  package var plans: [Plan]
  package var replications: Int
  /// Threads to use at most.
  package var jobs: Int
  /// Gives each placement luck of its own instead of the same luck for all.
  package var independent = false

  /// Sections into which the only replication is cut when there is no second one to compare it with.
  package static let batches = 20

  package init(plans: [Plan], replications: Int, jobs: Int) {
    self.plans = plans
    self.replications = replications
    self.jobs = jobs
  }

  /// Runs everything.
  /// - Throws: `Interrupted` when `control` was stopped.
  package func run(control: RunControl = RunControl()) async throws -> ExperimentResult {
    let sectionCount = replications == 1 ? Self.batches : 1
    var results = [ReplicationResult?](repeating: nil, count: replications)
    let parallel = jobs > replications
    try await withThrowingTaskGroup(of: (Int, ReplicationResult).self) { group in
      var next = 0
      func add() {
        let replication = Replication(
          plans: plans, number: next, sectionCount: sectionCount, parallel: parallel, independent: independent,
          control: control)
        next += 1
        group.addTask { (replication.number, try replication.run()) }
      }
      while next < min(jobs, replications) { add() }
      while let (number, result) = try await group.next() {
        results[number] = result
        if next < replications { add() }
      }
    }
    return ExperimentResult(plans: plans, replications: results.compactMap { $0 })
  }
}

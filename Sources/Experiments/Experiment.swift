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
  /// Keeps each replication's whole result besides the sums, in memory that grows with their number.
  package var keepsReplications = false

  /// Sections into which the only replication is cut when there is no second one to compare it with.
  package static let batches = 20
  /// Where there are more replications than this, several together make up a section.
  package static let mostSamples = 100

  package init(plans: [Plan], replications: Int, jobs: Int) {
    self.plans = plans
    self.replications = replications
    self.jobs = jobs
  }

  /// Sections into which the measured time of a replication is cut.
  var sectionCount: Int { replications == 1 ? Self.batches : 1 }

  /// Runs everything.
  /// - Throws: `Interrupted` when `control` was stopped.
  package func run(control: RunControl = RunControl()) async throws -> ExperimentResult {
    var result = ExperimentResult(plans: plans, replicationCount: replications)
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
      while let (number, done) = try await group.next() {
        result.add(done, number: number, keeping: keepsReplications)
        if next < replications { add() }
      }
    }
    return result
  }
}

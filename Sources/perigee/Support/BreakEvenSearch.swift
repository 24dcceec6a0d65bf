import ArgumentParser
import Experiments
import Foundation
import ScenarioFormat
import ServerlessModel

/// Options about runs that only look for something and write no results.
struct SearchOptions: ParsableArguments {
  @Option(help: "Seed of all random streams, instead of the scenario's.")
  var seed: UInt64?

  @Option(help: "Number of replications, instead of the scenario's.")
  var replications: Int?

  @Option(help: "Threads to use; results do not depend on it. (default: all cores)")
  var jobs: Int?

  @Option(help: "How the result is printed.")
  var format = OutputFormat.table

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs is \(jobs); it must be from 1 to 1024")
    }
    if let replications, !(1...10_000).contains(replications) {
      throw ValidationError("--replications is \(replications); it must be from 1 to 10,000")
    }
  }

  /// Threads to use.
  var threads: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

extension InputOptions {
  /// The same with one more value set.
  func setting(_ override: String) -> InputOptions {
    var changed = self
    changed.overrides.append(override)
    return changed
  }
}

extension ScenarioSession {
  /// Runs the placements of these names, and waits for the end.
  func result(of names: [String], jobs: Int) throws -> ExperimentResult {
    let wanted = names.compactMap { name in plans.first { $0.names.placement == name } }
    return try Experiment(plans: wanted, replications: scenario.replications, jobs: jobs).runBlocking()
  }
}

/// The difference of two placements as a function of one value of the scenario.
struct BreakEvenSearch {
  let file: String
  let input: InputOptions
  let options: SearchOptions
  let varied: VariedPath
  let names: (String, String)
  let metric: ObjectiveSpec.Metric

  /// A runner that begins with what has been loaded already.
  func runner(_ session: ScenarioSession) -> Runner { Runner(search: self, first: session) }

  /// Evaluates the difference; keeps the run where only costs are varied.
  struct Runner {
    let search: BreakEvenSearch
    let first: ScenarioSession
    private var kept: ExperimentResult?

    init(search: BreakEvenSearch, first: ScenarioSession) {
      self.search = search
      self.first = first
    }

    /// The difference at a value, and the metrics of the two placements there.
    mutating func evaluate(_ value: Double) throws -> (BreakEven.Evaluation, (Double, Double)) {
      let varied = search.varied
      let session =
        value == varied.low
        ? first
        : try ScenarioSession.load(
          search.file, search.input.setting(varied.override(value)), seed: search.options.seed,
          replications: search.options.replications, catalog: first.catalog)
      let result: ExperimentResult
      if let kept {
        result = kept
      } else {
        result = try session.result(of: [search.names.0, search.names.1], jobs: search.options.threads)
        if varied.path.hasPrefix("costs.") { kept = result }
      }
      let settlement = session.settlement
      let both = try metrics(settlement, result)
      let sections = try result.replications.map { replication in
        let one = try metrics(settlement, ExperimentResult(plans: result.plans, replications: [replication]))
        return one.0 - one.1
      }
      let spread = result.replications.count > 1 ? sections : []
      return (BreakEven.Evaluation(value: value, difference: both.0 - both.1, sections: spread), both)
    }

    private func metrics(_ settlement: Settlement, _ result: ExperimentResult) throws -> (Double, Double) {
      let reckoned = try settlement.reckon(result)
      return (
        MetricValue.of(search.metric, result, 0, reckoned), MetricValue.of(search.metric, result, 1, reckoned)
      )
    }
  }
}

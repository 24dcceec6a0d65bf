import Experiments
import Foundation
import ScenarioFormat
import ServerlessModel

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
    var experiment = Experiment(plans: wanted, replications: scenario.replications, jobs: jobs)
    experiment.keepsReplications = true
    return try experiment.runBlocking()
  }
}

/// The difference of two placements as a function of one value of the scenario.
struct BreakEvenSearch {
  let file: String
  let input: InputOptions
  let options: ExecutionOptions
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
      let sections = try result.kept.map { replication in
        let one = try metrics(settlement, ExperimentResult(plans: result.plans, replications: [replication]))
        return one.0 - one.1
      }
      let spread = result.replicationCount > 1 ? sections : []
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

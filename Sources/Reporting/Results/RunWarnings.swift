import Experiments
import ServerlessModel
import Statistics

/// What a reader of the results should be warned about.
package enum RunWarnings {
  /// One line for each warning.
  package static func text(of result: ExperimentResult) -> String {
    let lines = result.plans.indices.flatMap { samples(result, $0) + saturation(result, $0) }
    return lines.map { "warning: \($0)\n" }.joined()
  }

  /// Percentiles that rest on too few requests.
  private static func samples(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    return plan.clients.indices.compactMap { clients in
      let count = result.sections(of: placement, Scope(clients: clients)).reduce(0) { $0 + $1.count }
      let poor = Percentiles.reported.filter { $0 <= 0.99 && !SampleSize.enough(for: $0, count: count) }
      guard let first = poor.first else { return nil }
      let name = Neutral.terminal(plan.names.clients[clients])
      return "\(Neutral.terminal(plan.names.placement)): \(name) has \(count) answers, too few for p\(Int(first * 100))"
        + " (\(SampleSize.needed(for: first)) are needed); run longer or with more replications"
    }
  }

  /// Pools that never caught up with their demand.
  private static func saturation(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    return plan.deployments.indices.compactMap { row in
      let deployment = plan.deployments[row]
      guard deployment.whenFull == .queue, deployment.maximumInstances < .max else { return nil }
      let capacity = Double(deployment.maximumInstances) * Double(deployment.requestsPerInstance)
      let busy = (result.totals[placement].runningLevels[row].mean ?? 0) / capacity
      guard busy > 0.999 else { return nil }
      let function = Neutral.terminal(plan.names.functions[Int(deployment.function)])
      let site = Neutral.terminal(plan.names.sites[Int(deployment.site)])
      return "\(Neutral.terminal(plan.names.placement)): '\(function)' at \(site) was busy all the time: more arrives"
        + " than it can serve, so waiting times grow with the length of the run"
    }
  }
}

import Experiments
import Reporting
import ScenarioFormat

/// The objectives of a scenario, judged for every placement.
struct Verdicts {
  private var lines: [String] = []
  /// Whether every objective is met by every placement it is about.
  private(set) var allMet = true

  init(_ objectives: [ObjectiveSpec], _ result: ExperimentResult, _ reckoned: Reckoned) {
    for objective in objectives {
      for (placement, plan) in result.plans.enumerated()
      where (objective.placement?.value ?? plan.names.placement) == plan.names.placement {
        let value = MetricValue.of(objective.metric, clients: objective.clients?.value, result, placement, reckoned)
        let isMet = MetricValue.meets(value, objective)
        allMet = allMet && isMet
        let name = Neutral.terminal(result.plans[placement].names.placement)
        lines.append(
          "  \(isMet ? "met    " : "NOT MET") \(Self.phrase(objective)) by \(name): \(Self.text(value, objective))"
        )
      }
    }
  }

  /// One line for each objective and placement.
  var text: String { lines.isEmpty ? "" : "\nobjectives\n" + lines.joined(separator: "\n") + "\n" }

  /// The objective as the scenario has it: `latency.p95 of phones below 60 ms`.
  private static func phrase(_ objective: ObjectiveSpec) -> String {
    let whose = objective.clients.map { " of \(Neutral.terminal($0.value))" } ?? ""
    return "\(objective.label)\(whose) \(objective.isUpperBound ? "below" : "above") \(objective.boundLabel)"
  }

  private static func text(_ value: Double, _ objective: ObjectiveSpec) -> String {
    guard value.isFinite else { return "nothing was served" }
    switch objective.metric {
    case .latencyMean, .latencyPercentile: return NumberFormat.fixed(value, digits: 1) + " ms"
    case .costPerMonth, .ownershipPerMonth: return NumberFormat.fixed(value, digits: 2) + " USD"
    case .availability, .coldStartRatio: return NumberFormat.fixed(value, digits: 6)
    }
  }
}

import Experiments
import Pricing
import Reporting
import ScenarioFormat

/// The objectives of a scenario, judged for every placement.
struct Verdicts {
  private var lines: [String] = []
  /// Whether every objective is met by every placement it is about.
  private(set) var allMet = true

  init(_ objectives: [ObjectiveSpec], _ result: ExperimentResult, _ bill: Bill) {
    for objective in objectives {
      for (placement, plan) in result.plans.enumerated()
      where (objective.placement?.value ?? plan.names.placement) == plan.names.placement {
        let value = Self.value(of: objective, result, placement, bill)
        let bound = objective.metric.dimension == .duration ? objective.bound / 1e6 : objective.bound
        let isMet = objective.isUpperBound ? value < bound : value > bound
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

  /// The metric in the unit of the objective's bound: ms, USD, ratio. NaN (nothing was served) meets nothing.
  private static func value(
    of objective: ObjectiveSpec, _ result: ExperimentResult, _ placement: Int, _ bill: Bill
  ) -> Double {
    let names = result.plans[placement].names
    let scope = Scope(clients: objective.clients.flatMap { names.clients.firstIndex(of: $0.value) })
    switch objective.metric {
    case .latencyMean: return result.meanLatency(of: placement, scope).estimate
    case .latencyPercentile(let q):
      return result.percentile(q, of: result.sections(of: placement, scope)).estimate
    case .costPerMonth:
      return bill.totals.first { $0.placement == names.placement }.map {
        Double($0.amount.usd.description) ?? .nan
      } ?? .nan
    case .availability: return result.availability(of: placement, scope).estimate
    case .coldStartRatio:
      return result.coldStartRatio(
        of: placement, deployments: Array(result.plans[placement].deployments.indices)
      ).estimate
    }
  }

  /// The objective as the scenario has it: `latency.p95 of phones below 60 ms`.
  private static func phrase(_ objective: ObjectiveSpec) -> String {
    let whose = objective.clients.map { " of \(Neutral.terminal($0.value))" } ?? ""
    return "\(objective.label)\(whose) \(objective.isUpperBound ? "below" : "above") \(objective.boundLabel)"
  }

  private static func text(_ value: Double, _ objective: ObjectiveSpec) -> String {
    guard value.isFinite else { return "nothing was served" }
    switch objective.metric {
    case .latencyMean, .latencyPercentile: return NumberFormat.fixed(value, digits: 1) + " ms"
    case .costPerMonth: return NumberFormat.fixed(value, digits: 2) + " USD"
    case .availability, .coldStartRatio: return NumberFormat.fixed(value, digits: 6)
    }
  }
}

import Experiments
import Pricing
import ScenarioFormat

/// Reads metrics off results.
enum MetricValue {
  /// The metric in the unit that people read it in: ms, USD, ratio. NaN where nothing was served.
  static func of(
    _ metric: ObjectiveSpec.Metric, clients: String? = nil, _ result: ExperimentResult, _ placement: Int,
    _ reckoned: Reckoned
  ) -> Double {
    let names = result.plans[placement].names
    let scope = Scope(clients: clients.flatMap { names.clients.firstIndex(of: $0) })
    switch metric {
    case .latencyMean: return result.meanLatency(of: placement, scope).estimate
    case .latencyPercentile(let q):
      return result.percentile(q, of: result.sections(of: placement, scope)).estimate
    case .costPerMonth:
      return reckoned.bill.totals.first { $0.placement == names.placement }?.amount.usd.number ?? .nan
    case .ownershipPerMonth:
      return reckoned.ownership.totals.first { $0.placement == names.placement }?.amount.usd.number ?? .nan
    case .availability: return result.availability(of: placement, scope).estimate
    case .coldStartRatio:
      return result.coldStartRatio(
        of: placement, deployments: Array(result.plans[placement].deployments.indices)
      ).estimate
    }
  }

  /// Whether a value keeps an objective; NaN keeps none.
  static func meets(_ value: Double, _ objective: ObjectiveSpec) -> Bool {
    let bound = objective.metric.dimension == .duration ? objective.bound / 1e6 : objective.bound
    return objective.isUpperBound ? value < bound : value > bound
  }
}

package import Catalog

/// What the architect wants of a placement.
package struct ObjectiveSpec: Sendable, Equatable {
  /// What is measured.
  package enum Metric: Sendable, Equatable {
    case latencyMean
    /// A percentile of the latency, as a share: 0.95.
    case latencyPercentile(Double)
    case costPerMonth
    /// The cost of ownership: all environments, people, owned machines.
    case ownershipPerMonth
    case availability
    case coldStartRatio

    /// Whether each population has its own.
    package var isOfPopulations: Bool {
      switch self {
      case .latencyMean, .latencyPercentile, .availability: true
      case .costPerMonth, .ownershipPerMonth, .coldStartRatio: false
      }
    }

    /// The dimension of its bound.
    package var dimension: Dimension {
      switch self {
      case .latencyMean, .latencyPercentile: .duration
      case .costPerMonth, .ownershipPerMonth: .money
      case .availability, .coldStartRatio: .ratio
      }
    }
  }

  package var metric: Metric
  /// The metric as written.
  package var label: String
  package var clients: Marked<String>?
  package var placement: Marked<String>?
  package var isUpperBound: Bool
  /// In the base unit of the metric's dimension (ns, USD, ratio).
  package var bound: Double
  /// The bound as written.
  package var boundLabel: String

  static let fixedMetrics: [(String, Metric)] = [
    ("latency.mean", .latencyMean), ("cost.month", .costPerMonth),
    ("tco.month", .ownershipPerMonth), ("availability", .availability),
    ("coldstart.ratio", .coldStartRatio),
  ]
  static let percentiles = ["p50", "p75", "p90", "p95", "p99", "p99.9", "p99.99"]
  /// The names of all metrics.
  package static let metricNames = fixedMetrics.map(\.0) + percentiles.map { "latency." + $0 }
  static let table = KeyTable(
    "an objective",
    [
      .required("metric", .choice(metricNames), "what is measured"),
      Key("clients", .name, "only for this client population"),
      Key("placement", .name, "only for this placement (all)"),
      Key("below", bound, "the metric is to be below this"),
      Key("above", bound, "the metric is to be above this"),
    ])
  /// All metrics by name.
  package static let metrics: [(String, Metric)] =
    fixedMetrics
    + percentiles.map { ("latency." + $0, .latencyPercentile((Double($0.dropFirst()) ?? 50) / 100)) }
  private static let bound = Shape.either([.quantity(.duration), .quantity(.money), .quantity(.ratio)])
}

extension NodeReader {
  /// Reads one objective.
  package func objective(_ node: Located) -> ObjectiveSpec? {
    guard let map = mapping(node, ObjectiveSpec.table) else { return nil }
    let clients = map.read("clients", name)
    let placement = map.read("placement", name)
    guard map.has("below") != map.has("above") else {
      map.fail("missing-key", "an objective needs either 'below' or 'above'")
      return nil
    }
    let key = map.has("below") ? "below" : "above"
    guard let metric = map.read("metric", { choice($0, ObjectiveSpec.metrics) }), let value = map.node(key),
      let bound = quantity(value, metric.dimension)
    else { return nil }
    if let clients, !metric.isOfPopulations {
      problems.error(
        "objective-clients", at: clients.mark,
        "'\(map.node("metric")?.text ?? "")' is known of all clients together only; leave 'clients' out")
    }
    if metric.dimension == .ratio, !(0...1).contains(bound.value) {
      problems.error(
        "objective-bound", at: value.mark, "'\(value.text ?? "")' is no share; write one from 0 % to 100 %")
    }
    return ObjectiveSpec(
      metric: metric, label: map.node("metric")?.text ?? "", clients: clients, placement: placement,
      isUpperBound: key == "below", bound: bound.value, boundLabel: value.text ?? "")
  }
}

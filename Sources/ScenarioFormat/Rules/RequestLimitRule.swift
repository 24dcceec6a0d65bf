/// A run that would take hours by mistake is refused with an estimate.
enum RequestLimitRule {
  /// - Parameter expected: requests of all clients in one run.
  static func check(_ expected: Double, _ spec: ScenarioSpec, allowLarge: Bool, _ problems: Problems) {
    let graph = CallGraph(spec)
    var starts = [Double](repeating: 0, count: spec.functions.count)
    // An upper bound: every request is counted for the function that leads to the most invocations.
    var most = 1.0
    for index in starts.indices {
      starts = [Double](repeating: 0, count: spec.functions.count)
      starts[index] = 1
      if spec.functions.count <= 64 { most = max(most, graph.invocations(starts).reduce(0, +)) }
    }
    let runs = Double(spec.placements.count) * Double(spec.replications)
    let total = expected * most * runs
    let mark = spec.clients.first?.arrivalsMark
    if !(expected > 0) {
      problems.error(
        "no-requests", at: mark, "no request would be sent within the run; raise the rate or the duration")
    }
    checkInstants(spec, problems)
    guard total > ScenarioCompiler.requestLimit, !allowLarge else { return }
    problems.error(
      "too-many-requests", at: mark,
      "this needs about \(scientific(total)) invocations (\(scientific(expected)) requests in a run"
        + (most > 1.5 ? ", up to \(scientific(most)) invocations for each" : "")
        + ", \(Int(runs)) run\(runs == 1 ? "" : "s"))"
        + "; more than \(scientific(ScenarioCompiler.requestLimit)) need --allow-large",
      notes: ["lower the rates, the duration or the replications"])
  }

  /// Listed instants and points of presence are rows in memory.
  private static func checkInstants(_ spec: ScenarioSpec, _ problems: Problems) {
    var instants = 0
    var callers = 0
    for clients in spec.clients {
      callers += max(1, clients.cities.count) * max(1, clients.access.count) * clients.calls.count
      switch clients.arrivals {
      case .batches(let batches): instants += batches.reduce(0) { $0 + $1.count.value }
      case .timestamps(let times): instants += times.count
      case .poisson, .daily, .steps, .periodic, .renewal, .bursts: break
      }
      if instants > 4 * ArrivalsSpec.maximumInstants {
        problems.error(
          "too-many-instants", at: clients.arrivalsMark,
          "the batches and timestamps of all client populations exceed"
            + " \(4 * ArrivalsSpec.maximumInstants); use a rate"
        )
        return
      }
    }
    for deployment in spec.placements.flatMap(\.functions) {
      guard case .points(let count) = deployment.place, count.value * callers > 10_000_000 else { continue }
      problems.error(
        "too-many-sites", at: count.mark,
        "\(count.value) points of presence for \(callers) groups of callers are too many; use fewer of either"
      )
    }
  }

  /// Two digits and a power of ten, such as 1.4·10¹².
  static func scientific(_ value: Double) -> String {
    guard value.isFinite else { return "endlessly many" }
    guard value >= 10_000 else { return "\(Int(value.rounded()))" }
    var exponent = 0
    var mantissa = value
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let power = String("\(exponent)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    return "\(NodeReader.short((mantissa * 10).rounded() / 10))·10\(power)"
  }
}

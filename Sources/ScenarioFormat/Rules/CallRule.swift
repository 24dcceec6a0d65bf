/// Calls lead from clients to every function, and never in a circle.
enum CallRule {
  static func check(_ spec: ScenarioSpec, _ problems: Problems) {
    let graph = CallGraph(spec)
    let called = spec.clients.flatMap { $0.calls.filter { $0.weight > 0 }.map(\.name.value) }
    let isCalled = Set(called)
    let starts = spec.functions.indices.filter { isCalled.contains(spec.functions[$0].name.value) }
    let isReached = graph.reachable(from: starts)
    for (index, function) in spec.functions.enumerated() where !isReached[index] {
      problems.error(
        "uncalled-function", at: function.name.mark,
        "nobody calls the function '\(function.name.value.shortened)'; name it under 'calls', in a"
          + " step, or remove it"
      )
    }
    let guarded = guardedFunctions(spec)
    for function in guarded { checkMultiplication(in: spec, function, graph, problems) }
    let cycle = graph.cycle(stoppedAt: guarded)
    guard let first = cycle.first else { return }
    let names = (cycle + [first]).prefix(9).map { spec.functions[$0].name.value.shortened }
    problems.error(
      "call-cycle", at: spec.functions[first].name.mark,
      "the calls go in a circle: \(names.joined(separator: " → ")); a request would never end",
      notes: ["'platform: {like: …, recursion: 16}' simulates a platform that stops such chains"])
  }

  /// The functions that every placement stops from calling themselves for ever.
  private static func guardedFunctions(_ spec: ScenarioSpec) -> Set<Int> {
    Set(
      spec.functions.indices.filter { index in
        let name = spec.functions[index].name.value
        return spec.placements.allSatisfy { placement in
          placement.functions.first { $0.function.value == name }?.platform.recursion != nil
        }
      })
  }

  /// A chain that fans out multiplies until it is stopped.
  private static func checkMultiplication(
    in spec: ScenarioSpec, _ function: Int, _ graph: CallGraph, _ problems: Problems
  ) {
    let name = spec.functions[function].name.value
    let limits = spec.placements.flatMap { $0.functions.filter { $0.function.value == name } }
    let fanOut = graph.edges[function].reduce(0) { $0 + Double($1.count) }
    guard let limit = limits.compactMap(\.platform.recursion).max(by: { $0.value < $1.value }), fanOut > 1,
      graph.isOnCycle(function)
    else { return }
    var executions = 1.0
    for _ in 0..<limit.value where executions <= 1e6 { executions *= fanOut }
    guard executions > 1e6 else { return }
    problems.error(
      "recursion", at: limit.mark,
      "a chain that makes \(Int(fanOut)) calls from '\(name.shortened)' would grow to more than a million executions"
        + " before it is stopped after \(limit.value); use fewer calls or a lower limit")
  }
}

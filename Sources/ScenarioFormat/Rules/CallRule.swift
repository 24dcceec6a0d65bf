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
    let cycle = graph.cycle()
    guard let first = cycle.first else { return }
    let names = (cycle + [first]).prefix(9).map { spec.functions[$0].name.value.shortened }
    problems.error(
      "call-cycle", at: spec.functions[first].name.mark,
      "the calls go in a circle: \(names.joined(separator: " → ")); a request would never end")
  }
}

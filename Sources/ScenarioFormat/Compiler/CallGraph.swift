/// Which functions invoke which, and how often.
struct CallGraph {
  /// One edge: `count` invocations of `target` per invocation of the caller.
  struct Edge {
    let target: Int
    let count: Int
  }

  /// By position of the calling function.
  let edges: [[Edge]]
  /// Callers before those they call; without the functions on cycles and behind them.
  let order: [Int]

  init(_ spec: ScenarioSpec) {
    var positions: [String: Int] = [:]
    for (index, function) in spec.functions.enumerated() { positions[function.name.value] = index }
    edges = spec.functions.map { function in
      function.steps.compactMap { step in
        switch step.kind {
        case .call(let call): positions[call.function.value].map { Edge(target: $0, count: call.count) }
        case .forward(let name): positions[name.value].map { Edge(target: $0, count: 1) }
        case .work, .wait, .read, .write: nil
        }
      }
    }
    order = Self.topologicalOrder(edges)
  }

  private init(edges: [[Edge]]) {
    self.edges = edges
    order = Self.topologicalOrder(edges)
  }

  private static func topologicalOrder(_ edges: [[Edge]]) -> [Int] {
    var callers = [Int](repeating: 0, count: edges.count)
    for edge in edges.joined() { callers[edge.target] += 1 }
    var order = edges.indices.filter { callers[$0] == 0 }
    var next = 0
    while next < order.count {
      for edge in edges[order[next]] {
        callers[edge.target] -= 1
        if callers[edge.target] == 0 { order.append(edge.target) }
      }
      next += 1
    }
    return order
  }

  /// The functions that are called from some of the given ones, themselves included.
  func reachable(from starts: [Int]) -> [Bool] {
    var isReached = [Bool](repeating: false, count: edges.count)
    var pending = starts
    while let function = pending.popLast() {
      guard !isReached[function] else { continue }
      isReached[function] = true
      pending += edges[function].map(\.target)
    }
    return isReached
  }

  /// Whether a function calls itself, directly or through others.
  func isOnCycle(_ function: Int) -> Bool { reachable(from: edges[function].map(\.target))[function] }

  /// The functions of one cycle that leads through none of `guarded`, in the order of calling; empty when there is
  /// none.
  func cycle(stoppedAt guarded: Set<Int> = []) -> [Int] {
    guard guarded.isEmpty else {
      return CallGraph(edges: edges.enumerated().map { guarded.contains($0.offset) ? [] : $0.element }).cycle()
    }
    var isOrdered = [Bool](repeating: false, count: edges.count)
    for function in order { isOrdered[function] = true }
    // A function on a cycle always calls one that is not ordered; one behind a cycle may not.
    var onCycle = edges.indices.filter { !isOrdered[$0] }
    while true {
      let members = Set(onCycle)
      let kept = onCycle.filter { function in edges[function].contains { members.contains($0.target) } }
      if kept.count == onCycle.count { break }
      onCycle = kept
    }
    guard var function = onCycle.first else { return [] }
    let members = Set(onCycle)
    var path: [Int] = []
    var position: [Int: Int] = [:]
    while position[function] == nil {
      position[function] = path.count
      path.append(function)
      guard let next = edges[function].first(where: { members.contains($0.target) })?.target else {
        return path
      }
      function = next
    }
    return Array(path[(position[function] ?? 0)...])
  }

  /// Invocations of every function, given those that clients make; `starts` has one entry for each function.
  func invocations(_ starts: [Double]) -> [Double] {
    var invocations = starts
    for function in order {
      for edge in edges[function] { invocations[edge.target] += invocations[function] * Double(edge.count) }
    }
    return invocations
  }
}

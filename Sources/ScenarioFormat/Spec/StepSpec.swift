package import Stochastics

/// One thing that a function does.
package struct StepSpec: Sendable {
  /// The kinds of steps.
  package enum Kind: Sendable {
    /// CPU time on one full vCPU.
    case work(Marked<Distribution>)
    case wait(Marked<Distribution>)
    case read(Operation)
    case write(Operation)
    case call(Invocation)
    case forward(Marked<String>)
  }

  /// Reads or writes of a store.
  package struct Operation: Sendable {
    package var store: Marked<String>
    package var count = 1
    package var isParallel = false
    /// Bytes of one item, if it is not the store's.
    package var size: Int64?
  }

  /// Calls of another function.
  package struct Invocation: Sendable {
    package var function: Marked<String>
    package var count = 1
    package var isParallel = false
  }

  package var kind: Kind
  package var mark: SourceMark

  static let table = KeyTable(
    "a step", isChoice: true, later: ["transact", "publish", "push", "fail"],
    [
      Key("work", .law, "CPU time on one full vCPU"),
      Key("read", .either([.name, .object(operation)]), "reads of a store"),
      Key("write", .either([.name, .object(operation)]), "writes of a store"),
      Key(
        "call", .either([.name, .object(invocation)]), "calls of another function, waiting for the answer"),
      Key("forward", .name, "hands the request over to another function; last step"),
      Key("wait", .law, "idle time"),
    ])
  static let operation = KeyTable(
    "an operation on a store", shorthand: "store",
    [
      .required("store", .name, "the store"),
      Key("count", .count(minimum: 1), "how many operations (1)"),
      Key("parallel", .flag, "all at once instead of one after another (false)"),
      Key("size", .quantity(.bytes), "bytes of one item (the store's)"),
    ])
  static let invocation = KeyTable(
    "a call", shorthand: "function",
    [
      .required("function", .name, "the function called"),
      Key("count", .count(minimum: 1), "how many calls (1)"),
      Key("parallel", .flag, "all at once instead of one after another (false)"),
    ])
}

extension NodeReader {
  /// Reads the steps of a function; only the last may forward.
  func steps(_ node: Located) -> [StepSpec]? {
    guard let elements = list(node, of: "steps") else { return nil }
    guard !elements.isEmpty else {
      problems.error("empty-list", at: node.mark, "the list is empty; give at least one step")
      return nil
    }
    let steps = elements.compactMap(step)
    for step in steps.dropLast() {
      if case .forward = step.kind {
        problems.error(
          "forward", at: step.mark,
          "'forward' hands the request over, so nothing can follow; make it the last step")
      }
    }
    return steps
  }

  private func step(_ node: Located) -> StepSpec? {
    guard let (name, value) = mapping(node, StepSpec.table)?.choice else { return nil }
    let kind: StepSpec.Kind? =
      switch name {
      case "work": law(value).map { .work($0) }
      case "wait": law(value).map { .wait($0) }
      case "read": operation(value).map { .read($0) }
      case "write": operation(value).map { .write($0) }
      case "call": invocation(value).map { .call($0) }
      default: self.name(value).map { .forward($0) }
      }
    return kind.map { StepSpec(kind: $0, mark: node.mark) }
  }

  private func operation(_ node: Located) -> StepSpec.Operation? {
    guard node.entries != nil else { return name(node).map { StepSpec.Operation(store: $0) } }
    guard let map = mapping(node, StepSpec.operation), let store = map.read("store", name) else { return nil }
    return StepSpec.Operation(
      store: store, count: repetitions(map), isParallel: map.read("parallel", flag) ?? false,
      size: map.read("size", bytes)?.value)
  }

  private func invocation(_ node: Located) -> StepSpec.Invocation? {
    guard node.entries != nil else { return name(node).map { StepSpec.Invocation(function: $0) } }
    guard let map = mapping(node, StepSpec.invocation), let function = map.read("function", name) else {
      return nil
    }
    return StepSpec.Invocation(
      function: function, count: repetitions(map), isParallel: map.read("parallel", flag) ?? false)
  }

  private func repetitions(_ map: MappingReader) -> Int {
    map.read("count") { count($0, from: 1, to: 100_000) }?.value ?? 1
  }
}

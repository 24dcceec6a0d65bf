package import Stochastics

/// A function: what it is made of and what it does.
package struct FunctionSpec: Sendable {
  package var name: Marked<String>
  package var runtime: Marked<String>?
  /// Megabytes as the provider sells them.
  package var memory: Marked<Double>?
  /// Size of the code package, bytes.
  package var package: Marked<Int64>?
  /// How the code is packed; by its size if not given.
  package var packaging: Packaging?
  /// Ephemeral storage, MB.
  package var ephemeral: Marked<Double>?
  /// `nil` = x86, or the only one that the platform has.
  package var architecture: Architecture?
  /// Payloads towards the function and back, bytes.
  package var request: Int64
  package var response: Int64
  package var steps: [StepSpec]
  /// Time of the work of an instance's first invocation, as measured: it is not scaled by the CPU share.
  package var firstWork: Marked<Distribution>?
  /// The function's own initialisation, on top of the runtime's.
  package var initialisation: Marked<Distribution>?
  package var front: Marked<String>?
  /// Longest execution, ns.
  package var timeout: Marked<Int64>?
  /// Reserved concurrency.
  package var reserved: Marked<Int>?
  /// GPUs that an invocation needs.
  package var gpus: Marked<Int>?

  /// Instruction set.
  package enum Architecture: String, Sendable, CaseIterable {
    case x86, arm
  }

  /// Kind of package.
  package enum Packaging: String, Sendable, CaseIterable {
    case zip, image
  }

  static let table = KeyTable(
    "a function", later: ["triggers", "transact", "publish", "push", "fail"],
    hints: PlatformSpec.hints(for: "it belongs to the platform, where the function is placed"),
    [
      Key("runtime", .name, "language runtime of the catalog (nodejs)"),
      Key(
        "memory", .quantity(.memory), "memory size, which also sets the CPU share (the platform's default)"),
      Key("package", .quantity(.bytes), "size of the code package (1 MB)"),
      Key(
        "packaging", .choice(Packaging.allCases.map(\.rawValue)),
        "archive or container image (by the size of the package)"),
      Key("ephemeral", .quantity(.memory), "ephemeral storage of an instance (what comes with it)"),
      Key("architecture", .choice(Architecture.allCases.map(\.rawValue)), "instruction set (x86)"),
      Key("request", .quantity(.bytes), "payload towards the function (1 KB)"),
      Key("response", .quantity(.bytes), "payload of the answer (1 KB)"),
      Key("work", .law, "CPU time of an invocation on one full vCPU; or write steps"),
      Key("firstWork", .law, "time of an instance's first invocation as measured, instead of work"),
      Key("init", .law, "the function's own initialisation, on top of the runtime's (none)"),
      Key("steps", .list(.object(StepSpec.table)), "what an invocation does, in order, instead of work"),
      Key("front", .name, "the gateway in front of the function (none)"),
      Key("timeout", .quantity(.duration), "longest execution (the platform's default)"),
      Key("reserved", .count(minimum: 1), "reserved concurrency: the most instances at once (none)"),
      Key("gpu", .count(minimum: 0), "GPUs that it needs (0)"),
    ])
}

extension NodeReader {
  /// Reads one function.
  package func function(_ name: Marked<String>, _ node: Located) -> FunctionSpec? {
    guard let map = mapping(node, FunctionSpec.table) else { return nil }
    let architectures = FunctionSpec.Architecture.allCases.map { ($0.rawValue, $0) }
    let function = FunctionSpec(
      name: name, runtime: map.read("runtime", self.name), memory: map.read("memory", memory),
      package: map.read("package", bytes),
      packaging: map.read("packaging") { choice($0, FunctionSpec.Packaging.allCases.map { ($0.rawValue, $0) }) },
      ephemeral: map.read("ephemeral", memory), architecture: map.read("architecture") { choice($0, architectures) },
      request: map.read("request", bytes)?.value ?? 1_000,
      response: map.read("response", bytes)?.value ?? 1_000,
      steps: steps(of: map), firstWork: map.read("firstWork", law), initialisation: map.read("init", law),
      front: map.read("front", self.name), timeout: map.read("timeout", positiveDuration),
      reserved: map.read("reserved") { count($0, from: 1, to: 1_000_000) },
      gpus: map.read("gpu") { count($0, to: 1_024) })
    return function
  }

  /// A memory size above zero.
  func memory(_ node: Located) -> Marked<Double>? {
    guard let memory = quantity(node, .memory) else { return nil }
    guard memory.value > 0 else {
      problems.error("not-positive", at: node.mark, "a memory size above zero belongs here")
      return nil
    }
    return memory
  }

  private func steps(of map: MappingReader) -> [StepSpec] {
    switch (map.has("work"), map.has("steps")) {
    case (true, true):
      map.fail("too-many-keys", "'work' and 'steps' exclude each other; make the work a step")
      return []
    case (false, false):
      map.fail("missing-key", "a function needs 'work' (its CPU time) or 'steps'")
      return []
    case (true, false):
      return map.read("work", law).map { [StepSpec(kind: .work($0), mark: $0.mark)] } ?? []
    case (false, true):
      return map.read("steps", steps) ?? []
    }
  }
}

package import Stochastics

/// A platform of the catalog, with what the scenario overrides.
package struct PlatformSpec: Sendable {
  package var name: Marked<String>
  /// When an idle instance goes.
  package var keepAlive: KeepAliveSpec?
  /// Age after which an instance is replaced, ns.
  package var maximumAge: Int64?
  /// What keeps instances warm.
  package var ping: PingSpec?
  /// Executions of the function in one chain of calls at which the platform stops the chain.
  package var recursion: Marked<Int>?
  /// Whether instances are restored instead of initialised.
  package var snapshot: SnapshotSpec?
  /// What a site keeps of packages.
  package var packageCache: PackageCacheSpec?
  package var selection: Selection?
  /// Limit on concurrency that all functions of a region share.
  package var concurrency: Int?
  /// The most instances of the function.
  package var reserved: Int?
  package var requestsPerInstance: Marked<Int>?
  package var whenFull: WhenFull?
  package var scaling: Scaling?
  /// Sandbox and runtime start together, instead of the catalog's.
  package var coldStart: Marked<Distribution>?
  package var overhead: Marked<Distribution>?
  package var firstInvocation: Marked<Distribution>?
  package var maximumInstances: Int?
  package var overlapsHandshake: Bool?
  /// Most instances of all functions that a site keeps in memory; the least recently used idle one goes first.
  package var instancesPerSite: Int?
  /// Memory for the instances of all functions that a site has, MB.
  package var memoryPerSite: Marked<Double>?
  /// What an instance takes of it, MB.
  package var footprint: Marked<Double>?
  /// Instances that the platform starts and stops.
  package var group = GroupSpec()

  /// Which idle instance serves next.
  package enum Selection: String, Sendable, CaseIterable {
    case newest, oldest
    case mostRecentlyUsed = "most-recently-used"
    case leastRecentlyUsed = "least-recently-used"
    case random
  }

  /// What happens to a request that finds no room.
  package enum WhenFull: Sendable {
    case throttle
    case queue(capacity: Int)
  }

  /// How fast instances may be added.
  package enum Scaling: Sendable {
    case unlimited
    /// `burst` at once, then a ceiling that rises by `add` every so many ns.
    case ramp(burst: Int, add: Int, every: Int64)
    /// `add` in every stretch of so many ns.
    case stepwise(add: Int, every: Int64)
  }

  static let shape = Shape.either([.name, .object(table)])
  static let table = KeyTable(
    "a platform", shorthand: "like", later: ["prewarm"],
    hints: synonyms.mapValues { "write '\($0)'" }.merging(hintsForSize) { own, _ in own },
    [
      .required("like", .name, "the platform of the catalog to start from"),
      Key(
        "keepAlive", KeepAliveSpec.shape,
        "idle time before an instance goes: a duration, forever, a measured law of the catalog, a law, or a policy"),
      Key("maximumAge", .quantity(.duration), "age after which an instance is replaced"),
      Key("ping", .object(PingSpec.table), "scheduled invocations that keep instances warm"),
      Key(
        "recursion", .count(minimum: 1),
        "lets calls go in a circle, and stops a chain after so many executions of this function"),
      Key("snapshot", SnapshotSpec.shape, "restore from a snapshot instead of initialising"),
      Key("packageCache", .object(PackageCacheSpec.table), "what a site keeps of the packages it has loaded"),
      Key("selection", .choice(Selection.allCases.map(\.rawValue)), "which idle instance serves next"),
      Key("concurrency", .count(minimum: 1), "concurrency that all functions of a region share"),
      Key("reserved", .count(minimum: 1), "concurrency that this function cannot exceed"),
      Key("requestsPerInstance", .count(minimum: 1), "requests that an instance serves at once"),
      Key(
        "whenFull", .either([.choice(["throttle", "queue"]), .object(queue)]),
        "throttle, queue, or {queue: most requests that wait}"),
      Key(
        "scaling", .either([.object(scaling), .object(ScalingRule.table), .choice(["unlimited", "fixed"])]),
        "how fast instances may be added; of a server group or a cluster: the rule of its size"),
      Key("coldStart", .law, "start of sandbox and runtime, instead of the catalog's"),
      Key("overhead", .law, "the platform's own latency of any invocation"),
      Key("firstInvocation", .law, "extra time of an instance's first invocation"),
      Key("maximumInstances", .count(minimum: 1), "most instances of this function at a site"),
      Key("overlapHandshake", .flag, "whether a start hides behind the caller's TLS handshake"),
      Key(
        "instancesPerSite", .count(minimum: 1),
        "most instances of all functions that a site keeps; the least recently used idle one is evicted"),
      Key(
        "memoryPerSite", .quantity(.memory),
        "memory for the instances of all functions at a site; the least recently used idle ones are evicted"),
      Key("isolateMemory", .quantity(.memory), "the same, by the name it has for isolates"),
      Key("footprint", .quantity(.memory), "what an instance takes of a site's memory (its memory size)"),
    ] + GroupSpec.keys)
  /// What providers call some of these keys.
  private static let synonyms = [
    "provisionedConcurrency": "provisioned", "reservedConcurrency": "reserved", "snapStart": "snapshot",
    "snapstart": "snapshot", "minInstances": "minimum", "minimumInstances": "minimum",
    "maxInstances": "maximumInstances", "alwaysReady": "minimum", "containerConcurrency": "requestsPerInstance",
    "idleTimeout": "keepAlive", "warmer": "ping",
  ]

  /// Keys of the size of a task, which stand inside it.
  private static let hintsForSize = ["vcpu", "memory"].reduce(into: [String: String]()) { hints, key in
    hints[key] = "it belongs to the size of the tasks: size: {vcpu: …, memory: …}"
  }

  /// For mappings around the platform: where its keys belong.
  static func hints(for reason: String) -> [String: String] {
    let own = table.names.filter { $0 != table.shorthand }
    var known = Dictionary(uniqueKeysWithValues: own.map { ($0, $0) }).merging(synonyms) { own, _ in own }
    known = known.mapValues { "\($0): …" }
    known["vcpu"] = "size: {vcpu: …, memory: …}"
    return known.mapValues { "\(reason): platform: {like: …, \($0)}" }
  }

  static let queue = KeyTable("a queue", [.required("queue", .count(minimum: 0), "most requests that wait")])
  static let scaling = KeyTable(
    "the scaling rule",
    [
      Key("burst", .count(minimum: 1), "instances at once, before the rate applies"),
      .required("add", .count(minimum: 1), "instances added in each stretch"),
      .required("every", .quantity(.duration), "length of a stretch"),
    ])
}

extension NodeReader {
  /// Reads a platform: a name, or a mapping with overrides.
  package func platform(_ node: Located) -> PlatformSpec? {
    guard node.entries != nil else { return name(node).map { PlatformSpec(name: $0) } }
    guard let map = mapping(node, PlatformSpec.table), let name = map.read("like", name) else { return nil }
    let selections = PlatformSpec.Selection.allCases.map { ($0.rawValue, $0) }
    var platform = PlatformSpec(name: name)
    platform.keepAlive = map.read("keepAlive", keepAlive)
    platform.selection = map.read("selection") { choice($0, selections) }
    platform.concurrency = map.read("concurrency", instances)
    platform.reserved = map.read("reserved", instances)
    platform.requestsPerInstance = map.read("requestsPerInstance") { count($0, from: 1, to: 1_000_000) }
    platform.whenFull = map.read("whenFull", whenFull)
    if let rule = map.node("scaling"), isGroupRule(rule) {
      platform.group.rule = groupRule(rule)
    } else {
      platform.scaling = map.read("scaling", scaling)
    }
    platform.coldStart = map.read("coldStart", law)
    platform.overhead = map.read("overhead", law)
    platform.firstInvocation = map.read("firstInvocation", law)
    platform.maximumInstances = map.read("maximumInstances", instances)
    platform.overlapsHandshake = map.read("overlapHandshake", flag)
    platform.instancesPerSite = map.read("instancesPerSite", instances)
    platform.maximumAge = map.read("maximumAge", positiveDuration)?.value
    platform.recursion = map.read("recursion") { count($0, from: 1, to: 1_000) }
    platform.ping = map.read("ping", ping)
    platform.snapshot = map.read("snapshot", snapshot)
    platform.packageCache = map.read("packageCache", packageCache)
    platform.memoryPerSite = map.read("memoryPerSite", memory) ?? map.read("isolateMemory", memory)
    platform.footprint = map.read("footprint", memory)
    let rule = platform.group.rule
    platform.group = group(map)
    platform.group.rule = rule
    return platform
  }

  /// Whether a scaling rule is one of a group's.
  private func isGroupRule(_ node: Located) -> Bool {
    node.text == "fixed" || node.entries?.contains { ScalingRule.names.contains($0.key.value) } ?? false
  }

  private func groupRule(_ node: Located) -> Marked<ScalingRule>? {
    let rule = node.text == "fixed" ? ScalingRule.fixed : scalingRule(node)
    return rule.map { Marked($0, at: node.mark) }
  }

  private func instances(_ node: Located) -> Int? { count(node, from: 1, to: 1_000_000_000)?.value }

  private func whenFull(_ node: Located) -> PlatformSpec.WhenFull? {
    guard node.entries != nil else {
      return choice(node, [("throttle", .throttle), ("queue", .queue(capacity: Int(Int32.max)))])
    }
    let map = mapping(node, PlatformSpec.queue)
    return map?.read("queue") { count($0) }.map { .queue(capacity: $0.value) }
  }

  private func scaling(_ node: Located) -> PlatformSpec.Scaling? {
    guard node.entries != nil else { return choice(node, [("unlimited", .unlimited)]) }
    guard let map = mapping(node, PlatformSpec.scaling), let add = map.read("add", instances),
      let every = map.read("every", positiveDuration)
    else { return nil }
    guard map.has("burst") else { return .stepwise(add: add, every: every.value) }
    return map.read("burst", instances).map { .ramp(burst: $0, add: add, every: every.value) }
  }
}

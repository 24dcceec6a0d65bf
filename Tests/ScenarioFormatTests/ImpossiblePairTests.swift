import ScenarioFormat
import Testing

/// What cannot run together is refused where it is written, with what would do.
@Suite struct ImpossiblePairTests {
  private func expect(
    _ text: String, _ rule: String, _ sentence: String, source: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try Compiled.diagnostics(text)
    let fits = found.contains { diagnostic in
      diagnostic.rule == rule && diagnostic.mark != nil && diagnostic.message.contains(sentence)
        && (source == nil || diagnostic.notes.contains { $0.contains(source ?? "") })
    }
    #expect(fits, "\(found.map { "\($0.rule): \($0.message) \($0.notes)" })", sourceLocation: sourceLocation)
  }

  private func text(_ placement: String, function: String = "work: 5 ms", more: String = "") -> String {
    ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: placement)
      .replacingFirst("memory: 256 MB, work: 5 ms", with: function) + more
  }

  private func errors(_ text: String) throws -> [String] {
    try Compiled.diagnostics(text).filter { $0.severity == .error }.map(\.message)
  }

  /// Waiting counts as running, for platforms and for the gateways before them.
  @Test func longWaitsOnShortPlatforms() throws {
    let edge = "platform: lambda@edge, at: nearest edge"
    try expect(
      text(edge, function: "steps: [{wait: 10 min}]"), "platform-limit",
      "run longer than 'lambda@edge' ever lets them (30 s); work and waits take 600 s here", source: "source: ")
    let both = "memory: 1769 MB, timeout: 30 s, steps: [{work: 20 s}, {wait: 10.1 s}]"
    try expect(text(edge, function: both), "platform-limit", "work and waits take 30.1 s here")
    #expect(try errors(text(edge, function: both.replacingFirst("10.1 s", with: "10 s"))).isEmpty)
    try expect(
      text("platform: lambda, at: eu-west-1", function: "steps: [{wait: 4 s}]"), "timeout",
      "would run into the timeout of 3 s")
  }

  @Test func functionsThatOutlastTheirFront() throws {
    let gateway = "\ngateways: {g: {service: api-gateway-rest}}"
    let slow = "memory: 1769 MB, timeout: 60 s, front: g, work: 29.1 s"
    let place = "platform: lambda, at: eu-west-1"
    try expect(
      text(place, function: slow, more: gateway), "platform-limit",
      "the gateway 'g' (api-gateway-rest) gives up after 29 s", source: "source: ")
    #expect(try errors(text(place, function: slow.replacingFirst("29.1", with: "29"), more: gateway)).isEmpty)
    let patient = gateway.replacingFirst("rest}", with: "rest, timeout: 20 s}")
    try expect(text(place, function: slow, more: patient), "timeout", "gives up after 20 s")
    #expect(try errors(text(place, function: slow, more: patient)).isEmpty)
  }

  @Test func snapshotsWithWhatExcludesThem() throws {
    let java = "work: 5 ms, runtime: java"
    func place(_ more: String) -> String { "platform: {like: lambda, snapshot: true\(more)}, at: eu-west-1" }
    #expect(try errors(text(place(""), function: java)).isEmpty)
    try expect(
      text(place(", provisioned: 2"), function: java), "platform-limit", "remove 'snapshot' or 'provisioned'",
      source: "snapstart")
    try expect(
      text(place(""), function: java + ", ephemeral: 513 MB"), "platform-limit",
      "with 512 MB of ephemeral storage only")
    #expect(try errors(text(place(""), function: java + ", ephemeral: 512 MB")).isEmpty)
  }

  @Test func requestsOfAnInstance() throws {
    try expect(
      text("platform: {like: lambda, requestsPerInstance: 2}, at: eu-west-1"), "platform-limit",
      "2 requests in an instance are more than 'lambda' allows; the most is 1", source: "source: ")
  }

  /// 100 of an account's 1,000 stay unreserved, whether the others are reserved or kept ready.
  @Test func provisionedConcurrencyIsTheAccounts() throws {
    func place(_ provisioned: String) -> String {
      text("platform: {like: lambda, provisioned: \(provisioned)}, at: eu-west-1")
    }
    #expect(try errors(place("900")).isEmpty)
    try expect(place("901"), "reserved-concurrency", "reserve or keep ready 901 of 1000", source: "unreserved")
    try expect(place("{minimum: 1, schedule: [{at: 1 h, minimum: 901}]}"), "reserved-concurrency", "keep ready 901")
  }

  @Test func boundsOfProvisionedConcurrency() throws {
    func place(_ provisioned: String, _ more: String = "") -> String {
      text("platform: {like: lambda, provisioned: \(provisioned)\(more)}, at: eu-west-1")
    }
    try expect(
      place("{minimum: 1, schedule: [{at: 1 h, minimum: 9}]}", ", reserved: 5"), "bounds",
      "9 provisioned instances are more than the reserved concurrency of 5")
    try expect(
      place("{minimum: 1, maximum: 9, target: 0.7, schedule: [{at: 1 h, minimum: 9, maximum: 3}]}"), "bounds",
      "the minimum of 9 is above the maximum of 3")
    try expect(place("{minimum: 1, maximum: 3}"), "bounds", "needs both a 'target' and a 'maximum'")
    try expect(place("{minimum: 1, target: 0.7}"), "bounds", "needs both a 'target' and a 'maximum'")
    #expect(try errors(place("{minimum: 1, maximum: 3, target: 0.7}", ", reserved: 3")).isEmpty)
  }

  /// A function has its reserved concurrency once, however many pools it has.
  @Test func aReservationIsSharedByReadyInstancesAndVariants() throws {
    let ready = try Compiled.scenario(
      text("platform: {like: lambda, provisioned: 3}, reserved: 4, at: eu-west-1")).placements[0].plan
    #expect(ready.accounts.map(\.concurrencyLimit) == [996, 4])
    #expect(ready.deployments.map(\.allocates) == [1, -1] && ready.deployments.map(\.account) == [-1, 1])
    let split = "platform: lambda, at: eu-west-1, reserved: 4, split: {a: {share: 0.9}, b: {share: 0.1, memory: 1 GB}}"
    let variants = try Compiled.scenario(text(split)).placements[0].plan
    #expect(variants.accounts.map(\.concurrencyLimit) == [996, 4])
    #expect(variants.deployments.map(\.account) == [1, 1])
  }

  /// Keys that belong elsewhere, or that providers call otherwise.
  @Test(arguments: [
    ("platform: lambda, provisioned: 5, at: eu-west-1", "platform: {like: …, provisioned: …}"),
    ("platform: lambda, keepAlive: 5 min, at: eu-west-1", "platform: {like: …, keepAlive: …}"),
    ("platform: {like: lambda, provisionedConcurrency: 5}, at: eu-west-1", "write 'provisioned'"),
    ("platform: lambda, snapstart: true, at: eu-west-1", "platform: {like: …, snapshot: …}"),
    ("platform: fargate, vcpu: 1, at: eu-west-1", "platform: {like: …, size: {vcpu: …, memory: …}}"),
    ("platform: {like: fargate, memory: 2 GB}, at: eu-west-1", "size: {vcpu: …, memory: …}"),
    (
      "platform: {like: ec2, scaling: {target: {metric: cpu, at: 0.5}}}, at: eu-west-1",
      "the metric is the key and its target the value"
    ),
  ])
  func keysThatBelongElsewhere(placement: String, hint: String) throws {
    try expect(text(placement), "misplaced-key", hint)
  }

  @Test func keysOfAPlatformOnAFunction() throws {
    let function = "work: 5 ms, provisioned: 5"
    try expect(
      text("platform: lambda, at: eu-west-1", function: function), "misplaced-key",
      "it belongs to the platform, where the function is placed: platform: {like: …, provisioned: …}")
  }

  @Test(arguments: [
    ("hybrid", "{hybrid: {}}"), ("greedy-dual", "{greedyDual: {memory: 4 GB}}"),
    ("[5 min, 10 min]", "{uniform: [5 min, 10 min]}"),
  ])
  func policiesWithoutTheirSettings(written: String, example: String) throws {
    try expect(text("platform: {like: lambda, keepAlive: \(written)}, at: eu-west-1"), "wrong-kind", "write \(example)")
  }

  /// What the one kind of platform knows is not silently dropped on the other.
  @Test(arguments: ["keepAlive: 5 min", "maximumAge: 1 h", "ping: {every: 1 min}", "concurrency: 9", "reserved: 9"])
  func lifetimesOfManagedInstances(key: String) throws {
    try expect(text("platform: {like: fargate, \(key)}, at: eu-west-1"), "managed", "is not for it")
  }

  @Test(arguments: ["warmPool: {size: 1}", "health: {every: 10 s}", "schedule: [{at: 1 h, minimum: 2}]"])
  func groupsOnFunctionPlatforms(key: String) throws {
    try expect(
      text("platform: {like: lambda, \(key)}, at: eu-west-1"), "not-managed",
      "belongs to server groups and container clusters")
  }

  @Test func aSuggestionWhereAnIsolateIsTooSmall() throws {
    try expect(
      text("platform: workers, at: nearest edge", function: "memory: 3 GB, work: 5 ms"), "platform-limit",
      "write 'memory: 128 MB' here if that is enough", source: "source: ")
  }
}

import ScenarioFormat
import ServerlessModel
import Stochastics
import Testing

/// Life-time policies, from the text to the plan, and what is refused of them.
@Suite struct PolicyTests {
  private func plan(_ overrides: String, function: String = "") throws -> Plan {
    try Compiled.scenario(
      ScenarioTexts.small(
        replacing: "platform: lambda", with: "platform: {like: lambda, \(overrides)}"
      ).replacingFirst("work: 5 ms", with: "work: 5 ms\(function)")
    ).placements[0].plan
  }

  private func diagnostics(_ overrides: String, function: String = "") throws -> [Diagnostic] {
    try Compiled.diagnostics(
      ScenarioTexts.small(
        replacing: "platform: lambda", with: "platform: {like: lambda, \(overrides)}"
      ).replacingFirst("work: 5 ms", with: "work: 5 ms\(function)"))
  }

  private func refused(_ overrides: String, function: String = "", _ rule: String, _ sentence: String) throws {
    let found = try diagnostics(overrides, function: function)
    #expect(
      found.contains { $0.rule == rule && $0.mark != nil && $0.message.contains(sentence) },
      "\(found.map { "\($0.rule): \($0.message)" })")
  }

  @Test func aPlainKeepAliveNeedsNoPolicy() throws {
    for text in ["keepAlive: 600 s", "keepAlive: forever"] {
      let plan = try plan(text)
      #expect(plan.lifetimes.isEmpty && plan.deployments[0].lifetime == -1)
    }
    #expect(try plan("keepAlive: 600 s").deployments[0].keepAlive == 600_000_000_000)
  }

  @Test(arguments: ["{uniform: [5 min, 10 min]}", "{uniform: {from: 5 min, to: 10 min}}"])
  func aRandomRange(_ text: String) throws {
    let plan = try plan("keepAlive: \(text)")
    #expect(plan.lifetimes.map(\.kind) == [.law])
    #expect(LawTable(plan.samplers).draw(plan.lifetimes[0].law, bits: 1 << 63) == 450_000_000_000)
  }

  @Test func aMeasuredLaw() throws {
    #expect(try plan("keepAlive: aws-2021").lifetimes.map(\.kind) == [.law])
    let found = try diagnostics("keepAlive: aws-2012")
    #expect(found.contains { $0.rule == "unknown-keep-alive" && $0.suggestion == "aws-2021" })
  }

  /// A function that is called after idle gaps of t is cold with the measured share of cold starts after t.
  @Test(arguments: [
    ("aws-2021", 5.0, 0.0030303), ("aws-2021", 6, 0.406061), ("aws-2021", 7, 1), ("azure-2021", 21, 0.408163),
    ("azure-2021", 23, 0.76087), ("google-2021", 15, 0), ("google-2021", 16, 1),
  ])
  func aFunctionIsColdWithTheMeasuredProbability(_ law: String, _ minutes: Double, _ share: Double) throws {
    let calls = 3_000.0
    let text = """
      scenario: gaps
      duration: \(Int((minutes * 60 + 1) * calls)) s
      clients:
        a: {at: us-east-1, timeout: none, arrivals: {periodic: {every: \(minutes * 60 + 1) s}}, calls: f}
      functions: {f: {work: 1 s}}
      placements: {p: {f: {platform: {like: ideal, keepAlive: \(law)}, at: us-east-1}}}
      """
    var world = World(plan: try Compiled.scenario(text).placements[0].plan, replication: 0)
    while world.run() {}
    let counts = world.result().deployments[0]
    let found = Double(counts.coldStarts - 1) / Double(counts.invocations - 1)
    #expect(abs(found - share) <= 4 * (share * (1 - share) / calls).squareRoot() + 1e-6)
  }

  @Test func theHybridHistogram() throws {
    let histogram = try plan("keepAlive: {hybrid: {}}").lifetimes[0].histogram
    #expect(histogram.bin == 60_000_000_000 && histogram.binCount == 240)
    #expect(histogram.head == 0.05 && histogram.tail == 0.99 && histogram.margin == 0.1)
    let own = try plan("keepAlive: {hybrid: {range: 1 h, bin: 2 min, head: 10 %, samples: 3, fallback: 20 min}}")
    #expect(own.lifetimes[0].histogram.binCount == 30 && own.lifetimes[0].histogram.head == 0.1)
    #expect(own.lifetimes[0].histogram.samples == 3 && own.lifetimes[0].histogram.fallback == 1_200_000_000_000)
    try refused("keepAlive: {hybrid: {range: 4 d}}", "histogram", "5760 bins")
    try refused("keepAlive: {hybrid: {range: 24 h, bin: 59 s}}", "histogram", "1465 bins")
    #expect(try diagnostics("keepAlive: {hybrid: {range: 24 h}}").isEmpty)
    try refused("keepAlive: {hybrid: {range: 1 s}}", "histogram", "less than one bin")
    try refused("keepAlive: {hybrid: {head: 99 %, tail: 5 %}}", "histogram", "the head lies above the tail")
  }

  @Test func greedyDual() throws {
    let plan = try plan("keepAlive: {greedyDual: {memory: 2 GB}}, footprint: 100 MB")
    #expect(plan.lifetimes.map(\.kind) == [.greedyDual])
    #expect(plan.sites[0].memoryCapacity == 2_048 && plan.sites[0].eviction == .greedyDual)
    #expect(plan.deployments[0].footprint == 100)
    #expect(try diagnostics("keepAlive: {greedyDual: {memory: 256 MB}}").isEmpty)
    try refused("keepAlive: {greedyDual: {memory: 255 MB}}", "memory-per-site", "cannot hold one of 256 MB")
    try refused("footprint: 257 MB, memoryPerSite: 1 GB", "footprint", "more than its memory")
    #expect(try self.plan("isolateMemory: 1 GB").sites[0].eviction == .leastRecentlyUsed)
  }

  @Test func pings() throws {
    let plan = try plan("keepAlive: 6 min, ping: {every: 5 min, instances: 3}")
    #expect(plan.pings.map(\.every) == [300_000_000_000] && plan.pings.map(\.count) == [3])
    let late = try diagnostics("keepAlive: 6 min, ping: {every: 6 min}")
    #expect(late.map(\.rule) == ["idle-ping"] && late.map(\.severity) == [.warning])
    try refused("ping: {every: 999 ms}", "ping", "are a load")
    #expect(try diagnostics("ping: {every: 1 s}").isEmpty)
  }

  @Test func snapshots() throws {
    let restored = try plan("snapshot: true", function: ", runtime: java, init: 3 s").deployments[0]
    #expect(restored.functionInit == .none && restored.runtimeInit != .none)
    // 256 MB at 8 Gbit/s.
    #expect(restored.download == 268_435_456)
    let given = try plan("snapshot: {restore: 200 ms}", function: ", init: 3 s").deployments[0]
    #expect(given.download == 0 && given.functionInit == .none)
    try refused("snapshot: true", "platform-limit", "is not restored from snapshots on 'lambda'; these are: java")
    #expect(try diagnostics("snapshot: false").isEmpty)
  }

  @Test func packages() throws {
    let image = try plan("packageCache: {share: 90 %, keep: 1 d}", function: ", packaging: image, package: 1 GB")
    // 0.7 % of it at 77.5 Mbit/s, and a tenth of that once it has been there.
    #expect(image.deployments[0].download == 722_580_645)
    #expect(image.packageCaches.map(\.cachedDownload) == [72_258_065])
    let slow = try plan("packageCache: {share: 1, bandwidth: 775 Mbit/s}", function: ", package: 31 MB")
    #expect(slow.deployments[0].download == 3_200_000_000 && slow.packageCaches[0].cachedDownload == 320_000_000)
    #expect(try plan("keepAlive: 6 min").packageCaches.isEmpty)
    try refused("packageCache: {share: 1, bandwidth: 0 Mbit/s}", "not-positive", "bandwidth")
  }

  @Test func ephemeralStorageBeyondWhatIsIncludedIsBilled() throws {
    let plan = try plan("keepAlive: 6 min", function: ", ephemeral: 2 GB")
    #expect(plan.deployments[0].ephemeralMegabytes == 1_536)
    #expect(plan.billing.deployments[0].map(\.meter).contains("lambda.storage-gb-seconds"))
    let free = try self.plan("keepAlive: 6 min", function: ", ephemeral: 512 MB")
    #expect(!free.billing.deployments[0].map(\.meter).contains("lambda.storage-gb-seconds"))
  }

  @Test func circlesAreStoppedWhereThePlatformStopsThem() throws {
    let text = ScenarioTexts.small(replacing: "work: 5 ms", with: "steps: [{work: 1 ms}, {call: hello}]")
    #expect(try Compiled.diagnostics(text).map(\.rule) == ["call-cycle"])
    let stopped = text.replacingFirst("platform: lambda", with: "platform: {like: lambda, recursion: 16}")
    #expect(try Compiled.scenario(stopped).placements[0].plan.deployments[0].recursionLimit == 16)
    let growing = stopped.replacingFirst("{call: hello}", with: "{call: {function: hello, count: 3}}")
    #expect(try Compiled.diagnostics(growing).map(\.rule) == ["recursion"])
  }

  @Test func reservedConcurrencyIsTakenFromTheAccount() throws {
    let plan = try plan("reserved: 400")
    #expect(plan.deployments[0].account == 1)
    #expect(plan.accounts.map(\.concurrencyLimit) == [600, 400])
  }
}

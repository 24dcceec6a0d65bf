import ScenarioFormat
import ServerlessModel
import Testing

/// How many requests a platform takes at once, as its catalog entry states it: as many as the limit all find room, and
/// one more does not.
@Suite struct CapacityLimitTests {
  /// Runs so many requests at the same instant, each of which takes seconds.
  private func run(
    _ platform: String, at site: String, _ count: Int, function: String = ""
  ) throws -> (throttled: Int64, waited: Int64, peak: Int64) {
    let text = """
      scenario: crowd
      duration: 2 min
      clients:
        a: {cities: lisbon, timeout: none, arrivals: {batches: [{at: 1 s, count: \(count)}]}, calls: f}
      functions:
        f: {work: 2 s, timeout: 20 s, runtime: nodejs\(function)}
      sites:
        gateway: {kind: gateway, city: lisbon, parent: eu-west-1}
      placements:
        p: {f: {platform: {like: \(platform)}, at: \(site)}}
      """
    let spec = try #require(ScenarioTexts.read(text).spec)
    let compiled = ScenarioCompiler.compile(spec, try PlatformLimitTests.catalog.get())
    let plan = try #require(compiled.scenario, "\(compiled.diagnostics.map(\.message))").placements[0].plan
    var world = World(plan: plan, replication: 0)
    while world.run() {}
    let counts = world.result().deployments
    return (
      counts.reduce(0) { $0 + Int64($1.throttles) }, counts.reduce(0) { $0 + Int64($1.waited) },
      counts.reduce(0) { $0 + $1.runningPeak }
    )
  }

  /// Whoever does not wait is throttled.
  @Test(arguments: [
    ("lambda, scaling: unlimited", "us-east-1", 1_000), ("lambda-arm, scaling: unlimited", "us-east-1", 1_000),
    ("lambda@edge, scaling: unlimited", "nearest edge", 1_000), ("openwhisk, memoryPerSite: 100 GB", "us-east-1", 100),
    ("ibm-functions", "us-east-1", 1_000),
    ("azure-functions, requestsPerInstance: 1, scaling: unlimited", "eastus", 200),
    ("azure-premium, requestsPerInstance: 1, scaling: unlimited", "eastus", 100),
    ("greengrass-on-demand", "gateway", 25), ("greengrass-long-lived", "gateway", 1),
  ])
  func roomForAsManyAsTheLimit(platform: String, site: String, limit: Int) throws {
    let full = try run(platform, at: site, limit)
    #expect((full.throttled, full.waited, full.peak) == (0, 0, Int64(limit)))
    let crowded = try run(platform, at: site, limit + 1)
    #expect((crowded.throttled + crowded.waited, crowded.peak) == (1, Int64(limit)))
  }

  /// A gateway's line holds 1,024 work items.
  @Test(arguments: [("greengrass-on-demand", 25), ("greengrass-long-lived", 1)])
  func theLineOfAGateway(platform: String, instances: Int) throws {
    #expect(try run(platform, at: "gateway", instances + 1_024).throttled == 0)
    #expect(try run(platform, at: "gateway", instances + 1_025).throttled == 1)
  }

  /// A pool of memory holds so many containers.
  @Test func aPoolOfMemory() throws {
    let four = try run("openwhisk", at: "us-east-1", 4)
    #expect(four.waited == 0 && four.peak == 4)
    let five = try run("openwhisk", at: "us-east-1", 5)
    #expect(five.waited == 1 && five.peak == 4)
  }

  /// Two architectures, one account.
  @Test func platformsOfOneAccountShareItsConcurrency() throws {
    let split = "platform: lambda, at: eu-west-1, split: {x86: {share: 0.5}, arm: {share: 0.5, platform: lambda-arm}}"
    let text = ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: split)
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.accounts.map(\.concurrencyLimit) == [1_000])
    #expect(plan.deployments.map(\.account) == [0, 0])
    #expect(plan.rateLimits.map(\.burst) == [10_000] && plan.rateLimits[0].nanosecondsPerToken == 100_000)
    #expect(plan.deployments.map(\.rateLimit) == [0, 0])
  }

  @Test func theRateGoesWithTheConcurrency() throws {
    func plan(_ platform: String) throws -> Plan {
      try Compiled.scenario(ScenarioTexts.small(replacing: "platform: lambda", with: "platform: \(platform)"))
        .placements[0].plan
    }
    #expect(try plan("{like: lambda, concurrency: 3000}").rateLimits.map(\.burst) == [30_000])
    #expect(try plan("ideal").rateLimits.isEmpty)
    let busy = ScenarioTexts.small(replacing: "rate: 5/s", with: "rate: 10001/s").replacingFirst("5 ms", with: "1 ms")
    let told = try Compiled.diagnostics(busy)
    #expect(told.contains { $0.rule == "overload" && $0.message.contains("takes 10000 in a region") })
  }

  /// A long-lived function is there before its first request, and again after its gateway has been down.
  @Test func longLivedFunctionsStartWithTheirGateway() throws {
    let text = """
      scenario: pinned
      duration: 1 h
      clients:
        a: {at: gateway, timeout: none, arrivals: {timestamps: [10 s, 30 min]}, calls: f}
      functions: {f: {work: 10 ms, runtime: nodejs}}
      sites:
        gateway: {kind: gateway, city: lisbon, parent: eu-west-1}
      placements:
        pinned: {f: {platform: greengrass-long-lived, at: gateway}}
        on-demand: {f: {platform: greengrass-on-demand, at: gateway}}
      faults:
        - {outage: {site: gateway}, from: 10 min, for: 5 min}
      """
    let scenario = try Compiled.scenario(text)
    let runs = scenario.placements.map { placement -> RunResult in
      var world = World(plan: placement.plan, replication: 0)
      while world.run() {}
      return world.result()
    }
    #expect(runs.map { $0.deployments.reduce(0) { $0 + Int($1.coldStarts) } } == [0, 2])
    #expect(runs.map { $0.deployments.reduce(0) { $0 + Int($1.invocations) } } == [2, 2])
    // An hour less the outage and less than ten seconds of a start.
    let time = Double(runs[0].instanceLevels[0].time(at: 1)) / 1e9
    #expect(time > 3_600 - 310 && time <= 3_600 - 300)
  }

  /// Where the provider keeps an instance in each plan, it need not be asked for.
  @Test func aPremiumPlanHasAnInstance() throws {
    let text = ScenarioTexts.small(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: azure-premium, at: eastus")
    let spec = try #require(ScenarioTexts.read(text).spec)
    let compiled = ScenarioCompiler.compile(spec, try PlatformLimitTests.catalog.get())
    let plan = try #require(compiled.scenario).placements[0].plan
    #expect(plan.groups.map(\.minimum) == [1])
    #expect(plan.deployments.map(\.maximumInstances) == [1, 99])
  }
}

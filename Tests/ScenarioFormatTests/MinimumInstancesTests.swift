import Catalog
import ScenarioFormat
import ServerlessModel
import Testing

/// `minimum` on function platforms: instances that are kept ready, where the provider sells that.
@Suite struct MinimumInstancesTests {
  private func text(_ platform: String, at site: String) -> String {
    ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: "platform: {\(platform)}, at: \(site)")
  }

  private func compile(_ platform: String, at site: String) throws -> (plan: Plan?, diagnostics: [Diagnostic]) {
    let outcome = ScenarioTexts.read(text(platform, at: site))
    guard let spec = outcome.spec else { return (nil, outcome.diagnostics) }
    let compiled = ScenarioCompiler.compile(spec, try PlatformLimitTests.catalog.get())
    return (compiled.scenario?.placements[0].plan, compiled.diagnostics)
  }

  private func plan(_ platform: String, at site: String) throws -> Plan {
    let (plan, diagnostics) = try compile(platform, at: site)
    return try #require(plan, "\(diagnostics.map(\.message))")
  }

  private func expect(
    _ platform: String, at site: String, _ rule: String, _ sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try compile(platform, at: site).diagnostics
    #expect(
      found.contains { $0.rule == rule && $0.mark != nil && $0.message.contains(sentence) },
      "\(found.map { "\($0.rule): \($0.message)" })", sourceLocation: sourceLocation)
  }

  @Test(arguments: ["google-functions-1", "google-functions-2"])
  func keepsInstancesReady(_ platform: String) throws {
    let plan = try plan("like: \(platform), minimum: 2", at: "nearest region")
    #expect(plan.deployments.map(\.group) == [0, -1])
    #expect(plan.deployments.map(\.overflow) == [1, -1])
    #expect((plan.groups[0].minimum, plan.groups[0].maximum, plan.groups[0].initial) == (2, 2, 2))
  }

  /// Elsewhere a refusal says what there is instead.
  @Test func isRefusedWhereItIsNotSold() throws {
    let hint = "; it keeps instances ready with"
    try expect(
      "like: lambda, minimum: 2", at: "eu-west-1", "not-offered",
      "'lambda' does not offer 'minimum' instances\(hint) 'provisioned'")
    try expect(
      "like: google-functions-1, provisioned: 2", at: "nearest region", "not-offered",
      "does not offer 'provisioned' instances\(hint) 'minimum'")
    for platform in ["workers", "lambda@edge"] {
      for key in ["minimum", "provisioned"] {
        let found = try compile("like: \(platform), \(key): 2", at: "nearest edge").diagnostics
        #expect(found.map(\.message).contains("'\(platform)' does not offer '\(key)' instances"))
      }
    }
    try expect("like: azure-functions, minimum: 1", at: "eastus", "not-offered", "does not offer 'minimum'")
  }

  /// The minimum is part of the maximum, which the platform may set; where nothing is left, none start on demand.
  @Test func isPartOfTheMaximum() throws {
    try expect(
      "like: azure-premium, minimum: 101", at: "eastus", "bounds",
      "the minimum of 101 instances is above the maximum of 100")
    try expect(
      "like: azure-premium, minimum: 4, maximumInstances: 3", at: "eastus", "bounds", "is above the maximum of 3")
    let all = try plan("like: azure-premium, minimum: 100", at: "eastus")
    #expect(all.deployments.map(\.maximumInstances) == [100])
    #expect(all.deployments[0].overflow == -1)
    let most = try plan("like: azure-premium, minimum: 99", at: "eastus")
    #expect(most.deployments.map(\.maximumInstances) == [99, 1])
    #expect(most.billing.deployments[0].map(\.meter).last == "usage.instance-time:azure-premium")
  }

  /// Seldom calls far beyond the keep-alive: every one is cold, and with one instance kept ready none is.
  @Test func sparesColdStarts() throws {
    func coldStarts(_ platform: String) throws -> [Int64] {
      var plan = try plan(platform, at: "nearest region")
      plan.rateSteps = plan.rateSteps.map { RateStep(until: $0.until, rate: 1 / 36_000e9) }
      (plan.warmUp, plan.horizon, plan.interval) = (0, 1_000_000_000_000_000, 1_000_000_000_000_000)
      var world = World(plan: plan, replication: 0)
      while world.run() {}
      let result = world.result()
      #expect(result.deployments.reduce(0) { $0 + $1.invocations } > 10)
      return result.deployments.map { Int64($0.coldStarts) }
    }
    #expect(try coldStarts("like: google-functions-2, minimum: 1") == [0, 0])
    #expect(try #require(coldStarts("like: google-functions-2").first) > 10)
  }
}

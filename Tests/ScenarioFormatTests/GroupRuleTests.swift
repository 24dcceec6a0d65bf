import Foundation
import ScenarioFormat
import ServerlessModel
import Testing

/// What is refused, warned of and compiled of servers, containers and instances kept ready.
@Suite struct GroupRuleTests {
  private func text(_ platform: String, at site: String = "eu-west-1") -> String {
    ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: "platform: \(platform), at: \(site)")
  }

  private func expect(
    _ platform: String, at site: String = "eu-west-1", _ rule: String, _ sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let diagnostics = try Compiled.diagnostics(text(platform, at: site))
    let found = diagnostics.contains { diagnostic in
      let shown = diagnostic.message + (diagnostic.suggestion.map { "; did you mean '\($0)'?" } ?? "")
      return diagnostic.rule == rule && diagnostic.mark != nil && shown.contains(sentence)
    }
    #expect(found, "\(diagnostics.map { "\($0.rule): \($0.message)" })", sourceLocation: sourceLocation)
  }

  private func expectNothing(_ platform: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let diagnostics = try Compiled.diagnostics(text(platform))
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))", sourceLocation: sourceLocation)
  }

  private func plan(_ text: String) throws -> Plan { try Compiled.scenario(text).placements[0].plan }

  @Test func sizesMustBeOffered() throws {
    try expectNothing("{like: fargate, size: {vcpu: 0.25, memory: 2048 MB}}")
    try expect(
      "{like: fargate, size: {vcpu: 0.25, memory: 3072 MB}}", "platform-limit",
      "no size of 0.25 vCPU with 3072 MB; the nearest is {vcpu: 0.25, memory: 2048 MB}")
    try expectNothing("{like: fargate, size: {vcpu: 4, memory: 30720 MB}}")
    try expect("{like: fargate, size: {vcpu: 4, memory: 31744 MB}}", "platform-limit", "the nearest is")
    try expect("{like: fargate, size: {vcpu: 0, memory: 1024 MB}}", "not-positive", "without vCPUs does no work")
  }

  @Test func instanceTypesMustBeKnownAndSold() throws {
    try expectNothing("{like: ec2, instance: t3.micro, credits: standard}")
    try expect("{like: ec2, instance: m5.lage}", "unknown-instance", "did you mean 'm5.large'?")
    try expect("{like: lightsail, instance: m5.large}", "instance", "'lightsail' has no 'm5.large'")
    try expect("{like: fargate, instance: m5.large}", "instance", "have a 'size'")
    try expect("{like: ec2, instance: m5.large, credits: standard}", "credits", "'m5.large' has no CPU credits")
  }

  @Test func boundsMustAgree() throws {
    try expectNothing("{like: ec2, minimum: 3, maximum: 3}")
    try expect("{like: ec2, minimum: 4, maximum: 3}", "bounds", "minimum of 4 instances is above the maximum of 3")
    try expect("{like: ec2, minimum: 1, maximum: 3, initial: 4}", "bounds", "4 initial instances are outside")
    try expect("{like: ec2, minimum: 0, scaling: fixed}", "no-capacity", "serves nobody")
    try expect("{like: ec2, maximum: 0}", "out-of-range", "0 is out of range")
    try expect(
      "{like: ec2, schedule: [{at: 1 h, minimum: 4, maximum: 2}]}", "bounds", "minimum of 4 is above the maximum of 2")
  }

  @Test func rulesThatSwingAreToldOf() throws {
    func rule(_ below: String) -> String {
      "{like: ec2, minimum: 1, maximum: 4,"
        + " scaling: {steps: {ladder: [{from: 0.7, add: 1}, {below: \(below), remove: 1}]}}}"
    }
    // Two become one: the metric doubles.
    try expectNothing(rule("0.34"))
    try expect(rule("0.36"), "oscillation", "with 2 instances and a metric just below 0.36 it removes 1")
  }

  @Test func rulesThatDoNothingAreRefused() throws {
    func target(_ text: String) -> String { "{like: ec2, scaling: {target: {\(text)}}}" }
    func steps(_ ladder: String, _ more: String = "") -> String {
      "{like: ec2, scaling: {steps: {\(more)ladder: [\(ladder)]}}}"
    }
    try expectNothing(target("cpu: 0.99"))
    try expect(target("cpu: 1"), "target", "'cpu' is a share and never above 1")
    try expect(target("utilization: 60"), "target", "(0.6 = 60 %)")
    try expectNothing(target("concurrency: 60"))
    try expect(steps(""), "step", "a ladder without steps changes nothing")
    try expect(steps("{from: 0.7, below: 0.7, add: 1}"), "step", "this step never holds")
    try expect(steps("{from: 70, add: 1}"), "step", "'cpu' is a share and never above 1")
    try expectNothing(steps("{from: 70/s, add: 1}", "metric: request-rate, "))
    try expectNothing(target("request-rate: 5/s"))
    try expect(target("request-rate: 5"), "quantity", "'5' has no unit; write a rate such as '40/s'")
    try expect(target("request-rate: 0/s"), "not-positive", "infinitely many")
    try expect(
      steps("{from: 70, add: 1}", "metric: request-rate, "), "quantity", "'70' has no unit; write a rate")
    try expect(steps("{from: 7/s, add: 1}"), "quantity", "/s")
    try expect(steps("{from: 0.5, below: 0.8, add: 1}, {from: 0.7, add: 2}"), "step", "an earlier one does")
    try expectNothing(steps("{from: 0.5, add: 1}, {from: 0.7, add: 2}"))
    try expect("{like: ec2, scaling: {panic: {stable: 6 s, window: 60 s}}}", "window", "longer than the stable one")
    try expect("{like: ec2, scaling: {panic: {threshold: 1}}}", "oscillation", "never removes any")
  }

  @Test func goingToZeroMustPay() throws {
    func rule(_ minimum: Int, _ after: String) -> String {
      "{like: ec2, minimum: \(minimum), coldStart: 40 s, scaling: {target: {cpu: 0.5, zeroAfter: \(after)}}}"
    }
    try expectNothing(rule(0, "40 s"))
    try expect(rule(0, "39 s"), "oscillation", "takes 40 s to start")
    try expect(rule(1, "15 min"), "zero", "does nothing with a minimum of 1")
  }

  /// Tasks of fargate take a thousand requests each, so busy places say nothing of how busy they are.
  @Test func sharedCoresAreScaledByTheirUse() throws {
    try expect(
      "{like: fargate, scaling: {target: {utilization: 0.6}}}", "metric", "'cpu' is the share of the vCPUs in use")
    for platform in ["fargate", "ecs", "eks", "ec2", "elastic-beanstalk"] {
      #expect(try plan(text(platform)).groups[0].scaler.metric == .cpu, "\(platform)")
    }
  }

  /// Two places for two vCPUs, and requests that wait for nine tenths of their time.
  @Test func vCPUsThatAreNeverBusyMakeNoRule() throws {
    func waiting(_ more: String) throws -> [String] {
      let waits = text("{like: ec2, instance: m5.large\(more)}")
        .replacing("work: 5 ms", with: "steps: [{work: 5 ms}, {wait: 45 ms}]")
      return try Compiled.diagnostics(waits).map(\.message)
    }
    let found = try waiting("")
    #expect(found.contains { $0.contains("use about 10 % of their vCPUs") }, "\(found)")
    #expect(try waiting(", requestsPerInstance: 20").isEmpty)
    #expect(try waiting(", scaling: {target: {utilization: 0.5}}").isEmpty)
  }

  @Test func schedulesMustFitTheGroup() throws {
    try expect("{like: ec2, maximum: 4, schedule: [{at: 1 h, minimum: 5}]}", "bounds", "above the group's maximum of 4")
    try expectNothing("{like: ec2, maximum: 4, schedule: [{at: 1 h, minimum: 5, maximum: 6}]}")
    try expect("{like: ec2, schedule: [{at: 24 h, minimum: 2}]}", "schedule", "begins again every 24 h")
    try expect(
      "{like: ec2, scaling: fixed, schedule: [{at: 8 h, minimum: 4}, {at: 20 h, minimum: 1}]}", "schedule",
      "keeps its size when its minimum falls to 1")
    let steps = "{at: 1 h, minimum: 4, maximum: 4}, {at: 2 h, minimum: 2, maximum: 2}, {at: 3 h, minimum: 3}"
    let found = try Compiled.diagnostics(text("{like: ec2, maximum: 9, scaling: fixed, schedule: [\(steps)]}"))
    #expect(found.allSatisfy { !$0.message.contains("keeps its size") })
    try expect("{like: ec2, maximum: 2, spot: {onDemand: 2}}", "spot", "so none is on spot")
    try expect("{like: fargate, warmPool: {size: 2}}", "not-offered", "keeps no stopped tasks")
  }

  /// T2 instances are standard unless told otherwise, and only then have launch credits: 30 for each vCPU.
  @Test(arguments: [("t2.medium", "", false, 60.0), ("t2.medium", ", credits: unlimited", true, 0),
    ("t3.medium", "", true, 0), ("t3.medium", ", credits: standard", false, 0)])
  func creditsFollowTheFamily(type: String, more: String, isUnlimited: Bool, launch: Double) throws {
    let credits = try plan(text("{like: ec2, instance: \(type)\(more)}")).groups[0].credits
    #expect(credits.unlimited == isUnlimited && credits.launch == launch)
  }

  @Test func keysBelongToTheirBehaviour() throws {
    try expect("{like: lambda, instance: m5.large}", "not-managed", "'instance' belongs to server groups")
    try expect("{like: lambda, spot: true}", "not-managed", "'spot' belongs to server groups")
    try expect("{like: ec2, provisioned: 3}", "provisioned", "give 'minimum' instead")
    try expect("{like: ec2, scaling: {add: 3, every: 1 s}}", "scaling", "a rule does")
    try expect("{like: lightsail, spot: true}", "not-offered", "sells no spot capacity")
    try expect("{like: workers, provisioned: 2}", at: "cloudflare/LIS", "not-offered", "does not offer 'provisioned'")
    try expect("{like: lambda, reserved: 3, provisioned: 4}", "bounds", "more than the reserved concurrency of 3")
    try expect(
      "{like: ec2, scaling: {target: {utilization: 0}}}", "not-positive", "infinitely many instances")
    try expect("{like: ec2, scaling: {target: {every: 1 min}}}", "one-metric", "0 are given")
    try expect("{like: ec2, sharing: true, balancer: shared}", "sharing", "a shared line belongs to")
  }

  /// What the page on groups shows can be run, and has no warnings.
  @Test func theDocumentedExamplesCompile() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/ServerlessModel/ServerlessModel.docc/Groups.md")
    let parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```")
    let example = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst("yaml\n".count)
    let text = """
      scenario: examples
      duration: 10 min
      clients: {users: {cities: munich, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: sign}}
      functions: {sign: {runtime: nodejs, memory: 512 MB, work: 20 ms}}
      \(example)
      """
    let found = try Compiled.diagnostics(text)
    #expect(found.isEmpty, "\(found.map(\.message))")
    #expect(try Compiled.scenario(text).placements.count == 8)
  }

  /// The scenario's words arrive in the plan.
  @Test func groupsAreCompiled() throws {
    let plan = try plan(
      text(
        "{like: ec2, instance: t3.micro, minimum: 2, maximum: 5, balancer: round-robin, spot: {onDemand: 1},"
          + " warmPool: {size: 2, start: 5 s}, scaling: {target: {concurrency: 3, every: 30 s, coolIn: 2 min}}}"))
    let group = try #require(plan.groups.first)
    #expect((group.minimum, group.maximum, group.initial) == (2, 5, 2))
    #expect(group.balancer == .roundRobin)
    #expect((group.scaler.kind, group.scaler.metric, group.scaler.target) == (.target, .concurrency, 3))
    #expect((group.scaler.period, group.scaler.coolIn) == (30_000_000_000, 120_000_000_000))
    #expect((group.onDemandBase, group.notice, group.warmCount) == (1, 120_000_000_000, 2))
    #expect((group.credits.vcpus, group.credits.perHour, group.credits.maximum) == (2, 12, 288))
    #expect(plan.deployments[0].requestsPerInstance == 2)
    #expect(plan.deployments[0].whenFull == .queue)
  }

  /// Instances kept ready are a deployment of their own that overflows to the one on demand.
  @Test func readyInstancesComeBeforeThoseOnDemand() throws {
    let plan = try plan(text("{like: lambda, provisioned: 3}"))
    #expect(plan.deployments.count == 2)
    #expect(plan.deployments[0].overflow == 1)
    #expect(plan.deployments[0].group == 0)
    #expect(plan.deployments[1].group == -1)
    #expect(plan.groups[0].minimum == 3)
    let names = plan.billing.deployments[0].map(\.meter)
    #expect(names == ["lambda.requests", "lambda.provisioned-run-gb-seconds", "lambda.provisioned-gb-seconds"])
  }
}

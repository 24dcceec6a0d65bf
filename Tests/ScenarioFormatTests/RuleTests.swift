import ScenarioFormat
import Testing

/// What is judged after reading: references, calls, limits of platforms, load.
@Suite struct RuleTests {
  private func expect(
    _ text: String, _ rule: String, _ sentence: String, allowLarge: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let diagnostics = try Compiled.diagnostics(text, allowLarge: allowLarge)
    let found = diagnostics.contains { diagnostic in
      let shown = diagnostic.message + (diagnostic.suggestion.map { "; did you mean '\($0)'?" } ?? "")
      return diagnostic.rule == rule && diagnostic.mark != nil && shown.contains(sentence)
    }
    #expect(found, "\(diagnostics.map { "\($0.rule): \($0.message)" })", sourceLocation: sourceLocation)
  }

  private func expect(
    replacing old: String, with new: String, _ rule: String, _ sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(ScenarioTexts.small(replacing: old, with: new), rule, sentence, sourceLocation: sourceLocation)
  }

  @Test func theSmallScenarioHasNothingToSay() throws {
    #expect(try Compiled.diagnostics(ScenarioTexts.small).isEmpty)
  }

  /// Results call all populations, functions and sites together 'all'.
  @Test func nothingMayBeCalledAll() throws {
    let users = ScenarioTexts.small(replacing: "users:", with: "all:")
    try expect(users, "reserved-name", "'all' is what results call all of them together; choose another name")
    try expect(users.replacing("hello", with: "all"), "reserved-name", "choose another name")
  }

  @Test func aRunIsAtMostAsLongAsItsClockAndSums() throws {
    let long = ScenarioTexts.small(replacing: "rate: 5/s", with: "rate: 0.00001/s")
    func years(_ count: Int) -> String { long + "\nduration: 365 d\nreplications: \(count)\n" }
    try expect(years(300), "too-long", "300 replications of 365 d are more than 292 years")
    #expect(try Compiled.diagnostics(years(292)).allSatisfy { $0.rule != "too-long" })
  }

  /// Containers whose requests share vCPUs: what counts is the time that they compute, and how many there may be.
  @Test func sharedProcessorsAreLoadedByComputing() throws {
    func load(_ steps: String, _ size: String, _ rate: String) throws -> [Diagnostic] {
      let function = ScenarioTexts.small(replacing: "work: 5 ms", with: "steps: [\(steps)]")
      let placed = function.replacing("rate: 5/s", with: "rate: \(rate)")
        .replacing("platform: lambda", with: "platform: {like: fargate, \(size), minimum: 1, maximum: 1}")
      return try Compiled.diagnostics(placed).filter { $0.rule == "overload" }
    }
    #expect(try load("work: 2 ms, wait: 100 ms", "size: {vcpu: 0.5, memory: 1 GB}", "100/s").isEmpty)
    #expect(try load("work: 6 ms, wait: 100 ms", "size: {vcpu: 0.5, memory: 1 GB}", "100/s").count == 1)
    let two = "size: {vcpu: 4, memory: 8 GB}, requestsPerInstance: 2"
    #expect(try load("wait: 1 s", two, "10/s").count == 1)
    #expect(try load("wait: 100 ms", two, "10/s").isEmpty)
  }

  @Test func namesMustBeKnown() throws {
    try expect(
      replacing: "cities: lisbon", with: "cities: lisbonn", "unknown-city",
      "there is no city 'lisbonn' in world-2021; did you mean 'lisbon'?")
    try expect(
      replacing: "access: fibre", with: "access: fiber", "unknown-access-network", "did you mean 'fibre'?")
    try expect(replacing: "eu-west-1", with: "eu-west-l", "unknown-site", "did you mean 'eu-west-")
    try expect(
      replacing: "platform: lambda", with: "platform: lamda", "unknown-platform", "did you mean 'lambda'?")
    try expect(
      replacing: "work: 5 ms", with: "work: 5 ms, runtime: nodjs", "unknown-runtime", "did you mean 'nodejs'?"
    )
    try expect(
      replacing: "calls: hello", with: "calls: hallo", "unknown-reference",
      "there is no function 'hallo' in this scenario; did you mean 'hello'?")
    try expect(
      replacing: "access: fibre", with: "access: 5g, carrier: verizn", "unknown-carrier",
      "did you mean 'verizon'?")
    try expect(
      replacing: "access: fibre", with: "access: fibre, carrier: verizon", "carrier-access",
      "a carrier's subscribers need mobile access")
    try expect(
      replacing: "access: fibre", with: "carrier: verizon", "carrier-access",
      "a carrier's subscribers need mobile access")
    // Half of all gaps are shorter than 2.2 s, though their mean is infinite.
    let heavy = "renewal: {pareto: {shape: 0.9, minimum: 1 s}}"
    #expect(
      try Compiled.diagnostics(ScenarioTexts.small(replacing: "poisson: {rate: 5/s}", with: heavy)).allSatisfy {
        $0.rule != "no-requests"
      })
    try expect(
      ScenarioTexts.small + "\nstores: {s: {service: dinamodb, at: us-east-1}}", "unknown-store-service",
      "did you mean 'dynamodb'?")
    try expect(
      ScenarioTexts.small + "\nstores: {s: {service: dynamodb, at: GRU}}", "impossible-site",
      "the store service 'dynamodb' is not to be had at 'GRU'")
    let gateway = "\ngateways: {g: {service: api-gateway-rset}}"
    try expect(
      ScenarioTexts.small(replacing: "work: 5 ms", with: "work: 5 ms, front: g") + gateway,
      "unknown-gateway-service",
      "did you mean 'api-gateway-rest'?")
  }

  @Test func everyFunctionIsCalledAndPlaced() throws {
    try expect(
      replacing: "work: 5 ms}", with: "work: 5 ms}\n  idle: {work: 1 ms}", "uncalled-function",
      "nobody calls the function 'idle'")
    try expect(
      replacing: "work: 5 ms}", with: "work: 5 ms}\n  idle: {work: 1 ms}", "not-placed",
      "does not place the function 'idle'")
    try expect(
      ScenarioTexts.small + "\nstores: {s: {service: dynamodb}}", "not-placed", "does not place the store 's'"
    )
    try expect(
      ScenarioTexts.small + "\nstores: {hello: {service: dynamodb, at: us-east-1}}", "ambiguous-name",
      "'hello' names a function and a store")
  }

  /// References are checked beside errors of reading, and what could not be read is not called missing.
  @Test func referencesAreCheckedBesideErrorsOfReading() throws {
    let text = """
      scenario: small
      clients:
        users: {cities: lisbon, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: [hello, helo, other]}
      functions:
        hello: {memory: 256 MB, work: 5 ms}
        other: {memory: 256, work: 5 ms}
      placements:
        region:
          hello: {platform: lambda, at: eu-west-1, memory: 300}
          other: {platform: lambda, at: eu-west-1}
      """
    let outcome = ScenarioTexts.read(text)
    let partial = try #require(outcome.partial)
    let further = ScenarioCompiler.furtherProblems(
      of: partial, try Compiled.catalog.get(), besides: outcome.diagnostics)
    #expect(further.map(\.rule) == ["unknown-reference"], "\(further.map(\.message))")
    #expect(further.first?.suggestion == "hello")
  }

  @Test func callsDoNotGoInCircles() throws {
    try expect(
      replacing: "work: 5 ms", with: "steps: [{call: hello}]", "call-cycle",
      "the calls go in a circle: hello → hello")
    let two = ScenarioTexts.small(
      replacing: "work: 5 ms}",
      with: "steps: [{call: other}]}\n  other: {steps: [{work: 1 ms}, {forward: hello}]}"
    ).replacingFirst("at: eu-west-1}", with: "at: eu-west-1}, other: {platform: lambda, at: eu-west-1}")
    try expect(two, "call-cycle", "hello → other → hello")
  }

  @Test func limitsOfPlatformsNameTheirSource() throws {
    try expect(
      replacing: "256 MB", with: "64 MB", "platform-limit",
      "64 MB of memory is less than 'lambda' offers; the least is 128 MB")
    try expect(
      replacing: "256 MB", with: "20 GB", "platform-limit",
      "20480 MB of memory is more than 'lambda' offers; the most is 10240 MB")
    try expect(
      replacing: "work: 5 ms", with: "work: 5 ms, timeout: 16 min", "platform-limit", "the most is 900 s")
    try expect(
      replacing: "work: 5 ms", with: "work: 5 ms, package: 20 GB", "platform-limit",
      "a package of 20000 MB is too large for 'lambda'")
    try expect(
      replacing: "work: 5 ms", with: "work: 5 ms, response: 7 MB", "platform-limit",
      "a response of 7 MB is too large for 'lambda'; the most is 6 MB")
    try expect(
      replacing: "platform: lambda, at: eu-west-1",
      with: "platform: lambda@edge, runtime: java, at: nearest edge", "platform-limit",
      "does not run on 'lambda@edge'; it runs: javascript, python")
    try expect(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: cloudfront-functions, at: nearest edge",
      "platform-limit", "half of the invocations need more CPU time")
    try expect(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: lambda, at: GRU", "impossible-site",
      "the platform 'lambda' does not run at 'GRU' (an edge); it runs at: region, zone")
    try expect(
      replacing: "at: eu-west-1", with: "at: nearest carrier-zone", "impossible-site",
      "does not run at a carrier zone")
    try expect(
      replacing: "platform: lambda, at: eu-west-1",
      with: "platform: workers, memory: 256 MB, at: nearest edge", "platform-limit",
      "256 MB of memory is more than 'workers' offers")
    try expect(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: workers, at: nearest edge",
      "fixed-memory", "memory is not a setting on 'workers': each isolate has 128 MB")
    try expect(
      ScenarioTexts.small(replacing: "256 MB", with: "1 GB").replacingFirst(
        "platform: lambda, at: eu-west-1", with: "platform: workers, at: nearest edge"), "platform-limit",
      "1024 MB of memory is more than 'workers' offers; the most is 128 MB")
    let diagnostics = try Compiled.diagnostics(ScenarioTexts.small(replacing: "256 MB", with: "64 MB"))
    #expect(diagnostics.allSatisfy { $0.notes.contains { $0.hasPrefix("source: ") && $0.contains("(20") } })
  }

  @Test func someStepsNeedTheNetwork() throws {
    let text =
      ScenarioTexts.small(replacing: "work: 5 ms", with: "steps: [{read: s}]")
      .replacingFirst(
        "platform: lambda, at: eu-west-1", with: "platform: cloudfront-functions, at: nearest edge")
      + "\nstores: {s: {service: dynamodb, at: us-east-1}}"
    try expect(text, "platform-limit", "functions on 'cloudfront-functions' cannot call anything")
  }

  @Test func frontsStandInRegions() throws {
    let text =
      ScenarioTexts.small(replacing: "work: 5 ms", with: "work: 5 ms, front: g")
      .replacingFirst("platform: lambda, at: eu-west-1", with: "platform: lambda@edge, at: nearest edge")
      + "\ngateways: {g: {service: api-gateway-rest}}"
    try expect(text, "impossible-front", "the gateway 'g' (api-gateway-rest) stands in regions")
  }

  @Test(arguments: [
    ("azure-functions", "uksouth", "azure"), ("google-functions-2", "nearest region", "gcp"),
    ("knative", "europe-west2", "gcp"),
  ])
  func frontsServeTheirOwnProvider(platform: String, place: String, provider: String) throws {
    let text =
      ScenarioTexts.small(replacing: "work: 5 ms", with: "work: 5 ms, front: g")
      .replacingFirst("platform: lambda, at: eu-west-1", with: "platform: \(platform), at: \(place)")
      + "\ncatalog: world-2025\ngateways: {g: {service: alb}}"
    try expect(text, "impossible-front", "(alb) is a service of aws, and this function runs in a region of \(provider)")
  }

  @Test func timesLieWithinTheRun() throws {
    try expect(
      replacing: "scenario: small", with: "scenario: small\nwarmup: 1 h", "warm-up",
      "the warm-up is as long as the run (1 h) or longer")
    try expect(
      replacing: "{poisson: {rate: 5/s}}", with: "{timestamps: [1 s, 2 h]}", "arrivals-outside-run",
      "arrivals from the end of the run (1 h) on")
    try expect(replacing: "work: 5 ms", with: "work: 9 s", "timeout", "would run into the timeout of 3 s")
  }

  @Test func hugeRunsAreRefusedWithAnEstimate() throws {
    let text = ScenarioTexts.small(replacing: "5/s", with: "70000000/s")
    try expect(
      text, "too-many-requests",
      "this needs about 1·10¹² invocations (2.5·10¹¹ requests in a run, 4 runs); more than 2·10⁹ need"
        + " --allow-large"
    )
    #expect(try Compiled.diagnostics(text, allowLarge: true).allSatisfy { $0.severity == .warning })
    try expect(replacing: "5/s", with: "0/s", "no-requests", "no request would be sent within the run")
    let explosion = ScenarioTexts.small(
      replacing: "work: 5 ms}",
      with: "steps: [{call: {function: other, count: 100000}}]}\n  other: {work: 1 ms}"
    ).replacingFirst("at: eu-west-1}", with: "at: eu-west-1}, other: {platform: lambda, at: eu-west-1}")
    try expect(explosion, "too-many-requests", "up to 1·10⁵ invocations for each")
  }

  @Test func overloadIsForetold() throws {
    let limited = "platform: {like: ideal, maximumInstances: 2, whenFull: queue}, at: eu-west-1"
    let text = ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: limited)
      .replacingFirst("work: 5 ms", with: "work: 600 ms")
    try expect(
      text, "overload",
      "the utilisation of 'hello' at 'eu-west-1' is about 1.5, so its queue grows without end")
  }

  @Test func manySmallSitesThatQueueMoreThanOneBigOneAreToldOf() throws {
    let split = "platform: {like: ideal, maximumInstances: 1, whenFull: queue}, at: {points: 5}"
    let text = ScenarioTexts.small(replacing: "platform: lambda, at: eu-west-1", with: split)
      .replacingFirst("work: 5 ms", with: "work: 600 ms")
    try expect(text, "many-small-sites", "the 5 sites of 'hello' queue more than one big site")
    #expect(
      try !Compiled.diagnostics(text.replacingFirst("600 ms", with: "1 us")).contains {
        $0.rule == "many-small-sites"
      })
  }

  /// M/M/1: ρ/(μ−λ); M/M/2 with ρ = 0.75: C = 0.642857…, W = C/(2μ−λ). Closed forms.
  @Test func theWaitingTimeIsErlangs() {
    #expect(abs(LoadRule.waitingTime(0.5, 1, 1) - 1) < 1e-12)
    #expect(abs(LoadRule.waitingTime(1.5, 1, 2) - (9.0 / 14.0) / 0.5) < 1e-12)
    #expect(LoadRule.waitingTime(2, 1, 2) == .infinity)
    #expect(LoadRule.waitingTime(0, 1, 3) == 0)
  }
}

import Catalog
import ScenarioFormat
import ServerlessModel
import Stochastics
import Testing

@Suite struct CompilerTests {
  @Test func everyFormCompiles() throws {
    let scenario = try Compiled.scenario(ScenarioTexts.everything)
    #expect(scenario.placements.map(\.name) == ["home", "near", "spread"])
    #expect(scenario.clientNames.count == 9 && scenario.functionNames == ["browse", "buy", "helper"])
    #expect(scenario.catalogVersion.hasPrefix("world-2021"))
    for placement in scenario.placements { try checkHandles(placement.plan) }
  }

  /// Every handle points into its table, and parallel tables have the same length.
  private func checkHandles(_ plan: Plan) throws {
    #expect(
      plan.names.sites.count == plan.sites.count && plan.names.platforms.count == plan.deployments.count)
    #expect(
      plan.billing.deployments.count == plan.deployments.count
        && plan.billing.fronts.count == plan.fronts.count)
    #expect(plan.billing.steps.count == plan.steps.count && plan.billing.pathsUp.count == plan.paths.count)
    #expect(plan.names.origins.count == plan.origins.count && plan.names.stores.count == plan.stores.count)
    for source in plan.sources {
      #expect(source.originCount > 0 && source.targetCount > 0)
      #expect(plan.origins[Int(source.firstOrigin + source.originCount) - 1].threshold == 1)
      #expect(plan.targets[Int(source.firstTarget + source.targetCount) - 1].threshold == 1)
      for origin in source.firstOrigin..<source.firstOrigin + source.originCount {
        let last = plan.origins[Int(origin)].firstRoute + source.targetCount
        #expect(Int(last) <= plan.routes.count)
      }
    }
    for route in plan.routes {
      #expect(
        route.candidateCount > 0 && Int(route.firstCandidate + route.candidateCount) <= plan.candidates.count)
    }
    for candidate in plan.candidates {
      #expect(plan.paths.indices.contains(Int(candidate.path)))
      #expect(plan.deployments.indices.contains(Int(candidate.deployment)))
      #expect(candidate.front == ServerlessModel.none || plan.fronts.indices.contains(Int(candidate.front)))
    }
    for deployment in plan.deployments {
      #expect(plan.sites.indices.contains(Int(deployment.site)) && deployment.stepCount > 0)
      #expect(Int(deployment.firstStep + deployment.stepCount) <= plan.steps.count)
    }
    for step in plan.steps {
      switch step.kind {
      case .work, .wait: #expect(step.sampler != .none)
      case .read, .write:
        #expect(plan.stores.indices.contains(Int(step.store)) && plan.paths.indices.contains(Int(step.path)))
      case .call, .forward: #expect(plan.routes.indices.contains(Int(step.route)))
      }
    }
    for path in plan.paths { #expect(Int(path.firstFault + path.faultCount) <= plan.faults.count) }
  }

  @Test func propagationIsHalfTheRoundTripOfTheCatalog() throws {
    let catalog = try Compiled.catalog.get()
    let plan = try Compiled.scenario(ScenarioTexts.small).placements[0].plan
    let lisbon = try #require(catalog.city("lisbon")).place
    let ireland = try #require(catalog.region("eu-west-1")).place
    let milliseconds = catalog.roundTrip(between: lisbon, and: ireland).medianMilliseconds
    #expect(plan.paths.count == 1)
    #expect(plan.paths[0].propagation == Int64((milliseconds / 2 * 1e6).rounded()))
    #expect(plan.paths[0].access != .none && plan.paths[0].jitter != .none)
    let fibre = try #require(catalog.accessTechnology("fibre")).figures(on: .europe)
    #expect(
      plan.paths[0].loss == fibre.lossRatio && plan.paths[0].upNanosecondsPerByte == 8_000 / fibre.upMbps)
  }

  @Test func callersAtASiteHaveNoNetworkToIt() throws {
    let text = ScenarioTexts.small(replacing: "cities: lisbon, access: fibre", with: "at: eu-west-1")
    let path = try Compiled.scenario(text).placements[0].plan.paths[0]
    #expect(path.propagation == 0 && path.access == .none && path.jitter == .none && path.loss == 0)
  }

  @Test func nearestMeansNearToEachCaller() throws {
    let text = ScenarioTexts.small(replacing: "cities: lisbon", with: "cities: [lisbon, sao-paulo, tokyo]")
      .replacingFirst("at: eu-west-1", with: "at: nearest region")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.names.sites.contains("sa-east-1") && plan.names.sites.contains("ap-northeast-1"))
    #expect(plan.routes.allSatisfy { $0.candidateCount == 1 })
  }

  @Test func failoverListsCandidatesInOrderOfDistance() throws {
    let text = ScenarioTexts.small(
      replacing: "calls: hello", with: "calls: hello, retry: {attempts: 3, failover: true}"
    )
    .replacingFirst("at: eu-west-1", with: "at: nearest region")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.routes[0].candidateCount == 5 && plan.clients[0].failsOver)
    let propagation = plan.candidates.map { plan.paths[Int($0.path)].propagation }
    #expect(propagation == propagation.sorted())
  }

  @Test func edgeFunctionsRunAtTheRegionalCacheBehindTheEdge() throws {
    let text = ScenarioTexts.small(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: lambda@edge, at: nearest edge")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.sites.map(\.kind) == [.regionalEdgeCache])
    #expect(plan.billing.pathsDown[0]?.route == "edge" && plan.billing.pathsDown[0]?.region == "edge:EU")
    #expect(plan.billing.deployments[0].map(\.meter) == ["lambda-edge.requests", "lambda-edge.gb-seconds"])
  }

  @Test func carrierZonesAreNearOnlyToTheirOwnSubscribers() throws {
    func propagation(_ carrier: String) throws -> Int64 {
      let text = ScenarioTexts.small(
        replacing: "cities: lisbon, access: fibre", with: "cities: boston, access: 5g\(carrier)"
      )
      .replacingFirst("platform: lambda, at: eu-west-1", with: "platform: ideal, at: nearest carrier-zone")
      return try Compiled.scenario(text).placements[0].plan.paths[0].propagation
    }
    let own = try propagation(", carrier: verizon")
    let other = try propagation("")
    #expect(own < 5_000_000)
    #expect(other > 2 * own)
  }

  @Test func pointsOfPresenceShareOnePathAndAreDrawnUniformly() throws {
    let text = ScenarioTexts.small(
      replacing: "platform: lambda, at: eu-west-1", with: "platform: ideal, at: {points: 1000}")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.sites.count == 1_000 && plan.deployments.count == 1_000 && plan.paths.count == 1)
    #expect(
      plan.routes.count == 1 && plan.routes[0].choice == .uniform && plan.routes[0].candidateCount == 1_000)
  }

  @Test func weightsBecomeCumulativeThresholds() throws {
    let text = ScenarioTexts.small(replacing: "at: eu-west-1", with: "at: {eu-west-1: 3, us-east-1: 1}")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.routes[0].choice == .weighted && plan.candidates.map(\.threshold) == [0.75, 1])
  }

  @Test func memorySetsTheShareOfAProcessor() throws {
    let plan = try Compiled.scenario(ScenarioTexts.small).placements[0].plan
    #expect(plan.deployments[0].workFactor == 1 / (256.0 / 1_769))
    let large = ScenarioTexts.small(replacing: "256 MB", with: "3 GB")
    #expect(try Compiled.scenario(large).placements[0].plan.deployments[0].workFactor == 1)
  }

  @Test func theProfileFollowsTheLocalHourAndKeepsTheDailyMean() throws {
    let text = ScenarioTexts.small(
      replacing: "cities: lisbon", with: "cities: {lisbon: 1, tokyo: 1}"
    ).replacingFirst("{rate: 5/s}", with: "{rate: 6/s, profile: diurnal}")
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(plan.sources.count == 2 && plan.sources.allSatisfy { $0.period == 86_400_000_000_000 })
    for source in plan.sources {
      let rows = plan.rateSteps[Int(source.firstRow)..<Int(source.firstRow + source.rowCount)]
      var start: Int64 = 0
      var arrivals = 0.0
      for row in rows {
        arrivals += Double(row.until - start) * row.rate
        start = row.until
      }
      #expect(start == 86_400_000_000_000 && abs(arrivals - 3 * 86_400) < 1e-3)
    }
    // Lisbon is at UTC and Tokyo nine hours ahead: midnight UTC is 9 o'clock there.
    let lisbon = plan.rateSteps[Int(plan.sources[0].firstRow)]
    let tokyo = plan.rateSteps[Int(plan.sources[1].firstRow)]
    #expect(tokyo.rate > lisbon.rate)
  }

  @Test func arrivalLawsBecomeTheirTables() throws {
    func source(_ arrivals: String) throws -> (SourcePlan, Plan) {
      let text = ScenarioTexts.small(replacing: "{poisson: {rate: 5/s}}", with: arrivals)
      let plan = try Compiled.scenario(text).placements[0].plan
      return (plan.sources[0], plan)
    }
    let (batches, plan) = try source("{batches: [{at: 5 s, count: 2}, {at: 1 s, count: 1}]}")
    #expect(batches.kind == .instants && plan.instants == [1_000_000_000, 5_000_000_000, 5_000_000_000])
    let (steps, stepped) = try source(
      "{poisson: {rates: [{until: 10 min, rate: 5/s}, {until: 1 h, rate: 100/s}]}}")
    #expect(
      steps.rowCount == 3 && stepped.rateSteps.map(\.until) == [600_000_000_000, 3_600_000_000_000, .max])
    #expect(stepped.rateSteps.map { ($0.rate * 1e9).rounded() } == [5, 100, 0])
    let (periodic, _) = try source("{periodic: {every: 2 s, phase: 1 s}}")
    #expect(periodic.kind == .periodic && periodic.period == 2_000_000_000 && periodic.phase == 1_000_000_000)
    let (bursts, burst) = try source("{bursts: {quiet: 1/s, busy: 9/s, quietFor: 20 s, busyFor: 50 s}}")
    #expect(bursts.kind == .bursts && burst.rateSteps.map(\.until) == [20_000_000_000, 50_000_000_000])
    let (renewal, _) = try source("{renewal: {exponential: {mean: 1 s}}}")
    #expect(renewal.kind == .renewal && renewal.gap != .none)
  }

  @Test func placementsHaveTheSameDemand() throws {
    let placements = try Compiled.scenario(ScenarioTexts.everything).placements.map(\.plan)
    for plan in placements.dropFirst() {
      #expect(plan.sources.map(\.entity) == placements[0].sources.map(\.entity))
      #expect(plan.names.origins == placements[0].names.origins)
      #expect(plan.rateSteps.map(\.rate) == placements[0].rateSteps.map(\.rate))
    }
    #expect(Set(placements[0].sources.map(\.entity)).count == placements[0].sources.count)
  }

  @Test func overridesOfAPlatformReachThePlan() throws {
    let plan = try Compiled.scenario(ScenarioTexts.everything).placements[1].plan
    let helper = try #require(plan.deployments.first { $0.function == 2 })
    #expect(helper.keepAlive == .max && helper.requestsPerInstance == 10 && helper.maximumInstances == 3)
    #expect(helper.whenFull == .queue && helper.queueCapacity == 100)
    #expect(helper.scaling == .ramp && helper.scalingInitial == 10 && helper.scalingAdd == 5)
    #expect(helper.scalingEvery == 60_000_000_000 && helper.runtimeInit == .none && helper.download == 0)
    let home = try Compiled.scenario(ScenarioTexts.everything).placements[0].plan
    let buy = try #require(home.deployments.first { $0.function == 1 })
    #expect(buy.keepAlive == 600_000_000_000 && buy.selection == .newest && buy.maximumInstances == 100)
    #expect(home.accounts.map(\.concurrencyLimit).contains(400))
    #expect(buy.firstWork != .none && buy.firstInvocation == .none && buy.timeout == 15_000_000_000)
  }

  @Test func frontsStandBetweenClientsAndTheirFunctionOnly() throws {
    let plan = try Compiled.scenario(ScenarioTexts.everything).placements[0].plan
    #expect(
      plan.fronts.count == 1 && plan.fronts[0].burst == 100 && plan.fronts[0].nanosecondsPerToken == 500_000)
    #expect(plan.fronts[0].timeout == 20_000_000_000)
    guard case .requests(let meter)? = plan.billing.fronts[0] else {
      Issue.record("an API gateway is billed by its requests")
      return
    }
    #expect(meter.meter == "api-http.requests")
    for candidate in plan.candidates where candidate.front >= 0 {
      #expect(plan.deployments[Int(candidate.deployment)].function == 1)
    }
  }

  @Test func storesAreReadWhereTheyAre() throws {
    let placements = try Compiled.scenario(ScenarioTexts.everything).placements.map(\.plan)
    #expect(placements[0].stores.map { placements[0].names.sites[Int($0.site)] } == ["us-east-1"])
    #expect(placements[1].stores.map { placements[1].names.sites[Int($0.site)] } == ["eu-west-1"])
    let read = try #require(placements[0].steps.first { $0.kind == .read })
    #expect(read.units == 2 && read.count == 4 && read.parallel && read.responseBytes == 6_000)
    let meter = try #require(placements[0].billing.steps.compactMap { $0 }.first)
    #expect(meter.meter == "dynamodb.read-units" && meter.region == "us-east-1")
  }
}

extension String {
  /// The text with the first occurrence of another replaced.
  func replacingFirst(_ old: String, with new: String) -> String {
    split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
  }
}

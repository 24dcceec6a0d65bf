import ServerlessModel
import Testing

/// The same plan gives the same run, and luck belongs to whom it was given.
struct DeterminismTests {
  @Test func twoRunsAreOne() {
    for seed in 0..<20 as Range<UInt64> {
      let plan = RandomPlan(seed).builder.plan
      let (one, other) = (Observed(plan), Observed(plan))
      #expect(one.result.digest == other.result.digest)
      #expect(one.result.eventCount == other.result.eventCount)
      #expect(one.latencies == other.latencies)
      #expect(one.result.deployments == other.result.deployments)
      #expect(one.result.checkpoints == other.result.checkpoints)
    }
  }

  /// Where a run pauses does not matter.
  @Test func pausesChangeNothing() {
    for seed in 0..<10 as Range<UInt64> {
      let plan = RandomPlan(seed).builder.plan
      var world = World(plan: plan, replication: 0)
      while world.run(untilArrival: world.arrivalCount + 1) {}
      #expect(world.result().digest == Observed(plan).result.digest)
      let goesOn = world.run()
      #expect(!goesOn)
    }
  }

  /// Taking stock more often or less often changes nothing that happens.
  @Test(arguments: [false, true])
  func intervalsOfTheTimelineChangeNothing(groups: Bool) {
    for seed in 1000..<1200 as Range<UInt64> {
      var plan = RandomPlan(seed, horizon: s(200), groups: groups).builder.plan
      let usual = Observed(plan)
      for interval in [s(0.9), s(200)] {
        plan.interval = interval
        let other = Observed(plan)
        let first = other.latencies.indices.first { other.latencies[$0] != usual.latencies[$0] }
        #expect(first == nil, "plan \(seed)")
        #expect(other.result.deployments == usual.result.deployments, "plan \(seed)")
        #expect(other.result.instanceLevels.map(\.mean) == usual.result.instanceLevels.map(\.mean), "plan \(seed)")
      }
    }
  }

  @Test func replicationsAndSeedsDiffer() {
    let plan = RandomPlan(3).builder.plan
    #expect(Observed(plan).result.digest != Observed(plan, replication: 1).result.digest)
    var reseeded = plan
    reseeded.seed &+= 1
    #expect(Observed(plan).result.digest != Observed(reseeded).result.digest)
  }

  /// A second population, and a second function for it, leave the first one's requests as they were.
  @Test func aNewPopulationChangesNobodysLuck() {
    func run(alone: Bool) -> Observed {
      var builder = PlanBuilder(horizon: s(500), seed: 9)
      let site = builder.site()
      let jitter = builder.plan.sampler(.exponential(mean: 3e6))
      for population in 0..<(alone ? 1 : 2) {
        var work = StepPlan(kind: .work)
        work.sampler = builder.plan.sampler(.exponential(mean: 2e7))
        let pool = builder.deployment([work], at: site)
        let path = builder.path(ms(10)) { $0.jitter = jitter }
        builder.poisson(population == 0 ? 3 : 7, [CandidatePlan(path: path, deployment: pool)])
      }
      return Observed(builder.plan)
    }
    let (alone, together) = (run(alone: true), run(alone: false))
    #expect(together.result.requestCount > alone.result.requestCount + 3000)
    #expect(together.result.series[0] == alone.result.series[0])
    #expect(together.result.deployments[0] == alone.result.deployments[0])
    #expect(together.result.groupHistograms[0].mean == alone.result.groupHistograms[0].mean)
  }

  /// The same request has the same work wherever it is served: latencies differ by the way alone.
  @Test func placementsShareTheirLuck() {
    func run(_ oneWay: Double) -> [Int64] {
      var builder = PlanBuilder(horizon: s(200), seed: 4)
      let site = builder.site()
      var work = StepPlan(kind: .work)
      work.sampler = builder.plan.sampler(.exponential(mean: 2e7))
      let pool = builder.deployment([work], at: site)
      builder.poisson(5, until: s(190), [CandidatePlan(path: builder.path(ms(oneWay)), deployment: pool)])
      return Observed(builder.plan).latencies
    }
    let (near, far) = (run(1), run(50))
    #expect(near.count > 800)
    #expect(zip(near, far).allSatisfy { $1 - $0 == ms(98) })
  }

  /// The warm-up is simulated but not measured.
  @Test func theWarmUpIsLeftOut() {
    func run(_ warmUp: Double) -> Observed {
      var builder = PlanBuilder(horizon: s(100), warmUp: s(warmUp), interval: s(10))
      let site = builder.site()
      let steps = [builder.work(s(2))]
      let sandbox = builder.constant(s(1))
      let pool = builder.deployment(steps, at: site) { ($0.sandbox, $0.keepAlive) = (sandbox, s(6)) }
      builder.callers(at: [0, 5, 15, 21].map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
      return Observed(builder.plan)
    }
    let whole = run(0).result
    let part = run(10)
    #expect(part.result.requestCount == 4)
    #expect(part.result.measuredCount == 2)
    #expect(part.latencies == [PairingLog.unmeasured, PairingLog.unmeasured, s(3), s(2)])
    #expect(part.result.deployments[0].invocations == 2)
    #expect(part.result.deployments[0].coldStarts == 1)
    // The first instance, idle since 7 s, lives until 13 s; the second from 15 to 29 s.
    #expect(part.instanceTime() == s(3 + 14))
    #expect(part.result.deployments[0].instancesEnded == 2)
    #expect(part.result.instanceLevels[0].duration == s(90))
    #expect(part.result.intervals == whole.intervals)
  }
}

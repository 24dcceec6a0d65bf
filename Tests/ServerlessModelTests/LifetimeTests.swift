import Foundation
import ServerlessModel
import Stochastics
import Testing

/// Policies that end idle instances, on arrivals at chosen instants.
struct LifetimeTests {
  private func observe(
    _ instants: [Double], work: Double = 2, start: Double = 0, horizon: Double = 1000, seed: UInt64 = 1,
    policy: (inout Plan) -> LifetimePlan, adjust: (inout DeploymentPlan) -> Void = { _ in }
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(horizon), seed: seed)
    let site = builder.site()
    let steps = [builder.work(s(work))]
    let sandbox = builder.constant(s(start))
    builder.plan.lifetimes = [policy(&builder.plan)]
    let pool = builder.deployment(steps, at: site) {
      $0.sandbox = sandbox
      $0.lifetime = 0
      adjust(&$0)
    }
    builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
    return Observed(builder.plan)
  }

  /// A constant keep-alive gives the same run to the nanosecond, whether the list or the heap ends the instances.
  @Test(arguments: InstanceSelection.allCases)
  func theHeapAndTheListAgree(_ selection: InstanceSelection) {
    func run(_ inHeap: Bool) -> Observed {
      var builder = PlanBuilder(horizon: s(20_000))
      let site = builder.site()
      var step = StepPlan(kind: .work)
      step.sampler = builder.plan.sampler(.exponential(mean: 2e9))
      builder.plan.lifetimes = [LifetimePlan(.fixed)]
      let pool = builder.deployment([step], at: site) {
        ($0.keepAlive, $0.selection) = (s(7), selection)
        $0.lifetime = inHeap ? 0 : none
      }
      builder.poisson(0.5, [CandidatePlan(path: builder.path(), deployment: pool)])
      return Observed(builder.plan)
    }
    let (heap, list) = (run(true), run(false))
    #expect(heap.latencies == list.latencies)
    #expect(heap.result.deployments == list.result.deployments)
    #expect(heap.instanceTime() == list.instanceTime())
    #expect(heap.result.digest == list.result.digest)
  }

  /// A function called at idle gaps of t is cold with the law's probability of a keep-alive of at most t.
  @Test(arguments: [(5.5, 0.1), (7.5, 0.5), (9.0, 0.8), (4.9, 0), (10.1, 1)])
  func aRandomRangeIsColdWithItsProbability(_ gap: Double, _ probability: Double) {
    let calls = 4000
    let seen = observe((0...calls).map { Double($0) * (gap + 1) }, work: 1, horizon: Double(calls) * (gap + 1) + 9) {
      var plan = LifetimePlan(.law)
      plan.law = $0.sampler(.uniform(low: 5e9, high: 10e9))
      return plan
    }
    let share = Double(seen.result.deployments[0].coldStarts - 1) / Double(calls)
    #expect(abs(share - probability) <= 4 * (probability * (1 - probability) / Double(calls)).squareRoot())
  }

  /// An instance is not used beyond its age: the one of 0 s is too old at 21 s, the next one serves at 30 s.
  @Test func anInstanceGrowsTooOld() {
    let seen = observe([0, 10, 17.5, 21, 30], horizon: 41) { _ in
      var plan = LifetimePlan(.fixed)
      plan.maximumAge = s(18)
      return plan
    }
    #expect(seen.result.deployments[0].coldStarts == 2)
    // Busy until 19.5, gone then; the second from 21 to 39.
    #expect(seen.result.deployments[0].lifespanSum == s(19.5 + 18))
  }

  private func histogram(_ adjust: (inout HistogramPlan) -> Void = { _ in }) -> LifetimePlan {
    var plan = LifetimePlan(.hybrid)
    plan.histogram.bin = s(1)
    plan.histogram.binCount = 60
    plan.histogram.samples = 3
    plan.histogram.fallback = s(5)
    adjust(&plan.histogram)
    return plan
  }

  /// Calls every 22 s, 2 s long: idle for 20 s, in the bin of 20 … 21. After three idle times (the calls at 0, 22, 44
  /// and 66 are cold) the instance goes at once and comes back after 18 s (20 s less a tenth), to stay for 3.3 s.
  @Test func thePatternIsLearntAndTheInstanceIsThereInTime() {
    let seen = observe((0..<10).map { Double($0) * 22 }, horizon: 230) { _ in histogram() }
    let counts = seen.result.deployments[0]
    #expect(counts.coldStarts == 4)
    #expect(counts.startedAhead == 7)
    // Three fallbacks; the fourth call knows three idle times, so its instance goes at once.
    let kept = 3 * (2 + 5.0) + 2
    let warmed = 6 * (2 + 2.0)
    // The last pre-warming, until its window of 3.3 s is over.
    #expect(seen.instanceTime() == s(kept + warmed + 3.3))
    #expect(counts.instancesEnded == 4 + 7)
  }

  /// A pre-warmed instance that takes 4 s to start is not ready when the request comes 2 s later: that one starts its
  /// own, as the platform does not know which will be first.
  @Test func whoComesDuringThePrewarmingStartsAnother() {
    let seen = observe([0, 26, 52, 78, 104], start: 4, horizon: 200) { _ in histogram { $0.samples = 3 } }
    #expect(seen.result.deployments[0].coldStarts == 5)
    #expect(seen.result.deployments[0].startedAhead > 0)
  }

  /// Nothing is learnt from too few idle times, from those beyond the range, or from a flat histogram.
  @Test(arguments: [
    (20.0, 100, 2.0), (90, 3, 2), (20, 3, 8),
  ])
  func withoutAPatternTheFallbackHolds(_ gap: Double, _ samples: Int32, _ variation: Double) {
    let calls = 12
    let seen = observe((0..<calls).map { Double($0) * (gap + 2) }, horizon: Double(calls) * (gap + 2)) { _ in
      histogram { ($0.samples, $0.variation) = (samples, variation) }
    }
    #expect(seen.result.deployments[0].startedAhead == 0)
    #expect(seen.result.deployments[0].coldStarts == Int64(calls))
    #expect(seen.instanceTime() == s(Double(calls) * (2 + 5)))
  }

  /// Idle times of 0.4 s lie in the first bin: nothing is unloaded, and the instance stays for that bin and a tenth.
  @Test func shortIdleTimesShortenTheKeepAlive() {
    let seen = observe((0..<10).map { Double($0) * 2.4 }, horizon: 100) { _ in histogram() }
    #expect(seen.result.deployments[0].coldStarts == 1)
    #expect(seen.result.deployments[0].startedAhead == 0)
    #expect(seen.instanceTime() == s(9 * 2.4 + 2 + 1.1))
  }

  // MARK: - Memory

  /// Functions of 100 and 300 MB at a site of 400 MB, with cold starts of 1 s (the first) and 4 s.
  private func site(
    _ eviction: EvictionOrder, _ first: [Double], _ second: [Double], third: [Double], memory: Int64 = 400
  ) -> [DeploymentCounts] {
    var builder = PlanBuilder(horizon: s(10_000))
    let site = builder.site()
    builder.plan.sites[0].memoryCapacity = memory
    builder.plan.sites[0].eviction = eviction
    builder.plan.lifetimes = [LifetimePlan(.greedyDual)]
    for (instants, size, start) in [(first, Int64(100), 1.0), (second, 300, 1), (third, 100, 4)] {
      let steps = [builder.work(s(2))]
      let sandbox = builder.constant(s(start))
      let pool = builder.deployment(steps, at: site) {
        ($0.footprint, $0.sandbox, $0.lifetime) = (size, sandbox, 0)
      }
      builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
    }
    return Observed(builder.plan).result.deployments
  }

  /// The big cheap function has the lowest priority (1 × 1 s ÷ 300 MB) and goes, however recently it was used; least
  /// recently used first, the small one goes, and then the big one as well, for its 100 MB do not suffice.
  @Test func greedyDualEvictsWhatIsCheapForItsSize() {
    let greedy = site(.greedyDual, [0, 30], [10, 50], third: [20, 40])
    #expect(greedy.map(\.coldStarts) == [1, 2, 1])
    let recent = site(.leastRecentlyUsed, [0, 30], [10, 50], third: [20, 40])
    #expect(recent.map(\.coldStarts) == [2, 2, 1])
  }

  /// What is used more often is kept longer: after four uses the small one outlives the dear one, used once.
  @Test func greedyDualCountsUses() {
    let counts = site(.greedyDual, [0, 4, 8, 12, 16, 60], [40], third: [30, 70], memory: 450)
    #expect(counts.map(\.coldStarts) == [1, 1, 2])
  }

  @Test func memoryIsALimitToTheMegabyte() {
    #expect(site(.greedyDual, [0], [10], third: [], memory: 400).map(\.instancesEnded) == [0, 0, 0])
    #expect(site(.greedyDual, [0], [10], third: [], memory: 399).map(\.instancesEnded) == [1, 0, 0])
    // Busy instances are not evicted, and nobody goes in vain.
    let full = site(.greedyDual, [0], [1], third: [], memory: 399)
    #expect(full.map(\.throttles) == [0, 1, 0])
    let vain = site(.greedyDual, [0], [10], third: [11], memory: 350)
    #expect(vain.map(\.coldStarts) == [1, 1, 0])
    #expect(vain.map(\.throttles) == [0, 0, 1])
  }

  /// A second instance may start only after 1,000 s: no idle one of the other function goes for it before.
  @Test func nobodyGoesForAnInstanceThatMayNotStart() {
    var builder = PlanBuilder(horizon: s(2_000))
    let site = builder.site(capacity: 2)
    for (instants, isLimited) in [([0.0, 30], false), ([10.0, 11, 1_010, 1_011], true)] {
      let steps = [builder.work(s(5))]
      let pool = builder.deployment(steps, at: site) {
        guard isLimited else { return }
        $0.scaling = .stepwise
        ($0.scalingInitial, $0.scalingAdd, $0.scalingEvery) = (1, 1, s(1_000))
      }
      builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
    }
    let counts = Observed(builder.plan).result.deployments
    #expect(counts.map(\.coldStarts) == [1, 2])
    #expect(counts.map(\.throttles) == [0, 1])
    #expect(counts.map(\.instancesEnded) == [1, 0])
  }

  // MARK: - Pings

  /// A keep-alive of 10 s and pings every 8 s: one instance is warm, two with two pings a round, none with long gaps.
  @Test func pingsKeepInstancesWarm() {
    func run(_ every: Double, _ count: Int32) -> Observed {
      var builder = PlanBuilder(horizon: s(100))
      let site = builder.site()
      let steps = [builder.work(s(1))]
      let sandbox = builder.constant(s(0.5))
      let pool = builder.deployment(steps, at: site) { ($0.keepAlive, $0.sandbox) = (s(10), sandbox) }
      var ping = PingPlan(deployment: pool, every: s(every), first: s(every))
      ping.count = count
      builder.plan.pings = [ping]
      builder.callers(at: [20, 20, 60].map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
      return Observed(builder.plan)
    }
    let single = run(8, 1)
    #expect(single.latencies == [s(1), s(1.5), s(1)])
    #expect(single.result.deployments[0].pings == 12)
    #expect(single.result.deployments[0].invocations == 3)
    #expect(single.result.deployments[0].coldStarts == 1)
    // Each ping is billed its millisecond.
    #expect(single.result.deployments[0].billedGranules == 3 * 1000 + 12)
    #expect(run(8, 2).latencies == [s(1), s(1), s(1)])
    #expect(run(45, 1).latencies == [s(1.5), s(1.5), s(1.5)])
  }

  // MARK: - Many requests in an instance

  /// One instance for all requests: M/M/∞. An arrival starts a new one if it finds nobody (e^−ρ) and the idle time
  /// before it was longer than the keep-alive (e^−λT).
  @Test(arguments: [(0.5, 2.0, 3.0), (1, 0.5, 1), (0.2, 1, 0)])
  func aSharedInstance(_ rate: Double, _ service: Double, _ keepAlive: Double) {
    var builder = PlanBuilder(horizon: s(40_000 / rate))
    let site = builder.site()
    var step = StepPlan(kind: .work)
    step.sampler = builder.plan.sampler(.exponential(mean: service * 1e9))
    let pool = builder.deployment([step], at: site) {
      ($0.keepAlive, $0.requestsPerInstance) = (s(keepAlive), 1_000_000)
    }
    builder.poisson(rate, [CandidatePlan(path: builder.path(), deployment: pool)])
    let counts = Observed(builder.plan).result.deployments[0]
    let share = Double(counts.coldStarts) / Double(counts.invocations)
    let expected = exp(-rate * (service + keepAlive))
    // Idle periods are independent: the count of new instances varies less than a Poisson count would twice over.
    #expect(abs(share - expected) < 5 * (2 * expected / Double(counts.invocations)).squareRoot())
  }

  // MARK: - Downloads

  /// The first instance downloads for 10 s; who comes meanwhile does so too; later ones take 1 s.
  @Test func thePackageCache() {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site()
    let steps = [builder.work(s(1))]
    builder.plan.packageCaches = [PackageCachePlan(cachedDownload: s(1), retention: s(100))]
    let pool = builder.deployment(steps, at: site) {
      ($0.download, $0.packageCache, $0.keepAlive) = (s(10), 0, 0)
    }
    builder.callers(at: [0, 5, 20, 119, 300].map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
    #expect(Observed(builder.plan).latencies == [s(11), s(11), s(2), s(2), s(11)])
  }
}

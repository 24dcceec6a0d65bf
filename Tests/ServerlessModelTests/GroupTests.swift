import ServerlessModel
import Stochastics
import Testing

/// Rules, balancers, interruptions, failures and credits of groups, each by an example that can be reckoned by hand.
struct GroupTests {
  /// A station whose instances are a group, one site, one path without delay.
  private struct Scene {
    var builder: PlanBuilder
    let pool: Int32
    let path: Int32

    init(
      horizon: Int64, work: Int64, slots: Int32 = 1, boot: Int64 = 0, interval: Int64 = s(1),
      group adjust: (inout GroupPlan, inout PlanBuilder) -> Void
    ) {
      builder = PlanBuilder(horizon: horizon, interval: interval)
      let site = builder.site()
      var group = GroupPlan()
      adjust(&group, &builder)
      builder.plan.groups.append(group)
      let start = builder.constant(boot)
      pool = builder.deployment([builder.work(work)], at: site) {
        ($0.group, $0.scaling, $0.whenFull, $0.sandbox) = (0, .managed, .queue, start)
        ($0.requestsPerInstance, $0.maximumInstances) = (slots, group.maximum)
      }
      path = builder.path()
    }

    mutating func callers(at instants: [Int64]) {
      builder.callers(at: instants, [CandidatePlan(path: path, deployment: pool)])
    }

    /// Instances alive at the end of each interval.
    var sizes: [Int64] { Observed(builder.plan).result.timeline.map(\.instances) }
  }

  private func bounds(_ group: inout GroupPlan, _ initial: Int32, _ minimum: Int32, _ maximum: Int32) {
    (group.initial, group.minimum, group.maximum) = (initial, minimum, maximum)
  }

  // MARK: - Rules

  /// The examples of OpenFaaS' documentation: 15 in flight, target 5: 3; 25, target 5: 5; 90, target 70: 2.
  @Test(arguments: [(15, 1, 5.0, 3), (25, 3, 5.0, 5), (90, 1, 70.0, 2)])
  func targetTrackingIsProportional(inFlight: Int, from: Int32, target: Double, to: Int64) {
    var scene = Scene(horizon: s(31), work: s(100), slots: 100) { group, _ in
      bounds(&group, from, 1, 20)
      (group.scaler.kind, group.scaler.metric, group.scaler.target) = (.target, .concurrency, target)
      group.scaler.period = s(10)
    }
    scene.callers(at: Array(repeating: 0, count: inFlight))
    #expect(scene.sizes[8] == Int64(from))
    #expect(scene.sizes[11] == to)
    #expect(scene.sizes[30] == to)
  }

  /// Scaling in waits for its periods in a row and rests afterwards; the minimum is never left.
  @Test func scalingInWaitsAndRests() {
    let scene = Scene(horizon: s(100), work: s(1)) { group, _ in
      bounds(&group, 5, 2, 5)
      group.scaler.kind = .target
      (group.scaler.period, group.scaler.inPeriods) = (s(10), 3)
      (group.scaler.coolIn, group.scaler.removeLimit) = (s(25), 1)
    }
    let sizes = scene.sizes
    // Low at 10, 20, 30: one less; rests until 55, looks at 60; rests until 85, looks at 90.
    #expect([sizes[28], sizes[30], sizes[58], sizes[60], sizes[88], sizes[90], sizes[99]] == [5, 4, 4, 3, 3, 2, 2])
  }

  /// The alert adds a fifth of the maximum at each look while more than 5 requests a second come; then the minimum.
  @Test func alertsAddAShareOfTheMaximum() {
    var scene = Scene(horizon: s(60), work: ms(1), slots: 50) { group, _ in
      bounds(&group, 1, 1, 10)
      (group.scaler.kind, group.scaler.target, group.scaler.alertShare) = (.alert, 5, 0.2)
      group.scaler.period = s(5)
    }
    scene.callers(at: (0..<200).map { ms(100) * Int64($0) })
    let sizes = scene.sizes
    #expect([sizes[3], sizes[5], sizes[10], sizes[15], sizes[20], sizes[26], sizes[50]] == [1, 3, 5, 7, 9, 1, 1])
  }

  /// A panic needs twice the size within the short window, and never scales in; the stable window follows later.
  @Test func panicLooksAtTheShortWindow() {
    var scene = Scene(horizon: s(200), work: s(30), slots: 100) { group, _ in
      bounds(&group, 1, 1, 50)
      (group.scaler.kind, group.scaler.target, group.scaler.period) = (.panic, 10, s(2))
    }
    scene.callers(at: Array(repeating: s(60), count: 80))
    let sizes = scene.sizes
    #expect(sizes[59] == 1)
    // Six seconds after the burst the short window is full of it: 80 ÷ 10.
    #expect(sizes[67] == 8)
    // All work ends at 90 s; the size stays until a stable window after the last panic.
    #expect(sizes[100] == 8)
    #expect(sizes[199] == 1)
  }

  @Test func stepsAddAndRemove() {
    var scene = Scene(horizon: s(100), work: s(35), slots: 2) { group, builder in
      bounds(&group, 2, 1, 6)
      (group.scaler.kind, group.scaler.period, group.scaler.stepCount) = (.step, s(10), 3)
      builder.plan.scalerSteps = [
        ScalerStep(from: 0.7, below: 0.9, change: 1), ScalerStep(from: 0.9, below: .infinity, change: 3),
        ScalerStep(from: -.infinity, below: 0.3, change: -1),
      ]
    }
    scene.callers(at: Array(repeating: 0, count: 4))
    let sizes = scene.sizes
    // Full: + 3; then 4 of 10 slots: nothing; from 40 s on, below 0.3: one less every 10 s.
    #expect([sizes[8], sizes[10], sizes[30], sizes[50], sizes[60], sizes[95]] == [2, 5, 5, 3, 2, 1])
  }

  /// Instances that are starting are not added again: a step counts from those in service.
  @Test func stepsDoNotAddWhatIsStarting() {
    var scene = Scene(horizon: s(100), work: s(95), slots: 2, boot: s(45)) { group, builder in
      bounds(&group, 1, 1, 9)
      (group.scaler.kind, group.scaler.period, group.scaler.stepCount) = (.step, s(10), 1)
      group.scaler.metric = .utilization
      builder.plan.scalerSteps = [ScalerStep(from: 0.7, below: .infinity, change: 2)]
    }
    scene.callers(at: [0, 0, s(1)])
    let sizes = scene.sizes
    // Full at 10 s: two more, once, though the next four looks find the one in service as full as before. At 60 s all
    // three are in service, and three of six slots are busy.
    #expect([sizes[8], sizes[10], sizes[30], sizes[50], sizes[90]] == [1, 3, 3, 3, 3])
  }

  /// Four requests that compute a quarter of their time use one of an instance's two vCPUs.
  @Test func cpuIsNotTheBusySlots() {
    func sizes(_ metric: ScalingMetric) -> [Int64] {
      var scene = Scene(horizon: s(60), work: s(1), slots: 4) { group, _ in
        bounds(&group, 1, 1, 9)
        (group.scaler.kind, group.scaler.metric, group.scaler.target) = (.target, metric, 0.6)
        (group.scaler.period, group.milliVCPUs) = (s(10), 2000)
      }
      var wait = StepPlan(kind: .wait)
      wait.sampler = scene.builder.constant(s(3))
      scene.builder.plan.steps.append(wait)
      scene.builder.plan.deployments[0].stepCount = 2
      scene.callers(at: (0..<14).flatMap { round in Array(repeating: s(4) * Int64(round), count: 4) })
      return scene.sizes
    }
    // All slots are busy, half of the vCPUs: 1 against a target of 0.6, 0.5 against the same.
    #expect(sizes(.utilization)[30] > 1)
    #expect(sizes(.cpu)[50] == 1)
  }

  /// Two requests share two vCPUs of one instance: all of them are in use, whatever the number of places.
  @Test func sharedCoresCountAsTheyAreUsed() {
    func sizes(_ metric: ScalingMetric, requests: Int) -> [Int64] {
      var scene = Scene(horizon: s(60), work: s(200), slots: 1000) { group, _ in
        bounds(&group, 1, 1, 9)
        (group.scaler.kind, group.scaler.metric, group.scaler.target) = (.target, metric, 0.6)
        (group.scaler.period, group.sharedCores, group.balancer) = (s(10), 2, .leastOutstanding)
      }
      scene.callers(at: Array(repeating: 0, count: requests))
      return scene.sizes
    }
    #expect(sizes(.cpu, requests: 1)[50] == 1)
    #expect(sizes(.cpu, requests: 2)[15] == 2)
    #expect(sizes(.utilization, requests: 2)[50] == 1)
  }

  @Test func jobsGetAsManyInstancesAsTheyFill() {
    var scene = Scene(horizon: s(60), work: s(20), slots: 2, boot: s(1)) { group, _ in
      bounds(&group, 0, 0, 4)
      (group.scaler.kind, group.scaler.period) = (.jobs, s(5))
    }
    scene.callers(at: Array(repeating: s(2), count: 12))
    let sizes = scene.sizes
    #expect([sizes[0], sizes[3], sizes[6], sizes[20]] == [0, 1, 4, 4])
    #expect(sizes[59] == 0)
  }

  /// A group at zero starts one instance for its first request, which waits for it.
  @Test func scalingToZeroAndBack() {
    var scene = Scene(horizon: s(120), work: s(1), boot: s(3)) { group, _ in
      bounds(&group, 1, 0, 4)
      (group.scaler.kind, group.scaler.period, group.scaler.zeroAfter) = (.target, s(10), s(30))
    }
    scene.callers(at: [s(5), s(80)])
    let seen = Observed(scene.builder.plan)
    #expect(seen.latencies == [s(1), s(4)])
    #expect(seen.result.timeline[30].instances == 1)
    #expect(seen.result.timeline[50].instances == 0)
    #expect(seen.result.timeline[82].instances == 1)
  }

  @Test func schedulesChangeTheBoundsAndComeAgain() {
    let scene = Scene(horizon: s(100), work: s(1)) { group, builder in
      bounds(&group, 2, 2, 2)
      (group.scaler.scheduleCount, group.scaler.schedulePeriod) = (2, s(50))
      builder.plan.schedules = [
        GroupSchedule(group: 0, at: s(10), minimum: 5, maximum: 5),
        GroupSchedule(group: 0, at: s(30), minimum: 1, maximum: 2),
      ]
    }
    let sizes = scene.sizes
    #expect([sizes[5], sizes[15], sizes[40], sizes[65], sizes[90]] == [2, 5, 2, 5, 2])
  }

  @Test func warmInstancesComeSooner() {
    var scene = Scene(horizon: s(60), work: s(50), boot: s(20)) { group, builder in
      bounds(&group, 1, 1, 3)
      (group.scaler.kind, group.scaler.period) = (.jobs, s(5))
      (group.warmCount, group.warmStart) = (1, builder.constant(s(2)))
    }
    scene.callers(at: [0, 0, 0])
    // The first at once; the second from the warm pool at 5 + 2; the third boots until 25.
    let seen = Observed(scene.builder.plan)
    #expect(seen.latencies.prefix(2) == [s(50), s(57)])
    #expect(seen.result.deployments[0].waitingTime == Int128(s(7) + s(25)))
  }

  // MARK: - Interruptions and failures

  /// Told at 100 s, gone at 220 s: what runs until then is served, what would run longer is lost; the replacement
  /// starts with the notice.
  @Test func spotInstancesDrainUntilTheyGo() {
    var scene = Scene(horizon: s(400), work: s(110), slots: 2, boot: s(10)) { group, builder in
      bounds(&group, 1, 1, 1)
      (group.interruption, group.notice) = (builder.constant(s(100)), s(120))
    }
    scene.callers(at: [s(99), s(104)])
    let seen = Observed(scene.builder.plan)
    // The second waits for the replacement, which is ready at 110 and told to go at 210.
    #expect(seen.latencies == [s(110), s(116)])
    var late = Scene(horizon: s(400), work: s(130), boot: s(10)) { group, builder in
      bounds(&group, 1, 1, 1)
      (group.interruption, group.notice) = (builder.constant(s(100)), s(120))
    }
    late.callers(at: [s(95)])
    #expect(Observed(late.builder.plan).latencies == [Observed.failed])
    #expect(Observed(late.builder.plan).result.deployments[0].interruptions >= 1)
  }

  /// A failed instance gets requests until the second check has failed: then it is replaced.
  @Test func failuresAreNoticedByHealthChecks() {
    var scene = Scene(horizon: s(29), work: ms(10), boot: s(3)) { group, builder in
      bounds(&group, 1, 1, 1)
      group.balancer = .roundRobin
      group.failure = builder.constant(s(12))
      (group.checkInterval, group.checkThreshold) = (s(5), 2)
    }
    scene.callers(at: [s(11), s(13), s(19), s(21), s(24)])
    // Fails at 12, checks at 15 and 20, ready again at 23: who comes in between waits.
    let seen = Observed(scene.builder.plan)
    #expect(seen.latencies == [ms(10), Observed.failed, Observed.failed, s(2) + ms(10), ms(10)])
    #expect(seen.result.deployments[0].failures == 1)
  }

  // MARK: - Balancers

  @Test func leastOutstandingPrefersTheEmptiest() {
    var scene = Scene(horizon: s(100), work: s(10), slots: 1) { group, _ in
      bounds(&group, 2, 2, 2)
      group.balancer = .leastOutstanding
    }
    scene.callers(at: [0, 0, 0, 0, s(1)])
    #expect(Observed(scene.builder.plan).latencies == [s(10), s(10), s(20), s(20), s(29)])
  }

  /// A key stays with its instance, so keys are unevenly loaded where turns are not.
  @Test func hashedKeysKeepTheirInstance() {
    var scene = Scene(horizon: s(1000), work: ms(1), slots: 1) { group, _ in
      bounds(&group, 4, 4, 4)
      (group.balancer, group.keyCount) = (.consistentHash, 1)
    }
    scene.callers(at: [0, 0, 0, 0])
    #expect(Observed(scene.builder.plan).latencies == [ms(1), ms(2), ms(3), ms(4)])
  }

  /// Three requests beside two provisioned instances: the third starts one on demand.
  @Test func readyInstancesOverflowToOnDemand() {
    var scene = Scene(horizon: s(100), work: s(2)) { group, _ in bounds(&group, 2, 2, 2) }
    let start = scene.builder.constant(s(1))
    let rest = scene.builder.deployment([scene.builder.work(s(2))], at: 0, function: 0) { $0.sandbox = start }
    scene.builder.plan.deployments[0].overflow = rest
    scene.callers(at: [0, 0, 0])
    let seen = Observed(scene.builder.plan)
    #expect(seen.latencies == [s(2), s(2), s(3)])
    #expect(seen.result.deployments.map(\.coldStarts) == [0, 1])
  }

  // MARK: - Bills

  /// An instance is billed by the second, a minute at least.
  @Test func instancesAreBilledAMinuteAtLeast() {
    var scene = Scene(horizon: s(100), work: s(1)) { group, builder in
      bounds(&group, 1, 1, 2)
      group.billingMinimum = s(60)
      (group.scaler.scheduleCount, group.scaler.schedulePeriod) = (2, 0)
      builder.plan.schedules = [
        GroupSchedule(group: 0, at: s(10), minimum: 2, maximum: 2),
        GroupSchedule(group: 0, at: s(20.5), minimum: 1, maximum: 1),
      ]
    }
    scene.callers(at: [0])
    let counts = Observed(scene.builder.plan).result.deployments[0]
    #expect(counts.instanceTime == Int128(s(110.5)))
    #expect(counts.billedTime == Int128(s(160)))
  }

  // MARK: - Shared room

  /// A site of one instance: a group that goes to zero leaves it to the function, or the group, that waits for it.
  @Test(arguments: [false, true])
  func roomThatAGroupLeavesIsPassedOn(toGroup: Bool) {
    var scene = Scene(horizon: s(60), work: s(1)) { group, _ in
      bounds(&group, 1, 0, 1)
      (group.scaler.kind, group.scaler.period, group.scaler.zeroAfter) = (.jobs, s(10), s(5))
    }
    scene.builder.plan.sites[0].instanceCapacity = 1
    if toGroup {
      var group = GroupPlan()
      bounds(&group, 1, 1, 1)
      scene.builder.plan.groups.append(group)
    }
    let boot = scene.builder.constant(0)
    let other = scene.builder.deployment([scene.builder.work(s(1))], at: 0) {
      ($0.whenFull, $0.sandbox) = (.queue, boot)
      if toGroup { ($0.group, $0.scaling, $0.maximumInstances) = (1, .managed, 1) }
    }
    scene.builder.callers(at: [s(2)], [CandidatePlan(path: scene.path, deployment: other)])
    var world = World(plan: scene.builder.plan, replication: 0)
    while world.run() {}
    #expect(world.occupancy.waiting == 0)
    #expect(world.result().deployments[Int(other)].waitingTime == Int128(s(8)))
  }

  /// A site of one instance, which a group keeps for ever: who waits for another group there is turned away after a
  /// minute, as by a load balancer without targets.
  @Test(arguments: [false, true])
  func nobodyWaitsForEverForRoom(spills: Bool) {
    var scene = Scene(horizon: s(300), work: s(1)) { group, _ in bounds(&group, 1, 1, 1) }
    scene.builder.plan.sites[0].instanceCapacity = 1
    var group = GroupPlan()
    bounds(&group, 1, 1, 1)
    scene.builder.plan.groups.append(group)
    let other = scene.builder.deployment([scene.builder.work(s(1))], at: 0) {
      ($0.group, $0.scaling, $0.whenFull) = (1, .managed, .queue)
    }
    scene.builder.callers(at: [s(2), s(12)], [CandidatePlan(path: scene.path, deployment: other)])
    if spills {
      let elsewhere = scene.builder.deployment([scene.builder.work(s(1))], at: scene.builder.site(), function: 1)
      _ = scene.builder.spill(from: 0, CandidatePlan(path: scene.path, deployment: elsewhere))
    }
    let seen = Observed(scene.builder.plan)
    #expect(seen.latencies == (spills ? [s(61), s(61)] : [Observed.failed, Observed.failed]))
    #expect(seen.result.deployments[Int(other)].throttles == (spills ? 0 : 2))
  }
}

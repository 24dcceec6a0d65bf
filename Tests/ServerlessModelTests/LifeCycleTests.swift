import ServerlessModel
import Testing

/// Instances from their start to their end, on arrivals at chosen instants.
struct LifeCycleTests {
  /// One function, its instances without limits, and callers next to it.
  private func observe(
    _ instants: [Double], work: Double = 2, start: Double = 0, horizon: Double = 100, seed: UInt64 = 1,
    clients: (inout ClientsPlan) -> Void = { _ in }, adjust: (inout DeploymentPlan) -> Void
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(horizon), seed: seed)
    let site = builder.site()
    let steps = [builder.work(s(work))]
    let sandbox = builder.constant(s(start))
    let pool = builder.deployment(steps, at: site) {
      $0.sandbox = sandbox
      adjust(&$0)
    }
    builder.callers(
      at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)], adjust: clients)
    return Observed(builder.plan)
  }

  /// Start 1 s (C), work 2 s (b), keep-alive 6 s (.), reclaimed (x), one character a second:
  ///
  ///     arrivals  a----a---------a----
  ///     instance  Cbb..bb......x-Cbb..
  @Test func startsServesIdlesAndGoes() {
    let seen = observe([0, 5, 15], start: 1, horizon: 20) { $0.keepAlive = s(6) }
    #expect(seen.latencies == [s(3), s(2), s(3)])
    #expect(seen.counts.cold == 2)
    #expect(seen.result.deployments[0].coldStarts == 2)
    #expect(seen.result.deployments[0].initTime == s(2))
    #expect(seen.result.deployments[0].instancesEnded == 1)
    #expect(seen.result.deployments[0].lifespanSum == s(13))
    #expect(seen.instanceTime() == s(13 + 5))
    #expect(seen.result.runningLevels[0].time(at: 1) == s(3 + 2 + 3))
  }

  /// Work of 2 s, two at a time; what is billed is the time in which an instance serves anything, by whole seconds:
  ///
  ///     arrivals  aa-a---------a-      (the third half a second early)
  ///     instance  bbb..........bb
  ///     another   ..bb
  @Test func anInstanceThatServesSeveralIsBilledOnce() {
    func granules(_ instants: [Double], horizon: Double = 100, warmUp: Double = 0) -> Int64 {
      var builder = PlanBuilder(horizon: s(horizon), seed: 1)
      let site = builder.site()
      let steps = [builder.work(s(2))]
      let pool = builder.deployment(steps, at: site) {
        $0.keepAlive = s(6)
        $0.requestsPerInstance = 2
        $0.billsActiveTime = true
        $0.billingGranularity = s(1)
      }
      builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
      builder.plan.warmUp = s(warmUp)
      return Observed(builder.plan).result.deployments[0].billedGranules
    }
    #expect(granules([0]) == 2)
    #expect(granules([0, 1]) == 3)
    #expect(granules([0, 1.5, 13]) == 4 + 2)
    #expect(granules([0, 0, 0]) == 2 + 2)
    #expect(granules([0, 1, 2.5]) == 5)
    #expect(granules([0, 1], horizon: 2) == 2)
    #expect(granules([0, 1], warmUp: 2) == 1)
  }

  @Test func anInstanceIsGoneAtTheInstantItsKeepAliveEnds() {
    let late = observe([0, 8], start: 1) { $0.keepAlive = s(5) }
    #expect(late.latencies == [s(3), s(3)])
    let inTime = observe([0, 7.999], start: 1) { $0.keepAlive = s(5) }
    #expect(inTime.latencies == [s(3), s(2)])
  }

  /// Instances A, B, C are made at 0, 1, 2 and work for 10 s; requests at 20, 21 and 32 are chosen for. What is
  /// not used for 30 s goes, so the sum of the lifespans tells who was chosen.
  @Test(arguments: [
    (InstanceSelection.newest, 170.0), (.mostRecentlyUsed, 169), (.leastRecentlyUsed, 190), (.oldest, 172),
  ])
  func selection(_ policy: InstanceSelection, _ lifespans: Double) {
    let seen = observe([0, 1, 2, 20, 21, 32], work: 10) {
      $0.keepAlive = s(30)
      $0.selection = policy
    }
    #expect(seen.result.deployments[0].instancesEnded == 3)
    #expect(seen.result.deployments[0].lifespanSum == s(lifespans))
    #expect(seen.instanceTime() == s(lifespans))
  }

  /// At random each of the three is chosen at 20 in about a third of the runs: its lifespan is then 40 s or more.
  @Test func randomSelectionFindsEveryInstance() {
    var chosen: [Int128: Int] = [:]
    for seed in 0..<300 {
      let seen = observe([0, 1, 2, 20], work: 10, seed: UInt64(seed)) {
        $0.keepAlive = s(15)
        $0.selection = .random
      }
      chosen[seen.result.deployments[0].lifespanSum, default: 0] += 1
    }
    // A: 45 + 25 + 25, B: 25 + 44 + 25, C: 25 + 25 + 43.
    #expect(Set(chosen.keys) == [Int128(s(95)), Int128(s(94)), Int128(s(93))])
    #expect(chosen.values.allSatisfy { (70...130).contains($0) })
  }

  /// 150 executions of two years each: 10 ^ 19 ns in all, more than a signed 64-bit count holds.
  @Test func sumsOfTimesDoNotOverflow() {
    let years = s(7e7)
    let seen = observe(Array(repeating: 0, count: 150), work: 7e7, horizon: 1e8) { $0.keepAlive = s(1) }
    let sum = Int128(years) * 150
    #expect(sum > Int128(Int64.max))
    #expect(seen.counts.latencySum == sum)
    #expect(seen.result.deployments[0].executionTime == sum)
    #expect(seen.result.deployments[0].lifespanSum == sum + Int128(s(150)))
    let computed = Component.allCases.firstIndex(of: .compute).map { 1 + $0 } ?? 0
    let cells = seen.result.compositions[0].cells
    #expect(stride(from: computed, to: cells.count, by: Component.allCases.count + 1).contains { cells[$0] == sum })
  }

  /// Two requests share an instance; the second joins while it starts and waits for the rest of the start only.
  @Test func requestsShareAnInstanceOnceItHasStarted() {
    let seen = observe([0, 0.5, 0.6, 1.2], start: 1) { $0.requestsPerInstance = 2 }
    #expect(seen.latencies == [s(3), s(2.5), s(3), s(2.4)])
    #expect(seen.result.deployments[0].coldStarts == 4)
    #expect(seen.counts.cold == 4)
    #expect(seen.result.instanceLevels[0].maximum == 2)
    #expect(seen.result.deployments[0].runningPeak == 4)
  }

  @Test func aFullPoolQueuesOrThrottles() {
    let queued = observe([0, 1, 2]) {
      $0.maximumInstances = 1
      $0.whenFull = .queue
    }
    #expect(queued.latencies == [s(2), s(3), s(4)])
    #expect(queued.result.deployments[0].waited == 2)
    #expect(queued.result.deployments[0].waitingTime == s(1 + 2))
    #expect(queued.result.deployments[0].queuePeak == 1)
    let throttled = observe([0, 1, 2]) { $0.maximumInstances = 1 }
    #expect(throttled.latencies == [s(2), Observed.failed, s(2)])
    #expect(throttled.counts.throttled == 1)
    #expect(throttled.result.deployments[0].throttles == 1)
    let short = observe([0, 0.5, 1]) {
      $0.maximumInstances = 1
      $0.whenFull = .queue
      $0.queueCapacity = 1
    }
    #expect(short.latencies == [s(2), s(3.5), Observed.failed])
  }

  /// Who gives up leaves the line at once: the place is free for the next.
  @Test func whoGivesUpLeavesTheLine() {
    let seen = observe([0, 1, 3.5, 4.5], work: 6, clients: { $0.timeout = s(7) }) {
      $0.maximumInstances = 1
      $0.whenFull = .queue
      $0.queueCapacity = 2
    }
    // Served 0 … 6; the second waits until 6 and is too late at 12; the third gives up at 10.5, the fourth at 11.5.
    #expect(seen.latencies == [s(6), Observed.failed, Observed.failed, Observed.failed])
    #expect(seen.counts.throttled == 1)
    #expect(seen.counts.timedOut == 2)
    #expect(seen.result.deployments[0].invocations == 2)
    let next = observe([0, 1, 4], work: 6, clients: { $0.timeout = s(2.5) }) {
      $0.maximumInstances = 1
      $0.whenFull = .queue
      $0.queueCapacity = 1
    }
    #expect(next.counts.timedOut == 3)
    #expect(next.counts.throttled == 0)
    #expect(next.result.deployments[0].queuePeak == 1)
  }

  @Test func aKeepAliveOfNothingStillServesThoseWhoWait() {
    let seen = observe([0, 1, 10], start: 1) {
      $0.keepAlive = 0
      $0.maximumInstances = 1
      $0.whenFull = .queue
    }
    #expect(seen.latencies == [s(3), s(4), s(3)])
    #expect(seen.result.deployments[0].coldStarts == 2)
  }

  /// Two instances at once, one more in every further 10 s.
  @Test func stepwiseScaling() {
    func limit(_ row: inout DeploymentPlan) {
      (row.scaling, row.scalingInitial, row.scalingAdd, row.scalingEvery) = (.stepwise, 2, 1, s(10))
    }
    let throttled = observe([0, 0, 0, 11, 12, 31, 32], work: 60) { limit(&$0) }
    #expect(throttled.latencies.map { $0 >= 0 } == [true, true, false, true, false, true, false])
    let queued = observe([0, 0, 0, 5, 6], work: 60) {
      limit(&$0)
      $0.whenFull = .queue
    }
    #expect(queued.latencies == [s(60), s(60), s(70), s(75), s(84)])
  }

  /// A ceiling of one instance that rises by one every 10 s from the moment it is hit, at 1 s.
  @Test func rampScaling() {
    let throttled = observe([0, 1, 10.9, 11, 20.9, 21], work: 60) {
      ($0.scaling, $0.scalingInitial, $0.scalingAdd, $0.scalingEvery) = (.ramp, 1, 1, s(10))
    }
    #expect(throttled.latencies.map { $0 >= 0 } == [true, false, false, true, false, true])
    let queued = observe([0, 1, 2], work: 60) {
      ($0.scaling, $0.scalingInitial, $0.scalingAdd, $0.scalingEvery) = (.ramp, 1, 1, s(10))
      $0.whenFull = .queue
    }
    #expect(queued.latencies == [s(60), s(70), s(79)])
  }

  /// A platform whose figures leave the interval of scaling out must not divide by it.
  @Test func scalingWithoutAnIntervalDoesNotTrap() {
    for kind in [ScalingKind.stepwise, .ramp] {
      let seen = observe([0, 1, 2]) { ($0.scaling, $0.scalingInitial, $0.scalingAdd) = (kind, 1, 1) }
      #expect(seen.counts.ended == 3)
    }
  }

  @Test func anExecutionEndsAtItsTimeLimit() {
    let seen = observe([0], work: 9) { $0.timeout = s(4) }
    #expect(seen.counts.timedOut == 1)
    #expect(seen.result.deployments[0].executionTime == s(4))
    #expect(seen.result.deployments[0].cpuTime == s(4))
    #expect(seen.result.deployments[0].billedGranules == 4000)
    let limited = observe([0], work: 9) { $0.cpuLimit = s(3) }
    #expect(limited.counts.refused == 1)
    #expect(limited.result.deployments[0].cpuTime == s(3))
  }

  /// The first execution of an instance has work of its own, not scaled by the memory, and costs something more.
  @Test func firstInvocations() {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let steps = [builder.work(ms(100))]
    let (first, extra, overhead) = (builder.constant(ms(500)), builder.constant(ms(30)), builder.constant(ms(7)))
    let pool = builder.deployment(steps, at: site) {
      $0.workFactor = 4
      $0.firstWork = first
      $0.firstInvocation = extra
      $0.overhead = overhead
      $0.billsInitialisation = true
      $0.download = ms(11)
    }
    builder.callers(at: [0, s(10)], [CandidatePlan(path: builder.path(), deployment: pool)])
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [ms(7 + 11 + 500 + 30), ms(7 + 400)])
    #expect(seen.result.deployments[0].billedGranules == 11 + 500 + 30 + 400)
  }
}

import ServerlessModel
import Testing

/// Delays and troubles of the way, with exact arithmetic.
struct NetworkTests {
  /// Callers at the end of a path, a function with `work` of constant length.
  private func observe(
    _ instants: [Double] = [0], work: Double = 0, oneWay: Double = 0, faults: [FaultInterval] = [],
    bytes: (up: Int64, down: Int64) = (0, 0), horizon: Double = 100,
    path adjustPath: (inout PathPlan) -> Void = { _ in },
    clients: (inout ClientsPlan) -> Void = { _ in }, pool adjust: (inout DeploymentPlan) -> Void = { _ in }
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(horizon))
    let site = builder.site()
    let steps = [builder.work(ms(work))]
    let pool = builder.deployment(steps, at: site, adjust: adjust)
    let path = builder.path(ms(oneWay), faults: faults, adjust: adjustPath)
    builder.callers(
      at: instants.map(s), [CandidatePlan(path: path, deployment: pool)], requestBytes: bytes.up,
      responseBytes: bytes.down, adjust: clients)
    return Observed(builder.plan)
  }

  private func fault(_ kind: FaultKind, _ from: Double, _ to: Double, factor: Double = 1) -> FaultInterval {
    FaultInterval(kind: kind, from: s(from), to: s(to), factor: factor)
  }

  /// 1 MB over 100 Mbit/s takes 80 ms, there as well as back.
  @Test func transmission() {
    let seen = observe(oneWay: 10, bytes: (1_000_000, 500_000), path: {
      $0.upNanosecondsPerByte = 80
      $0.downNanosecondsPerByte = 80
    })
    #expect(seen.latencies == [ms(10 + 80 + 10 + 40)])
    let traffic = seen.result.traffic[0]
    #expect([traffic.messagesUp, traffic.messagesDown] == [1, 1])
    #expect([traffic.bytesUp, traffic.bytesDown] == [1_000_000, 500_000])
  }

  /// TCP and TLS 1.3 take two round trips of 20 ms before the request's own, TLS 1.2 three, QUIC and TCP one.
  @Test(arguments: [(2, 60.0), (3, 80), (1, 40), (0, 20)])
  func handshakes(_ roundTrips: Int32, _ milliseconds: Double) {
    let seen = observe(oneWay: 10, clients: {
      $0.handshakeRoundTrips = roundTrips
      $0.reuse = 0
    })
    #expect(seen.latencies == [ms(milliseconds)])
  }

  @Test func resumedAndReusedConnections() {
    let resumed = observe(oneWay: 10, clients: {
      ($0.handshakeRoundTrips, $0.resumedRoundTrips, $0.tlsRoundTrips) = (2, 1, 1)
      ($0.reuse, $0.resumption) = (0, 1)
    })
    #expect(resumed.latencies == [ms(40)])
    let reused = observe((0..<1000).map { Double($0) / 100 }, oneWay: 10, clients: {
      ($0.handshakeRoundTrips, $0.reuse) = (2, 0.9)
    })
    #expect(Set(reused.latencies) == [ms(20), ms(60)])
    #expect((60...140).contains(reused.latencies.count { $0 == ms(60) }))
  }

  /// A start of 15 ms hides behind the TLS round trip of 20 ms, one of 50 ms does so in part; on a resumed
  /// connection without a TLS round trip nothing hides it.
  @Test(arguments: [(15.0, false, 60.0, Int64(0)), (50, false, 90, 30), (15, true, 35, 15)])
  func startsBehindTheHandshake(_ start: Double, _ resumes: Bool, _ expected: Double, _ visible: Int64) {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let sandbox = builder.constant(ms(start))
    let pool = builder.deployment([], at: site) {
      $0.sandbox = sandbox
      $0.overlapsHandshake = true
    }
    builder.callers(at: [0], [CandidatePlan(path: builder.path(ms(10)), deployment: pool)]) {
      ($0.handshakeRoundTrips, $0.resumedRoundTrips, $0.tlsRoundTrips) = (2, 0, 1)
      ($0.reuse, $0.resumption) = (0, resumes ? 1 : 0)
    }
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [ms(expected)])
    #expect(seen.result.deployments[0].coldStarts == 1)
    let means = seen.result.compositions[0].band(from: 0, to: 1).means
    #expect(means[Component.coldStart.rawValue] == Double(visible) * 1e6)
  }

  /// A lost packet is sent again after 200 ms, 400 ms more, 800 ms more …; each way loses on its own.
  @Test func lostPacketsAreSentAgain() {
    let count = 20_000
    let seen = observe((0..<count).map { Double($0) / 1000 }, oneWay: 10, path: { $0.loss = 0.1 })
    let delays: Set<Int64> = [0, 200, 600, 1400, 3000, 6200, 12600]
    let sums = Set(delays.flatMap { one in delays.map { other in ms(Double(20 + one + other)) } })
    #expect(Set(seen.latencies).isSubset(of: sums))
    let undisturbed = Double(seen.latencies.count { $0 == ms(20) }) / Double(count)
    #expect(abs(undisturbed - 0.81) < 0.01)
    let once = Double(seen.latencies.count { $0 == ms(220) }) / Double(count)
    #expect(abs(once - 2 * 0.9 * 0.09) < 0.01)
  }

  @Test func aConnectionThatLosesEverythingIsGivenUp() {
    let seen = observe(path: { $0.loss = 1 }, clients: { $0.timeout = s(30) })
    #expect(seen.counts.lost == 1)
    #expect(seen.result.deployments[0].invocations == 0)
  }

  /// Towards the site nothing arrives; from the site only the answer is missing.
  @Test func oneWayPartitions() {
    let forward = observe([0, 5], faults: [fault(.cutForward, 0, 5)], clients: { $0.timeout = s(1) })
    #expect(forward.counts.lost == 1)
    #expect(forward.counts.served == 1)
    #expect(forward.result.deployments[0].invocations == 1)
    let backward = observe([0, 5], work: 100, faults: [fault(.cutBackward, 0, 5)], clients: { $0.timeout = s(1) })
    #expect(backward.counts.lost == 1)
    #expect(backward.counts.served == 1)
    #expect(backward.result.deployments[0].invocations == 2)
    #expect(backward.result.traffic[0].messagesDown == 1)
  }

  @Test func degradation() {
    let seen = observe([0, 10], oneWay: 10, faults: [fault(.degrade, 5, 15, factor: 3)])
    #expect(seen.latencies == [ms(20), ms(60)])
  }

  /// The site says that it is down after one round trip of 20 ms; back-offs of 100, 200 and 400 ms follow. The
  /// fourth attempt, at 760 ms, finds it up.
  @Test func retriesWithBackoff() {
    let seen = observe(oneWay: 10, faults: [fault(.refuse, 0, 0.7)], clients: {
      ($0.attempts, $0.fullJitter) = (4, false)
    })
    #expect(seen.latencies == [ms(3 * 20 + 700 + 20)])
    #expect(seen.result.traffic[0].messagesUp == 4)
    #expect(seen.result.compositions[0].band(from: 0, to: 1).means[Component.retries.rawValue] == 760e6)
    let capped = observe(oneWay: 10, faults: [fault(.refuse, 0, 0.7)], clients: {
      ($0.attempts, $0.fullJitter, $0.backoffCap) = (9, false, ms(150))
    })
    #expect(capped.latencies == [ms(20 + 100 + 20 + 150 + 20 + 150 + 20 + 150 + 20 + 150 + 20)])
    let spent = observe(oneWay: 10, faults: [fault(.refuse, 0, 50)], clients: {
      ($0.attempts, $0.fullJitter) = (3, false)
    })
    #expect(spent.counts.refused == 1)
    #expect(spent.result.traffic[0].messagesUp == 3)
  }

  /// With full jitter a back-off is a uniform share of its limit.
  @Test func jitteredBackoff() {
    let seen = observe((0..<2000).map { Double($0) / 1000 }, faults: [fault(.refuse, 0, 2)], horizon: 100, clients: {
      ($0.attempts, $0.backoffBase) = (2, s(8))
    })
    let waits = seen.latencies.filter { $0 >= 0 }.map { Double($0) / 1e9 }
    #expect(waits.allSatisfy { (0...8).contains($0) })
    #expect(Double(waits.count) > 0.8 * 2000)
    #expect(abs(waits.reduce(0, +) / Double(waits.count) - 4.5) < 0.2)
  }

  /// The first site is cut off: after a patience of 1 s and a back-off of 100 ms the second one answers in 60 ms.
  @Test func failOver() {
    var builder = PlanBuilder(horizon: s(100))
    let sites = [builder.site(), builder.site()]
    let function = builder.function()
    let pools = sites.map { builder.deployment([], at: $0, function: function) }
    let cut = FaultInterval(kind: .cutForward, from: 0, to: s(50))
    let paths = [builder.path(ms(10), faults: [cut]), builder.path(ms(30))]
    builder.callers(
      at: [0, s(60)], zip(paths, pools).map { CandidatePlan(path: $0, deployment: $1) }
    ) {
      ($0.attempts, $0.fullJitter, $0.failsOver, $0.timeout) = (3, false, true, s(1))
    }
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [ms(1000 + 100 + 60), ms(20)])
    #expect(seen.result.deployments.map(\.invocations) == [1, 1])
    #expect(SeriesMap(plan: builder.plan).series.map(\.site) == sites)
    #expect(seen.result.series.map(\.served) == [1, 1])
  }

  /// One token a second, at most two: of four requests at once two pass, one more after a second.
  @Test func tokenBucket() {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let pool = builder.deployment([], at: site)
    let overhead = builder.constant(ms(5))
    let front = builder.front(at: site) { ($0.nanosecondsPerToken, $0.burst, $0.overhead) = (s(1), 2, overhead) }
    builder.callers(
      at: [0, 0, 0, 0, 0.999, 1, 1, 9, 9, 9].map(s),
      [CandidatePlan(path: builder.path(ms(10)), front: front, deployment: pool)])
    let seen = Observed(builder.plan)
    let passes = [true, true, false, false, false, true, false, true, true, false]
    #expect(seen.latencies == passes.map { $0 ? ms(25) : Observed.failed })
    #expect(seen.result.fronts[0].requests == 10)
    #expect(seen.result.fronts[0].throttles == 5)
    #expect(seen.counts.throttled == 5)
  }

  /// A bucket so large that its depth in nanoseconds does not fit an integer never refuses.
  @Test func aBottomlessBucketNeverRefuses() {
    var builder = PlanBuilder(horizon: s(10))
    let site = builder.site()
    let pool = builder.deployment([], at: site)
    let front = builder.front(at: site) { ($0.nanosecondsPerToken, $0.burst) = (s(86_400), 1 << 40) }
    builder.callers(
      at: [Int64](repeating: 0, count: 50), [CandidatePlan(path: builder.path(), front: front, deployment: pool)])
    #expect(Observed(builder.plan).counts.served == 50)
  }

  /// The front answers for a function that takes too long, and the function runs on.
  @Test func aFrontLosesPatience() {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let steps = [builder.work(s(40))]
    let pool = builder.deployment(steps, at: site)
    let front = builder.front(at: site) { $0.timeout = s(29) }
    builder.callers(at: [0], [CandidatePlan(path: builder.path(ms(10)), front: front, deployment: pool)])
    let seen = Observed(builder.plan)
    #expect(seen.counts.timedOut == 1)
    #expect(seen.result.fronts[0].timeouts == 1)
    #expect(seen.result.deployments[0].executionTime == s(40))
  }

  /// Laws and factors as long as numbers go must not overflow a sum or trap a conversion.
  @Test func endlessDelaysDoNotTrap() {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site()
    let heavy = builder.plan.sampler(.pareto(shape: 0.06, minimum: 1e9))
    var steps: [StepPlan] = []
    for _ in 0..<100 {
      var step = StepPlan(kind: .work)
      step.sampler = heavy
      steps.append(step)
    }
    let store = builder.path(s(1), faults: [FaultInterval(kind: .degrade, from: 0, to: .max, factor: 1e300)])
    steps.append(builder.read(store, count: 1000))
    let pool = builder.deployment(steps, at: site) {
      ($0.sandbox, $0.runtimeInit, $0.functionInit, $0.overhead) = (heavy, heavy, heavy, heavy)
      $0.workFactor = 1e6
    }
    let path = builder.path(s(1)) {
      ($0.access, $0.jitter, $0.upNanosecondsPerByte) = (heavy, heavy, 1e12)
    }
    builder.callers(at: [0, 1, 2], [CandidatePlan(path: path, deployment: pool)], requestBytes: 1 << 50) {
      ($0.handshakeRoundTrips, $0.reuse) = (3, 0)
      ($0.attempts, $0.fullJitter, $0.timeout) = (5, false, 1)
      ($0.backoffBase, $0.backoffFactor, $0.backoffCap) = (1, 1e200, .max)
    }
    #expect(Observed(builder.plan).counts.served == 0)
  }

  /// The client gives up at 1 s and tries again at 1.1 s, long before its first attempt arrives at 5 s: that one is
  /// executed for nobody, and no attempt sets out in the past.
  @Test func attemptsThatArriveAfterTheirCallerHasGone() {
    let seen = observe(oneWay: 5000, clients: {
      ($0.attempts, $0.fullJitter, $0.timeout) = (3, false, s(1))
    })
    #expect(seen.counts.timedOut == 1)
    #expect(seen.counts.ended == 1)
    #expect(seen.result.deployments[0].invocations == 3)
    #expect(seen.result.traffic[0].messagesUp == 3)
    let full = observe([0, 4.5], work: 60_000, oneWay: 500, clients: { $0.timeout = ms(400) }, pool: {
      $0.maximumInstances = 1
      $0.whenFull = .queue
    })
    #expect(full.counts.timedOut == 2)
    #expect(full.result.deployments[0].queuePeak == 0)
    #expect(full.result.deployments[0].throttles == 1)
  }
}

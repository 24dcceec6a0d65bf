import ServerlessModel
import Testing

/// CPU credits of burstable instances against the rules that their provider publishes.
struct CreditTests {
  /// One instance of a group whose vCPUs earn credits, one site, one path without delay.
  private func scene(
    horizon: Int64, work: Int64, slots: Int32 = 2, sharing: Bool = false, arrivals: [Int64],
    _ adjust: (inout CreditPlan) -> Void
  ) -> PlanBuilder {
    var builder = PlanBuilder(horizon: horizon)
    let site = builder.site()
    var group = GroupPlan()
    (group.credits.vcpus, group.credits.perHour, group.credits.maximum) = (2, 12, 288)
    adjust(&group.credits)
    if sharing { (group.sharedCores, group.balancer) = (group.credits.vcpus, .leastOutstanding) }
    builder.plan.groups.append(group)
    let pool = builder.deployment([builder.work(work)], at: site) {
      ($0.group, $0.scaling, $0.whenFull) = (0, .managed, .queue)
      ($0.requestsPerInstance, $0.maximumInstances) = (sharing ? .max : slots, 1)
    }
    builder.callers(at: arrivals, [CandidatePlan(path: builder.path(), deployment: pool)])
    return builder
  }

  /// A t3.micro: 2 vCPUs earn 12 credits an hour, 0.2 of a vCPU. A vCPU in use spends one a minute: with 6 credits
  /// that lasts 7.5 minutes; then a request has the 0.2 that are earned, and takes five times as long.
  @Test(arguments: [false, true])
  func creditsRunOut(sharing: Bool) {
    let builder = scene(
      horizon: s(700), work: s(1), sharing: sharing, arrivals: (0..<460).map { s(1) * Int64($0) }
    ) { $0.launch = 6 }
    let latencies = Observed(builder.plan).latencies
    #expect(latencies[..<449].allSatisfy { abs($0 - s(1)) < 10 })
    if sharing {
      // Those that follow share the fifth of a vCPU, so that nobody is done in five seconds.
      #expect(latencies[450...].allSatisfy { $0 == PairingLog.inFlight || $0 > s(5) })
    } else {
      #expect(abs(latencies[450] - s(5)) < ms(1))
    }
  }

  /// A request that outlasts the credits is slowed down from there on: 60 s at full speed, then 40 s at a fifth.
  @Test(arguments: [false, true])
  func aLongRequestIsSlowedDownInItsMidst(sharing: Bool) {
    let builder = scene(horizon: s(700), work: s(100), sharing: sharing, arrivals: [0]) { $0.launch = 1 - 0.2 }
    #expect(abs(Observed(builder.plan).latencies[0] - s(60 + 40 * 5)) < 10)
  }

  /// Short requests with pauses between them cannot have more than is earned in the long run, either.
  @Test func pausesEarnNoMoreThanTheyLast() {
    // 0.5 s of work each second on the credits for 0.2 s: a second's pause would be needed for each 0.2 s.
    let builder = scene(
      horizon: s(4000), work: s(0.5), slots: 1, arrivals: (0..<3000).map { s(1) * Int64($0) }
    ) { ($0.vcpus, $0.perHour) = (1, 12) }
    let seen = Observed(builder.plan)
    // 3,000 × 0.5 s would be over at 3,000 s; at 0.2 vCPU they need 7,500 s, and 4,000 s bring 800 s: 1,600 requests.
    #expect(abs(Double(seen.latencies.count { $0 >= 0 }) - 1600) < 20)
  }

  /// Launch credits are spent first and do not count towards the most that are kept: 12 earned in an hour, 6 kept.
  @Test func launchCreditsComeOnTop() {
    let builder = scene(horizon: s(20_000), work: s(2000), slots: 1, arrivals: [s(3600)]) {
      ($0.vcpus, $0.maximum, $0.launch) = (1, 6, 30)
    }
    // 30 launch credits last 30 minutes; the 6 kept last 7.5 minutes more; work of 2,000 s is over before.
    #expect(abs(Observed(builder.plan).latencies[0] - s(2000)) < 10)
    let longer = scene(horizon: s(20_000), work: s(3000), slots: 1, arrivals: [s(3600)]) {
      ($0.vcpus, $0.maximum, $0.launch) = (1, 6, 30)
    }
    // 1,800 s on the launch credits, 450 s on those kept, and 750 s at a fifth of the speed.
    #expect(abs(Observed(longer.plan).latencies[0] - s(1800 + 450 + 750 * 5)) < 10)
  }

  /// An hour of one vCPU without a limit: 60 − 12 credits are surplus, 0.8 vCPU-hours.
  @Test func surplusCreditsAreCharged() {
    let builder = scene(horizon: s(3600), work: s(1), arrivals: (0..<3600).map { s(1) * Int64($0) }) {
      $0.unlimited = true
    }
    let charged = Observed(builder.plan).result.deployments[0].surplusCredits
    #expect(abs(charged - s(48 * 60)) < 1_000)
  }

  /// Half of a request's time is waiting for a store: it spends half the credits of one that computes.
  @Test func waitingSpendsNoCredits() {
    var builder = scene(horizon: s(3600), work: s(1), arrivals: (0..<1800).map { s(2) * Int64($0) }) {
      $0.unlimited = true
    }
    var wait = StepPlan(kind: .wait)
    wait.sampler = builder.constant(s(1))
    builder.plan.steps.append(wait)
    builder.plan.deployments[0].stepCount = 2
    let charged = Observed(builder.plan).result.deployments[0].surplusCredits
    // 30 vCPU-minutes used, 12 earned.
    #expect(abs(charged - s(18 * 60)) < s(1))
  }
}

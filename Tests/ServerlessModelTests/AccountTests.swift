import ServerlessModel
import Testing

/// What an account's functions share: concurrency, in use or kept ready, and requests in a time.
struct AccountTests {
  /// A pool with `ready` instances kept ready and more on demand, all taking from an account of `limit`.
  private func observe(limit: Int32, ready: Int32, schedule: [GroupSchedule] = [], _ instants: [Double]) -> Observed {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let account = builder.account(limit: limit)
    var group = GroupPlan()
    (group.initial, group.minimum, group.maximum) = (ready, ready, ready)
    (group.scaler.scheduleCount, group.scaler.schedulePeriod) = (Int32(schedule.count), 0)
    builder.plan.groups = [group]
    builder.plan.schedules = schedule
    let steps = [builder.work(s(2))]
    let function = builder.function()
    let first = builder.deployment(steps, at: site, function: function) {
      ($0.group, $0.scaling, $0.maximumInstances, $0.overflow) = (0, .managed, ready, 1)
      $0.allocates = account
    }
    _ = builder.deployment(steps, at: site, function: function) { $0.account = account }
    builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: first)])
    return Observed(builder.plan)
  }

  /// Of five, three are kept ready: two more are served on demand, and the sixth request finds nothing.
  @Test func instancesKeptReadyTakeFromTheAccount() {
    let five = observe(limit: 5, ready: 3, [0, 0, 0, 0, 0])
    #expect(five.counts.served == 5 && five.result.deployments.map(\.invocations) == [3, 2])
    let six = observe(limit: 5, ready: 3, [0, 0, 0, 0, 0, 0])
    #expect(six.counts.served == 5 && six.counts.throttled == 1)
  }

  /// They take it whether or not they are in use, and give it back when they go.
  @Test func theyGiveItBackWhenTheyGo() {
    let schedule = [GroupSchedule(group: 0, at: s(10), minimum: 1, maximum: 1)]
    let seen = observe(limit: 4, ready: 3, schedule: schedule, [0, 0, 0, 0, 0, 20, 20, 20, 20, 20])
    #expect(seen.latencies.filter { $0 == Observed.failed }.count == 2)
    #expect(seen.result.deployments.map(\.invocations) == [4, 4])
  }

  /// Ten a second, ten at once: the bucket is empty after ten, and has earned three after 0.3 s.
  @Test func aRateLimitHoldsWhateverTheConcurrency() {
    var builder = PlanBuilder(horizon: s(10))
    let site = builder.site()
    builder.plan.rateLimits = [RateLimitPlan(nanosecondsPerToken: 100_000_000, burst: 10)]
    let steps = [builder.work(1)]
    let first = builder.deployment(steps, at: site) { $0.rateLimit = 0 }
    let second = builder.deployment(steps, at: site) { $0.rateLimit = 0 }
    let path = builder.path()
    builder.callers(at: [Int64](repeating: 0, count: 6), [CandidatePlan(path: path, deployment: first)])
    builder.callers(at: [0, 0, 0, 0, 0] + [Int64](repeating: s(0.3), count: 4), [
      CandidatePlan(path: path, deployment: second)
    ])
    let seen = Observed(builder.plan)
    #expect(seen.counts.throttled == 2)
    #expect(seen.result.deployments.map(\.throttles).reduce(0, +) == 2)
    #expect(seen.counts.served == 13)
  }
}

/// Groups at sites whose zones go down one after the other.
extension OutageTests {
  /// Two zones fail one after the other: a group starts nothing until one is back, and what it starts then serves.
  @Test func aGroupStartsNothingWithoutAZone() {
    var builder = PlanBuilder(horizon: s(60), interval: s(1))
    let site = builder.site(zones: 2)
    var group = GroupPlan()
    (group.initial, group.minimum, group.maximum) = (2, 2, 2)
    builder.plan.groups = [group]
    let boot = builder.constant(s(1))
    let pool = builder.deployment([builder.work(ms(1))], at: site) {
      ($0.group, $0.scaling, $0.maximumInstances) = (0, .managed, 2)
      ($0.whenFull, $0.sandbox) = (.queue, boot)
    }
    builder.plan.siteEvents = [
      SiteEvent(site: site, zone: 0, from: s(5), to: s(30)), SiteEvent(site: site, zone: 1, from: s(8), to: s(20)),
    ]
    builder.callers(at: [s(1), s(10), s(25)], [CandidatePlan(path: builder.path(), deployment: pool)])
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [ms(1), Observed.failed, ms(1)])
    let sizes = seen.result.timeline.map(\.instances)
    #expect(sizes[3] == 2 && sizes[8...18].allSatisfy { $0 == 0 } && sizes[21] == 2)
  }
}

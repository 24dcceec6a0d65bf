import ServerlessModel
import Testing

/// Sites and zones that go down, and room that pools share.
struct OutageTests {
  /// A site in a region of `zones`, down as told; callers next to it.
  private func observe(
    _ instants: [Double], work: Double, zones: Int32 = 1, events: [(zone: Int32, from: Double, to: Double)],
    kind: FaultKind? = nil, clients: (inout ClientsPlan) -> Void = { _ in },
    adjust: (inout DeploymentPlan) -> Void = { _ in }
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site(zones: zones)
    let steps = [builder.work(s(work))]
    let pool = builder.deployment(steps, at: site, adjust: adjust)
    for event in events {
      builder.plan.siteEvents.append(SiteEvent(site: site, zone: event.zone, from: s(event.from), to: s(event.to)))
    }
    let faults = kind.map { kind in
      events.map { FaultInterval(kind: kind, from: s($0.from), to: s($0.to)) }
    }
    let path = builder.path(ms(10), faults: faults ?? [])
    builder.callers(at: instants.map(s), [CandidatePlan(path: path, deployment: pool)], adjust: clients)
    return Observed(builder.plan)
  }

  /// The site is down from 5 to 10 s: the execution of 4 … 7 s is cut short with an error, the request at 6 s is
  /// refused after a round trip, the one at 12 s starts a new instance.
  @Test func anOutageEndsInstancesAndExecutions() {
    let seen = observe([0, 4, 6, 12], work: 3, events: [(none, 5, 10)], kind: .refuse)
    #expect(seen.latencies == [ms(3020), Observed.failed, Observed.failed, ms(3020)])
    #expect(seen.counts.refused == 2)
    #expect(seen.result.deployments[0].invocations == 3)
    #expect(seen.result.deployments[0].instancesEnded == 1)
    #expect(seen.result.deployments[0].lifespanSum == ms(4990))
    #expect(seen.result.runningLevels[0].time(at: 1) == ms(3000 + 990 + 3000))
  }

  @Test func aSilentOutageLosesRequests() {
    let seen = observe([0, 4, 6, 12], work: 3, events: [(none, 5, 10)], kind: .silent, clients: { $0.timeout = s(30) })
    #expect(seen.counts.lost == 2)
    #expect(seen.counts.served == 2)
  }

  /// Zones take turns; the instance in the zone that fails takes its request with it, the other one goes on, and
  /// what starts during the outage starts in the zone that is left.
  @Test func aZoneFails() {
    let seen = observe([0, 1, 6, 6.5, 7], work: 10, zones: 2, events: [(0, 5, 30)])
    #expect(seen.latencies == [Observed.failed] + [Int64](repeating: ms(10_020), count: 4))
    #expect(seen.counts.refused == 1)
    #expect(seen.result.deployments[0].instancesEnded == 1)
    #expect(seen.result.deployments[0].coldStarts == 5)
    // Idle instances outside the zone live on: the next five requests find four of them.
    let again = observe([0, 1, 6, 6.5, 7, 40, 40, 40, 40, 40], work: 10, zones: 2, events: [(0, 5, 30)])
    #expect(again.result.deployments[0].coldStarts == 6)
  }

  private func oneAtATime(_ row: inout DeploymentPlan) {
    row.maximumInstances = 1
    row.whenFull = .queue
  }

  /// Those who wait at a site that goes down are turned away; those who wait when a zone does get its room.
  @Test func waitingThroughAnOutage() {
    let site = observe([0, 1, 2], work: 10, events: [(none, 5, 8)], kind: .refuse, adjust: oneAtATime)
    #expect(site.counts.refused == 3)
    let zone = observe([0, 1], work: 10, zones: 2, events: [(0, 5, 8)], adjust: oneAtATime)
    #expect(zone.latencies == [Observed.failed, ms(4_000 + 10_000 + 10)])
  }

  /// An execution that calls another ends with its instance.
  @Test func anOutageUnderACall() {
    var builder = PlanBuilder(horizon: s(100))
    let (near, far) = (builder.site(), builder.site())
    let steps = [builder.work(s(8))]
    let back = builder.deployment(steps, at: far)
    let route = builder.route([CandidatePlan(path: builder.path(), deployment: back)])
    let front = builder.deployment([builder.call(route)], at: near)
    builder.plan.siteEvents = [SiteEvent(site: near, from: s(5), to: s(6))]
    let path = builder.path(faults: [FaultInterval(kind: .refuse, from: s(5), to: s(6))])
    builder.callers(at: [0, s(10)], [CandidatePlan(path: path, deployment: front)])
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [Observed.failed, s(8)])
    #expect(seen.counts.refused == 1)
    #expect(seen.result.runningLevels[1].time(at: 1) == s(5 + 8))
    #expect(seen.result.runningLevels[0].time(at: 1) == s(8 + 8))
  }

  // MARK: - Shared room

  /// Two functions, each with callers of its own, at one site.
  private func pair(
    capacity: Int32 = 0, account limit: Int32? = nil, _ first: [Double], _ second: [Double],
    adjust: (inout DeploymentPlan) -> Void
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site(capacity: capacity)
    let account = limit.map { builder.account(limit: $0) } ?? none
    for instants in [first, second] {
      let steps = [builder.work(s(2))]
      let pool = builder.deployment(steps, at: site) {
        $0.account = account
        adjust(&$0)
      }
      builder.callers(at: instants.map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
    }
    return Observed(builder.plan)
  }

  @Test func anAccountLimitsAllItsFunctions() {
    let throttled = pair(account: 1, [0, 5], [1, 3]) { _ in }
    #expect(throttled.latencies == [s(2), Observed.failed, s(2), s(2)])
    #expect(throttled.result.deployments.map(\.throttles) == [0, 1])
  }

  /// Whoever waits for room that another function takes gets it as soon as that one is done.
  @Test func whatWaitsForTheAccountIsServedInTheEnd() {
    let queued = pair(account: 1, [0], [1, 1.5]) { $0.whenFull = .queue }
    #expect(queued.latencies == [s(2), s(3), s(4.5)])
  }

  /// A site for one instance: each function's request evicts the other's idle instance.
  @Test func aFullSiteEvictsTheLeastRecentlyUsed() {
    let seen = pair(capacity: 1, [0, 10], [5, 6]) { _ in }
    #expect(seen.latencies == [s(2), s(2), Observed.failed, s(2)])
    #expect(seen.result.deployments.map(\.coldStarts) == [2, 1])
    #expect(seen.result.deployments[0].lifespanSum == s(5))
    #expect(seen.result.deployments[1].lifespanSum == s(5))
    let queued = pair(capacity: 1, [0], [1]) { $0.whenFull = .queue }
    #expect(queued.latencies == [s(2), s(3)])
  }

  /// An instance whose keep-alive ended long ago is not evicted: it was gone at its time.
  @Test func expiredInstancesNeedNoEviction() {
    let seen = pair(capacity: 2, [0, 1], [100]) { $0.keepAlive = s(10) }
    #expect(seen.result.deployments[0].instancesEnded == 2)
    #expect(seen.result.deployments[0].lifespanSum == s(12 + 12))
    #expect(seen.instanceTime(of: 0) == s(24))
    #expect(seen.result.instanceLevels[0].duration == s(1000))
  }

  // MARK: - Time series

  /// The levels at the end of every interval, those without arrivals included.
  @Test func theTimelineKnowsQuietIntervals() {
    var builder = PlanBuilder(horizon: s(60), interval: s(10))
    let site = builder.site()
    let steps = [builder.work(s(25))]
    let pool = builder.deployment(steps, at: site) {
      ($0.keepAlive, $0.maximumInstances, $0.whenFull) = (s(10), 1, .queue)
    }
    builder.callers(at: [0, s(1)], [CandidatePlan(path: builder.path(), deployment: pool)])
    let timeline = Observed(builder.plan).result.timeline
    #expect(timeline.map(\.running) == [1, 1, 1, 1, 0, 0])
    #expect(timeline.map(\.waiting) == [1, 1, 0, 0, 0, 0])
    #expect(timeline.map(\.instances) == [1, 1, 1, 1, 1, 0])
  }
}

extension OutageTests {
  /// Two zones that fail one after the other leave nothing to start in: who comes, or waits, is refused until one is
  /// back.
  @Test func separateOutagesOfAllZones() {
    func run(_ adjust: (inout DeploymentPlan) -> Void) -> Observed {
      var builder = PlanBuilder(horizon: s(1000))
      let site = builder.site(zones: 2)
      let steps = [builder.work(s(10))]
      let pool = builder.deployment(steps, at: site, adjust: adjust)
      builder.plan.siteEvents = [
        SiteEvent(site: site, zone: 0, from: s(5), to: s(30)), SiteEvent(site: site, zone: 1, from: s(8), to: s(40)),
      ]
      builder.callers(at: [0, 6, 20, 35].map(s), [CandidatePlan(path: builder.path(), deployment: pool)])
      return Observed(builder.plan)
    }
    let seen = run { _ in }
    #expect(seen.latencies == [Observed.failed, Observed.failed, Observed.failed, s(10)])
    #expect(seen.counts.refused == 3)
    #expect(seen.result.deployments[0].coldStarts == 3)
    let queued = run { ($0.maximumInstances, $0.whenFull) = (1, .queue) }
    #expect(queued.counts.refused == 3)
    #expect(queued.counts.served == 1)
  }
}

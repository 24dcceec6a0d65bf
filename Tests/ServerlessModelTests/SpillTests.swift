import ServerlessModel
import Testing

/// Requests that find no room and go on; callers that a name service leads around an outage.
struct SpillTests {
  /// One place near, one far: 10 ms to the near site, 30 ms from there to the far one, work of a second.
  private func chain(_ arrivals: [Int64], faults: [FaultInterval] = [], queue: Int32 = 0) -> PlanBuilder {
    var builder = PlanBuilder(horizon: s(100))
    let (near, far) = (builder.site(), builder.site())
    let function = builder.function()
    let work = builder.work(s(1))
    let first = builder.deployment([work], at: near, function: function) {
      $0.maximumInstances = 1
      if queue > 0 { ($0.whenFull, $0.queueCapacity) = (.queue, queue) }
    }
    let second = builder.deployment([work], at: far, function: function) { $0.maximumInstances = 1 }
    builder.callers(
      at: arrivals, [CandidatePlan(path: builder.path(ms(10)), deployment: first)], requestBytes: 100,
      responseBytes: 50)
    _ = builder.spill(from: 0, CandidatePlan(path: builder.path(ms(30), faults: faults), deployment: second))
    return builder
  }

  @Test func theOverflowPaysTheWayBetweenTheSites() {
    let seen = Observed(chain([0, ms(1), ms(2)]).plan)
    #expect(seen.latencies == [s(1) + ms(20), s(1) + ms(80), Observed.failed])
    #expect(seen.result.deployments.map(\.spilled) == [2, 0])
    #expect(seen.result.deployments.map(\.throttles) == [0, 1])
    #expect(seen.result.deployments.map(\.invocations) == [1, 1])
    // Served where it was served: a series for each site.
    #expect(seen.result.series.map(\.served) == [1, 1])
    #expect(seen.result.series.map(\.throttled) == [0, 1])
    // The refusal came all the way back too, without a body.
    #expect(seen.result.traffic[1].bytesUp == 200 && seen.result.traffic[1].bytesDown == 50)
    #expect(seen.result.traffic[1].messagesDown == 2)
  }

  @Test func aLineIsFilledBeforeAnybodyIsPassedOn() {
    let seen = Observed(chain([0, ms(1), ms(2)], queue: 1).plan)
    #expect(seen.latencies == [s(1) + ms(20), s(2) + ms(20) - ms(1), s(1) + ms(80)])
    #expect(seen.result.deployments[0].spilled == 1)
  }

  @Test func aCutOrARefusalBetweenTheSitesEndsTheRequest() {
    for (kind, outcome) in [(FaultKind.cutForward, Outcome.lost), (.refuse, .refused), (.cutBackward, .lost)] {
      let fault = FaultInterval(kind: kind, from: 0, to: s(50))
      let seen = Observed(chain([0, ms(1)], faults: [fault]).plan)
      #expect(seen.latencies == [s(1) + ms(20), Observed.failed], "\(kind)")
      #expect(outcome == .lost ? seen.counts.lost == 1 : seen.counts.refused == 1, "\(kind)")
    }
  }

  /// The first site is down from 10 s to 40 s, which the checks notice 5 s late; answers live for 20 s.
  @Test func callersFollowTheNameServiceAsTheirAnswersAge() {
    var builder = PlanBuilder(horizon: s(100))
    let (one, other) = (builder.site(), builder.site())
    let function = builder.function()
    let first = builder.deployment([], at: one, function: function)
    let second = builder.deployment([], at: other, function: function)
    builder.plan.healths.append(HealthPlan(timeToLive: s(20), firstSickness: 0, sicknessCount: 1))
    builder.plan.sicknesses.append(SicknessPlan(candidate: 0, from: s(15), to: s(45)))
    let outage = FaultInterval(kind: .refuse, from: s(10), to: s(40))
    builder.plan.siteEvents.append(SiteEvent(site: one, from: s(10), to: s(40)))
    let near = builder.path(ms(5), faults: [outage])
    let instants = (0..<10_000).map { s(Double($0) / 100) }
    builder.callers(
      at: instants,
      [CandidatePlan(path: near, deployment: first), CandidatePlan(path: builder.path(ms(50)), deployment: second)],
      choice: .healthy)
    builder.plan.routes[0].health = 0
    let latencies = Observed(builder.plan).latencies
    func shareOfPassive(_ seconds: Range<Double>) -> Double {
      let part = latencies[Int(seconds.lowerBound * 100)..<Int(seconds.upperBound * 100)]
      return Double(part.count { $0 == ms(100) }) / Double(part.count)
    }
    #expect(shareOfPassive(0..<15) == 0)
    // Ages are uniform: the share rises in a straight line over the 20 s.
    #expect(abs(shareOfPassive(15..<35) - 0.5) < 0.04)
    #expect(shareOfPassive(35.01..<45) == 1)
    #expect(abs(shareOfPassive(45..<65) - 0.5) < 0.04)
    #expect(shareOfPassive(65.01..<100) == 0)
    // Between 10 s and 15 s everybody fails, then ever fewer.
    #expect(latencies[1000..<1500].allSatisfy { $0 == Observed.failed })
  }

  /// Two instances fill the site: a third request is turned away, until an idle instance can go for it.
  @Test func theProcessorsOfASiteAreShared() {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    builder.plan.sites[0].processorCapacity = 2_500
    let work = builder.work(s(1))
    let pools = (0..<2).map { _ in builder.deployment([work], at: site) { $0.processors = 1_000 } }
    builder.callers(at: [0, ms(1), ms(2)], [CandidatePlan(path: builder.path(), deployment: pools[0])])
    builder.callers(at: [ms(500), s(5)], [CandidatePlan(path: builder.path(), deployment: pools[1])])
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [s(1), s(1), Observed.failed, Observed.failed, s(1)])
    #expect(seen.result.deployments.map(\.instancesEnded) == [1, 0])
  }

  @Test func connectionsEndAtTheEdge() {
    func latency(beyond: Int64) -> Int64 {
      var builder = PlanBuilder(horizon: s(10))
      let site = builder.site()
      let pool = builder.deployment([], at: site)
      let path = builder.path(ms(50)) { $0.beyondTermination = beyond }
      builder.callers(at: [0], [CandidatePlan(path: path, deployment: pool)]) {
        ($0.handshakeRoundTrips, $0.reuse) = (2, 0)
      }
      return Observed(builder.plan).latencies[0]
    }
    #expect(latency(beyond: 0) == ms(300))
    #expect(latency(beyond: ms(40)) == ms(140))
  }
}

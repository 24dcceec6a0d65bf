import ServerlessModel
import Testing

/// Messages that share a site's uplink wait for each other, first come first served.
struct LinkTests {
  /// A gateway behind an uplink of 1 kB/s up and 2 kB/s down, 10 ms from the callers of a function in a region.
  private func uplink(
    _ builder: inout PlanBuilder, up: Double = 1e6, down: Double = 5e5
  ) -> (up: Int32, down: Int32) {
    for (isInward, rate) in [(false, up), (true, down)] {
      builder.plan.links.append(LinkPlan(nanosecondsPerByte: rate))
      builder.plan.names.links.append((site: "gateway", isInward: isInward))
    }
    let first = Int32(builder.plan.links.count - 2)
    return (first, first + 1)
  }

  /// Callers at a gateway ask a region, over the gateway's uplink.
  private func cloud(
    _ arrivals: [Int64], request: Int64 = 100, response: Int64 = 200, work: Int64 = ms(50), timeout: Int64 = .max
  ) -> PlanBuilder {
    var builder = PlanBuilder(horizon: s(100))
    let link = uplink(&builder)
    let pool = builder.deployment([builder.work(work)], at: builder.site())
    let path = builder.path(ms(10)) { ($0.upNanosecondsPerByte, $0.downNanosecondsPerByte) = (1e6, 5e5) }
    var candidate = CandidatePlan(path: path, deployment: pool)
    candidate.links = 0
    var use = LinkUsePlan()
    (use.leaving, use.answersEntering) = (link.up, link.down)
    builder.plan.linkUses = [use]
    builder.callers(at: arrivals, [candidate], requestBytes: request, responseBytes: response) {
      $0.timeout = timeout
    }
    return builder
  }

  /// 100 bytes take 100 ms up, the answer's 200 bytes 100 ms down: alone 100 + 10 + 50 + 100 + 10 ms. The second waits
  /// for the first on its way up only, the third for the rest of the second.
  @Test func requestsWaitForEachOther() {
    let seen = Observed(cloud([0, ms(1), ms(130)]).plan)
    #expect(seen.latencies == [ms(270), ms(270 + 99), ms(270 + 70)])
    #expect(seen.result.links.map(\.waited) == [2, 0])
    #expect(seen.result.links[0].waitingTime == Int128(ms(99 + 70)))
  }

  /// Small requests and large answers: the link down is the bottleneck, and who is done first comes first.
  @Test func answersWaitInTheOrderInWhichTheyCome() {
    let seen = Observed(cloud([0, 0, 0], request: 0, response: 400).plan)
    #expect(seen.latencies == [ms(270), ms(470), ms(670)])
    #expect(seen.result.links.map(\.waited) == [0, 2])
  }

  /// Poisson arrivals at a link that constant messages hold for 100 ms: the wait of M/D/1, ρ ÷ (2 μ (1 − ρ)).
  @Test func aLinkIsAnMD1Queue() {
    var builder = cloud([], response: 0, work: 0)
    builder.plan.horizon = s(40_000)
    let candidate = builder.plan.candidates[0]
    builder.poisson(7, [candidate], requestBytes: 100)
    let seen = Observed(builder.plan)
    let counts = seen.counts
    let mean = Double(counts.latencySum) / Double(counts.served) / 1e6
    #expect(abs(mean - (120 + 100 * 0.7 / 0.6)) < 3)
  }

  /// Who gives up before its message's turn comes leaves the line; who gives up later has held the link.
  @Test func patienceRunsOutInTheLine() {
    let seen = Observed(cloud([0, 0, 0, ms(10)], timeout: ms(270)).plan)
    // The second's answer would be there at 370 ms. The third's turn is at 200 ms; its answer finds nobody. The fourth
    // has given up at 280 ms, when its turn would have come at 300 ms.
    #expect(seen.latencies == [ms(270), Observed.failed, Observed.failed, Observed.failed])
    #expect(seen.counts.timedOut == 3)
    #expect(seen.result.deployments[0].invocations == 3)
  }

  /// Overflow of a gateway crosses its uplink, and the answers come back down it: 10 ms to the gateway for everybody.
  @Test func overflowCrossesTheUplink() {
    var builder = PlanBuilder(horizon: s(100))
    let link = uplink(&builder)
    let (gateway, region) = (builder.site(), builder.site())
    let function = builder.function()
    let work = builder.work(s(1))
    let local = builder.deployment([work], at: gateway, function: function) { $0.maximumInstances = 1 }
    let far = builder.deployment([work], at: region, function: function)
    builder.callers(
      at: [0, 0, 0], [CandidatePlan(path: builder.path(ms(10)), deployment: local)], requestBytes: 100,
      responseBytes: 200)
    let path = builder.path(ms(30)) { ($0.upNanosecondsPerByte, $0.downNanosecondsPerByte) = (1e6, 5e5) }
    var next = CandidatePlan(path: path, deployment: far)
    next.links = 0
    var use = LinkUsePlan()
    (use.leaving, use.answersEntering) = (link.up, link.down)
    builder.plan.linkUses = [use]
    _ = builder.spill(from: 0, next)
    // 20 ms + 2 × (30 + 100) ms + 1 s for the first that goes on; the next waits 100 ms on the way up.
    #expect(Observed(builder.plan).latencies == [s(1) + ms(20), s(1) + ms(280), s(1) + ms(380)])
  }

  /// Two gateways: a message crosses the one's link up and the other's link down.
  @Test func bothEndsMayHaveALink() {
    var builder = PlanBuilder(horizon: s(100))
    let (one, other) = (uplink(&builder), uplink(&builder, down: 2e6))
    let pool = builder.deployment([], at: builder.site())
    let path = builder.path(ms(10)) { $0.upNanosecondsPerByte = 2e6 }
    var candidate = CandidatePlan(path: path, deployment: pool)
    candidate.links = 0
    var use = LinkUsePlan()
    (use.leaving, use.entering) = (one.up, other.down)
    builder.plan.linkUses = [use]
    builder.callers(at: [0, 0], [candidate], requestBytes: 100)
    // 200 ms of transmission at the slower end; the second waits 100 ms for the first link and 100 ms more there.
    #expect(Observed(builder.plan).latencies == [ms(220), ms(420)])
  }
}

import ServerlessModel
import Testing

/// Functions that use stores and call others.
struct CallTests {
  /// Callers 10 ms away from a front function whose back end is 40 ms further; `steps` makes the front's program
  /// from the route to the back end.
  private func observe(
    backWork: Double = 0, timeout: Int64 = .max, faults: [FaultInterval] = [], horizon: Double = 10_000,
    back adjustBack: (inout DeploymentPlan) -> Void = { _ in },
    clients: (inout ClientsPlan) -> Void = { _ in }, instants: [Double] = [0],
    steps: (inout PlanBuilder, Int32) -> [StepPlan]
  ) -> Observed {
    var builder = PlanBuilder(horizon: s(horizon))
    let (near, far) = (builder.site(), builder.site())
    let backSteps = [builder.work(ms(backWork))]
    let back = builder.deployment(backSteps, at: far, adjust: adjustBack)
    let inner = builder.path(ms(40), faults: faults)
    let route = builder.route([CandidatePlan(path: inner, deployment: back)])
    let program = steps(&builder, route)
    let front = builder.deployment(program, at: near) { $0.timeout = timeout }
    builder.callers(
      at: instants.map(s), [CandidatePlan(path: builder.path(ms(10)), deployment: front)], adjust: clients)
    return Observed(builder.plan)
  }

  private func means(_ seen: Observed, _ group: Int = 1) -> [Component: Double] {
    let means = seen.result.compositions[group].band(from: 0, to: 1).means
    return Dictionary(uniqueKeysWithValues: Component.allCases.map { ($0, means[$0.rawValue] / 1e6) })
  }

  /// 20 ms to the function and back, then four calls of 80 ms one after another: 340 ms.
  @Test func callsOneAfterAnother() {
    let seen = observe { [$0.call($1, count: 4)] }
    #expect(seen.latencies == [ms(340)])
    #expect(seen.result.deployments.map(\.invocations) == [4, 1])
    #expect(means(seen)[.downstream] == 320)
    #expect(seen.result.deployments[1].executionTime == ms(320))
  }

  @Test func callsSideBySide() {
    let seen = observe(backWork: 5) { [$0.call($1, count: 4, parallel: true)] }
    #expect(seen.latencies == [ms(20 + 80 + 5)])
    #expect(seen.result.deployments[0].invocations == 4)
    #expect(seen.result.deployments[0].runningPeak == 4)
  }

  /// Work before and after; the first call starts the back end's instance, the second finds it warm.
  @Test func workAroundCalls() {
    let seen = observe(backWork: 5) { builder, route in
      [builder.work(ms(3)), builder.call(route, count: 2), builder.work(ms(4))]
    }
    #expect(seen.latencies == [ms(20 + 3 + 2 * 85 + 4)])
    #expect(means(seen)[.compute] == 7)
    #expect(means(seen)[.downstream] == 170)
  }

  /// A forward releases the instance after its own 3 ms; the answer still comes from behind.
  @Test func forwarding() {
    let seen = observe(backWork: 5) { builder, route in
      [builder.work(ms(3)), builder.call(route, kind: .forward)]
    }
    #expect(seen.latencies == [ms(20 + 3 + 80 + 5)])
    #expect(seen.result.deployments[1].executionTime == ms(3))
    #expect(seen.result.runningLevels[1].time(at: 1) == ms(3))
    #expect(seen.result.deployments.map(\.invocations) == [1, 1])
  }

  /// One of two calls at once is throttled: there is no answer to give.
  @Test func aCallThatFailsFailsItsCaller() {
    let busy = observe(backWork: 5, back: { $0.maximumInstances = 1 }) {
      [$0.call($1, count: 2, parallel: true)]
    }
    #expect(busy.counts.refused == 1)
    #expect(busy.result.deployments[0].throttles == 1)
    #expect(busy.result.deployments[1].errors == 1)
  }

  /// A call that a partition swallows keeps its caller waiting until the platform stops it, or for an hour.
  @Test func aLostCallIsWaitedFor() {
    let cut = [FaultInterval(kind: .cutForward, from: 0, to: s(9000))]
    let stopped = observe(timeout: s(30), faults: cut) { [$0.call($1)] }
    #expect(stopped.counts.timedOut == 1)
    #expect(stopped.result.deployments[1].timeouts == 1)
    #expect(stopped.result.deployments[1].executionTime == s(30))
    let endless = observe(faults: cut) { [$0.call($1)] }
    #expect(endless.counts.refused == 1)
    #expect(endless.result.deployments[1].executionTime == s(3600))
    let patient = observe(faults: cut) { builder, route in
      var step = builder.call(route)
      step.timeout = s(2)
      return [step]
    }
    #expect(patient.counts.refused == 1)
    #expect(patient.result.deployments[1].executionTime == s(2))
  }

  /// The client gives up at 1 s; the execution goes on for nobody, and its answer is not counted a second time.
  @Test func anAbandonedExecutionRunsOn() {
    let seen = observe(backWork: 5000, clients: { $0.timeout = s(1) }) { [$0.call($1)] }
    #expect(seen.counts.timedOut == 1)
    #expect(seen.counts.ended == 1)
    #expect(seen.result.deployments[1].executionTime == ms(5080))
  }

  /// The front answers at 29 s although the function it waits for has not come back.
  @Test func aFrontGivesUpOnAFunctionThatCalls() {
    var builder = PlanBuilder(horizon: s(200))
    let site = builder.site()
    let backSteps = [builder.work(s(60))]
    let back = builder.deployment(backSteps, at: site)
    let route = builder.route([CandidatePlan(path: builder.path(), deployment: back)])
    let pool = builder.deployment([builder.call(route)], at: site)
    let front = builder.front(at: site) { $0.timeout = s(29) }
    builder.callers(at: [0], [CandidatePlan(path: builder.path(ms(10)), front: front, deployment: pool)]) {
      ($0.attempts, $0.fullJitter, $0.timeout) = (2, false, s(100))
    }
    let seen = Observed(builder.plan)
    #expect(seen.result.fronts[0].timeouts == 2)
    #expect(seen.counts.timedOut == 1)
    #expect(seen.result.intervals[0].counts.ended == 1)
    #expect(seen.result.deployments[1].executionTime == s(120))
  }

  /// Reads of 80 ms round trip and 4 ms service: three in a row 252 ms, side by side 84 ms.
  @Test(arguments: [(false, 252.0), (true, 84)])
  func reads(_ parallel: Bool, _ milliseconds: Double) {
    let seen = observe { builder, _ in
      [builder.read(builder.path(ms(40)), takes: ms(4), count: 3, parallel: parallel)]
    }
    #expect(seen.latencies == [ms(20 + milliseconds)])
    #expect(means(seen)[.store] == milliseconds)
    #expect(seen.result.steps.last?.operations == 3)
  }

  /// The store is cut off until 2.5 s: attempts at 0, 1 and 2 s time out after 1 s each, the fourth succeeds.
  @Test func aStoreBehindAPartitionThatHeals() {
    func program(_ attempts: Int32) -> Observed {
      observe { builder, _ in
        let cut = FaultInterval(kind: .cutBackward, from: 0, to: s(2.5))
        var step = builder.read(builder.path(ms(40), faults: [cut]), takes: ms(4))
        (step.timeout, step.attempts) = (s(1), attempts)
        return [step]
      }
    }
    #expect(program(4).latencies == [ms(20 + 3000 + 84)])
    let spent = program(3)
    #expect(spent.counts.refused == 1)
    #expect(spent.result.deployments[1].executionTime == s(3))
    #expect(spent.result.steps.last?.failures == 1)
  }

  /// A request that waited in line, failed and is to be tried again must not fall to the timer of its first
  /// attempt: every attempt is sent, every request ends once.
  @Test func timersOfEarlierAttemptsAreStale() {
    var builder = PlanBuilder(horizon: s(100))
    let site = builder.site()
    let cut = FaultInterval(kind: .cutForward, from: 0, to: .max)
    var step = builder.read(builder.path(faults: [cut]))
    step.timeout = s(1)
    let pool = builder.deployment([step], at: site) {
      $0.maximumInstances = 1
      $0.whenFull = .queue
    }
    builder.callers(at: [0, s(0.5)], [CandidatePlan(path: builder.path(), deployment: pool)]) {
      ($0.attempts, $0.fullJitter, $0.backoffBase, $0.timeout) = (2, false, s(5), s(4))
    }
    let seen = Observed(builder.plan)
    #expect(seen.counts.refused == 2)
    #expect(seen.counts.ended == 2)
    #expect(seen.result.traffic.reduce(0) { $0 + $1.messagesUp } == 2 * 2 + 4)
    #expect(seen.result.deployments[0].invocations == 4)
  }
}

extension CallTests {
  /// A function that calls itself is stopped at its sixteenth execution in the chain, and all that wait for it fail.
  @Test(arguments: [1, 2, 16]) func theRecursionGuard(_ limit: Int32) {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site()
    let route = Int32(builder.plan.routes.count)
    let steps = [builder.work(ms(1)), builder.call(route)]
    let pool = builder.deployment(steps, at: site) { $0.recursionLimit = limit }
    let inner = builder.route([CandidatePlan(path: builder.path(ms(5)), deployment: pool)])
    #expect(inner == route)
    builder.callers(at: [0, s(1)], [CandidatePlan(path: builder.path(), deployment: pool)])
    let seen = Observed(builder.plan)
    #expect(seen.latencies == [Observed.failed, Observed.failed])
    #expect(seen.result.deployments[0].invocations == 2 * Int64(limit))
    #expect(seen.result.deployments[0].recursionStops == 2)
    #expect(seen.result.deployments[0].errors == 2 * Int64(limit))
  }
}

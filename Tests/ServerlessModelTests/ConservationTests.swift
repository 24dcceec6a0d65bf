import ServerlessModel
import Testing

/// What holds for every plan: nobody is lost from the books, and the meters say what the requests imply.
struct ConservationTests {
  /// Seeds of the plans that the first property is tried on, and of those for the dearer ones.
  #if DEBUG
    private static let plans: [UInt64] = Array(0..<320)
    private static let fewer: [UInt64] = Array(1000..<1100)
  #else
    private static let plans: [UInt64] = Array(0..<1500)
    private static let fewer: [UInt64] = Array(1000..<1500)
  #endif

  private func ended(_ result: RunResult) -> SeriesCounts {
    result.series.reduce(into: SeriesCounts()) { $0.merge($1) }
  }

  /// Long after the last arrival every request has ended, exactly once, and the world is at rest.
  @Test func everyRequestEndsExactlyOnce() {
    for seed in Self.plans {
      let plan = RandomPlan(seed).builder.plan
      var world = World(plan: plan, replication: 0, pairing: .baseline)
      while world.run() {}
      let result = world.result()
      let total = ended(result)
      #expect(result.measuredCount == Int64(result.requestCount), "plan \(seed)")
      #expect(total.ended == result.measuredCount, "plan \(seed)")
      #expect(result.intervals.reduce(0) { $0 + $1.sent } == result.measuredCount, "plan \(seed)")
      #expect(result.intervals.reduce(0) { $0 + $1.counts.ended } == total.ended, "plan \(seed)")
      let latencies = (0..<world.arrivalCount).map { world.pairing.outcome($0).latency }
      #expect(latencies.allSatisfy { $0 >= PairingLog.failed }, "plan \(seed)")
      #expect(Int64(latencies.count { $0 >= 0 }) == total.served, "plan \(seed)")
      #expect(latencies.filter { $0 >= 0 }.reduce(0, +) == total.latencySum, "plan \(seed)")
      let left = world.occupancy
      #expect([left.requests, left.frames, left.waiting] == [0, 0, 0], "plan \(seed)")
      for deployment in plan.deployments.indices {
        #expect(world.pool(deployment).running == 0, "plan \(seed)")
      }
    }
  }

  /// Whatever stops the run early is in flight: neither more nor less than the whole run would have ended later.
  @Test func whatHasNotEndedIsInFlight() {
    for seed in Self.fewer {
      let whole = Observed(RandomPlan(seed).builder.plan)
      let cut = Observed(RandomPlan(seed, horizon: s(41)).builder.plan)
      #expect(cut.result.requestCount <= whole.result.requestCount, "plan \(seed)")
      // What had ended before the end had ended alike.
      var (served, failed, inFlight) = (Int128(0), Int128(0), Int128(0))
      for (index, latency) in cut.latencies.enumerated() {
        if latency >= 0 {
          served += 1
          #expect(whole.latencies[index] == latency, "plan \(seed)")
        } else if latency == PairingLog.failed {
          failed += 1
          #expect(whole.latencies[index] == latency, "plan \(seed)")
        } else {
          inFlight += 1
        }
      }
      #expect(served == cut.counts.served, "plan \(seed)")
      #expect(failed == cut.counts.ended - cut.counts.served, "plan \(seed)")
      #expect(inFlight == cut.result.measuredCount - cut.counts.ended, "plan \(seed)")
    }
  }

  /// The parts of the latencies add up to the latencies, to the nanosecond.
  @Test func compositionsAddUp() {
    for seed in Self.fewer {
      let result = Observed(RandomPlan(seed).builder.plan).result
      for group in result.compositions.indices {
        let cells = result.compositions[group].cells
        let width = Component.allCases.count + 1
        var (count, parts, least) = (Int128(0), Int128(0), Int128(0))
        for (index, value) in cells.enumerated() where value != 0 {
          if index % width == 0 { count += value } else { parts += value }
          least = min(least, value)
        }
        #expect(least == 0, "plan \(seed)")
        #expect(count == Int128(result.sections[group].served), "plan \(seed)")
        #expect(parts == result.sections[group].latencySum, "plan \(seed)")
      }
    }
  }

  /// Bytes are messages × size; no more answers than requests; levels integrate to lifespans.
  @Test func metersFollowFromTheRequests() {
    for seed in Self.fewer {
      let plan = RandomPlan(seed).builder.plan
      let seen = Observed(plan)
      for traffic in seen.result.traffic {
        #expect(traffic.bytesUp == traffic.messagesUp * RandomPlan.requestBytes, "plan \(seed)")
        #expect(traffic.bytesDown <= traffic.messagesDown * RandomPlan.responseBytes, "plan \(seed)")
        #expect(traffic.messagesDown <= traffic.messagesUp, "plan \(seed)")
      }
      for (deployment, counts) in seen.result.deployments.enumerated() {
        #expect(counts.coldStarts <= counts.invocations, "plan \(seed)")
        let alive = Int64(seen.alive[deployment])
        let (starts, instances) = (counts.coldStarts + counts.startedAhead, counts.instancesEnded + alive)
        // Whoever joins an instance that is starting has a cold start too.
        let isShared = plan.deployments[deployment].requestsPerInstance > 1
        #expect(isShared ? starts >= instances : starts == instances, "plan \(seed)")
        if alive == 0 { #expect(seen.instanceTime(of: deployment) == counts.lifespanSum, "plan \(seed)") }
        #expect(counts.cpuTime <= counts.executionTime, "plan \(seed)")
        #expect(counts.billedGranules * 1_000_000 >= counts.executionTime, "plan \(seed)")
        let limit = Int64(plan.deployments[deployment].maximumInstances)
        #expect(Int64(seen.result.instanceLevels[deployment].maximum ?? 0) <= limit, "plan \(seed)")
      }
      for front in seen.result.fronts { #expect(front.throttles + front.timeouts <= front.requests, "plan \(seed)") }
    }
  }

  /// At no time does a pool execute more than its instances hold, or an account or a site more than it may.
  @Test func limitsHoldAtEveryInstant() {
    for seed in Self.fewer {
      let plan = RandomPlan(seed).builder.plan
      var world = World(plan: plan, replication: 0)
      while world.run(untilArrival: world.arrivalCount + 1) {
        var running = [Int](repeating: 0, count: plan.accounts.count)
        var live = [Int](repeating: 0, count: plan.sites.count)
        for (index, deployment) in plan.deployments.enumerated() {
          let pool = world.pool(index)
          let holds = pool.running >= 0 && pool.waiting >= 0 && pool.waiting <= Int(deployment.queueCapacity)
            && pool.running <= pool.live * Int(deployment.requestsPerInstance)
          if !holds { Issue.record("plan \(seed), deployment \(index) at \(world.now): \(pool)") }
          if deployment.account >= 0 { running[Int(deployment.account)] += pool.running }
          live[Int(deployment.site)] += pool.live
        }
        for (account, count) in running.enumerated() {
          if count > Int(plan.accounts[account].concurrencyLimit) { Issue.record("plan \(seed), account \(account)") }
        }
        for (site, count) in live.enumerated() where plan.sites[site].instanceCapacity > 0 {
          if count > Int(plan.sites[site].instanceCapacity) { Issue.record("plan \(seed), site \(site)") }
        }
      }
    }
  }

  /// Without trouble every execution can be read off its request's latency: so can the bill.
  @Test func theBillFollowsFromTheLatencies() {
    var builder = PlanBuilder(horizon: s(1000))
    let site = builder.site()
    var step = StepPlan(kind: .work)
    step.sampler = builder.plan.sampler(.exponential(mean: 5e6))
    let pool = builder.deployment([step], at: site) { $0.memoryMegabytes = 512 }
    let front = builder.front(at: site) { _ in }
    builder.poisson(
      20, until: s(900), [CandidatePlan(path: builder.path(ms(10)), front: front, deployment: pool)],
      requestBytes: 600, responseBytes: 300)
    let seen = Observed(builder.plan)
    let executions = seen.latencies.map { $0 - ms(20) }
    let counts = seen.result.deployments[0]
    #expect(counts.invocations == Int64(executions.count))
    #expect(counts.executionTime == executions.reduce(0, +))
    #expect(counts.cpuTime == counts.executionTime)
    #expect(counts.billedGranules == executions.reduce(0) { $0 + ($1 + 999_999) / 1_000_000 })
    #expect(seen.result.fronts[0].requests == counts.invocations)
    #expect(seen.result.traffic[0].bytesDown == counts.invocations * 300)
  }
}

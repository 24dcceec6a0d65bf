import ServerlessModel
import Testing

/// What holds for every plan with groups: servers, containers, scaling rules, spot, failures, sharing, credits.
struct GroupConservationTests {
  #if DEBUG
    private static let plans: [UInt64] = Array(2000..<2080)
  #else
    private static let plans: [UInt64] = Array(2000..<2600)
  #endif
  private static let horizon = s(60_000)

  /// Long after the last arrival every request has ended, exactly once, and nothing is left over.
  @Test func everyRequestEndsExactlyOnce() {
    for seed in Self.plans {
      let plan = RandomPlan(seed, horizon: Self.horizon, groups: true).builder.plan
      var world = World(plan: plan, replication: 0, pairing: .baseline)
      while world.run() {}
      let result = world.result()
      let total = result.series.reduce(into: SeriesCounts()) { $0.merge($1) }
      #expect(total.ended == result.measuredCount, "plan \(seed)")
      let latencies = (0..<world.arrivalCount).map { world.pairing.outcome($0).latency }
      #expect(latencies.allSatisfy { $0 >= PairingLog.failed }, "plan \(seed)")
      #expect(latencies.filter { $0 >= 0 }.reduce(0, +) == total.latencySum, "plan \(seed)")
      let left = world.occupancy
      #expect([left.requests, left.frames, left.waiting] == [0, 0, 0], "plan \(seed)")
      for deployment in plan.deployments.indices {
        #expect(world.pool(deployment).running == 0, "plan \(seed)")
      }
    }
  }

  /// The time of the instances is the integral of their number, to the nanosecond, and the parts of the latencies add
  /// up to the latencies.
  @Test func instanceTimeIsTheIntegralOfInstances() {
    for seed in Self.plans {
      var plan = RandomPlan(seed, horizon: s(200), groups: true).builder.plan
      plan.warmUp = s(5)
      let seen = Observed(plan)
      for (row, deployment) in plan.deployments.enumerated() where deployment.group >= 0 {
        let counts = seen.result.deployments[row]
        #expect(Int128(seen.instanceTime(of: row)) == counts.instanceTime, "plan \(seed), deployment \(row)")
        #expect(counts.billedTime + counts.spotBilledTime >= counts.instanceTime, "plan \(seed), deployment \(row)")
        #expect(counts.coldStarts <= counts.invocations, "plan \(seed)")
      }
      for group in seen.result.compositions.indices {
        let cells = seen.result.compositions[group].cells
        let width = Component.allCases.count + 1
        var parts = Int128(0)
        for (index, value) in cells.enumerated() where index % width != 0 { parts += value }
        #expect(parts == seen.result.sections[group].latencySum, "plan \(seed)")
      }
    }
  }

  /// No instance ever has more requests than it may, and the number in execution is never below zero.
  @Test func limitsHoldAtEveryInstant() {
    for seed in Self.plans {
      let plan = RandomPlan(seed, horizon: s(200), groups: true).builder.plan
      var world = World(plan: plan, replication: 0)
      while world.run(untilArrival: world.arrivalCount + 1) {
        for (index, deployment) in plan.deployments.enumerated() {
          let pool = world.pool(index)
          let (room, _) = pool.live.multipliedReportingOverflow(by: Int(deployment.requestsPerInstance))
          if pool.running < 0 || pool.waiting < 0 || pool.running > room {
            Issue.record("plan \(seed), deployment \(index) at \(world.now): \(pool)")
          }
        }
      }
    }
  }
}

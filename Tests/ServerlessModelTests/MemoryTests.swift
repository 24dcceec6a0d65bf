import ServerlessModel
import Testing

/// Memory follows what is alive in the world, not the number of simulated requests.
struct MemoryTests {
  /// A busy plan with everything that takes slots: lines, time-outs, retries, calls, expiring instances.
  private func plan(horizon: Double) -> Plan {
    var builder = PlanBuilder(horizon: s(horizon), interval: s(horizon))
    let (near, far) = (builder.site(), builder.site())
    var work = StepPlan(kind: .work)
    work.sampler = builder.plan.sampler(.exponential(mean: 3e7))
    let back = builder.deployment([work], at: far) {
      ($0.maximumInstances, $0.whenFull, $0.keepAlive) = (4, .queue, s(1))
    }
    let route = builder.route([CandidatePlan(path: builder.path(ms(5)), deployment: back)])
    let front = builder.deployment([work, builder.call(route, count: 2)], at: near) {
      ($0.keepAlive, $0.selection) = (s(1), .newest)
    }
    let jitter = builder.plan.sampler(.exponential(mean: 1e7))
    let path = builder.path(ms(20)) { ($0.jitter, $0.loss) = (jitter, 0.01) }
    builder.poisson(40, [CandidatePlan(path: path, deployment: front)]) {
      ($0.timeout, $0.attempts) = (s(1), 3)
    }
    return builder.plan
  }

  #if DEBUG
    private static let chunks: UInt64 = 24
  #else
    private static let chunks: UInt64 = 240
  #endif

  /// After a first stretch no table grows any more, the pairing log with its readers included.
  @Test func tablesStopGrowing() {
    let chunk: UInt64 = 1000
    var world = World(plan: plan(horizon: 1e6), replication: 0, pairing: .baseline)
    var compared: UInt64 = 0
    func release(_ world: inout World) {
      while world.pairing.outcome(compared).latency != PairingLog.pending { compared += 1 }
      world.pairing.release(before: compared)
    }
    for _ in 0..<Self.chunks / 3 {
      let goesOn = world.run(untilArrival: world.arrivalCount + chunk)
      #expect(goesOn)
      release(&world)
    }
    let early = world.occupancy
    for _ in Self.chunks / 3..<Self.chunks {
      let goesOn = world.run(untilArrival: world.arrivalCount + chunk)
      #expect(goesOn)
      release(&world)
    }
    let late = world.occupancy
    #expect(world.arrivalCount == Self.chunks / 3 * chunk + (Self.chunks - Self.chunks / 3) * chunk)
    // A record of simultaneous requests may still fall; the tables do not follow the number of requests.
    for (before, after) in zip(early.slots, late.slots) { #expect(after <= before * 3 / 2 + 8) }
    #expect(late.pairingSlots == early.pairingSlots)
    #expect(late.requests < 400)
    #expect(world.arrivalCount - compared < 400)
  }
}

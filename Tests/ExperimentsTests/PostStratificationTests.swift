import Experiments
import ServerlessModel
import SimulationKernel
import Stochastics
import Testing

@Suite struct PostStratificationTests {
  /// Callers in two cities, near and far, that open new connections now and then; served at a site `farther` ns away.
  private func plan(farther: Int64, seed: UInt64 = 5) -> Plan {
    var plan = Plan()
    plan.seed = seed
    plan.horizon = 600_000_000_000
    plan.warmUp = 60_000_000_000
    plan.functionCount = 1
    plan.names.placement = "at \(farther)"
    plan.sites = [SitePlan(kind: .region)]
    var clients = ClientsPlan()
    clients.handshakeRoundTrips = 2
    clients.resumedRoundTrips = 1
    clients.reuse = 0.9
    clients.resumption = 0.5
    plan.clients = [clients]
    plan.targets = [TargetPlan(function: 0, threshold: 1)]
    plan.rateSteps = [RateStep(until: .max, rate: 50e-9)]
    var source = SourcePlan(clients: 0, entity: Mix.identity(of: "callers"), kind: .poisson)
    source.rowCount = 1
    source.originCount = 2
    plan.sources = [source]
    for (city, distance) in [(0, Int64(10_000_000)), (1, 90_000_000)] {
      var path = PathPlan(propagation: distance + farther * Int64(city + 1))
      path.loss = 0.01
      path.access = plan.sampler(.lognormal(mu: 17, sigma: 0.4))
      plan.paths.append(path)
      plan.candidates.append(CandidatePlan(path: Int32(city), deployment: 0))
      plan.routes.append(RoutePlan(firstCandidate: Int32(city)))
      plan.origins.append(OriginPlan(clients: 0, threshold: city == 0 ? 0.7 : 1, firstRoute: Int32(city)))
    }
    var work = StepPlan(kind: .work)
    work.sampler = plan.sampler(.exponential(mean: 2e6))
    plan.steps = [work]
    var deployment = DeploymentPlan(function: 0, site: 0)
    deployment.stepCount = 1
    plan.deployments = [deployment]
    plan.billing.deployments = [[]]
    return plan
  }

  @Test func theWeightsAreTheDemand() throws {
    let expected = try #require(Strata.expectedRequests(plan(farther: 0)))
    // 540 s at 50/s; 70 % from the near city; 90 % open, 5 % resumed, 5 % new.
    let shares = [0.7 * 0.9, 0.7 * 0.05, 0.7 * 0.05, 0.3 * 0.9, 0.3 * 0.05, 0.3 * 0.05]
    // Each is cut into 14 parts of the jitter × 4 of the work × 4 of the platform's latency, and those lost on the way.
    try #require(expected.count == shares.count * 225)
    let unscathed = 0.99 * 0.99
    for (place, share) in shares.enumerated() {
      let cells = expected[place * 225..<(place + 1) * 225]
      #expect(abs(cells.reduce(0, +) - 27_000 * share) < 1e-6)
      #expect(cells.allSatisfy { $0 > 0 })
      // The likeliest is a quarter of each law; the rarest 2⁻⁷ of the jitter and a quarter of the other two.
      #expect(abs((cells.dropLast().max() ?? 0) - 27_000 * share * unscathed / 64) < 1e-6)
      #expect(abs((cells.min() ?? 0) - 27_000 * share * unscathed / 2_048) < 1e-6)
      #expect(abs((cells.last ?? 0) - 27_000 * share * (1 - unscathed)) < 1e-6)
    }
  }

  @Test func aRepeatedCurveIsIntegratedOverTheMeasuredTime() throws {
    var plan = plan(farther: 0)
    plan.rateSteps = [RateStep(until: 30_000_000_000, rate: 10e-9), RateStep(until: 100_000_000_000, rate: 2e-9)]
    plan.sources[0].rowCount = 2
    plan.sources[0].period = 100_000_000_000
    let total = try #require(Strata.expectedRequests(plan)).reduce(0, +)
    // From 60 s to 600 s: 40 s at 2/s, then five times 30 s at 10/s and 70 s at 2/s.
    #expect(abs(total - (80 + 5 * (300 + 140))) < 1e-6)
  }

  /// Few requests in many strata, and work that takes three times as long: an interval that took its width from the
  /// strata that a section has met would be too narrow by far. Of 60 intervals of 95 %, 49 or fewer hold the truth once
  /// in a thousand times.
  @Test(arguments: [(1, 120), (10, 30), (4, 400)] as [(Int, Int64)])
  func fewRequestsGiveWideIntervals(_ replications: Int, _ seconds: Int64) async throws {
    var covered = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let plans = [1.0, 3].map { factor in
        var plan = plan(farther: 0, seed: seed)
        (plan.warmUp, plan.horizon) = (0, seconds * 1_000_000_000)
        plan.rateSteps = [RateStep(until: .max, rate: 3e-9)]
        plan.deployments[0].workFactor = factor
        return plan
      }
      let result = try await Experiment(plans: plans, replications: replications, jobs: 2).run()
      // Exponential work of 2 ms.
      if result.meanDifference(of: 1).contains(4) { covered += 1 }
    }
    #expect(covered >= 50, "\(covered) of 60")
  }

  @Test func theEstimateIsTheExpectedDifferenceAndItsIntervalNarrow() async throws {
    let plans = [plan(farther: 20_000_000), plan(farther: 0)]
    let paired = try await Experiment(plans: plans, replications: 20, jobs: 2).run()
    var independent = Experiment(plans: plans, replications: 20, jobs: 2)
    independent.independent = true
    let apart = try await independent.run()
    // One way is 20 ms (near) or 40 ms (far) shorter; a new connection adds two round trips, a resumed one one.
    let oneWay = 0.7 * 20.0 + 0.3 * 40
    let exact = -oneWay * 2 * (1 + 0.05 * 1 + 0.05 * 2)
    let interval = paired.meanDifference(of: 1, level: 0.99)
    #expect(interval.contains(exact) || abs(interval.estimate - exact) < 1e-6)
    #expect(apart.meanDifference(of: 1, level: 0.99).contains(exact))
    #expect(interval.halfWidth * 5 < apart.meanDifference(of: 1, level: 0.99).halfWidth)
  }
}

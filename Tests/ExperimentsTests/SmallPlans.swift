import Experiments
import ServerlessModel
import Stochastics

/// Plans of one function and one or two populations, alike but for how far away the function is.
enum SmallPlans {
  /// - Parameters:
  ///   - oneWay: distance, ms.
  ///   - limit: most instances, throttled beyond.
  ///   - workFactor: how much longer work takes than on a full processor.
  static func plan(
    oneWay: Double, seconds: Double = 200, rate: Double = 20, populations: Int32 = 1, limit: Int32 = .max,
    workFactor: Double = 1, name: String = "", seed: UInt64 = 7
  ) -> Plan {
    var plan = Plan()
    plan.seed = seed
    plan.horizon = Int64(seconds * 1e9)
    plan.warmUp = plan.horizon / 10
    plan.interval = plan.horizon / 10
    plan.functionCount = 1
    plan.names.placement = name
    plan.sites = [SitePlan(kind: .region)]
    var work = StepPlan(kind: .work)
    work.sampler = plan.sampler(.lognormal(median: 1.5e6, p99: 6e6))
    plan.steps = [work]
    var pool = DeploymentPlan(function: 0, site: 0)
    pool.stepCount = 1
    pool.maximumInstances = limit
    pool.workFactor = workFactor
    pool.sandbox = plan.sampler(.lognormal(median: 1e8, p99: 4e8))
    pool.keepAlive = 600_000_000_000
    plan.deployments = [pool]
    let access = plan.sampler(.lognormal(median: 5e7, p99: 2e8))
    for population in 0..<populations {
      var path = PathPlan(propagation: Int64(oneWay * 1e6))
      path.access = access
      plan.paths.append(path)
      plan.clients.append(ClientsPlan())
      plan.candidates.append(CandidatePlan(path: population, deployment: 0))
      plan.routes.append(RoutePlan(firstCandidate: population))
      plan.origins.append(OriginPlan(clients: population, threshold: 1, firstRoute: population))
      plan.targets.append(TargetPlan(function: 0, threshold: 1))
      plan.rateSteps.append(RateStep(until: .max, rate: rate * Double(population + 1) / 1e9))
      var source = SourcePlan(clients: population, entity: UInt64(population) + 5, kind: .poisson)
      (source.firstRow, source.rowCount) = (population, 1)
      (source.firstOrigin, source.firstTarget) = (population, population)
      plan.sources.append(source)
    }
    return plan
  }

  static func run(
    _ plans: [Plan], replications: Int = 5, jobs: Int = 1, independent: Bool = false
  ) async throws -> ExperimentResult {
    var experiment = Experiment(plans: plans, replications: replications, jobs: jobs)
    experiment.independent = independent
    return try await experiment.run()
  }
}

import ServerlessModel
import Stochastics

/// Whole nanoseconds in units that people read.
func ms(_ value: Double) -> Int64 { Int64((value * 1e6).rounded()) }
func s(_ value: Double) -> Int64 { Int64((value * 1e9).rounded()) }

/// Puts small plans together by hand. Unless told otherwise: no delay, no access network, no time-outs.
struct PlanBuilder {
  var plan = Plan()

  init(horizon: Int64, warmUp: Int64 = 0, interval: Int64? = nil, seed: UInt64 = 1) {
    plan.horizon = horizon
    plan.warmUp = warmUp
    plan.interval = interval ?? horizon
    plan.seed = seed
  }

  mutating func constant(_ time: Int64) -> Sampler {
    time == 0 ? .none : plan.sampler(.constant(Double(time)))
  }

  mutating func site(zones: Int32 = 1, capacity: Int32 = 0) -> Int32 {
    plan.sites.append(SitePlan(kind: .region, zoneCount: zones, instanceCapacity: capacity))
    return Int32(plan.sites.count - 1)
  }

  /// A path of `oneWay` ns, and the faults on it in order of their start.
  mutating func path(_ oneWay: Int64 = 0, faults: [FaultInterval] = [], adjust: (inout PathPlan) -> Void = { _ in })
    -> Int32
  {
    var row = PathPlan(propagation: oneWay)
    row.firstFault = Int32(plan.faults.count)
    row.faultCount = Int32(faults.count)
    plan.faults += faults
    adjust(&row)
    plan.paths.append(row)
    return Int32(plan.paths.count - 1)
  }

  mutating func front(at site: Int32, adjust: (inout FrontPlan) -> Void) -> Int32 {
    var row = FrontPlan(site: site)
    adjust(&row)
    plan.fronts.append(row)
    return Int32(plan.fronts.count - 1)
  }

  mutating func account(limit: Int32) -> Int32 {
    plan.accounts.append(AccountPlan(concurrencyLimit: limit))
    return Int32(plan.accounts.count - 1)
  }

  mutating func function() -> Int32 {
    plan.functionCount += 1
    return Int32(plan.functionCount - 1)
  }

  /// A step of constant length.
  mutating func work(_ time: Int64) -> StepPlan {
    var step = StepPlan(kind: .work)
    step.sampler = constant(time)
    return step
  }

  /// Operations on a store at the end of `path`.
  mutating func read(_ path: Int32, takes time: Int64 = 0, count: Int32 = 1, parallel: Bool = false) -> StepPlan {
    if plan.stores.isEmpty { plan.stores.append(StorePlan(site: 0)) }
    var step = StepPlan(kind: .read)
    step.store = 0
    step.path = path
    step.sampler = constant(time)
    step.count = count
    step.parallel = parallel
    return step
  }

  func call(_ route: Int32, count: Int32 = 1, parallel: Bool = false, kind: StepKind = .call) -> StepPlan {
    var step = StepPlan(kind: kind)
    step.route = route
    step.count = count
    step.parallel = parallel
    return step
  }

  /// A function at a site that goes through `steps`.
  mutating func deployment(
    _ steps: [StepPlan], at site: Int32, function: Int32? = nil, adjust: (inout DeploymentPlan) -> Void = { _ in }
  ) -> Int32 {
    var row = DeploymentPlan(function: function ?? self.function(), site: site)
    row.firstStep = Int32(plan.steps.count)
    row.stepCount = Int32(steps.count)
    row.invokes = steps.contains { $0.kind == .call || $0.kind == .forward }
    plan.steps += steps
    adjust(&row)
    plan.deployments.append(row)
    return Int32(plan.deployments.count - 1)
  }

  mutating func route(_ candidates: [CandidatePlan], choice: RouteChoice = .ordered) -> Int32 {
    let first = Int32(plan.candidates.count)
    plan.candidates += candidates
    plan.routes.append(RoutePlan(choice: choice, firstCandidate: first, candidateCount: Int32(candidates.count)))
    return Int32(plan.routes.count - 1)
  }

  /// Adds the candidate that takes another's overflow; returns its row.
  mutating func spill(from full: Int32, _ candidate: CandidatePlan) -> Int32 {
    var next = candidate
    next.spilledFrom = full
    next.front = plan.candidates[Int(full)].front
    let row = Int32(plan.candidates.count)
    plan.candidates[Int(full)].spill = row
    plan.candidates.append(next)
    return row
  }

  /// Clients who send at these instants to the first candidate of `candidates`.
  mutating func callers(
    at instants: [Int64], _ candidates: [CandidatePlan], requestBytes: Int64 = 0, responseBytes: Int64 = 0,
    choice: RouteChoice = .ordered, adjust: (inout ClientsPlan) -> Void = { _ in }
  ) {
    var source = population(candidates, requestBytes, responseBytes, choice, .instants, adjust)
    source.firstRow = Int32(plan.instants.count)
    source.rowCount = Int32(instants.count)
    plan.instants += instants
    plan.sources.append(source)
  }

  /// Clients who send at random, `rate` a second, until `end`.
  mutating func poisson(
    _ rate: Double, until end: Int64 = .max, _ candidates: [CandidatePlan], requestBytes: Int64 = 0,
    responseBytes: Int64 = 0, choice: RouteChoice = .ordered, adjust: (inout ClientsPlan) -> Void = { _ in }
  ) {
    var source = population(candidates, requestBytes, responseBytes, choice, .poisson, adjust)
    source.firstRow = Int32(plan.rateSteps.count)
    source.rowCount = 1
    plan.rateSteps.append(RateStep(until: end, rate: rate / 1e9))
    plan.sources.append(source)
  }

  private mutating func population(
    _ candidates: [CandidatePlan], _ requestBytes: Int64, _ responseBytes: Int64, _ choice: RouteChoice,
    _ kind: ArrivalKind, _ adjust: (inout ClientsPlan) -> Void
  ) -> SourcePlan {
    var behaviour = ClientsPlan()
    adjust(&behaviour)
    let clients = Int32(plan.clients.count)
    plan.clients.append(behaviour)
    var source = SourcePlan(clients: clients, entity: UInt64(clients) + 1000, kind: kind)
    source.firstTarget = Int32(plan.targets.count)
    source.firstOrigin = Int32(plan.origins.count)
    let function = plan.deployments[Int(candidates[0].deployment)].function
    plan.targets.append(
      TargetPlan(function: function, threshold: 1, requestBytes: requestBytes, responseBytes: responseBytes))
    plan.origins.append(OriginPlan(clients: clients, threshold: 1, firstRoute: route(candidates, choice: choice)))
    return source
  }
}

/// A finished run and what became of each request in order of arrival.
struct Observed {
  let result: RunResult
  /// Latency, ns, or a mark of `PairingLog`.
  let latencies: [Int64]
  /// Instances alive at the end, by deployment.
  let alive: [Int]

  init(_ plan: Plan, replication: Int = 0) {
    var world = World(plan: plan, replication: replication, pairing: .baseline)
    while world.run() {}
    result = world.result()
    alive = plan.deployments.indices.map { world.pool($0).live }
    latencies = (0..<world.arrivalCount).map { world.pairing.outcome($0).latency }
  }

  /// Everything that all populations have met.
  var counts: SeriesCounts {
    var total = SeriesCounts()
    for series in result.series { total.merge(series) }
    return total
  }

  /// Level × time of the instances of a deployment, ns.
  func instanceTime(of deployment: Int = 0) -> Int64 {
    let levels = result.instanceLevels[deployment]
    return (0...511).reduce(0) { $0 + Int64($1) * levels.time(at: $1) }
  }
}

extension Observed {
  /// A request that got no answer.
  static let failed = PairingLog.failed
}

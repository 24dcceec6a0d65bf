import ServerlessModel
import SimulationKernel
import Stochastics

/// Writes small plans by hand: one population beside one site, stations with no network between them.
///
/// Times and rates are in the model's own unit (a second, unless told otherwise). The population calls the
/// first station; stations are numbered in the order in which they are added.
package struct PlanBuilder: Sendable {
  /// What has been written so far.
  package var plan = Plan()
  /// Length of the model's unit of time, ns.
  package let unit: Double
  private let entity: UInt64

  /// - Parameters:
  ///   - name: identity of the arrivals' stream of luck.
  ///   - unit: length of the model's unit of time, ns.
  package init(_ name: String, unit: Double = 1e9) {
    self.unit = unit
    entity = Mix.identity(of: name)
    plan.sites = [SitePlan(kind: .point)]
    plan.clients = [ClientsPlan()]
    plan.paths = [PathPlan(propagation: 0)]
    plan.stores = [StorePlan(site: 0)]
    plan.origins = [OriginPlan(clients: 0, threshold: 1, firstRoute: 0)]
    plan.targets = [TargetPlan(function: 0, threshold: 1)]
    plan.routes = [RoutePlan(firstCandidate: 0)]
    plan.candidates = [CandidatePlan(path: 0, deployment: 0)]
  }

  /// A time in nanoseconds.
  package func nanoseconds(_ time: Double) -> Int64 { Int64((time * unit).rounded()) }

  /// A law of a time.
  package mutating func law(_ law: Distribution) -> Sampler { plan.sampler(.scaled(by: unit, of: law)) }

  // MARK: Demand

  /// Poisson arrivals.
  package mutating func poisson(rate: Double) {
    plan.rateSteps.append(RateStep(until: .max, rate: rate / unit))
    addSource(.poisson) { $0.rowCount = 1 }
  }

  /// Arrivals with independent gaps.
  package mutating func renewal(gap: Distribution) {
    let sampler = law(gap)
    addSource(.renewal) { $0.gap = sampler }
  }

  /// Arrivals at equal distances.
  package mutating func periodic(period: Double) {
    let length = nanoseconds(period)
    addSource(.periodic) { $0.period = length }
  }

  /// Markov-modulated Poisson arrivals with two states: rate and mean sojourn of each.
  package mutating func bursts(quiet: (rate: Double, sojourn: Double), busy: (rate: Double, sojourn: Double))
  {
    for state in [quiet, busy] {
      plan.rateSteps.append(RateStep(until: nanoseconds(state.sojourn), rate: state.rate / unit))
    }
    addSource(.bursts) { $0.rowCount = 2 }
  }

  /// Arrivals at listed times, in order.
  package mutating func instants(_ times: [Double]) {
    plan.instants = times.map { nanoseconds($0) }
    let count = Int32(times.count)
    addSource(.instants) { $0.rowCount = count }
  }

  private mutating func addSource(_ kind: ArrivalKind, _ configure: (inout SourcePlan) -> Void) {
    var source = SourcePlan(clients: 0, entity: entity, kind: kind)
    configure(&source)
    plan.sources.append(source)
  }

  /// Puts a token bucket before the first station.
  package mutating func tokenBucket(timePerToken: Double, burst: Int64) {
    var front = FrontPlan(site: 0)
    front.nanosecondsPerToken = nanoseconds(timePerToken)
    front.burst = burst
    plan.fronts = [front]
    plan.candidates[0].front = 0
  }

  // MARK: Stations

  /// One thing that a station does with a request.
  package enum Activity: Sendable {
    case work(Distribution)
    /// Operations on a store, one after another or all at once.
    case read(
      Distribution, count: Int32 = 1, parallel: Bool = false, timeout: Double? = nil, attempts: Int32 = 1)
    /// Invokes a station, `count` times at once, and waits.
    case call(station: Int32, count: Int32 = 1)
    /// Hands over to one of several stations, by their shares, which add up to 1.
    case forward(to: [(station: Int32, share: Double)])
  }

  /// Adds a station: a pool of instances that never expire, at most `servers` of them; those who find all of
  /// them busy wait, at most `room` of them.
  /// - Returns: its number.
  @discardableResult
  package mutating func station(
    _ activities: [Activity], servers: Int32 = .max, room: Int32 = .max,
    configure: (inout DeploymentPlan) -> Void = { _ in }
  ) -> Int32 {
    let number = Int32(plan.deployments.count)
    var deployment = DeploymentPlan(function: number, site: 0)
    deployment.maximumInstances = servers
    deployment.whenFull = room == 0 ? .throttle : .queue
    deployment.queueCapacity = room
    deployment.firstStep = Int32(plan.steps.count)
    for activity in activities { plan.steps.append(step(activity, &deployment)) }
    deployment.stepCount = Int32(activities.count)
    configure(&deployment)
    plan.deployments.append(deployment)
    plan.functionCount += 1
    return number
  }

  private mutating func step(_ activity: Activity, _ deployment: inout DeploymentPlan) -> StepPlan {
    switch activity {
    case .work(let time):
      var step = StepPlan(kind: .work)
      step.sampler = law(time)
      return step
    case .read(let time, let count, let parallel, let timeout, let attempts):
      var step = StepPlan(kind: .read)
      step.sampler = law(time)
      step.count = count
      step.parallel = parallel
      step.timeout = timeout.map { nanoseconds($0) } ?? .max
      step.attempts = attempts
      step.store = 0
      step.path = 0
      return step
    case .call(let station, let count):
      var step = StepPlan(kind: .call)
      step.route = route(to: [(station, 1)])
      step.count = count
      step.parallel = true
      deployment.invokes = true
      return step
    case .forward(let stations):
      var step = StepPlan(kind: .forward)
      step.route = route(to: stations)
      deployment.invokes = true
      return step
    }
  }

  private mutating func route(to stations: [(station: Int32, share: Double)]) -> Int32 {
    let first = Int32(plan.candidates.count)
    var threshold = 0.0
    for (station, share) in stations {
      threshold += share
      plan.candidates.append(CandidatePlan(path: 0, deployment: station, threshold: threshold))
    }
    plan.routes.append(
      RoutePlan(choice: .weighted, firstCandidate: first, candidateCount: Int32(stations.count)))
    return Int32(plan.routes.count - 1)
  }
}

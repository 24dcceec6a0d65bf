import ServerlessModel
import SimulationKernel

/// Plans made by chance: a few sites, paths with faults, functions that call others, populations of every temper.
struct RandomPlan {
  private let luck: Luck
  private var draws: UInt64 = 0
  var builder: PlanBuilder
  /// Arrivals end here, ns; at the horizon everything has ended, a patience of an hour included.
  static let lastArrival = s(60)
  static let horizon = s(60_000)
  static let requestBytes: Int64 = 600
  static let responseBytes: Int64 = 300
  /// Whether some of the deployments are groups, whose instances the platform starts and stops.
  private let hasGroups: Bool

  /// - Parameters:
  ///   - horizon: `RandomPlan.horizon`, or less to stop in the midst of things.
  ///   - groups: whether to make groups of some deployments.
  init(_ seed: UInt64, horizon: Int64 = RandomPlan.horizon, groups: Bool = false) {
    luck = Luck(state: Mix.finalise(seed &+ 77))
    hasGroups = groups
    builder = PlanBuilder(horizon: horizon, interval: s(7), seed: seed)
    if horizon >= s(6000) { builder.plan.interval = s(6000) }
    build()
  }

  mutating func unit() -> Double {
    draws += 1
    return luck.bits(draws).unitInterval
  }
  mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  mutating func between(_ low: Double, _ high: Double) -> Int64 { s(low + unit() * (high - low)) }

  private mutating func build() {
    let sites = (0..<1 + below(3)).map { _ in
      let zones = Int32(1 + below(3))
      return builder.site(zones: zones, capacity: chance(0.3) ? Int32(1 + below(4)) : 0)
    }
    var outages: [Int32: [FaultInterval]] = [:]
    for site in sites where chance(0.5) { outages[site] = outage(of: site) }
    builder.plan.siteEvents.sort { $0.from < $1.from }
    let account = chance(0.4) ? builder.account(limit: Int32(1 + below(6))) : none
    // Back ends first: a function may call those before it.
    var pools: [(pool: Int32, site: Int32, function: Int32)] = []
    for _ in 0..<1 + below(4) {
      let function = builder.function()
      let site = sites[below(sites.count)]
      let steps = program(pools, outages)
      pools.append((deployment(steps, site, function, account), site, function))
      // The same function at another site, to fail over to.
      if chance(0.4) {
        let other = sites[below(sites.count)]
        let steps = program(Array(pools.dropLast()), outages)
        pools.append((deployment(steps, other, function, account), other, function))
      }
    }
    for _ in 0..<1 + below(3) { addClients(pools, outages) }
    builder.addPolicies(luck)
    for root in builder.plan.candidates.indices where chance(0.3) { addChain(from: root, pools, outages) }
    if hasGroups { builder.addLinks(luck) }
  }

  /// Sites that take a candidate's overflow; never those that might call back.
  private mutating func addChain(
    from root: Int, _ pools: [(pool: Int32, site: Int32, function: Int32)], _ outages: [Int32: [FaultInterval]]
  ) {
    let own = Int(builder.plan.candidates[root].deployment)
    var last = root
    for _ in 0..<1 + below(3) {
      let target = pools[below(own + 1)]
      let path = path(to: target.site, outages)
      last = Int(
        builder.spill(from: Int32(last), CandidatePlan(path: path, deployment: target.pool)))
    }
  }

  private mutating func outage(of site: Int32) -> [FaultInterval] {
    let (from, length) = (between(0, 50), between(0.1, 20))
    let zone = chance(0.5) ? Int32(below(Int(builder.plan.sites[Int(site)].zoneCount))) : none
    builder.plan.siteEvents.append(SiteEvent(site: site, zone: zone, from: from, to: from + length))
    if zone >= 0 { return [] }
    return [FaultInterval(kind: chance(0.5) ? .refuse : .silent, from: from, to: from + length)]
  }

  private mutating func path(to site: Int32, _ outages: [Int32: [FaultInterval]]) -> Int32 {
    var faults = outages[site] ?? []
    for _ in 0..<below(3) {
      let kinds: [FaultKind] = [.cutForward, .cutBackward, .degrade]
      let from = between(0, 60)
      faults.append(
        FaultInterval(
          kind: kinds[below(3)], from: from, to: from + between(0.1, 15), factor: 1 + unit() * 4, loss: 0.2))
    }
    faults.sort { $0.from < $1.from }
    let jitter = builder.plan.sampler(.exponential(mean: 2e6))
    let loss = chance(0.3) ? 0.05 : 0
    return builder.path(chance(0.2) ? 0 : between(0, 0.1), faults: faults) {
      ($0.jitter, $0.loss, $0.upNanosecondsPerByte) = (jitter, loss, 80)
    }
  }

  private mutating func program(
    _ pools: [(pool: Int32, site: Int32, function: Int32)], _ outages: [Int32: [FaultInterval]]
  ) -> [StepPlan] {
    var work = StepPlan(kind: .work)
    work.sampler = builder.plan.sampler(.exponential(mean: 2e8))
    var steps = [work]
    if chance(0.4) {
      var read = builder.read(path(to: 0, outages), takes: ms(4), count: Int32(1 + below(3)), parallel: chance(0.5))
      read.timeout = chance(0.7) ? between(0.05, 2) : .max
      read.attempts = Int32(1 + below(3))
      (read.requestBytes, read.responseBytes) = (Self.requestBytes, Self.responseBytes)
      steps.append(read)
    }
    if !pools.isEmpty && chance(0.5) {
      let target = pools[below(pools.count)]
      let route = builder.route([CandidatePlan(path: path(to: target.site, outages), deployment: target.pool)])
      let forwards = chance(0.3)
      var call = builder.call(
        route, count: forwards ? 1 : Int32(1 + below(3)), parallel: !forwards && chance(0.5),
        kind: forwards ? .forward : .call)
      call.timeout = chance(0.5) ? between(0.1, 3) : .max
      (call.requestBytes, call.responseBytes) = (Self.requestBytes, Self.responseBytes)
      steps.append(call)
      if !forwards { steps.append(work) }
    }
    return steps
  }

  private mutating func deployment(_ steps: [StepPlan], _ site: Int32, _ function: Int32, _ account: Int32) -> Int32 {
    let start = builder.plan.sampler(.exponential(mean: 3e8))
    let overhead = builder.constant(ms(1))
    var row = DeploymentPlan(function: function, site: site)
    row.account = chance(0.5) ? account : none
    row.selection = InstanceSelection.allCases[below(5)]
    row.whenFull = chance(0.5) ? .queue : .throttle
    row.queueCapacity = chance(0.5) ? Int32(below(6)) : .max
    row.maximumInstances = chance(0.6) ? Int32(1 + below(4)) : .max
    row.requestsPerInstance = chance(0.4) ? Int32(2 + below(4)) : 1
    row.keepAlive = chance(0.2) ? 0 : between(0.1, 20)
    // Functions that wait for each other's room without a time-out may wait for ever.
    let invokes = steps.contains { $0.kind == .call || $0.kind == .forward }
    row.timeout = chance(0.5) ? between(0.1, 5) : invokes ? s(2000) : .max
    row.cpuLimit = chance(0.2) ? between(0.1, 1) : .max
    row.overlapsHandshake = chance(0.3)
    row.billsInitialisation = chance(0.3)
    row.workFactor = chance(0.5) ? 1.7 : 1
    row.scaling = [.unlimited, .stepwise, .ramp][below(3)]
    (row.scalingInitial, row.scalingAdd) = (Int32(1 + below(3)), Int32(1 + below(2)))
    row.scalingEvery = between(0.1, 10)
    (row.sandbox, row.overhead) = (start, overhead)
    if chance(0.3) { row.firstInvocation = overhead }
    if hasGroups && chance(0.7) { makeGroup(&row, invokes: invokes) }
    return builder.deployment(steps, at: site, function: function) {
      let (first, count, invokes) = ($0.firstStep, $0.stepCount, $0.invokes)
      $0 = row
      ($0.firstStep, $0.stepCount, $0.invokes) = (first, count, invokes)
    }
  }

  private mutating func addClients(
    _ pools: [(pool: Int32, site: Int32, function: Int32)], _ outages: [Int32: [FaultInterval]]
  ) {
    let target = pools[below(pools.count)]
    let front = chance(0.4) ? randomFront(at: target.site) : none
    let candidates = pools.filter { $0.function == target.function }.map {
      CandidatePlan(path: path(to: $0.site, outages), front: front, deployment: $0.pool)
    }
    var temper = ClientsPlan()
    temper.timeout = chance(0.8) ? between(0.05, 8) : .max
    temper.attempts = Int32(1 + below(4))
    temper.backoffBase = between(0.01, 2)
    temper.fullJitter = chance(0.5)
    temper.failsOver = chance(0.5)
    (temper.handshakeRoundTrips, temper.resumedRoundTrips, temper.tlsRoundTrips) = (2, 1, 1)
    (temper.reuse, temper.resumption) = (unit(), unit())
    builder.poisson(
      0.5 + unit() * 8, until: Self.lastArrival, candidates, requestBytes: Self.requestBytes,
      responseBytes: Self.responseBytes, choice: chance(0.3) ? .uniform : .ordered
    ) { $0 = temper }
  }

  private mutating func randomFront(at site: Int32) -> Int32 {
    let overhead = builder.constant(ms(3))
    let (limited, timeout) = (chance(0.5), chance(0.5) ? between(0.2, 3) : .max)
    return builder.front(at: site) {
      $0.overhead = overhead
      if limited { ($0.nanosecondsPerToken, $0.burst) = (s(0.3), 3) }
      $0.timeout = timeout
    }
  }
}

import SimulationKernel
import Statistics
import Stochastics

/// One placement in one replication: every table, queue and stream of the moving world.
///
/// Deterministic: what happens depends on the plan, the seed and the replication number only.
package struct World: ~Copyable {
  // The plan, as contiguous rows.
  let horizon: Int64
  let warmUp: Int64
  let laws: LawTable
  let clients: Rows<ClientsPlan>
  let origins: Rows<OriginPlan>
  let targets: Rows<TargetPlan>
  let rates: Rows<RateStep>
  let instants: Rows<Int64>
  let routes: Rows<RoutePlan>
  let candidates: Rows<CandidatePlan>
  let healths: Rows<HealthPlan>
  let sicknesses: Rows<SicknessPlan>
  let paths: Rows<PathPlan>
  let faults: Rows<FaultInterval>
  let links: Rows<LinkPlan>
  let linkUses: Rows<LinkUsePlan>
  let siteEvents: Rows<SiteEvent>
  let sites: Rows<SitePlan>
  let fronts: Rows<FrontPlan>
  let deployments: Rows<DeploymentPlan>
  let accounts: Rows<AccountPlan>
  let rateLimits: Rows<RateLimitPlan>
  let steps: Rows<StepPlan>
  let lifetimes: Rows<LifetimePlan>
  let pings: Rows<PingPlan>
  let packageCaches: Rows<PackageCachePlan>
  let groups: Rows<GroupPlan>
  let scalerSteps: Rows<ScalerStep>
  let schedules: Rows<GroupSchedule>

  // What moves.
  var queue = EventQueue()
  let clock: SourceClock
  let arrivals: Rows<ArrivalState>
  var requests = SlotTable<Request>()
  var frames = SlotTable<Frame>()
  var pools: InstancePools
  let groupStates: Rows<GroupState>
  /// By instance; only the rows of instances of groups mean anything.
  var members = Rows<Member>([])
  var shares = SlotTable<Share>()
  /// Luck of the starts ahead of any request, by pool.
  let startKeys: Rows<StreamKey>
  /// When idle instances go whose keep-alive is not one constant, and what is known of them and their pools.
  var expiry = ExpiryHeap()
  var lives = Rows<InstanceLife>([])
  let poolLives: Rows<PoolLife>
  let idleBins: Rows<Int32>
  /// Greedy-dual clock of each site.
  let evictionClock: Rows<Double>
  let poolsOfSites: PoolsOfSites
  let pingKeys: Rows<StreamKey>
  let cacheStates: Rows<PackageCacheState>
  /// Requests in execution by account, and those that instances kept ready could execute.
  let accountRunning: Rows<Int32>
  /// Theoretical arrival time of each front's token bucket, ns (generic cell rate algorithm).
  let bucketClock: Rows<Int64>
  /// The same of each rate limit.
  let rateClock: Rows<Int64>
  /// When each link has done with the messages that came to it so far, ns, and those on their way to one.
  let linkFree: Rows<Int64>
  var crossings = SlotTable<Crossing>()
  let linkCounts: Rows<LinkCounts>
  /// Running outages of each site as a whole.
  let siteOutages: Rows<Int32>
  /// Whether a site ever has an outage.
  let siteIsFaulty: Rows<Bool>
  let traits: Rows<PoolTraits>
  /// Whether a pool's instances or concurrency are limited together with another pool's.
  let sharesRoom: Rows<Bool>
  /// Requests in the lines of all pools.
  var waitingTotal = 0
  var generations: UInt32 = 0
  /// Requests that clients have sent, and those of them sent after the warm-up.
  package private(set) var arrivalCount: UInt64 = 0
  private(set) var measuredCount: Int64 = 0
  package internal(set) var now: Int64 = 0

  // What is measured.
  var recorder: Recorder
  package var pairing: PairingLog
  let deploymentCounts: Rows<DeploymentCounts>
  let instanceLevels: Rows<LevelClock>
  let runningLevels: Rows<LevelClock>
  let traffic: Rows<TrafficCounts>
  let frontCounts: Rows<FrontCounts>
  let stepCounts: Rows<StepCounts>
  let timeline: Rows<TimelineSample>
  package internal(set) var trace: EventTrace

  /// - Parameters:
  ///   - plan: a validated plan.
  ///   - replication: 0, 1, …
  ///   - sectionCount: parts of the measured time that are kept apart for confidence intervals.
  ///   - pairing: whether to keep each request's latency until `PairingLog.release`, and its stratum.
  ///   - capture: events (by number) to list, for finding where two runs part.
  package init(
    plan: borrowing Plan, replication: Int, sectionCount: Int = 1, pairing role: PairingRole = .alone,
    capture: Range<UInt64>? = nil
  ) {
    horizon = plan.horizon
    warmUp = plan.warmUp
    laws = LawTable(plan.samplers)
    clients = Rows(plan.clients)
    origins = Rows(plan.origins)
    targets = Rows(plan.targets)
    rates = Rows(plan.rateSteps)
    instants = Rows(plan.instants)
    routes = Rows(plan.routes)
    candidates = Rows(plan.candidates)
    healths = Rows(plan.healths)
    sicknesses = Rows(plan.sicknesses)
    paths = Rows(plan.paths)
    faults = Rows(plan.faults)
    links = Rows(plan.links)
    linkUses = Rows(plan.linkUses)
    linkFree = Rows(repeating: 0, count: plan.links.count)
    linkCounts = Rows(repeating: LinkCounts(), count: plan.links.count)
    siteEvents = Rows(plan.siteEvents)
    sites = Rows(plan.sites)
    fronts = Rows(plan.fronts)
    deployments = Rows(plan.deployments)
    accounts = Rows(plan.accounts)
    rateLimits = Rows(plan.rateLimits)
    steps = Rows(plan.steps)
    groups = Rows(plan.groups)
    scalerSteps = Rows(plan.scalerSteps)
    schedules = Rows(plan.schedules)
    groupStates = Rows(Self.groupStates(copy plan))
    pools = InstancePools(deployments: plan.deployments, siteCount: plan.sites.count)
    startKeys = Rows(Self.startKeys(plan.deployments, seed: plan.seed, replication: replication))
    lifetimes = Rows(plan.lifetimes)
    pings = Rows(plan.pings)
    packageCaches = Rows(plan.packageCaches)
    let lives = PoolLife.initial(of: copy plan)
    poolLives = Rows(lives.pools)
    idleBins = Rows(repeating: 0, count: lives.binCount)
    evictionClock = Rows(repeating: 0, count: plan.sites.count)
    poolsOfSites = PoolsOfSites(plan.deployments, siteCount: plan.sites.count)
    pingKeys = Rows(
      plan.pings.map { StreamKey(seed: plan.seed, replication: replication, entity: $0.entity) })
    cacheStates = Rows(
      repeating: PackageCacheState(), count: plan.packageCaches.isEmpty ? 0 : plan.deployments.count)
    accountRunning = Rows(repeating: 0, count: plan.accounts.count)
    bucketClock = Rows(repeating: 0, count: plan.fronts.count)
    rateClock = Rows(repeating: 0, count: plan.rateLimits.count)
    siteOutages = Rows(repeating: 0, count: plan.sites.count)
    var faulty = [Bool](repeating: false, count: plan.sites.count)
    for event in plan.siteEvents { faulty[Int(event.site)] = true }
    siteIsFaulty = Rows(faulty)
    traits = Rows(plan.deployments.map { PoolTraits($0, siteIsFaulty: faulty[Int($0.site)]) })
    sharesRoom = Rows(Self.sharesRoom(copy plan))
    recorder = Recorder(plan: copy plan, map: SeriesMap(plan: copy plan), sectionCount: sectionCount)
    pairing = PairingLog(role, strata: role == .baseline ? Strata(plan: copy plan) : nil)
    deploymentCounts = Rows(repeating: DeploymentCounts(), count: plan.deployments.count)
    instanceLevels = Rows(plan.deployments.map { _ in LevelClock(countingFrom: plan.warmUp) })
    runningLevels = Rows(plan.deployments.map { _ in LevelClock(countingFrom: plan.warmUp) })
    traffic = Rows(repeating: TrafficCounts(), count: plan.paths.count)
    frontCounts = Rows(repeating: FrontCounts(), count: plan.fronts.count)
    stepCounts = Rows(repeating: StepCounts(), count: plan.steps.count)
    timeline = Rows(repeating: TimelineSample(), count: recorder.intervalCount)
    trace = EventTrace(capture: capture)

    var states = plan.sources.map {
      ArrivalState(plan: $0, key: StreamKey(seed: plan.seed, replication: replication, entity: $0.entity))
    }
    var first: [Int64] = []
    for index in states.indices { first.append(states[index].first(rates, instants, laws)) }
    arrivals = Rows(states)
    clock = SourceClock(times: first)
    if plan.interval < plan.horizon { queue.push(at: plan.interval, .payload(.intervalEnded, 0)) }
    for (row, ping) in plan.pings.enumerated() where ping.first <= plan.horizon {
      queue.push(at: ping.first, .payload(.pingDue, Int32(row)))
    }
    for (row, event) in plan.siteEvents.enumerated() {
      queue.push(at: event.from, .payload(.siteDown, Int32(row)))
      if event.to < .max { queue.push(at: event.to, .payload(.siteUp, Int32(row))) }
    }
    openGroups()
  }

  private static func sharesRoom(_ plan: Plan) -> [Bool] {
    var poolsOfAccount = [Int](repeating: 0, count: plan.accounts.count)
    var poolsOfSite = [Int](repeating: 0, count: plan.sites.count)
    for pool in plan.deployments {
      if pool.sharedAccount >= 0 { poolsOfAccount[Int(pool.sharedAccount)] += 1 }
      poolsOfSite[Int(pool.site)] += 1
    }
    return plan.deployments.map { pool in
      let site = Int(pool.site)
      return (pool.sharedAccount >= 0 && poolsOfAccount[Int(pool.sharedAccount)] > 1)
        || (plan.sites[site].limitsRoom && poolsOfSite[site] > 1)
    }
  }

  deinit {
    for row in 0..<Int32(deployments.count) {
      instanceLevels[row].deallocate()
      runningLevels[row].deallocate()
    }
    for group in 0..<Int32(groupStates.count) { groupStates[group].deallocate() }
  }

  /// Runs until the `arrivalLimit`-th arrival or the horizon, whichever comes first.
  /// - Returns: false once the horizon is reached.
  package mutating func run(untilArrival arrivalLimit: UInt64 = .max) -> Bool {
    while arrivalCount < arrivalLimit {
      let nextArrival = clock.nextTime
      let nextEvent = queue.nextTime
      if nextEvent <= nextArrival {
        // What was scheduled happens before what arrives at the same instant.
        if nextEvent > horizon { return finish() }
        let event = queue.pop()
        now = event.time
        trace.fold(time: event.time, payload: event.payload)
        dispatch(event.payload)
      } else {
        if nextArrival >= horizon { return finish() }
        now = nextArrival
        arrive()
      }
    }
    return true
  }

  @inline(__always)
  private mutating func dispatch(_ payload: UInt64) {
    let handle = payload.eventHandle
    switch payload.eventKind {
    case .executionFinished: onExecutionFinished(handle, payload.eventGeneration)
    case .poolReached: onPoolReached(handle)
    case .frontReached: onFrontReached(handle)
    case .attemptDue: onAttemptDue(handle)
    case .patienceEnded: onPatienceEnded(handle, payload.eventGeneration)
    case .frameDue: onFrameDue(handle, payload.eventGeneration)
    case .callAnswered: onCallEnded(handle, payload.eventGeneration, failed: false)
    case .callFailed: onCallEnded(handle, payload.eventGeneration, failed: true)
    case .frameExpired: onFrameExpired(handle, payload.eventGeneration)
    case .siteDown: onSiteDown(handle)
    case .siteUp: onSiteUp(handle)
    case .roomDue: onRoomDue(handle)
    case .intervalEnded: onIntervalEnded(handle)
    case .instanceReady: onInstanceReady(handle, payload.eventGeneration)
    case .prewarmDue: onPrewarmDue(handle)
    case .pingDue: onPingDue(handle)
    case .scalingDue: onScalingDue(handle)
    case .scheduleDue: onScheduleDue(handle)
    case .warmRefilled: onWarmRefilled(handle)
    case .memberTold: onMemberTold(handle, payload.eventGeneration)
    case .memberDies: onMemberDies(handle, payload.eventGeneration)
    case .memberMissed: onMemberMissed(handle, payload.eventGeneration)
    case .shareDue: onShareDue(handle, payload.eventGeneration)
    case .shareEnded: onShareEnded(handle, payload.eventGeneration)
    case .linkReached: onLinkReached(handle)
    case .starved: onStarved(handle)
    }
  }

  /// A source's next request leaves its client.
  @inline(__always)
  private mutating func arrive() {
    let source = clock.nextSource
    if now >= recorder.nextBoundary { recorder.advance(to: now) }
    let luck = arrivals[source].luck
    let plan = arrivals[source].plan
    var origin = plan.firstOrigin
    if plan.originCount > 1 {
      let u = luck.bits(Purpose.origin).unitInterval
      while u >= origins[origin].threshold && origin &+ 1 < plan.firstOrigin &+ plan.originCount { origin &+= 1 }
    }
    var target: Int32 = 0
    if plan.targetCount > 1 {
      let u = luck.bits(Purpose.target).unitInterval
      while u >= targets[plan.firstTarget &+ target].threshold && target &+ 1 < plan.targetCount { target &+= 1 }
    }
    let asked = targets[plan.firstTarget &+ target]
    var request = Request(
      sentAt: now, attemptAt: now, luck: luck, index: arrivalCount, requestBytes: asked.requestBytes,
      responseBytes: asked.responseBytes, clients: plan.clients, function: asked.function,
      route: origins[origin].firstRoute &+ target)
    request.intervalRow = recorder.presentRow(of: plan.clients)
    request.section = recorder.presentSection
    request.measured = now >= warmUp
    if request.measured { measuredCount &+= 1 }
    arrivalCount &+= 1
    trace.fold(time: now, payload: UInt64(truncatingIfNeeded: source))
    arrivals[source].advance()
    clock.replace(
      with: arrivals[source].hasRate ? arrivals[source].afterGap(from: now, rates) : arrivalWithoutRate(of: source))
    recorder.sent(&request)
    send(&request)
  }

  @inline(never)
  private func arrivalWithoutRate(of source: Int32) -> Int64 { arrivals[source].afterOther(now, instants, laws) }

  private mutating func onIntervalEnded(_ interval: Int32) {
    sample(into: interval)
    let next = saturating(now, recorder.interval)
    if next < horizon { queue.push(at: next, .payload(.intervalEnded, interval &+ 1)) }
  }

  /// Notes the levels at the end of an interval.
  private mutating func sample(into interval: Int32) {
    var sample = TimelineSample()
    for pool in 0..<Int32(deployments.count) {
      expireIdle(pool, at: now)
      sample.running += Int64(pools.pools[pool].running)
      sample.instances += Int64(pools.pools[pool].live)
      sample.waiting += Int64(waiting(at: pool))
    }
    timeline[interval] = sample
  }

  /// Closes the books at the horizon.
  private mutating func finish() -> Bool {
    guard now < horizon || !closed else { return false }
    now = horizon
    closed = true
    sample(into: Int32(recorder.intervalCount - 1))
    for pool in 0..<Int32(deployments.count) {
      instanceLevels[pool].set(pools.pools[pool].live, at: horizon)
      runningLevels[pool].set(pools.pools[pool].running, at: horizon)
    }
    settleOpenFrames()
    settleOpenShares()
    billLiveMembers()
    billActiveInstances()
    return false
  }

  private var closed = false
}

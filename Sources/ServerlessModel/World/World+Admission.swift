import SimulationKernel
import Stochastics

/// What a pool decides about a request.
enum Admission {
  /// This instance, and whether it has just been created.
  case accepted(Int32, isNew: Bool)
  case full
}

extension World {
  /// A request comes to the pool that is to serve it.
  @inline(__always)
  mutating func reachPool(_ request: inout Request) {
    let pool = candidates[request.candidate].deployment
    request.reachedAt = now
    if !traits[pool].admitsPlainly && isStopped(&request, pool) { return }
    enter(&request, pool)
  }

  /// Whether a request ends before it comes to an instance or a line.
  @inline(never)
  private mutating func isStopped(_ request: inout Request, _ pool: Int32) -> Bool {
    if siteOutages[deployments[pool].site] > 0 {
      refuseAtDeadSite(&request)
    } else if deployments[pool].recursionLimit > 0 && request.parent >= 0 && isRunaway(request, pool) {
      stopRunaway(&request, pool)
    } else if deployments[pool].rateLimit >= 0 && !isWithinRate(deployments[pool].rateLimit) {
      turnAway(&request, pool)
    } else {
      return false
    }
    return true
  }

  /// Whether a platform's limit on requests in a time lets one more in.
  private mutating func isWithinRate(_ limit: Int32) -> Bool {
    let plan = rateLimits[limit]
    let next = Self.takeToken(rateClock[limit], at: now, every: plan.nanosecondsPerToken, burst: plan.burst)
    if next >= 0 { rateClock[limit] = next }
    return next >= 0
  }

  /// A request finds an instance of a pool, or its line.
  @inline(__always)
  private mutating func enter(_ request: inout Request, _ pool: Int32) {
    if !traits[pool].admitsPlainly && deployments[pool].group >= 0 { return reachGroup(&request, pool) }
    expireIdle(pool, at: now)
    if pools.pools[pool].waitCount > 0 {
      // Nobody overtakes those who wait.
      serveWaiting(pool)
      if pools.pools[pool].waitCount > 0 { return full(&request, pool) }
    }
    switch admit(request.luck, pool) {
    case .accepted(let instance, let isNew): execute(&request, pool, instance, isNew: isNew)
    case .full: full(&request, pool)
    }
  }

  /// Finds or makes an instance for a request.
  @inline(__always)
  mutating func admit(_ luck: Luck, _ pool: Int32) -> Admission {
    let account = deployments[pool].account
    if account >= 0 && accountRunning[account] >= accounts[account].concurrencyLimit { return .full }
    let chosen = pools.select(pool, bits: luck.bits(Purpose.selection))
    if chosen >= 0 {
      pools.occupy(chosen, in: pool)
      return .accepted(chosen, isNew: false)
    }
    return start(in: pool)
  }

  /// Makes an instance for a request, if there is room for one.
  @inline(never)
  private mutating func start(in pool: Int32) -> Admission {
    guard mayStart(pool) else { return .full }
    let instance = pools.create(in: pool, zone: nextZone(pool), at: now)
    instanceLevels[pool].set(pools.pools[pool].live, at: now)
    noteStart(in: pool)
    return .accepted(instance, isNew: true)
  }

  /// Whether one more instance may start now; uses up the allowance if so.
  private mutating func mayStart(_ pool: Int32) -> Bool {
    let row = pools.pools[pool]
    if row.live >= deployments[pool].maximumInstances { return false }
    if siteIsFaulty[deployments[pool].site] && everyZoneIsDown(deployments[pool].site) { return false }
    // The rule of scaling first: no idle instance of another pool goes for one that may not start.
    switch deployments[pool].scaling {
    case .unlimited: break
    case .stepwise: if !mayStartStepwise(pool) { return false }
    case .ramp: if !mayStartOnRamp(pool) { return false }
    case .managed: return false
    }
    if !siteHasRoom(for: pool) { return false }
    if deployments[pool].scaling == .stepwise { pools.pools[pool].scaleUsed += 1 }
    return true
  }

  private mutating func mayStartStepwise(_ pool: Int32) -> Bool {
    let plan = deployments[pool]
    let every = max(1, plan.scalingEvery)
    let interval = now / every
    if interval != pools.pools[pool].scaleInterval {
      pools.pools[pool].scaleInterval = interval
      pools.pools[pool].scaleUsed = 0
    }
    let allowance = interval == 0 ? plan.scalingInitial : plan.scalingAdd
    if pools.pools[pool].scaleUsed >= allowance {
      askAgain(pool, at: saturating(now &- now % every, every))
      return false
    }
    return true
  }

  private mutating func mayStartOnRamp(_ pool: Int32) -> Bool {
    let plan = deployments[pool]
    let row = pools.pools[pool]
    if row.live < plan.scalingInitial {
      if row.live == 0 { pools.pools[pool].rampSince = -1 }
      return true
    }
    let every = max(1, plan.scalingEvery)
    if row.rampSince < 0 { pools.pools[pool].rampSince = now }
    let steps = row.rampSince < 0 ? 0 : (now - row.rampSince) / every
    let (growth, isEndless) = steps.multipliedReportingOverflow(by: Int64(plan.scalingAdd))
    if isEndless || Int64(row.live) - Int64(plan.scalingInitial) < growth { return true }
    askAgain(pool, at: saturating(pools.pools[pool].rampSince, (steps + 1) * every))
    return false
  }

  /// Those who wait get another chance when the pool may grow again.
  private mutating func askAgain(_ pool: Int32, at time: Int64) {
    if deployments[pool].whenFull != .queue || deployments[pool].scalingAdd <= 0 { return }
    if pools.pools[pool].wakes || time > horizon { return }
    pools.pools[pool].wakes = true
    queue.push(at: time, .payload(.roomDue, pool))
  }

  mutating func onRoomDue(_ pool: Int32) {
    pools.pools[pool].wakes = false
    expireIdle(pool, at: now)
    serveWaiting(pool)
  }

  /// Room of `pool` has become free: others that share it may have it.
  @inline(__always)
  mutating func passRoomOn(from pool: Int32) {
    if waitingTotal > 0 && sharesRoom[pool] { serveNeighbours(of: pool) }
  }

  /// Lets those in who wait for room that `pool` has just given up.
  @inline(never)
  mutating func serveNeighbours(of pool: Int32) {
    let (site, account) = (deployments[pool].site, deployments[pool].sharedAccount)
    for other in 0..<Int32(deployments.count) where other != pool && pools.pools[other].waitCount > 0 {
      let isNear = deployments[other].site == site || (account >= 0 && deployments[other].account == account)
      guard isNear else { continue }
      expireIdle(other, at: now)
      let group = deployments[other].group
      if group >= 0 && groupStates[group].count < groupStates[group].desired { reconcile(group) }
      serveWaiting(other)
    }
  }

  /// Zones take turns; those that are down are passed over.
  @inline(__always)
  mutating func nextZone(_ pool: Int32) -> Int32 {
    let site = deployments[pool].site
    let count = sites[site].zoneCount
    if count <= 1 { return 0 }
    var zone = pools.pools[pool].nextZone
    if siteIsFaulty[site] {
      for _ in 0..<count where zoneIsDown(site, zone) { zone = zone &+ 1 == count ? 0 : zone &+ 1 }
    }
    pools.pools[pool].nextZone = zone &+ 1 == count ? 0 : zone &+ 1
    return zone
  }

  /// Reclaims the idle instances whose keep-alive has run out.
  @inline(__always)
  mutating func expireIdle(_ pool: Int32, at time: Int64) {
    if expiry.nextTime <= time { expireDue(at: time) }
    if pools.expired(pool, at: time) >= 0 { buryExpired(pool, at: time) }
  }

  @inline(never)
  private mutating func buryExpired(_ pool: Int32, at time: Int64) {
    while true {
      let instance = pools.expired(pool, at: time)
      if instance < 0 { return }
      bury(instance, of: pool, at: pools.instances[instance].idleSince &+ deployments[pool].keepAlive)
    }
  }

  /// An idle instance ends at `time`, which is not later than now.
  mutating func bury(_ instance: Int32, of pool: Int32, at time: Int64) {
    noteEnd(of: instance, in: pool, at: time)
    pools.remove(idle: instance, from: pool)
    if deployments[pool].lifetime >= 0 { closeLife(of: instance, in: pool) }
    instanceLevels[pool].set(pools.pools[pool].live, at: time)
  }

  mutating func noteEnd(of instance: Int32, in pool: Int32, at time: Int64) {
    let account = deployments[pool].allocates
    if account >= 0 { accountRunning[account] &-= deployments[pool].requestsPerInstance }
    if time < warmUp { return }
    if deployments[pool].group >= 0 { billTime(of: instance, in: pool, until: time) }
    if deployments[pool].billsActiveTime { billActive(instance, pool, until: time) }
    deploymentCounts[pool].instancesEnded &+= 1
    deploymentCounts[pool].lifespanSum &+= Int128(time &- pools.instances[instance].born)
  }

  /// No instance and no room for one: the request waits or is throttled.
  @inline(never)
  mutating func full(_ request: inout Request, _ pool: Int32, mayWait: Bool = true) {
    if siteIsFaulty[deployments[pool].site] && everyZoneIsDown(deployments[pool].site) { return refuse(&request) }
    if deployments[pool].overflow >= 0 { return enter(&request, deployments[pool].overflow) }
    // Nobody stands in line for a caller that is gone.
    if mayWait && deployments[pool].whenFull == .queue && !request.isGhost
      && pools.pools[pool].waitCount < deployments[pool].queueCapacity
    {
      return wait(&request, pool)
    }
    turnAway(&request, pool)
  }

  /// A request goes on to the next site of its chain, or is throttled.
  mutating func turnAway(_ request: inout Request, _ pool: Int32) {
    if candidates[request.candidate].spill >= 0 { return spill(&request) }
    if request.measured { deploymentCounts[pool].throttles &+= 1 }
    answer(&request, .throttled)
  }

  private mutating func wait(_ request: inout Request, _ pool: Int32) {
    let tail = pools.pools[pool].waitTail
    request.waits = true
    let group = deployments[pool].group
    request.awaitsStart = group >= 0 && groupStates[group].listCount == 0
    request.line = pool
    request.previous = tail
    let handle = keep(&request)
    if tail < 0 { pools.pools[pool].waitHead = handle } else { requests[tail].link = handle }
    pools.pools[pool].waitTail = handle
    pools.pools[pool].waitCount &+= 1
    waitingTotal &+= 1
    deploymentCounts[pool].queuePeak = max(deploymentCounts[pool].queuePeak, Int64(pools.pools[pool].waitCount))
    if sites[deployments[pool].site].limitsRoom && !pools.pools[pool].isWatched { watch(pool) }
  }

  /// Takes out a request that was kept.
  /// - Returns: the request, and whether its caller has given it up.
  mutating func takeBack(_ handle: Int32) -> (request: Request, abandoned: Bool) {
    var request = requests[handle]
    let abandoned = request.generation == 0
    requests[handle].generation = 0
    requests.remove(handle)
    request.generation = 0
    return (request, abandoned)
  }

  /// Stores a request whose end is not known, so that the patience of its caller, or of the front, can run out.
  mutating func keep(_ request: inout Request) -> Int32 {
    generations = generations & 0xFF_FFFF == 0xFF_FFFF ? 1 : generations &+ 1
    request.generation = request.isGhost ? 0 : generations
    request.link = -1
    let handle = requests.insert(request)
    if request.isGhost { return handle }
    let front = candidates[request.candidate].front
    var patience = request.deadline
    if front >= 0 { patience = min(patience, saturating(request.frontAt, fronts[front].timeout)) }
    if patience <= horizon {
      queue.push(at: patience, .payload(.patienceEnded, handle, generation: request.generation))
    }
    return handle
  }

  /// Lets those who wait in, as long as there is room.
  @inline(never)
  mutating func serveWaiting(_ pool: Int32) {
    if deployments[pool].group >= 0 { return serveGroup(pool) }
    while pools.pools[pool].waitCount > 0 {
      let head = pools.pools[pool].waitHead
      guard case .accepted(let instance, let isNew) = admit(requests[head].luck, pool) else { return }
      var request = leaveLine(head)
      noteWait(&request, pool)
      execute(&request, pool, instance, isNew: isNew)
    }
  }

  /// Notes how long a request has waited that an instance takes up now. Who came when its group had no instance in
  /// service has had a cold start up to the first one, and has stood in line from then on.
  @inline(__always)
  mutating func noteWait(_ request: inout Request, _ pool: Int32) {
    var wait = now &- request.reachedAt
    let reachedAt = request.reachedAt
    // It may have to wait once more, for a single instance.
    request.reachedAt = now
    // Its handshake was over before there was an instance to start.
    request.hideable = 0
    if request.awaitsStart {
      request.awaitsStart = false
      let began = groupStates[deployments[pool].group].serviceSince
      request.startWait = min(wait, max(0, began &- reachedAt))
      wait &-= request.startWait
      if wait == 0 { return }
    }
    request.queued &+= wait
    if request.measured {
      deploymentCounts[pool].waitingTime &+= Int128(wait)
      deploymentCounts[pool].waited &+= 1
    }
  }

  /// Takes a request out of the line it stands in, wherever in it.
  @inline(__always)
  mutating func leaveLine(_ handle: Int32) -> Request {
    var request = requests[handle]
    let (previous, next) = (request.previous, request.link)
    if request.line < 0 {
      leaveLine(ofInstance: -1 &- request.line, previous: previous, next: next)
    } else {
      let pool = request.line
      if deployments[pool].group >= 0 { noteLoad(deployments[pool].group) }
      if previous < 0 { pools.pools[pool].waitHead = next } else { requests[previous].link = next }
      if next < 0 { pools.pools[pool].waitTail = previous } else { requests[next].previous = previous }
      pools.pools[pool].waitCount &-= 1
    }
    waitingTotal &-= 1
    requests[handle].generation = 0
    requests.remove(handle)
    request.generation = 0
    request.waits = false
    return request
  }

  /// The caller of a request that waits, or whose execution invokes others, gives up, or the front does.
  mutating func onPatienceEnded(_ handle: Int32, _ generation: UInt32) {
    guard requests[handle].generation == generation else { return }
    var request = requests[handle]
    let candidate = candidates[request.candidate]
    if request.waits {
      request = leaveLine(handle)
    } else {
      // The execution goes on for nobody.
      requests[handle].generation = 0
    }
    if now >= request.deadline { return fail(&request, .timedOut, at: now) }
    if request.measured { frontCounts[candidate.front].timeouts &+= 1 }
    answer(&request, .timedOut)
  }
}

import SimulationKernel

/// Requests at a group: who gets them, where they wait, what becomes of an instance that is free again.
extension World {
  /// A request comes to a pool whose instances the platform starts and stops.
  @inline(never)
  mutating func reachGroup(_ request: inout Request, _ pool: Int32) {
    let group = deployments[pool].group
    noteLoad(group)
    groupStates[group].arrivals &+= 1
    groupStates[group].lastArrival = now
    wake(group)
    if groups[group].balancer == .shared {
      let isBehind = pools.pools[pool].waitCount > 0 || overflowWaits(pool)
      let chosen = isBehind ? -1 : pools.select(pool, bits: request.luck.bits(Purpose.selection))
      return chosen < 0 ? full(&request, pool) : take(&request, pool, chosen)
    }
    guard groupStates[group].listCount > 0 else { return full(&request, pool) }
    assign(&request, pool, group)
  }

  /// Hands a request to the instance that the balancer picks.
  private mutating func assign(_ request: inout Request, _ pool: Int32, _ group: Int32) {
    let instance = balance(group, request.luck)
    if members[instance].isDead { return refuseAtDeadInstance(&request, pool) }
    if members[instance].lineCount == 0 && pools.instances[instance].active < deployments[pool].requestsPerInstance {
      return take(&request, pool, instance)
    }
    guard deployments[pool].whenFull == .queue, !request.isGhost,
      members[instance].lineCount < deployments[pool].queueCapacity
    else { return full(&request, pool, mayWait: false) }
    standInLine(&request, of: instance, pool, group)
  }

  /// The instance that the group's balancer picks among those it believes in service.
  private mutating func balance(_ group: Int32, _ luck: Luck) -> Int32 {
    let state = groupStates[group]
    switch groups[group].balancer {
    case .shared, .roundRobin:
      groupStates[group].cursor = state.cursor &+ 1 == state.listCount ? 0 : state.cursor &+ 1
      return state.list[Int(state.cursor)]
    case .leastOutstanding: return leastOutstanding(state)
    case .consistentHash:
      let keys = UInt64(max(1, groups[group].keyCount))
      let key = luck.bits(Purpose.key).multipliedFullWidth(by: keys).high
      var (best, highest) = (state.list[0], UInt64(0))
      for place in 0..<Int(state.listCount) {
        let instance = state.list[place]
        let weight = Mix.finalise(Mix.finalise(key &+ 1) ^ UInt64(bitPattern: members[instance].ordinal))
        if weight >= highest { (best, highest) = (instance, weight) }
      }
      return best
    }
  }

  /// The instance in service with the fewest requests, the first after the last choice among equals.
  private mutating func leastOutstanding(_ state: GroupState) -> Int32 {
    var (best, least) = (Int32(0), Int32.max)
    var place = state.cursor
    for _ in 0..<state.listCount {
      if place >= state.listCount { place = 0 }
      let instance = state.list[Int(place)]
      let outstanding = pools.instances[instance].active &+ members[instance].lineCount
      if outstanding < least { (best, least) = (place, outstanding) }
      if least <= 0 { break }
      place &+= 1
    }
    let group = members[state.list[Int(best)]].group
    groupStates[group].cursor = best &+ 1 == state.listCount ? 0 : best &+ 1
    return state.list[Int(best)]
  }

  /// An instance that has room takes a request up.
  private mutating func take(_ request: inout Request, _ pool: Int32, _ instance: Int32) {
    reckonCredits(instance, pool)
    pools.occupy(instance, in: pool)
    execute(&request, pool, instance, isNew: false)
  }

  /// The instance has failed, but the balancer does not know it: the caller gets an error.
  private mutating func refuseAtDeadInstance(_ request: inout Request, _ pool: Int32) {
    if request.measured { deploymentCounts[pool].errors &+= 1 }
    refuse(&request)
  }

  private mutating func standInLine(_ request: inout Request, of instance: Int32, _ pool: Int32, _ group: Int32) {
    let tail = members[instance].lineTail
    request.waits = true
    request.previous = tail
    request.line = Request.line(ofInstance: instance)
    let handle = keep(&request)
    if tail < 0 { members[instance].lineHead = handle } else { requests[tail].link = handle }
    members[instance].lineTail = handle
    members[instance].lineCount &+= 1
    groupStates[group].lineCount &+= 1
    waitingTotal &+= 1
    deploymentCounts[pool].queuePeak = max(
      deploymentCounts[pool].queuePeak, Int64(groupStates[group].lineCount &+ pools.pools[pool].waitCount))
  }

  /// Takes a request out of the line of an instance, wherever in it it stands; the caller frees its slot.
  mutating func leaveLine(ofInstance instance: Int32, previous: Int32, next: Int32) {
    let group = members[instance].group
    noteLoad(group)
    if previous < 0 { members[instance].lineHead = next } else { requests[previous].link = next }
    if next < 0 { members[instance].lineTail = previous } else { requests[next].previous = previous }
    members[instance].lineCount &-= 1
    groupStates[group].lineCount &-= 1
  }

  /// An instance of a group has one request less.
  @inline(never)
  mutating func vacateMember(_ instance: Int32, of pool: Int32) {
    noteLoad(deployments[pool].group)
    reckonCredits(instance, pool)
    let running = pools.pools[pool].running &- 1
    pools.pools[pool].running = running
    runningLevels[pool].set(running, at: now)
    let account = deployments[pool].account
    if account >= 0 { accountRunning[account] &-= 1 }
    pools.release(instance, in: pool, at: now)
    serveLine(of: instance, pool)
    if pools.pools[pool].waitCount > 0 || overflowWaits(pool) { serveGroup(pool) }
    if pools.instances[instance].isRetired && pools.instances[instance].active == 0 { endMember(instance, of: pool) }
    passRoomOn(from: pool)
  }

  /// Lets those in who wait for this very instance.
  private mutating func serveLine(of instance: Int32, _ pool: Int32) {
    while members[instance].lineHead >= 0
      && pools.instances[instance].active < deployments[pool].requestsPerInstance
    {
      var request = leaveLine(members[instance].lineHead)
      noteWait(&request, pool)
      take(&request, pool, instance)
    }
  }

  /// Lets those in who wait for any instance of a group.
  mutating func serveGroup(_ pool: Int32) {
    let group = deployments[pool].group
    noteLoad(group)
    while pools.pools[pool].waitCount > 0 {
      if groups[group].balancer == .shared {
        let chosen = pools.select(pool, bits: requests[pools.pools[pool].waitHead].luck.bits(Purpose.selection))
        if chosen < 0 { return }
        var request = leaveLine(pools.pools[pool].waitHead)
        noteWait(&request, pool)
        take(&request, pool, chosen)
      } else {
        guard groupStates[group].listCount > 0 else { return }
        var request = leaveLine(pools.pools[pool].waitHead)
        noteWait(&request, pool)
        assign(&request, pool, group)
      }
    }
    serveOverflow(of: pool)
  }

  /// Whether requests wait that found neither one of these instances nor one of the pool that takes the overflow: they
  /// stand in that pool's line, and whichever has an instance first serves them.
  @inline(__always)
  mutating func overflowWaits(_ pool: Int32) -> Bool {
    let overflow = deployments[pool].overflow
    return overflow >= 0 && pools.pools[overflow].waitCount > 0
  }

  /// Lets those in who wait in the line of the pool that takes the overflow.
  private mutating func serveOverflow(of pool: Int32) {
    while overflowWaits(pool) {
      let head = pools.pools[deployments[pool].overflow].waitHead
      let chosen = pools.select(pool, bits: requests[head].luck.bits(Purpose.selection))
      if chosen < 0 { return }
      var request = leaveLine(head)
      noteWait(&request, deployments[pool].overflow)
      take(&request, pool, chosen)
    }
  }

  /// Reckons what an execution with a slot uses of it: computes for `progress.cpu` of the time that it holds it.
  mutating func noteUse(_ progress: Progress, holding time: Int64, _ pool: Int32) {
    let group = deployments[pool].group
    groupStates[group].computed += Double(progress.cpu)
    groupStates[group].held += Double(time)
  }

  /// Integrates a group's load up to now: called before any of its levels changes.
  @inline(__always)
  mutating func noteLoad(_ group: Int32) {
    let elapsed = now &- groupStates[group].loadSince
    if elapsed == 0 { return }
    let pool = groupStates[group].pool
    let waiting = Int64(pools.pools[pool].waitCount &+ groupStates[group].lineCount)
    groupStates[group].busyTime &+= elapsed &* Int64(pools.pools[pool].running)
    groupStates[group].waitTime &+= elapsed &* waiting
    groupStates[group].coreTime += Double(elapsed) * groupStates[group].coresInUse
    groupStates[group].loadSince = now
  }
}

extension World {
  /// Requests that wait at a pool, in its line or in those of its instances.
  func waiting(at pool: Int32) -> Int32 {
    let group = deployments[pool].group
    return pools.pools[pool].waitCount &+ (group >= 0 ? groupStates[group].lineCount : 0)
  }

  /// The groups of a plan before anything moves.
  static func groupStates(_ plan: Plan) -> [GroupState] {
    plan.groups.enumerated().map { group, row in
      let pool = plan.deployments.firstIndex { $0.group == Int32(group) } ?? 0
      return GroupState(pool: Int32(pool), plan: row)
    }
  }

  /// Adds the time of the instances that are still there to the bill.
  mutating func billLiveMembers() {
    if groups.count == 0 { return }
    for instance in 0..<Int32(pools.instances.slotCount) {
      let state = pools.instances[instance]
      guard state.generation != 0, deployments[state.pool].group >= 0 else { continue }
      reckonCredits(instance, state.pool)
      billTime(of: instance, in: state.pool, until: horizon)
    }
  }
}

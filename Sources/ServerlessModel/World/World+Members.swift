import SimulationKernel
import Stochastics

/// The life of a group's instances: started, in service, retired, interrupted, failed.
extension World {
  /// Puts the initial instances of all groups in service.
  mutating func openGroups() {
    for group in 0..<Int32(groups.count) {
      for _ in 0..<groups[group].initial {
        guard let instance = startMember(group, atOnce: true) else { break }
        putInService(instance, groupStates[group].pool)
      }
      armScaler(group)
    }
  }

  /// Starts instances, or retires some, until the group has the size it wants.
  mutating func reconcile(_ group: Int32) {
    while groupStates[group].count < groupStates[group].desired {
      guard startMember(group, atOnce: false) != nil else { return }
    }
    while groupStates[group].count > groupStates[group].desired {
      guard retireOne(group) else { return }
    }
  }

  /// Begins to start an instance, from the warm pool if there is one.
  private mutating func startMember(_ group: Int32, atOnce: Bool) -> Int32? {
    let pool = groupStates[group].pool
    let site = deployments[pool].site
    if siteIsFaulty[site] && (siteOutages[site] > 0 || everyZoneIsDown(site)) { return nil }
    guard siteHasRoom(for: pool) else { return nil }
    let ordinal = deploymentCounts[pool].startedAhead
    let luck = startKeys[pool].luck(UInt64(truncatingIfNeeded: ordinal))
    var time = atOnce ? 0 : coldStart(luck, pool)
    if !atOnce && groupStates[group].warm > 0 {
      groupStates[group].warm &-= 1
      let refilled = saturating(now, time)
      if refilled <= horizon { queue.push(at: refilled, .payload(.warmRefilled, group)) }
      time = draw(groups[group].warmStart, luck, Purpose.warmStart)
    }
    let instance = begin(pool, lasting: time, announced: !atOnce)
    let plan = groups[group]
    let onDemand = groupStates[group].count &- groupStates[group].spotCount
    let isSpot = !plan.interruption.isNone && onDemand >= plan.onDemandBase
    var member = Member(group: group, ordinal: ordinal, isSpot: isSpot)
    member.launchCredits = plan.credits.launch * Self.creditNanoseconds
    member.creditsAt = now
    while Int(instance) >= members.count { _ = members.append(member) }
    members[instance] = member
    let account = deployments[pool].allocates
    if account >= 0 { accountRunning[account] &+= deployments[pool].requestsPerInstance }
    groupStates[group].count &+= 1
    if isSpot { groupStates[group].spotCount &+= 1 }
    return instance
  }

  mutating func onWarmRefilled(_ group: Int32) {
    groupStates[group].warm = min(groupStates[group].warm &+ 1, groups[group].warmCount)
  }

  /// An instance of a group is ready: it joins those in service, and its end is drawn.
  mutating func putInService(_ instance: Int32, _ pool: Int32) {
    let group = deployments[pool].group
    noteLoad(group)
    pools.ready(instance, in: pool, at: now)
    if groupStates[group].listCount == 0 { groupStates[group].serviceSince = now }
    members[instance].place = groupStates[group].append(instance)
    members[instance].servedAt = now
    reckonCredits(instance, pool)
    let generation = pools.instances[instance].generation
    let luck = startKeys[pool].luck(UInt64(truncatingIfNeeded: members[instance].ordinal))
    let plan = groups[group]
    if !plan.failure.isNone {
      members[instance].diesAt = saturating(now, max(1, draw(plan.failure, luck, Purpose.failure)))
    }
    if members[instance].isSpot {
      let told = saturating(now, max(1, draw(plan.interruption, luck, Purpose.interruption)))
      members[instance].diesAt = min(members[instance].diesAt, saturating(told, plan.notice))
      if told <= horizon { queue.push(at: told, .payload(.memberTold, instance, generation: generation)) }
    }
    if members[instance].diesAt <= horizon {
      queue.push(at: members[instance].diesAt, .payload(.memberDies, instance, generation: generation))
    }
    if pools.pools[pool].waitCount > 0 || overflowWaits(pool) { serveGroup(pool) }
  }

  // MARK: - Leaving

  /// Retires one instance: one that is still starting, else the one with the fewest requests; the youngest of equals.
  private mutating func retireOne(_ group: Int32) -> Bool {
    let pool = groupStates[group].pool
    var (victim, fewest, youngest) = (Int32(-1), Int32.max, Int64(-1))
    for instance in 0..<Int32(pools.instances.slotCount) {
      let state = pools.instances[instance]
      guard state.generation != 0, state.pool == pool, members[instance].isCounted else { continue }
      let load = state.active &+ members[instance].lineCount
      if load < fewest || (load == fewest && members[instance].ordinal > youngest) {
        (victim, fewest, youngest) = (instance, load, members[instance].ordinal)
      }
    }
    guard victim >= 0 else { return false }
    retire(victim, pool)
    return true
  }

  /// An instance gets no further requests and goes when it has done with those it has.
  private mutating func retire(_ instance: Int32, _ pool: Int32) {
    noteLoad(deployments[pool].group)
    withdraw(instance)
    if pools.instances[instance].active < 0 { return bury(starting: instance, of: pool) }
    if !members[instance].isDead { pools.retire(instance, in: pool) }
    if pools.instances[instance].active == 0 && members[instance].lineCount == 0 { endMember(instance, of: pool) }
  }

  /// Takes an instance out of the group's size and out of the balancer's list.
  private mutating func withdraw(_ instance: Int32) {
    let group = members[instance].group
    if members[instance].isCounted {
      members[instance].isCounted = false
      groupStates[group].count &-= 1
      if members[instance].isSpot { groupStates[group].spotCount &-= 1 }
    }
    let place = members[instance].place
    guard place >= 0 else { return }
    groupStates[group].remove(at: place)
    members[instance].place = -1
    let state = groupStates[group]
    for index in Int(place)..<Int(state.listCount) { members[state.list[index]].place = Int32(index) }
  }

  private mutating func bury(starting instance: Int32, of pool: Int32) {
    noteEnd(of: instance, in: pool, at: now)
    pools.remove(starting: instance, from: pool)
    instanceLevels[pool].set(pools.pools[pool].live, at: now)
  }

  /// A retired instance that has nothing left to do is gone.
  mutating func endMember(_ instance: Int32, of pool: Int32) {
    reckonCredits(instance, pool)
    noteEnd(of: instance, in: pool, at: now)
    pools.remove(retired: instance, from: pool)
    instanceLevels[pool].set(pools.pools[pool].live, at: now)
  }

  /// Everything on an instance is lost at once, and the instance with it.
  mutating func killMember(_ instance: Int32, of pool: Int32, wholeSite: Bool) {
    noteLoad(deployments[pool].group)
    withdraw(instance)
    if pools.instances[instance].active < 0 { return bury(starting: instance, of: pool) }
    dropRequests(of: instance, pool, wholeSite: wholeSite)
    endMember(instance, of: pool)
  }

  /// What executes on an instance, and what waits for it, is lost; the instance is retired and empty.
  private mutating func dropRequests(of instance: Int32, _ pool: Int32, wholeSite: Bool) {
    reckonCredits(instance, pool)
    closeFrames(on: instance, wholeSite: wholeSite)
    closeShares(of: instance, wholeSite: wholeSite)
    while members[instance].lineHead >= 0 {
      var request = leaveLine(members[instance].lineHead)
      if wholeSite { refuseAtDeadSite(&request) } else { loseAnswer(&request, at: now, wholeSite: false) }
    }
    let active = pools.instances[instance].active
    pools.pools[pool].running &-= active
    runningLevels[pool].set(pools.pools[pool].running, at: now)
    let account = deployments[pool].account
    if account >= 0 { accountRunning[account] &-= active }
    if !pools.instances[instance].isRetired { pools.retire(instance, in: pool) }
    pools.abandon(instance)
  }

  // MARK: - Interruptions and failures

  /// A spot instance gets its notice: it takes no more requests and is replaced at once.
  mutating func onMemberTold(_ instance: Int32, _ generation: UInt32) {
    guard pools.instances[instance].generation == generation, members[instance].isCounted else { return }
    let pool = pools.instances[instance].pool
    deploymentCounts[pool].interruptions &+= 1
    retire(instance, pool)
    reconcile(deployments[pool].group)
    passRoomOn(from: pool)
  }

  /// The notice of a spot instance is over, or an instance fails.
  mutating func onMemberDies(_ instance: Int32, _ generation: UInt32) {
    guard pools.instances[instance].generation == generation else { return }
    let pool = pools.instances[instance].pool
    let plan = groups[members[instance].group]
    guard members[instance].isCounted else {
      killMember(instance, of: pool, wholeSite: false)
      return passRoomOn(from: pool)
    }
    deploymentCounts[pool].failures &+= 1
    noteLoad(members[instance].group)
    dropRequests(of: instance, pool, wholeSite: false)
    members[instance].isDead = true
    passRoomOn(from: pool)
    guard plan.checkInterval > 0 else { return }
    let sinceReady = now &- pools.instances[instance].readyAt
    let nextCheck = plan.checkInterval &- sinceReady % plan.checkInterval
    let noticed = saturating(now, nextCheck &+ Int64(plan.checkThreshold &- 1) &* plan.checkInterval)
    if noticed > horizon { return }
    queue.push(
      at: noticed, .payload(.memberMissed, instance, generation: pools.instances[instance].generation))
  }

  /// Health checks have failed often enough: the instance is ended and replaced.
  mutating func onMemberMissed(_ instance: Int32, _ generation: UInt32) {
    guard pools.instances[instance].generation == generation else { return }
    let pool = pools.instances[instance].pool
    noteLoad(deployments[pool].group)
    withdraw(instance)
    endMember(instance, of: pool)
    reconcile(deployments[pool].group)
    passRoomOn(from: pool)
  }
}

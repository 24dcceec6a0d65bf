import SimulationKernel

extension World {
  /// Whether a zone of a site is down now.
  mutating func zoneIsDown(_ site: Int32, _ zone: Int32) -> Bool {
    for row in 0..<Int32(siteEvents.count) {
      let event = siteEvents[row]
      if event.site == site && event.zone == zone && event.from <= now && now < event.to { return true }
    }
    return false
  }

  /// Whether the outages of single zones leave a site without any.
  mutating func everyZoneIsDown(_ site: Int32) -> Bool {
    for zone in 0..<sites[site].zoneCount where !zoneIsDown(site, zone) { return false }
    return true
  }

  /// The platform answers a request with an error at once.
  mutating func refuse(_ request: inout Request) {
    answer(&request, .refused)
  }

  /// A request comes to a site that is down.
  @inline(never)
  mutating func refuseAtDeadSite(_ request: inout Request) {
    let path = paths[candidates[request.candidate].path]
    guard state(of: path, at: now).refuses else { return vanish(&request) }
    fail(&request, .refused, at: now &+ request.accessBack &+ request.propagationBack)
  }

  /// The outage that an instance is lost to before an execution ends.
  @inline(never)
  mutating func death(of instance: Int32, in pool: Int32, before ends: Int64) -> SiteEvent? {
    let site = deployments[pool].site
    if deployments[pool].group >= 0 && members[instance].diesAt < ends {
      // Of itself: by a failure or at the end of its notice, unless its site or zone goes first.
      let dies = members[instance].diesAt
      return (siteIsFaulty[site] ? outage(of: instance, in: pool, before: dies) : nil)
        ?? SiteEvent(site: site, zone: 0, from: dies, to: dies)
    }
    return siteIsFaulty[site] ? outage(of: instance, in: pool, before: ends) : nil
  }

  private mutating func outage(of instance: Int32, in pool: Int32, before ends: Int64) -> SiteEvent? {
    let site = deployments[pool].site
    let zone = pools.instances[instance].zone
    for row in 0..<Int32(siteEvents.count) {
      let event = siteEvents[row]
      guard event.site == site, event.zone < 0 || event.zone == zone, event.from > now, event.from < ends else {
        continue
      }
      return event
    }
    return nil
  }

  /// The execution of a request was cut short at `time`. A site with living zones answers with an error.
  mutating func loseAnswer(_ request: inout Request, at time: Int64, wholeSite: Bool) {
    let path = paths[candidates[request.candidate].path]
    if wholeSite && !state(of: path, at: time).refuses { return vanish(&request) }
    fail(&request, .refused, at: time &+ request.accessBack &+ request.propagationBack)
  }

  /// A site, or one of its zones, goes down: its instances are gone and those who wait there are turned away.
  mutating func onSiteDown(_ row: Int32) {
    let event = siteEvents[row]
    if event.zone < 0 { siteOutages[event.site] &+= 1 }
    for pool in 0..<Int32(deployments.count) where deployments[pool].site == event.site {
      expireIdle(pool, at: now)
      closeFrames(of: pool, zone: event.zone)
      for instance in 0..<Int32(pools.instances.slotCount) {
        let state = pools.instances[instance]
        guard state.generation != 0, state.pool == pool, event.zone < 0 || state.zone == event.zone else { continue }
        if deployments[pool].group >= 0 {
          killMember(instance, of: pool, wholeSite: event.zone < 0)
        } else {
          kill(instance, state.active, of: pool)
        }
      }
      if event.zone < 0 || everyZoneIsDown(event.site) { turnAwayWaiting(pool, wholeSite: event.zone < 0) }
    }
    // Only now: nobody may be let in where instances are still to go.
    for pool in 0..<Int32(deployments.count) where deployments[pool].site == event.site {
      if deployments[pool].group >= 0 { reconcile(deployments[pool].group) }
      serveWaiting(pool)
      passRoomOn(from: pool)
    }
  }

  mutating func onSiteUp(_ row: Int32) {
    let event = siteEvents[row]
    if event.zone < 0 { siteOutages[event.site] &-= 1 }
    for group in 0..<Int32(groups.count) where deployments[groupStates[group].pool].site == event.site {
      reconcile(group)
    }
  }

  private mutating func kill(_ instance: Int32, _ active: Int32, of pool: Int32) {
    noteEnd(of: instance, in: pool, at: now)
    if active < 0 {
      pools.remove(starting: instance, from: pool)
    } else if active == 0 {
      pools.remove(idle: instance, from: pool)
    } else {
      pools.remove(busy: instance, from: pool)
      pools.pools[pool].running &-= active
      runningLevels[pool].set(pools.pools[pool].running, at: now)
      let account = deployments[pool].account
      if account >= 0 { accountRunning[account] &-= active }
    }
    if deployments[pool].lifetime >= 0 { closeLife(of: instance, in: pool) }
    instanceLevels[pool].set(pools.pools[pool].live, at: now)
  }

  /// Ends the executions that invoke others and whose instance is lost.
  private mutating func closeFrames(of pool: Int32, zone: Int32) {
    for frame in 0..<Int32(frames.slotCount) {
      let state = frames[frame]
      guard state.generation != 0, state.pool == pool, state.instance >= 0 else { continue }
      guard zone < 0 || pools.instances[state.instance].zone == zone else { continue }
      cutFrame(frame, wholeSite: zone < 0)
    }
  }

  /// Ends the executions on one instance that invoke others: the instance is lost.
  mutating func closeFrames(on instance: Int32, wholeSite: Bool) {
    for frame in 0..<Int32(frames.slotCount) where frames[frame].generation != 0 {
      if frames[frame].instance == instance { cutFrame(frame, wholeSite: wholeSite) }
    }
  }

  private mutating func cutFrame(_ frame: Int32, wholeSite: Bool) {
    let state = frames[frame]
    var (request, abandoned) = release(frame)
    var progress = state.progress
    // Since its last call set out, time has passed that the progress does not show yet.
    progress.elapsed = max(progress.elapsed, max(0, now &- state.begins))
    progress.cut(at: max(0, now &- state.begins))
    settle(.refused, of: request, state, progress)
    if !abandoned { loseAnswer(&request, at: now, wholeSite: wholeSite) }
  }

  private mutating func turnAwayWaiting(_ pool: Int32, wholeSite: Bool) {
    while pools.pools[pool].waitHead >= 0 {
      var request = leaveLine(pools.pools[pool].waitHead)
      if wholeSite { refuseAtDeadSite(&request) } else { refuse(&request) }
    }
  }
}

import SimulationKernel

extension SitePlan {
  /// Whether the instances of all functions at the site share a limit.
  var limitsRoom: Bool { instanceCapacity > 0 || memoryCapacity > 0 || processorCapacity > 0 }
}

/// The pools of each site, one after another.
struct PoolsOfSites: ~Copyable {
  private let first: Rows<Int32>
  private let pools: Rows<Int32>

  init(_ deployments: [DeploymentPlan], siteCount: Int) {
    var starts = [Int32](repeating: 0, count: siteCount + 1)
    for deployment in deployments { starts[Int(deployment.site) + 1] += 1 }
    for site in 0..<siteCount { starts[site + 1] += starts[site] }
    var next = starts
    var ordered = [Int32](repeating: 0, count: deployments.count)
    for (row, deployment) in deployments.enumerated() {
      ordered[Int(next[Int(deployment.site)])] = Int32(row)
      next[Int(deployment.site)] += 1
    }
    first = Rows(starts)
    pools = Rows(ordered)
  }

  /// Positions of a site's pools.
  func positions(of site: Int32) -> Range<Int32> { first[site]..<first[site + 1] }

  /// The pool at a position.
  subscript(_ position: Int32) -> Int32 { pools[position] }
}

extension World {
  /// Whether the pool's site can keep one more instance in memory; idle ones may have to go for it.
  @inline(__always)
  mutating func siteHasRoom(for pool: Int32) -> Bool {
    !sites[deployments[pool].site].limitsRoom || fits(pool) || makeRoom(for: pool)
  }

  private mutating func fits(_ pool: Int32) -> Bool {
    let site = deployments[pool].site
    let plan = sites[site]
    if plan.instanceCapacity > 0 && pools.siteLive[site] >= plan.instanceCapacity { return false }
    return !lacksMemory(pool, given: 0) && !lacksProcessors(pool, given: 0)
  }

  /// Whether one more instance would need more memory than its site has, with so much given up.
  private mutating func lacksMemory(_ pool: Int32, given: Int64) -> Bool {
    let (site, need) = (deployments[pool].site, deployments[pool].footprint)
    let capacity = sites[site].memoryCapacity
    return capacity > 0 && need > 0 && pools.siteMemory[site] - given + need > capacity
  }

  /// The same for processors.
  private mutating func lacksProcessors(_ pool: Int32, given: Int64) -> Bool {
    let (site, need) = (deployments[pool].site, deployments[pool].processors)
    let capacity = sites[site].processorCapacity
    return capacity > 0 && need > 0 && pools.siteProcessors[site] - given + need > capacity
  }

  /// Makes room at a site that is full, if need be by giving up idle instances: none if that would not be enough.
  private mutating func makeRoom(for pool: Int32) -> Bool {
    let site = deployments[pool].site
    let positions = poolsOfSites.positions(of: site)
    for position in positions { expireIdle(poolsOfSites[position], at: now) }
    if fits(pool) { return true }
    var (idle, memory, processors) = (Int32(0), Int64(0), Int64(0))
    for position in positions {
      let other = poolsOfSites[position]
      if deployments[other].group >= 0 { continue }
      idle += pools.pools[other].idleCount
      memory += Int64(pools.pools[other].idleCount) * deployments[other].footprint
      processors += Int64(pools.pools[other].idleCount) * deployments[other].processors
    }
    let plan = sites[site]
    if plan.instanceCapacity > 0 && pools.siteLive[site] - idle >= plan.instanceCapacity { return false }
    if lacksMemory(pool, given: memory) || lacksProcessors(pool, given: processors) { return false }
    while !fits(pool) {
      let isFull = plan.instanceCapacity > 0 && pools.siteLive[site] >= plan.instanceCapacity
      let lack = (
        memory: !isFull && lacksMemory(pool, given: 0), processors: !isFull && lacksProcessors(pool, given: 0)
      )
      guard let owner = poolOfVictim(at: site, lack) else { return false }
      if plan.eviction == .greedyDual { evictionClock[site] = max(evictionClock[site], priority(of: owner)) }
      bury(pools.pools[owner].idleHead, of: owner, at: now)
    }
    return true
  }

  /// How long a request waits at most for a pool that has no instance and no room for one, ns: then it is turned
  /// away, or goes on, as a load balancer without targets answers with an error when its time-out is over.
  static var patienceWithoutRoom: Int64 { 60_000_000_000 }

  /// A request waits at a site where others may take all the room: it must not wait for ever.
  @inline(never)
  mutating func watch(_ pool: Int32) {
    let longest = requests[pools.pools[pool].waitHead].reachedAt
    let from = pools.pools[pool].live > 0 ? now : longest
    let due = max(saturating(from, Self.patienceWithoutRoom), now)
    if due > horizon { return }
    pools.pools[pool].isWatched = true
    queue.push(at: due, .payload(.starved, pool))
  }

  /// Turns away those who have waited too long where there is still no instance: others hold all of the site's room.
  mutating func onStarved(_ pool: Int32) {
    pools.pools[pool].isWatched = false
    let group = deployments[pool].group
    if group >= 0 && groupStates[group].count < groupStates[group].desired { reconcile(group) }
    serveWaiting(pool)
    while pools.pools[pool].waitHead >= 0 && pools.pools[pool].live == 0 {
      let head = pools.pools[pool].waitHead
      if now &- requests[head].reachedAt < Self.patienceWithoutRoom { break }
      var request = leaveLine(head)
      request.queued &+= now &- request.reachedAt
      turnAway(&request, pool)
    }
    if pools.pools[pool].waitHead >= 0 && !pools.pools[pool].isWatched { watch(pool) }
  }

  /// The pool whose longest idle instance is to go first.
  private mutating func poolOfVictim(at site: Int32, _ lack: (memory: Bool, processors: Bool)) -> Int32? {
    let isGreedy = sites[site].eviction == .greedyDual
    var (victim, lowest, since) = (Int32?.none, Double.infinity, Int64.max)
    for position in poolsOfSites.positions(of: site) {
      let pool = poolsOfSites[position]
      let head = pools.pools[pool].idleHead
      if head < 0 || deployments[pool].group >= 0 { continue }
      if lack.memory && deployments[pool].footprint == 0 { continue }
      if lack.processors && !lack.memory && deployments[pool].processors == 0 { continue }
      let idleSince = pools.instances[head].idleSince
      let value = isGreedy ? priority(of: pool) : 0
      if victim == nil || value < lowest || (value == lowest && idleSince < since) {
        (victim, lowest, since) = (pool, value, idleSince)
      }
    }
    return victim
  }

  /// Priority of the pool's longest idle instance: clock at its last use + frequency × cost ÷ size. The clock never
  /// falls, so no idle instance of the pool has a lower one. Pools without a policy of their own go first.
  private mutating func priority(of pool: Int32) -> Double {
    if deployments[pool].lifetime < 0 { return 0 }
    let clock = lives[pools.pools[pool].idleHead].clock
    let size = max(1, Double(deployments[pool].footprint))
    return clock + Double(poolLives[pool].frequency) * poolLives[pool].meanCost / size
  }

  /// What the next instance's download takes at a site that keeps packages, ns; fills the cache.
  mutating func downloadThroughCache(_ pool: Int32) -> Int64 {
    let plan = packageCaches[deployments[pool].packageCache]
    let state = cacheStates[pool]
    let isKept = state.filledAt <= now && now - state.usedAt <= plan.retention
    cacheStates[pool].usedAt = now
    if isKept { return plan.cachedDownload }
    let download = deployments[pool].download
    // Who comes while the first one downloads finds nothing yet.
    if state.filledAt <= now || state.filledAt == .max { cacheStates[pool].filledAt = saturating(now, download) }
    return download
  }
}

/// What a site keeps of a function's package.
struct PackageCacheState: BitwiseCopyable {
  /// When the first download is over, ns; `Int64.max` before there was one.
  var filledAt = Int64.max
  var usedAt: Int64 = 0
}

import SimulationKernel

/// Instances that the platform starts without a request: pre-warming, provisioned and minimum instances, autoscaling.
extension World {
  /// Begins to start an instance of a pool; it is idle, or takes up one of those who wait, when its start is over.
  ///
  /// Its start is drawn from luck of its own, so that it changes no draw of any request. The pool's rate of scaling
  /// is not asked: whoever starts instances ahead has a rule of its own.
  /// - Returns: the instance, or -1 if the pool, or the memory of its site, is full.
  @discardableResult
  mutating func startAhead(_ pool: Int32) -> Int32 {
    guard pools.pools[pool].live < deployments[pool].maximumInstances, siteHasRoom(for: pool) else { return -1 }
    if siteIsFaulty[deployments[pool].site] && everyZoneIsDown(deployments[pool].site) { return -1 }
    let luck = startKeys[pool].luck(UInt64(truncatingIfNeeded: deploymentCounts[pool].startedAhead))
    let instance = begin(pool, lasting: coldStart(luck, pool), announced: true)
    if deployments[pool].lifetime >= 0 { remember(luck, of: instance) }
    return instance
  }

  /// Begins a start that lasts so many ns; `announced` = the end of it is an event.
  mutating func begin(_ pool: Int32, lasting time: Int64, announced: Bool) -> Int32 {
    deploymentCounts[pool].startedAhead &+= 1
    noteStart(in: pool)
    let instance = pools.createAhead(in: pool, zone: nextZone(pool), at: now)
    instanceLevels[pool].set(pools.pools[pool].live, at: now)
    let ready = saturating(now, time)
    pools.instances[instance].readyAt = ready
    if announced && ready <= horizon {
      queue.push(at: ready, .payload(.instanceReady, instance, generation: pools.instances[instance].generation))
    }
    return instance
  }

  /// Counts an instance that begins to start.
  @inline(__always)
  mutating func noteStart(in pool: Int32) {
    if now >= warmUp { deploymentCounts[pool].startsMeasured &+= 1 }
  }

  mutating func onInstanceReady(_ instance: Int32, _ generation: UInt32) {
    guard pools.instances[instance].generation == generation else { return }
    let pool = pools.instances[instance].pool
    if deployments[pool].group >= 0 { return putInService(instance, pool) }
    expireIdle(pool, at: now)
    pools.ready(instance, in: pool, at: now)
    if deployments[pool].lifetime >= 0 { becameIdle(instance, pool) }
    if pools.pools[pool].waitCount > 0 { serveWaiting(pool) }
  }

  /// Keys of the luck of a pool's starts; pools of the same function at the same site share it in all placements.
  static func startKeys(_ deployments: [DeploymentPlan], seed: UInt64, replication: Int) -> [StreamKey] {
    let starts = Mix.identity(of: "start ahead")
    return deployments.map { pool in
      let entity = starts &+ UInt64(truncatingIfNeeded: pool.function) &<< 32
        &+ UInt64(truncatingIfNeeded: pool.site)
      return StreamKey(seed: seed, replication: replication, entity: entity)
    }
  }
}

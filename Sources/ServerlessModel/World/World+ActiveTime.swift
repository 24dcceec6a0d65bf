import SimulationKernel

/// Platforms that bill an instance while it serves anything (Cloud Run): the union of its requests' times, each stretch
/// rounded by itself, from the moment that a request takes the idle instance, its start included.
extension World {
  /// An instance has taken a request; with the first one a stretch begins.
  @inline(never)
  mutating func noteActive(_ instance: Int32) {
    // While it is not idle, what it has been since is active.
    if pools.instances[instance].active == 1 { pools.instances[instance].idleSince = now }
  }

  /// A stretch in which an instance has served something ends, if there is one.
  @inline(never)
  mutating func billActive(_ instance: Int32, _ pool: Int32, until time: Int64) {
    guard pools.instances[instance].active > 0 else { return }
    let from = max(pools.instances[instance].idleSince, warmUp)
    if time <= from { return }
    let billed = max(time &- from, deployments[pool].minimumBilled)
    deploymentCounts[pool].billedGranules &+= Self.granules(of: billed, deployments[pool].billingGranularity)
  }

  /// Closes the stretches of the instances that serve something at the horizon.
  mutating func billActiveInstances() {
    var isBilled = false
    for pool in 0..<Int32(deployments.count) where deployments[pool].billsActiveTime { isBilled = true }
    guard isBilled else { return }
    for instance in 0..<Int32(pools.instances.slotCount) where pools.instances[instance].generation != 0 {
      let pool = pools.instances[instance].pool
      if deployments[pool].billsActiveTime { billActive(instance, pool, until: horizon) }
    }
  }
}

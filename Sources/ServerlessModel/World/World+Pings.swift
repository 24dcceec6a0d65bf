import SimulationKernel

/// Invocations on a schedule that keep instances warm.
extension World {
  /// A round of pings: all of them at once, so that each finds or makes an instance of its own.
  mutating func onPingDue(_ row: Int32) {
    let plan = pings[row]
    let next = saturating(now, plan.every)
    if next <= horizon { queue.push(at: next, .payload(.pingDue, row)) }
    let pool = plan.deployment
    if siteOutages[deployments[pool].site] > 0 { return }
    expireIdle(pool, at: now)
    let round = UInt64((now - plan.first) / plan.every) &* UInt64(plan.count)
    for ordinal in 0..<UInt64(plan.count) { ping(pool, pingKeys[row].luck(round &+ ordinal), plan.work) }
  }

  private mutating func ping(_ pool: Int32, _ luck: Luck, _ work: Int64) {
    guard pools.pools[pool].waitCount == 0, case .accepted(let instance, let isNew) = admit(luck, pool) else {
      if now >= warmUp { deploymentCounts[pool].throttles &+= 1 }
      return
    }
    startExecuting(pool)
    if deployments[pool].billsActiveTime { noteActive(instance) }
    let overhead = draw(deployments[pool].overhead, luck, Purpose.overhead)
    let start = isNew ? coldStart(luck, pool) : 0
    var begins = now &+ overhead
    if isNew {
      deploymentCounts[pool].startedAhead &+= 1
      begins &+= start
      pools.instances[instance].readyAt = begins
    } else {
      begins = max(begins, pools.instances[instance].readyAt)
    }
    if deployments[pool].lifetime >= 0 { becameBusy(instance, pool, luck, initTime: start, isNew: isNew) }
    var progress = Progress()
    progress.advance(by: scaled(work, by: deployments[pool].workFactor))
    progress.cpu = min(progress.elapsed, deployments[pool].cpuLimit)
    progress.cut(at: deployments[pool].timeout)
    if now >= warmUp {
      deploymentCounts[pool].pings &+= 1
      bill(progress, initTime: start, pool)
    }
    queue.push(
      at: begins &+ progress.elapsed,
      .payload(.executionFinished, instance, generation: pools.instances[instance].generation))
  }
}

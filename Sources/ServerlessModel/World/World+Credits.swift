/// CPU credits of burstable instances, and the bill of an instance's time.
extension World {
  /// One credit, vCPU-ns: a vCPU for a minute.
  static var creditNanoseconds: Double { 60e9 }

  /// Reckons an instance's credits up to now: called before the number of its requests changes.
  ///
  /// Earned continuously, spent by the vCPUs in use; what is above the maximum is forfeited. Without credits an
  /// instance runs at its baseline, or, if unlimited, at full speed on surplus credits: those beyond what a day earns
  /// are charged at once, the rest when the instance ends.
  @inline(__always)
  mutating func reckonCredits(_ instance: Int32, _ pool: Int32) {
    if groups[deployments[pool].group].credits.vcpus > 0 { reckon(instance, pool) }
  }

  @inline(never)
  private mutating func reckon(_ instance: Int32, _ pool: Int32) {
    let plan = groups[deployments[pool].group].credits
    let elapsed = Double(now &- members[instance].creditsAt)
    members[instance].creditsAt = now
    let active = max(0, pools.instances[instance].active)
    var use = min(Double(active) * coresPerRequest(pool), plan.vcpus)
    if isThrottled(instance, pool) { use = min(use, plan.baseline * plan.vcpus) }
    let maximum = plan.maximum * Self.creditNanoseconds
    var credits = min(members[instance].credits + (plan.perHour / 60 - use) * elapsed, maximum)
    if credits < 0 {
      if !plan.unlimited {
        credits = 0
      } else if credits < -maximum {
        charge(-maximum - credits, pool)
        credits = -maximum
      }
    }
    members[instance].credits = credits
  }

  /// vCPUs that a request uses while it computes.
  private mutating func coresPerRequest(_ pool: Int32) -> Double {
    let plan = groups[deployments[pool].group]
    if plan.sharedCores > 0 { return 1 }
    return min(1, plan.credits.vcpus / Double(max(1, deployments[pool].requestsPerInstance)))
  }

  private mutating func charge(_ credits: Double, _ pool: Int32) {
    if now >= warmUp { deploymentCounts[pool].surplusCredits &+= Int64(min(credits, 9e18)) }
  }

  /// Whether an instance has run out of credits and must not spend more than it earns.
  mutating func isThrottled(_ instance: Int32, _ pool: Int32) -> Bool {
    let plan = groups[deployments[pool].group].credits
    return plan.vcpus > 0 && !plan.unlimited && members[instance].credits <= 0
  }

  /// Stretches the computation of an execution on an instance without credits; the balance is looked at when it
  /// begins.
  mutating func slowDown(_ progress: inout Progress, since earlier: Int64, _ instance: Int32, _ pool: Int32) {
    guard isThrottled(instance, pool) else { return }
    let baseline = groups[deployments[pool].group].credits.baseline
    let added = scaled(progress.compute &- earlier, by: max(0, 1 / max(baseline, 1e-6) - 1))
    progress.advance(by: added)
    progress.compute &+= added
  }

  /// Adds an instance's time to the bill when it ends, or when the books are closed.
  mutating func billTime(of instance: Int32, in pool: Int32, until time: Int64) {
    let group = deployments[pool].group
    let from = max(pools.instances[instance].born, warmUp)
    if time <= from { return }
    let plan = groups[group]
    let step = max(1, plan.billingStep)
    let rounded = saturating(time &- from, step &- 1) / step &* step
    let billed = max(rounded, plan.billingMinimum)
    deploymentCounts[pool].instanceTime += Int128(time &- from)
    if members[instance].isSpot {
      deploymentCounts[pool].spotBilledTime += Int128(billed)
    } else {
      deploymentCounts[pool].billedTime += Int128(billed)
    }
    if members[instance].credits < 0 { charge(-members[instance].credits, pool) }
  }
}

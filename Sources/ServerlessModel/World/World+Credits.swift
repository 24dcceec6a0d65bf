/// CPU credits of burstable instances, and the bill of an instance's time.
extension World {
  /// One credit, vCPU-ns: a vCPU for a minute.
  static var creditNanoseconds: Double { 60e9 }

  /// Reckons an instance's credits up to now: called before the number of its requests changes.
  ///
  /// Earned continuously, spent by the vCPUs in use, launch credits first; what is above the maximum is forfeited,
  /// launch credits apart. Without credits an instance runs at its baseline, or, if unlimited, at full speed on surplus
  /// credits: those beyond what a day earns are charged at once, the rest when the instance ends.
  @inline(__always)
  mutating func reckonCredits(_ instance: Int32, _ pool: Int32) {
    if groups[deployments[pool].group].credits.vcpus > 0 { reckon(instance, pool) }
  }

  @inline(never)
  private mutating func reckon(_ instance: Int32, _ pool: Int32) {
    let plan = groups[deployments[pool].group].credits
    let elapsed = Double(now &- members[instance].creditsAt)
    members[instance].creditsAt = now
    var use = coresWanted(by: instance, pool)
    if isThrottled(instance, pool) { use = min(use, plan.sustained) }
    let launched = min(members[instance].launchCredits, use * elapsed)
    members[instance].launchCredits -= launched
    let maximum = plan.maximum * Self.creditNanoseconds
    var credits = min(members[instance].credits + (plan.sustained - use) * elapsed + launched, maximum)
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

  /// vCPUs that an instance's requests use at full speed.
  private mutating func coresWanted(by instance: Int32, _ pool: Int32) -> Double {
    let group = deployments[pool].group
    let vcpus = groups[group].credits.vcpus
    if groups[group].sharedCores > 0 { return members[instance].coresInUse }
    let each = min(1, vcpus / Double(max(1, deployments[pool].requestsPerInstance)))
    return min(Double(max(0, pools.instances[instance].active)) * each * groupStates[group].computingShare, vcpus)
  }

  private mutating func charge(_ credits: Double, _ pool: Int32) {
    if now >= warmUp { deploymentCounts[pool].surplusCredits &+= Int64(min(credits, 9e18)) }
  }

  /// Whether an instance has run out of credits and must not spend more than it earns.
  mutating func isThrottled(_ instance: Int32, _ pool: Int32) -> Bool {
    let plan = groups[deployments[pool].group].credits
    return plan.vcpus > 0 && !plan.unlimited && members[instance].credits + members[instance].launchCredits <= 0
  }

  /// Time for which an instance's credits last while it uses so many vCPUs, ns; infinite if it earns as much.
  mutating func creditsLast(_ instance: Int32, using cores: Double, _ pool: Int32) -> Double {
    let plan = groups[deployments[pool].group].credits
    guard plan.vcpus > 0, !plan.unlimited, cores > plan.sustained else { return .infinity }
    // Launch credits pay for all that is used as long as they last, while the others are earned.
    let launched = members[instance].launchCredits / cores
    let earned = min(
      members[instance].credits + plan.sustained * launched, plan.maximum * Self.creditNanoseconds)
    return launched + earned / (cores - plan.sustained)
  }

  /// Stretches the computation of an execution from the instant at which its instance's credits run out, as far as
  /// can be seen when it begins: the requests then on the instance may use what it earns.
  @inline(never)
  mutating func slowDown(_ progress: inout Progress, since earlier: Int64, _ instance: Int32, _ pool: Int32) {
    let plan = groups[deployments[pool].group].credits
    if plan.vcpus == 0 || plan.unlimited { return }
    let use = coresWanted(by: instance, pool)
    let computing = Double(progress.compute &- earlier)
    let late = computing - creditsLast(instance, using: use, pool)
    // Half a nanosecond: what the reckoning in floating point may have left.
    guard late > 0.5 else { return }
    let added = scaled(1, by: late * max(0, use / max(plan.sustained, 1e-6) - 1))
    groupStates[deployments[pool].group].throttled += Double(added)
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

import SimulationKernel

/// The rules by which groups change their size.
extension World {
  /// Sets the first evaluation and the schedules of a group.
  mutating func armScaler(_ group: Int32) {
    let plan = groups[group].scaler
    if plan.kind != .fixed && plan.period <= horizon {
      queue.push(at: max(1, plan.period), .payload(.scalingDue, group))
    }
    for row in plan.firstSchedule..<plan.firstSchedule &+ plan.scheduleCount where schedules[row].at <= horizon {
      queue.push(at: schedules[row].at, .payload(.scheduleDue, row))
    }
  }

  /// Other bounds hold from now on.
  mutating func onScheduleDue(_ row: Int32) {
    let schedule = schedules[row]
    groupStates[schedule.group].minimum = schedule.minimum
    groupStates[schedule.group].maximum = schedule.maximum
    want(groupStates[schedule.group].desired, schedule.group)
    let next = saturating(now, groups[schedule.group].scaler.schedulePeriod)
    if next > now && next <= horizon { queue.push(at: next, .payload(.scheduleDue, row)) }
  }

  /// A request finds a group without instances: the first one is started at once; so are those refused before.
  @inline(__always)
  mutating func wake(_ group: Int32) {
    if groupStates[group].count < groupStates[group].desired { return reconcile(group) }
    if groupStates[group].desired > 0 || groups[group].scaler.kind == .fixed { return }
    if deployments[groupStates[group].pool].overflow >= 0 { return }
    want(1, group)
  }

  /// Changes the size, within the present bounds; nobody is left without an instance that comes.
  private mutating func want(_ size: Int32, _ group: Int32) {
    let state = groupStates[group]
    let isAtWork = waiting(at: state.pool) > 0 || pools.pools[state.pool].running > 0
    groupStates[group].desired = max(min(max(size, isAtWork ? 1 : 0), state.maximum), state.minimum)
    let shrinks = state.count > groupStates[group].desired
    reconcile(group)
    if shrinks { passRoomOn(from: state.pool) }
  }

  /// A group's rule looks at its metric.
  mutating func onScalingDue(_ group: Int32) {
    noteLoad(group)
    let plan = groups[group].scaler
    let state = groupStates[group]
    let period = Double(max(1, plan.period))
    let busy = Double(state.busyTime) / period
    let load = busy + Double(state.waitTime) / period
    let rate = Double(state.arrivals) * 1e9 / period
    let cores = coresInUse(group, busy: busy, period: period)
    groupStates[group].busyTime = 0
    groupStates[group].waitTime = 0
    groupStates[group].arrivals = 0
    switch plan.kind {
    case .fixed: break
    case .target: followTarget(metric(plan.metric, cores: cores, busy: busy, load: load, rate: rate, group), group)
    case .step: takeSteps(metric(plan.metric, cores: cores, busy: busy, load: load, rate: rate, group), group)
    case .alert: followAlert(rate: rate, group)
    case .panic: followWindows(load: load, group)
    case .jobs: followJobs(group)
    }
    goToZero(group)
    // Where there was no room for an instance, there may be now.
    if groupStates[group].count < groupStates[group].desired { reconcile(group) }
    let next = saturating(now, max(1, plan.period))
    if next <= horizon { queue.push(at: next, .payload(.scalingDue, group)) }
  }

  /// Share of an instance's vCPUs in use, summed over the instances, mean over the period.
  ///
  /// With slots it is the busy slots × the share of their time for which executions compute, from those that were
  /// reckoned in this period, else from all so far: how an execution's computing lies in its time is not kept.
  private mutating func coresInUse(_ group: Int32, busy: Double, period: Double) -> Double {
    let state = groupStates[group]
    if groups[group].sharedCores > 0 {
      groupStates[group].coreTime = 0
      return state.coreTime / period / groups[group].sharedCores
    }
    let held = state.held - state.heldBefore
    var share = state.held > 0 ? state.computed / state.held : 1
    if held > 0 { share = (state.computed - state.computedBefore) / held }
    groupStates[group].computedBefore = state.computed
    groupStates[group].heldBefore = state.held
    // A slot has a whole vCPU, or its part of those that there are.
    let factor = max(1, deployments[state.pool].workFactor)
    let cores = Double(groups[group].milliVCPUs) / 1000
    return busy * share / (factor * max(cores, 0.001))
  }

  /// A rule's metric; without an instance in service it counts as for one.
  private mutating func metric(
    _ metric: ScalingMetric, cores: Double, busy: Double, load: Double, rate: Double, _ group: Int32
  ) -> Double {
    let inService = Double(max(1, groupStates[group].listCount))
    let slots = Double(max(1, deployments[groupStates[group].pool].requestsPerInstance))
    switch metric {
    case .cpu: return cores / inService
    case .utilization: return busy / (inService * slots)
    case .cpuOrUtilization: return max(cores / inService, busy / (inService * slots))
    case .concurrency: return load / inService
    case .requestRate: return rate / inService
    }
  }

  /// Target tracking: size × metric ÷ target, after enough periods above or below, and outside the rests.
  private mutating func followTarget(_ metric: Double, _ group: Int32) {
    let plan = groups[group].scaler
    let state = groupStates[group]
    let ratio = plan.target > 0 ? metric / plan.target : 0
    groupStates[group].highRun = ratio > plan.outShare ? state.highRun &+ 1 : 0
    groupStates[group].lowRun = ratio < plan.inShare ? state.lowRun &+ 1 : 0
    let wanted = Self.size(Double(max(1, state.listCount)) * ratio)
    if groupStates[group].highRun >= plan.outPeriods {
      guard now >= state.outRestsUntil, wanted > state.desired else { return }
      scaleOut(by: wanted &- state.desired, group)
    } else if groupStates[group].lowRun >= plan.inPeriods {
      guard now >= state.inRestsUntil, wanted < state.desired else { return }
      scaleIn(by: state.desired &- wanted, group)
    }
  }

  /// The whole number of instances that an amount needs.
  private static func size(_ amount: Double) -> Int32 {
    Int32(min(max((amount - 1e-9).rounded(.up), 0), 1e9))
  }

  private mutating func takeSteps(_ metric: Double, _ group: Int32) {
    let plan = groups[group].scaler
    let state = groupStates[group]
    for row in plan.firstStep..<plan.firstStep &+ plan.stepCount {
      let step = scalerSteps[row]
      guard metric >= step.from, metric < step.below else { continue }
      if step.change > 0 {
        groupStates[group].lowRun = 0
        groupStates[group].highRun = state.highRun &+ 1
        if groupStates[group].highRun < plan.outPeriods || now < state.outRestsUntil { return }
        // Counted from those in service: instances that are starting are not added a second time.
        let missing = Int64(state.listCount) + Int64(step.change) - Int64(state.desired)
        return missing > 0 ? scaleOut(by: Int32(clamping: missing), group) : ()
      }
      groupStates[group].highRun = 0
      groupStates[group].lowRun = state.lowRun &+ 1
      if groupStates[group].lowRun < plan.inPeriods || now < state.inRestsUntil { return }
      return scaleIn(by: Int32(clamping: -Int64(step.change)), group)
    }
    groupStates[group].highRun = 0
    groupStates[group].lowRun = 0
  }

  /// Grows, as far as the bounds let it. A change that they do not let through starts no rest.
  private mutating func scaleOut(by count: Int32, _ group: Int32) {
    let plan = groups[group].scaler
    let before = groupStates[group].desired
    want(Int32(clamping: Int64(before) + Int64(min(count, plan.addLimit))), group)
    if groupStates[group].desired == before { return }
    groupStates[group].outRestsUntil = saturating(now, plan.coolOut)
    groupStates[group].inRestsUntil = max(groupStates[group].inRestsUntil, saturating(now, plan.coolIn))
  }

  private mutating func scaleIn(by count: Int32, _ group: Int32) {
    let plan = groups[group].scaler
    let before = groupStates[group].desired
    // The last instance goes by `zeroAfter` only.
    let least: Int32 = plan.zeroAfter < .max && groupStates[group].minimum == 0 ? 1 : 0
    want(max(before &- min(count, plan.removeLimit), least), group)
    if groupStates[group].desired != before { groupStates[group].inRestsUntil = saturating(now, plan.coolIn) }
  }

  /// An alert on the rate of all requests: a share of the maximum more as long as it fires, the minimum after.
  private mutating func followAlert(rate: Double, _ group: Int32) {
    let plan = groups[group].scaler
    let state = groupStates[group]
    let idle: Int32 = plan.zeroAfter < .max ? min(1, state.desired) : 0
    guard rate > plan.target else { return want(max(state.minimum, idle), group) }
    let added = max(1, Self.size(plan.alertShare * Double(state.maximum)))
    want(Int32(clamping: Int64(state.desired) + Int64(added)), group)
  }

  /// Concurrency over a long window, or over a short one in panic, when the size only grows.
  private mutating func followWindows(load: Double, _ group: Int32) {
    let plan = groups[group].scaler
    groupStates[group].note(sample: load)
    let state = groupStates[group]
    let ready = Double(max(1, state.listCount))
    func wanted(_ window: Int64) -> Int32 {
      let mean = state.mean(last: max(1, window / max(1, plan.period)))
      let raw = plan.target > 0 ? mean / plan.target : 0
      return max(
        min(Self.size(raw), Self.size(ready * plan.upRate)), Self.size((ready / max(1, plan.downRate)).rounded(.down)))
    }
    let (stable, short) = (wanted(plan.stableWindow), wanted(plan.panicWindow))
    if Double(short) >= plan.panicThreshold * ready && short > 1 {
      if state.panicUntil < now { groupStates[group].panicPeak = 0 }
      groupStates[group].panicUntil = saturating(now, plan.stableWindow)
    }
    if groupStates[group].panicUntil >= now {
      groupStates[group].panicPeak = max(groupStates[group].panicPeak, max(short, state.desired))
      return want(groupStates[group].panicPeak, group)
    }
    let least: Int32 = plan.zeroAfter < .max ? min(1, state.desired) : 0
    want(max(stable, least), group)
  }

  /// As many instances as the jobs that run or wait fill.
  private mutating func followJobs(_ group: Int32) {
    let pool = groupStates[group].pool
    let jobs = pools.pools[pool].running &+ pools.pools[pool].waitCount &+ groupStates[group].lineCount
    want(Self.size(Double(jobs) / Double(max(1, deployments[pool].requestsPerInstance))), group)
  }

  /// A group with a minimum of 0 goes to 0 after its time without requests.
  private mutating func goToZero(_ group: Int32) {
    let plan = groups[group].scaler
    let state = groupStates[group]
    guard plan.zeroAfter < .max, state.minimum == 0, state.desired > 0,
      now &- state.lastArrival >= plan.zeroAfter, pools.pools[state.pool].running == 0,
      pools.pools[state.pool].waitCount &+ state.lineCount == 0
    else { return }
    want(0, group)
  }
}

import SimulationKernel
import Stochastics

/// When an execution begins, and what an instance's first one has before it.
struct ExecutionStart: BitwiseCopyable {
  /// When the first step begins, ns.
  var begins: Int64
  /// Initialisation of the instance, ns.
  var initTime: Int64 = 0
  /// What a first invocation takes longer, ns: a part of the cold start that is billed as execution.
  var extra: Int64 = 0
}

/// How far an execution has come, and what it has used.
struct Progress: BitwiseCopyable {
  /// Time since the first step began, ns.
  var elapsed: Int64 = 0
  var cpu: Int64 = 0
  var compute: Int64 = 0
  var store: Int64 = 0
  var downstream: Int64 = 0
  var failed = false

  /// Lets time pass, as long as the sum stays far from overflow.
  @inline(__always)
  mutating func advance(by time: Int64) { elapsed = min(elapsed &+ time, 1 &<< 60) }

  /// Computes, as long as the execution may.
  @inline(__always)
  mutating func compute(for time: Int64, atMost limit: Int64) {
    let left = limit &- cpu
    if time > left { failed = true }
    let spent = min(time, left)
    advance(by: spent)
    cpu &+= spent
    compute &+= spent
  }

  /// Ends the execution after `time` at the latest.
  mutating func cut(at time: Int64) {
    elapsed = min(elapsed, time)
    cpu = min(cpu, elapsed)
  }
}

extension World {
  /// An instance takes a request up.
  ///
  /// Like `send`, a function of its own on purpose: copies of it in every place that has a request executed make no run
  /// faster, and the compiler takes minutes over them.
  @inline(never)
  mutating func execute(_ request: inout Request, _ pool: Int32, _ instance: Int32, isNew: Bool) {
    startExecuting(pool)
    let overhead = draw(deployments[pool].overhead, request.luck, Purpose.overhead)
    request.gateway &+= overhead
    var start = ExecutionStart(begins: now &+ overhead)
    if isNew || !traits[pool].startsPlainly {
      prepare(&start, &request, pool, instance, isNew: isNew)
      if deployments[pool].invokes {
        return openFrame(&request, pool, instance, start, overhead: overhead, isNew: isNew)
      }
    }
    var progress = Progress(elapsed: start.extra)
    let firstStep = deployments[pool].firstStep
    var offset: Int32 = 0
    while offset < deployments[pool].stepCount && !progress.failed {
      perform(
        firstStep &+ offset, offset, request.luck, measured: request.measured, pool, isNew: isNew,
        begins: start.begins, &progress)
      offset &+= 1
    }
    let endsPlainly = traits[pool].endsPlainly
    if !endsPlainly && deployments[pool].group >= 0 {
      if groups[deployments[pool].group].sharedCores > 0 {
        return openShare(&request, instance, progress, overhead: overhead)
      }
      slowDown(&progress, since: 0, instance, pool)
    }
    let outcome = limited(&progress, pool)
    let ends = start.begins &+ progress.elapsed
    queue.push(
      at: ends, .payload(.executionFinished, instance, generation: pools.instances[instance].generation))
    if !endsPlainly && isCutShort(&request, pool, instance, start, progress, isNew: isNew) { return }
    settle(outcome, of: request, pool, progress, initTime: start.initTime, isNew: isNew)
    request.add(progress)
    deliver(&request, outcome, at: ends)
  }

  /// Has an instance take up a request that it is not ready for yet, or that is not the only thing to reckon of it.
  @inline(never)
  private mutating func prepare(
    _ start: inout ExecutionStart, _ request: inout Request, _ pool: Int32, _ instance: Int32, isNew: Bool
  ) {
    let arrived = start.begins
    if deployments[pool].billsActiveTime { noteActive(instance) }
    if isNew {
      start.initTime = coldStart(request.luck, pool)
      start.begins &+= max(0, start.initTime &- (deployments[pool].overlapsHandshake ? request.hideable : 0))
      pools.instances[instance].readyAt = start.begins
      start.extra = draw(deployments[pool].firstInvocation, request.luck, Purpose.firstInvocation)
    } else if deployments[pool].requestsPerInstance > 1 && pools.instances[instance].readyAt > arrived {
      start.begins = pools.instances[instance].readyAt
      if request.measured { noteColdStart(of: start.begins &- arrived, pool) }
    }
    request.isCold = isNew || start.begins > arrived
    request.coldStart = start.begins &- arrived &+ start.extra
    if deployments[pool].lifetime >= 0 {
      becameBusy(instance, pool, request.luck, initTime: start.initTime, isNew: isNew)
    }
  }

  /// Reckons what an execution uses of its instance, and whether the instance is lost before the execution ends.
  @inline(never)
  private mutating func isCutShort(
    _ request: inout Request, _ pool: Int32, _ instance: Int32, _ start: ExecutionStart, _ progress: Progress,
    isNew: Bool
  ) -> Bool {
    let ends = start.begins &+ progress.elapsed
    if deployments[pool].group >= 0 { noteUse(progress, holding: ends &- now, pool) }
    guard let end = death(of: instance, in: pool, before: ends) else { return false }
    var progress = progress
    progress.cut(at: max(0, end.from &- start.begins))
    settle(.refused, of: request, pool, progress, initTime: start.initTime, isNew: isNew)
    loseAnswer(&request, at: end.from, wholeSite: end.zone < 0)
    return true
  }

  /// One more request is in execution.
  @inline(__always)
  mutating func startExecuting(_ pool: Int32) {
    let running = pools.pools[pool].running &+ 1
    pools.pools[pool].running = running
    runningLevels[pool].set(running, at: now)
    if Int64(running) > deploymentCounts[pool].runningPeak { deploymentCounts[pool].runningPeak = Int64(running) }
    let account = deployments[pool].account
    if account >= 0 { accountRunning[account] &+= 1 }
  }

  /// Counts a request that waits for an instance which is starting for another one.
  mutating func noteColdStart(of time: Int64, _ pool: Int32) {
    deploymentCounts[pool].coldStarts &+= 1
    deploymentCounts[pool].initTime &+= Int128(time)
  }

  /// What the first request of an instance waits for: sandbox, download, runtime and function initialisation.
  mutating func coldStart(_ luck: Luck, _ pool: Int32) -> Int64 {
    (deployments[pool].packageCache < 0 ? deployments[pool].download : downloadThroughCache(pool))
      &+ draw(deployments[pool].sandbox, luck, Purpose.sandbox)
      &+ draw(deployments[pool].runtimeInit, luck, Purpose.runtimeInit)
      &+ draw(deployments[pool].functionInit, luck, Purpose.functionInit)
  }

  /// Carries out a step whose length does not depend on other functions.
  @inline(__always)
  mutating func perform(
    _ row: Int32, _ offset: Int32, _ luck: Luck, measured: Bool, _ pool: Int32, isNew: Bool, begins: Int64,
    _ progress: inout Progress
  ) {
    let purpose = Purpose.steps &+ UInt64(truncatingIfNeeded: offset) &* Purpose.perStep
    if steps[row].kind != .work {
      return rest(row, purpose, luck, measured: measured, begins: begins, &progress)
    }
    if isNew && offset == 0 && !deployments[pool].firstWork.isNone {
      return progress.compute(for: firstWork(luck, pool), atMost: deployments[pool].cpuLimit)
    }
    let time = draw(steps[row].sampler, luck, purpose)
    let factor = deployments[pool].workFactor
    progress.compute(for: factor == 1 ? time : scaled(time, by: factor), atMost: deployments[pool].cpuLimit)
  }

  /// Work of an instance's first invocation where it is not that of the others.
  @inline(never)
  private mutating func firstWork(_ luck: Luck, _ pool: Int32) -> Int64 {
    draw(deployments[pool].firstWork, luck, Purpose.firstWork)
  }

  /// Carries out a step that does not compute.
  @inline(never)
  private mutating func rest(
    _ row: Int32, _ purpose: UInt64, _ luck: Luck, measured: Bool, begins: Int64, _ progress: inout Progress
  ) {
    switch steps[row].kind {
    case .wait:
      let time = draw(steps[row].sampler, luck, purpose)
      progress.advance(by: time)
      progress.downstream &+= time
    case .read, .write:
      useStore(row, purpose, luck, measured: measured, begins: begins, &progress)
    case .work, .call, .forward: preconditionFailure("neither work nor a call is a step at rest")
    }
  }

  /// Applies the platform's time-out to a finished program.
  @inline(__always)
  mutating func limited(_ progress: inout Progress, _ pool: Int32) -> Outcome {
    var outcome: Outcome = progress.failed ? .refused : .served
    if progress.elapsed > deployments[pool].timeout {
      progress.cut(at: deployments[pool].timeout)
      outcome = .timedOut
    }
    return outcome
  }

  /// Counts what a request's execution has used, and bills it: whether it had an instance of its own started, or
  /// waited for one that was starting, its start is a cold one.
  @inline(__always)
  mutating func settle(
    _ outcome: Outcome, of request: Request, _ pool: Int32, _ progress: Progress, initTime ownInitTime: Int64 = 0,
    isNew: Bool = false
  ) {
    guard request.measured else { return }
    let initTime = ownInitTime &+ request.startWait
    deploymentCounts[pool].invocations &+= 1
    bill(progress, initTime: initTime, pool)
    if isNew || request.startWait > 0 {
      deploymentCounts[pool].coldStarts &+= 1
      deploymentCounts[pool].initTime &+= Int128(initTime)
    }
    if outcome == .timedOut { deploymentCounts[pool].timeouts &+= 1 }
    if outcome == .refused { deploymentCounts[pool].errors &+= 1 }
  }

  /// Counts what an execution has used whose length shows at its end only, or at that of the run.
  ///
  /// Of those that began before the end of the warm-up the rest is billed, of those that are not over at the horizon
  /// what has passed: on average as much as of executions that are billed whole as soon as they begin.
  mutating func settleLate(
    _ outcome: Outcome, of request: Request, _ pool: Int32, _ progress: Progress, begins: Int64, initTime: Int64 = 0,
    isNew: Bool = false
  ) {
    if request.measured { return settle(outcome, of: request, pool, progress, initTime: initTime, isNew: isNew) }
    let before = max(0, warmUp &- begins)
    guard now > warmUp, progress.elapsed > before else { return }
    var rest = progress
    rest.elapsed &-= before
    rest.cpu = scaled(progress.cpu, by: Double(rest.elapsed) / Double(progress.elapsed))
    bill(rest, initTime: 0, pool)
  }

  /// Counts what an execution has used, whoever asked for it.
  @inline(__always)
  mutating func bill(_ progress: Progress, initTime: Int64, _ pool: Int32) {
    let granularity = deployments[pool].billingGranularity
    let billed = max(
      progress.elapsed &+ (deployments[pool].billsInitialisation ? initTime : 0), deployments[pool].minimumBilled)
    if !deployments[pool].billsActiveTime {
      deploymentCounts[pool].billedGranules &+= Self.granules(of: billed, granularity)
    }
    deploymentCounts[pool].executionTime &+= Int128(progress.elapsed)
    deploymentCounts[pool].cpuTime &+= Int128(progress.cpu)
  }

  /// `time` ÷ `granularity`, rounded up. Almost everybody bills milliseconds: dividing by a constant is cheap.
  @inline(__always)
  static func granules(of time: Int64, _ granularity: Int64) -> Int64 {
    granularity == 1_000_000 ? (time &+ 999_999) / 1_000_000 : (time &+ granularity &- 1) / granularity
  }

  /// Sends the answer of a finished execution back, unless the front has lost patience before.
  @inline(__always)
  mutating func deliver(_ request: inout Request, _ outcome: Outcome, at ends: Int64) {
    let front = candidates[request.candidate].front
    if front >= 0 {
      let patience = saturating(request.frontAt, fronts[front].timeout)
      if ends > patience {
        if request.measured { frontCounts[front].timeouts &+= 1 }
        return answer(&request, .timedOut, at: max(patience, now))
      }
    }
    answer(&request, outcome, at: ends)
  }

  /// An execution of known length is over.
  mutating func onExecutionFinished(_ instance: Int32, _ generation: UInt32) {
    guard pools.instances[instance].generation == generation else { return }
    vacate(instance, of: pools.instances[instance].pool)
  }

  /// An instance has one request less; those who wait may come in.
  @inline(never)
  mutating func vacate(_ instance: Int32, of pool: Int32) {
    if !traits[pool].endsPlainly && deployments[pool].group >= 0 { return vacateMember(instance, of: pool) }
    let isPlain = traits[pool].startsPlainly
    let running = pools.pools[pool].running &- 1
    pools.pools[pool].running = running
    runningLevels[pool].set(running, at: now)
    let account = deployments[pool].account
    if account >= 0 { accountRunning[account] &-= 1 }
    if !isPlain && deployments[pool].billsActiveTime && pools.instances[instance].active == 1 {
      billActive(instance, pool, until: now)
    }
    let hasLine = pools.pools[pool].waitCount > 0
    // In this order: those who wait take the instance before a keep-alive of nothing ends it, and which one is chosen
    // at random does not depend on when it was noticed that others are gone.
    if hasLine || deployments[pool].selection == .random { expireIdle(pool, at: now) }
    pools.release(instance, in: pool, at: now)
    if !isPlain && deployments[pool].lifetime >= 0 { becameIdle(instance, pool) }
    if hasLine { serveWaiting(pool) }
    passRoomOn(from: pool)
  }
}

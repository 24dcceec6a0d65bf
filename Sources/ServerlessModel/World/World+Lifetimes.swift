import SimulationKernel
import Stochastics

/// What a life-time policy knows of an instance.
struct InstanceLife: BitwiseCopyable {
  /// Luck of the request that it took up last.
  var luck = Luck(state: 0)
  /// Greedy-dual clock of its site when it became idle.
  var clock = 0.0
}

/// What a life-time policy knows of a pool.
struct PoolLife: BitwiseCopyable {
  var histogram: IdleHistogram
  var window = KeepWindow(keep: .max)
  /// When its last execution ended; -1 while there is one, or before the first.
  var idleSince: Int64 = -1
  /// When it is to be warmed up, and when the event that looks after that is due; `Int64.max` = not at all.
  var prewarmAt = Int64.max
  var alarmAt = Int64.max
  /// Invocations since it last had no instance.
  var frequency: Int64 = 0
  /// Cold starts, ns.
  var costSum = 0.0
  var costCount = 0.0

  /// Mean cold start so far, ns.
  var meanCost: Double { costCount > 0 ? costSum / costCount : 0 }

  /// The pools of a plan before anything has happened, and how many bins their histograms have in all.
  static func initial(of plan: borrowing Plan) -> (pools: [PoolLife], binCount: Int) {
    if plan.lifetimes.isEmpty { return ([], 0) }
    var bins = 0
    let lifetimes = plan.lifetimes
    let lives = plan.deployments.map { deployment in
      var life = PoolLife(histogram: IdleHistogram(firstBin: Int32(bins)))
      if deployment.lifetime >= 0, lifetimes[Int(deployment.lifetime)].kind == .hybrid {
        let histogram = lifetimes[Int(deployment.lifetime)].histogram
        life.window = KeepWindow(keep: histogram.fallback)
        bins += Int(histogram.binCount)
      }
      return life
    }
    return (lives, bins)
  }
}

extension World {
  /// An instance of a pool with a life-time policy takes a request up.
  @inline(never)
  mutating func becameBusy(_ instance: Int32, _ pool: Int32, _ luck: Luck, initTime: Int64, isNew: Bool) {
    expiry.cancel(instance)
    remember(luck, of: instance)
    let plan = lifetimes[deployments[pool].lifetime]
    switch plan.kind {
    case .fixed, .law: break
    case .hybrid: noteIdleTime(of: pool, plan.histogram)
    case .greedyDual:
      poolLives[pool].frequency &+= 1
      if isNew {
        poolLives[pool].costSum += Double(initTime)
        poolLives[pool].costCount += 1
      }
    }
  }

  /// Keeps the luck that decides how long an instance will be kept.
  mutating func remember(_ luck: Luck, of instance: Int32) {
    while lives.count <= Int(instance) { _ = lives.append(InstanceLife()) }
    lives[instance].luck = luck
  }

  /// An instance of a pool with a life-time policy has one request less: if it has none left, its end is set.
  @inline(never)
  mutating func becameIdle(_ instance: Int32, _ pool: Int32) {
    guard pools.instances[instance].active == 0 else { return }
    let plan = lifetimes[deployments[pool].lifetime]
    var end = Int64.max
    switch plan.kind {
    case .fixed: end = saturating(now, deployments[pool].keepAlive)
    case .law: end = saturating(now, draw(plan.law, lives[instance].luck, Purpose.keepAlive))
    case .hybrid: end = hybridEnd(pool)
    case .greedyDual: lives[instance].clock = evictionClock[deployments[pool].site]
    }
    end = min(end, saturating(pools.instances[instance].born, plan.maximumAge))
    if end < .max { expiry.schedule(instance, at: max(now, end)) }
  }

  /// An instance of a pool with a life-time policy is gone.
  mutating func closeLife(of instance: Int32, in pool: Int32) {
    expiry.cancel(instance)
    if pools.pools[pool].live == 0 { poolLives[pool].frequency = 0 }
  }

  /// Reclaims the idle instances of all pools whose end, by their policy, has come.
  @inline(never)
  mutating func expireDue(at time: Int64) {
    while expiry.nextTime <= time {
      let (instance, end) = (expiry.first, expiry.nextTime)
      bury(instance, of: pools.instances[instance].pool, at: end)
    }
  }

  // MARK: - Hybrid histogram

  /// An invocation ends the pool's idle time.
  private mutating func noteIdleTime(of pool: Int32, _ plan: HistogramPlan) {
    var life = poolLives[pool]
    guard life.idleSince >= 0 else { return }
    life.histogram.add(now &- life.idleSince, plan, idleBins)
    life.window = life.histogram.window(plan, idleBins)
    life.idleSince = -1
    life.prewarmAt = .max
    poolLives[pool] = life
  }

  /// When an instance goes that becomes idle now. The histogram is of times in which the function as a whole is idle:
  /// while something is in execution it says nothing, and the fallback holds. Once nothing is, the window holds: the
  /// instance that was last in use stays for it; or, if the next request is not expected soon, all idle instances go
  /// at once and one is warmed up in time.
  private mutating func hybridEnd(_ pool: Int32) -> Int64 {
    let window = poolLives[pool].window
    let fallback = lifetimes[deployments[pool].lifetime].histogram.fallback
    if pools.pools[pool].running > 0 { return saturating(now, fallback) }
    let isEarlier = poolLives[pool].idleSince >= 0
    if !isEarlier { poolLives[pool].idleSince = now }
    let since = poolLives[pool].idleSince
    // Warmed up ahead of the next request, or kept from the start.
    if isEarlier || window.prewarm == 0 { return saturating(since, window.end) }
    poolLives[pool].prewarmAt = saturating(now, window.prewarm)
    raiseAlarm(pool)
    var other = pools.pools[pool].idleHead
    while other >= 0 {
      expiry.schedule(other, at: now)
      other = pools.instances[other].next
    }
    return now
  }

  /// Makes sure that an event looks after a pool's pre-warming; one that is due earlier moves itself on.
  private mutating func raiseAlarm(_ pool: Int32) {
    let due = poolLives[pool].prewarmAt
    if poolLives[pool].alarmAt <= due || due > horizon { return }
    poolLives[pool].alarmAt = due
    queue.push(at: due, .payload(.prewarmDue, pool))
  }

  mutating func onPrewarmDue(_ pool: Int32) {
    guard poolLives[pool].alarmAt == now else { return }
    poolLives[pool].alarmAt = .max
    let due = poolLives[pool].prewarmAt
    if due == .max { return }
    if due > now { return raiseAlarm(pool) }
    poolLives[pool].prewarmAt = .max
    expireIdle(pool, at: now)
    if siteOutages[deployments[pool].site] == 0 && pools.pools[pool].live == 0 { startAhead(pool) }
  }
}

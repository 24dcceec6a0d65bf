import SimulationKernel

/// A request that shares an instance's vCPUs with the others there.
struct Share: SlotRow {
  /// Next of those on its instance, by the service at which it is done.
  var link: Int32 = -1
  var generation: UInt32
  /// The request, kept in the table of requests.
  var request: Int32
  var instance: Int32
  /// The service each request has had, as `Member.served`, when this one is done.
  var done: Double
  /// What is left after the computation, ns.
  var rest: Int64
  var begins: Int64
  /// Just past the function's time-out.
  var expires: Int64
  /// The platform's own latency before the execution, ns.
  var overhead: Int64
  var progress: Progress
}

/// Egalitarian processor sharing: n requests on an instance of c vCPUs each proceed at min(1, c ÷ n).
extension World {
  /// Lets a request share its instance's vCPUs until its computation is done; what else it does follows.
  @inline(never)
  mutating func openShare(_ request: inout Request, _ instance: Int32, _ progress: Progress, overhead: Int64) {
    serveShares(instance)
    let handle = keep(&request)
    generations = generations & 0xFF_FFFF == 0xFF_FFFF ? 1 : generations &+ 1
    let share = shares.insert(
      Share(
        generation: generations, request: handle, instance: instance,
        done: members[instance].served + Double(progress.compute),
        rest: progress.elapsed &- progress.compute &+ overhead, begins: now,
        expires: saturating(now &+ overhead &+ 1, deployments[pools.instances[instance].pool].timeout),
        overhead: overhead, progress: progress))
    var (previous, next) = (Int32(-1), members[instance].shareHead)
    while next >= 0 && shares[next].done <= shares[share].done { (previous, next) = (next, shares[next].link) }
    shares[share].link = next
    if previous < 0 { members[instance].shareHead = share } else { shares[previous].link = share }
    members[instance].shareCount &+= 1
    armShares(instance)
  }

  /// Service per nanosecond that each request of an instance gets.
  private mutating func shareRate(_ instance: Int32) -> Double {
    let pool = pools.instances[instance].pool
    let plan = groups[deployments[pool].group]
    let count = Double(max(1, members[instance].shareCount))
    let rate = min(1, plan.sharedCores / count)
    return isThrottled(instance, pool) ? min(rate, max(plan.credits.sustained, 1e-6) / count) : rate
  }

  /// Brings the service that each request has had up to now.
  private mutating func serveShares(_ instance: Int32) {
    if members[instance].shareCount == 0 {
      members[instance].served = 0
    } else {
      let rate = members[instance].coresInUse / Double(members[instance].shareCount)
      members[instance].served += Double(now &- members[instance].servedAt) * rate
    }
    members[instance].servedAt = now
  }

  /// Sets the timer of the request that is done first.
  private mutating func armShares(_ instance: Int32) {
    generations = generations & 0xFF_FFFF == 0xFF_FFFF ? 1 : generations &+ 1
    members[instance].shareTimer = generations
    let rate = shareRate(instance)
    use(cores: Double(members[instance].shareCount) * rate, of: instance)
    let head = members[instance].shareHead
    if head < 0 { return }
    // The rate changes when the credits run out.
    let pool = pools.instances[instance].pool
    let left = min(
      max(0, shares[head].done - members[instance].served) / rate,
      isThrottled(instance, pool)
        ? .infinity : creditsLast(instance, using: members[instance].coresInUse, pool))
    var due = saturating(now, Int64(min(left.rounded(.up), 9e18)))
    var share = head
    while share >= 0 {
      due = min(due, shares[share].expires)
      share = shares[share].link
    }
    if due <= horizon { queue.push(at: due, .payload(.shareDue, instance, generation: generations)) }
  }

  /// So many vCPUs of an instance are in use from now on.
  private mutating func use(cores: Double, of instance: Int32) {
    let group = members[instance].group
    noteLoad(group)
    groupStates[group].coresInUse += cores - members[instance].coresInUse
    members[instance].coresInUse = cores
  }

  mutating func onShareDue(_ instance: Int32, _ timer: UInt32) {
    guard Int(instance) < members.count, members[instance].shareTimer == timer,
      pools.instances[instance].generation != 0
    else { return }
    reckonCredits(instance, pools.instances[instance].pool)
    serveShares(instance)
    // Half a nanosecond: what rounding up to whole nanoseconds may have left.
    while members[instance].shareHead >= 0 {
      let head = members[instance].shareHead
      guard shares[head].done <= members[instance].served + 0.5 else { break }
      finish(share: head, after: -1, at: min(saturating(now, shares[head].rest), shares[head].expires))
    }
    var (previous, next) = (Int32(-1), members[instance].shareHead)
    while next >= 0 {
      let share = next
      next = shares[share].link
      guard shares[share].expires <= now else {
        previous = share
        continue
      }
      forgoRest(of: share)
      finish(share: share, after: previous, at: now)
    }
    armShares(instance)
  }

  /// What the requests of an instance have not computed by now they will not.
  private mutating func forgoRests(on instance: Int32) {
    serveShares(instance)
    var share = members[instance].shareHead
    while share >= 0 {
      forgoRest(of: share)
      share = shares[share].link
    }
  }

  /// What a request has not computed yet it will not.
  private mutating func forgoRest(of share: Int32) {
    let left = max(0, shares[share].done - members[shares[share].instance].served)
    shares[share].progress.cpu = max(0, shares[share].progress.cpu &- scaled(1, by: left))
  }

  /// Counts what the executions have used that the end of the run cuts short.
  mutating func settleOpenShares() {
    for instance in 0..<Int32(members.count) where members[instance].shareHead >= 0 { forgoRests(on: instance) }
    for share in 0..<Int32(shares.slotCount) where shares[share].generation != 0 {
      settleOpen(shares[share], as: .served, of: requests[shares[share].request])
    }
  }

  /// Counts what an execution has used that ends before its time, now.
  private mutating func settleOpen(_ open: Share, as outcome: Outcome, of request: Request) {
    let begins = open.begins &+ open.overhead
    var progress = open.progress
    progress.elapsed = max(0, now &- begins)
    progress.cut(at: progress.elapsed)
    settleLate(outcome, of: request, pools.instances[open.instance].pool, progress, begins: begins)
  }

  /// A request has no more to compute; the one before it in the list of its instance is named.
  private mutating func finish(share: Int32, after previous: Int32, at time: Int64) {
    let (instance, next) = (shares[share].instance, shares[share].link)
    if previous < 0 { members[instance].shareHead = next } else { shares[previous].link = next }
    members[instance].shareCount &-= 1
    shares[share].link = -1
    shares[share].progress.compute = now &- shares[share].begins
    queue.push(at: time, .payload(.shareEnded, share, generation: shares[share].generation))
  }

  /// A request that shared an instance has its answer.
  mutating func onShareEnded(_ share: Int32, _ generation: UInt32) {
    guard shares[share].generation == generation else { return }
    let ended = shares[share]
    let pool = pools.instances[ended.instance].pool
    var (request, abandoned) = release(share: share)
    var progress = ended.progress
    progress.elapsed = now &- ended.begins &- ended.overhead
    let outcome = limited(&progress, pool)
    settleLate(outcome, of: request, pool, progress, begins: ended.begins &+ ended.overhead)
    vacate(ended.instance, of: pool)
    if abandoned { return }
    request.add(progress)
    deliver(&request, outcome, at: now)
  }

  private mutating func release(share: Int32) -> (request: Request, abandoned: Bool) {
    let handle = shares[share].request
    shares[share].generation = 0
    shares.remove(share)
    return takeBack(handle)
  }

  /// Ends the requests that share an instance which is lost.
  mutating func closeShares(of instance: Int32, wholeSite: Bool) {
    forgoRests(on: instance)
    use(cores: 0, of: instance)
    members[instance].shareHead = -1
    members[instance].shareCount = 0
    members[instance].shareTimer = 0
    for share in 0..<Int32(shares.slotCount) where shares[share].generation != 0 {
      let lost = shares[share]
      guard lost.instance == instance else { continue }
      var (request, abandoned) = release(share: share)
      settleOpen(lost, as: .refused, of: request)
      if !abandoned { loseAnswer(&request, at: now, wholeSite: wholeSite) }
    }
  }
}

import SimulationKernel

/// One instance (execution environment) of a pool.
struct Instance: SlotRow {
  var link: Int32 = -1
  var pool: Int32
  /// Neighbours in the pool's list of idle instances, or of instances with room left.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Position in the pool's `IdleIndex`.
  var rank: Int32 = -1
  var zone: Int32 = 0
  /// Requests in execution; -1 while the platform starts it without a request.
  var active: Int32 = 0
  var generation: UInt32 = 0
  /// It takes no more requests and is neither idle nor open to the pool.
  var isRetired = false
  var born: Int64
  var idleSince: Int64 = 0
  /// When its start is over; requests that join it before wait until then.
  var readyAt: Int64 = 0
}

/// The instances of one deployment and the requests that wait for them.
struct Pool: BitwiseCopyable {
  /// Idle instances in the order in which they became idle: with a constant keep-alive the first to expire is at
  /// the head, so no instance needs a timer.
  var idleHead: Int32 = -1
  var idleTail: Int32 = -1
  var idleCount: Int32 = 0
  /// Instances that execute something and have room for more.
  var openHead: Int32 = -1
  /// Instances alive, and requests in execution.
  var live: Int32 = 0
  var running: Int32 = 0
  /// Waiting requests, first come first served.
  var waitHead: Int32 = -1
  var waitTail: Int32 = -1
  var waitCount: Int32 = 0
  /// Scaling: the present interval and what it has used; or when the ceiling was first hit (-1 = not yet).
  var scaleInterval: Int64 = -1
  var scaleUsed: Int32 = 0
  var rampSince: Int64 = -1
  /// Whether a look at the line is due when the pool may grow again.
  var wakes = false
  /// Whether a look is due at those who wait where there is no instance.
  var isWatched = false
  var nextZone: Int32 = 0
}

/// All pools and their instances.
struct InstancePools: ~Copyable {
  var instances = SlotTable<Instance>()
  let pools: Rows<Pool>
  private let indexes: UnsafeMutablePointer<IdleIndex>
  private let policies: Rows<PoolPolicy>
  /// Instances created so far: tells an instance from an earlier one in the same slot.
  private var births: UInt32 = 0
  /// Instances alive at each site.
  let siteLive: Rows<Int32>
  /// Memory of those that count against their site's, MB.
  let siteMemory: Rows<Int64>
  /// Processors of those that count against their site's, thousandths of a vCPU.
  let siteProcessors: Rows<Int64>

  struct PoolPolicy: BitwiseCopyable {
    var selection: InstanceSelection
    var site: Int32
    var keepAlive: Int64
    var footprint: Int64
    var processors: Int64
    var requestsPerInstance: Int32
  }

  init(deployments: [DeploymentPlan], siteCount: Int) {
    pools = Rows(repeating: Pool(), count: deployments.count)
    policies = Rows(deployments.map {
      PoolPolicy(
        selection: $0.selection, site: $0.site, keepAlive: $0.lifetime < 0 ? $0.keepAlive : .max,
        footprint: $0.footprint, processors: $0.processors, requestsPerInstance: $0.requestsPerInstance)
    })
    siteLive = Rows(repeating: 0, count: siteCount)
    siteMemory = Rows(repeating: 0, count: siteCount)
    siteProcessors = Rows(repeating: 0, count: siteCount)
    indexes = .allocate(capacity: max(1, deployments.count))
    for (row, deployment) in deployments.enumerated() {
      (indexes + row).initialize(to: IdleIndex(selection: deployment.selection))
    }
  }

  deinit {
    indexes.deinitialize(count: pools.count)
    indexes.deallocate()
  }

  /// The instance that serves the next request of `pool`: one that has room beside what it executes, else an idle
  /// one by the pool's selection; -1 if there is neither.
  /// - Parameter bits: 64 uniform bits, used by random selection.
  @inline(__always)
  func select(_ pool: Int32, bits: @autoclosure () -> UInt64) -> Int32 {
    let row = pools[pool]
    if row.openHead >= 0 { return row.openHead }
    if row.idleCount == 0 { return -1 }
    switch policies[pool].selection {
    case .mostRecentlyUsed: return row.idleTail
    case .leastRecentlyUsed: return row.idleHead
    case .newest: return indexes[Int(pool)].newest()
    case .oldest: return indexes[Int(pool)].oldest()
    case .random: return indexes[Int(pool)].random(bits: bits())
    }
  }

  /// Creates an instance that executes one request.
  @inline(__always)
  mutating func create(in pool: Int32, zone: Int32, at now: Int64) -> Int32 {
    let handle = bear(in: pool, zone: zone, active: 1, at: now)
    if policies[pool].requestsPerInstance > 1 { linkOpen(handle, pool) }
    return handle
  }

  /// Creates an instance that nobody has asked for: it can be selected once it is `ready`.
  mutating func createAhead(in pool: Int32, zone: Int32, at now: Int64) -> Int32 {
    bear(in: pool, zone: zone, active: -1, at: now)
  }

  /// The start of an instance that was created ahead is over: it is idle.
  mutating func ready(_ handle: Int32, in pool: Int32, at now: Int64) {
    instances[handle].active = 0
    linkIdle(handle, pool, now)
  }

  @inline(__always)
  private mutating func bear(in pool: Int32, zone: Int32, active: Int32, at now: Int64) -> Int32 {
    births = births & 0xFF_FFFF == 0xFF_FFFF ? 1 : births &+ 1
    let handle = instances.insert(
      Instance(pool: pool, zone: zone, active: active, generation: births, born: now))
    pools[pool].live &+= 1
    siteLive[policies[pool].site] &+= 1
    siteMemory[policies[pool].site] &+= policies[pool].footprint
    siteProcessors[policies[pool].site] &+= policies[pool].processors
    indexes[Int(pool)].admit(handle, &instances)
    return handle
  }

  /// Gives an idle or open instance one more request.
  @inline(__always)
  mutating func occupy(_ handle: Int32, in pool: Int32) {
    let capacity = policies[pool].requestsPerInstance
    let active = instances[handle].active &+ 1
    instances[handle].active = active
    if instances[handle].isRetired { return }
    if active == 1 {
      unlinkIdle(handle, pool)
      if capacity > 1 { linkOpen(handle, pool) }
    } else if active == capacity {
      unlinkOpen(handle, pool)
    }
  }

  /// Takes one request from an instance; it may become idle.
  @inline(__always)
  mutating func release(_ handle: Int32, in pool: Int32, at now: Int64) {
    let capacity = policies[pool].requestsPerInstance
    let active = instances[handle].active &- 1
    instances[handle].active = active
    if instances[handle].isRetired { return }
    if active == 0 {
      if capacity > 1 { unlinkOpen(handle, pool) }
      linkIdle(handle, pool, now)
    } else if active == capacity &- 1 {
      linkOpen(handle, pool)
    }
  }

  /// The idle instance of `pool` that has outlived its keep-alive at `now`, -1 if none has.
  @inline(__always)
  func expired(_ pool: Int32, at now: Int64) -> Int32 {
    let head = pools[pool].idleHead
    if head < 0 { return -1 }
    return instances[head].idleSince <= now &- policies[pool].keepAlive ? head : -1
  }

  /// Removes an idle instance.
  mutating func remove(idle handle: Int32, from pool: Int32) {
    unlinkIdle(handle, pool)
    forget(handle, pool)
  }

  /// Removes an instance whose start, ahead of any request, is not over.
  mutating func remove(starting handle: Int32, from pool: Int32) { forget(handle, pool) }

  /// Takes an instance that is ready out of selection; what it executes goes on.
  mutating func retire(_ handle: Int32, in pool: Int32) {
    let (capacity, active) = (policies[pool].requestsPerInstance, instances[handle].active)
    if active == 0 {
      unlinkIdle(handle, pool)
    } else if capacity > 1 && active < capacity {
      unlinkOpen(handle, pool)
    }
    instances[handle].isRetired = true
  }

  /// A retired instance loses what it executes, and the events that point at it become stale.
  mutating func abandon(_ handle: Int32) {
    births = births & 0xFF_FFFF == 0xFF_FFFF ? 1 : births &+ 1
    instances[handle].active = 0
    instances[handle].generation = births
  }

  /// Removes a retired instance.
  mutating func remove(retired handle: Int32, from pool: Int32) { forget(handle, pool) }

  /// Removes an instance that executes requests, whatever becomes of them.
  mutating func remove(busy handle: Int32, from pool: Int32) {
    let instance = instances[handle]
    let capacity = policies[pool].requestsPerInstance
    if capacity > 1 && instance.active < capacity { unlinkOpen(handle, pool) }
    forget(handle, pool)
  }

  /// Takes the instance out of the counts, makes events that point at it stale, and frees its slot.
  private mutating func forget(_ handle: Int32, _ pool: Int32) {
    indexes[Int(pool)].dismiss(handle, &instances)
    instances[handle].generation = 0
    pools[pool].live &-= 1
    siteLive[policies[pool].site] &-= 1
    siteMemory[policies[pool].site] &-= policies[pool].footprint
    siteProcessors[policies[pool].site] &-= policies[pool].processors
    instances.remove(handle)
  }

  @inline(__always)
  private mutating func linkIdle(_ handle: Int32, _ pool: Int32, _ now: Int64) {
    let tail = pools[pool].idleTail
    instances[handle].previous = tail
    instances[handle].next = -1
    instances[handle].idleSince = now
    if tail < 0 { pools[pool].idleHead = handle } else { instances[tail].next = handle }
    pools[pool].idleTail = handle
    pools[pool].idleCount &+= 1
    indexes[Int(pool)].becameIdle(handle, &instances)
  }

  @inline(__always)
  private mutating func unlinkIdle(_ handle: Int32, _ pool: Int32) {
    let (previous, next) = (instances[handle].previous, instances[handle].next)
    if previous < 0 { pools[pool].idleHead = next } else { instances[previous].next = next }
    if next < 0 { pools[pool].idleTail = previous } else { instances[next].previous = previous }
    pools[pool].idleCount &-= 1
    indexes[Int(pool)].becameBusy(handle, &instances)
  }

  private mutating func linkOpen(_ handle: Int32, _ pool: Int32) {
    let head = pools[pool].openHead
    instances[handle].previous = -1
    instances[handle].next = head
    if head >= 0 { instances[head].previous = handle }
    pools[pool].openHead = handle
  }

  private mutating func unlinkOpen(_ handle: Int32, _ pool: Int32) {
    let (previous, next) = (instances[handle].previous, instances[handle].next)
    if previous < 0 { pools[pool].openHead = next } else { instances[previous].next = next }
    if next >= 0 { instances[next].previous = previous }
  }
}

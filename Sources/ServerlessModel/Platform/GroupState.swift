import SimulationKernel

/// What a group knows of one of its instances, beside the `Instance` of the same handle.
struct Member: BitwiseCopyable {
  var group: Int32
  /// Place in the group's list of those in service; -1 while it is not in it.
  var place: Int32 = -1
  /// Number of the instance in its group, from which its luck comes.
  var ordinal: Int64
  /// Requests that wait for this very instance.
  var lineHead: Int32 = -1
  var lineTail: Int32 = -1
  var lineCount: Int32 = 0
  /// When executions on it are lost, ns: its failure, or the end of its notice.
  var diesAt: Int64 = .max
  var isSpot: Bool
  /// It has failed and nobody has noticed.
  var isDead = false
  /// Whether it counts towards the group's size.
  var isCounted = true
  /// Requests that share its vCPUs, by the service at which they are done, and the service each has had, ns.
  var shareHead: Int32 = -1
  var shareCount: Int32 = 0
  var shareTimer: UInt32 = 0
  /// vCPUs that they use.
  var coresInUse = 0.0
  var served: Double = 0
  var servedAt: Int64 = 0
  /// vCPU-ns of credits, below 0 what is owed; those of its launch; and up to when they are reckoned.
  var credits: Double = 0
  var launchCredits: Double = 0
  var creditsAt: Int64 = 0
}

/// The moving part of a group.
struct GroupState: BitwiseCopyable {
  let pool: Int32
  /// Size wanted, the bounds of the present schedule, and the instances that count towards it.
  var desired: Int32
  var minimum: Int32
  var maximum: Int32
  var count: Int32 = 0
  var spotCount: Int32 = 0
  var warm: Int32
  /// Instances in service, as the balancer believes.
  private(set) var list: UnsafeMutablePointer<Int32>
  private(set) var listCount: Int32 = 0
  private var listCapacity: Int32 = 8
  /// Whose turn it is.
  var cursor: Int32 = 0
  /// Requests in lines of single instances.
  var lineCount: Int32 = 0
  /// Time × level since the last evaluation, ns, and up to when.
  var loadSince: Int64 = 0
  var busyTime: Int64 = 0
  var waitTime: Int64 = 0
  var arrivals: Int64 = 0
  var lastArrival: Int64 = 0
  /// vCPUs in use by requests that share them, and vCPU-ns used so since the last evaluation.
  var coresInUse = 0.0
  var coreTime = 0.0
  /// CPU time of the executions with slots so far, and the time that they hold their slots, ns; the same at the last
  /// evaluation.
  var computed = 0.0
  var held = 0.0
  var computedBefore = 0.0
  var heldBefore = 0.0
  /// Time that executions held their slots longer for want of CPU credits, ns.
  var throttled = 0.0
  /// Evaluations in a row that called for more, or for less, and the ends of the rests.
  var highRun: Int32 = 0
  var lowRun: Int32 = 0
  var outRestsUntil: Int64 = 0
  var inRestsUntil: Int64 = 0
  /// Mean concurrency of the last evaluations, a ring.
  private(set) var samples: UnsafeMutablePointer<Double>
  let sampleCapacity: Int32
  private(set) var sampleCount: Int64 = 0
  var panicUntil: Int64 = -1
  var panicPeak: Int32 = 0

  init(pool: Int32, plan: GroupPlan) {
    self.pool = pool
    desired = plan.initial
    minimum = plan.minimum
    maximum = plan.maximum
    warm = plan.warmCount
    list = .allocate(capacity: Int(listCapacity))
    let window = plan.scaler.kind == .panic ? plan.scaler.stableWindow / max(1, plan.scaler.period) : 1
    sampleCapacity = Int32(clamping: min(max(1, window), 100_000))
    samples = .allocate(capacity: Int(sampleCapacity))
  }

  /// Share of the time in a slot for which executions compute at full speed, over all so far.
  var computingShare: Double { held > throttled ? computed / (held - throttled) : 1 }

  func deallocate() {
    list.deallocate()
    samples.deallocate()
  }

  mutating func append(_ handle: Int32) -> Int32 {
    if listCount == listCapacity {
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: Int(listCapacity) * 2)
      larger.moveInitialize(from: list, count: Int(listCount))
      list.deallocate()
      list = larger
      listCapacity *= 2
    }
    list[Int(listCount)] = handle
    listCount += 1
    return listCount - 1
  }

  /// Takes out the handle at `place`; the ones behind it move up, so that turns and ties keep their order.
  mutating func remove(at place: Int32) {
    for index in Int(place)..<Int(listCount) - 1 { list[index] = list[index + 1] }
    listCount -= 1
    if cursor > place { cursor -= 1 }
    if cursor >= listCount { cursor = 0 }
  }

  mutating func note(sample: Double) {
    samples[Int(sampleCount % Int64(sampleCapacity))] = sample
    sampleCount += 1
  }

  /// Mean of the last `count` samples.
  func mean(last count: Int64) -> Double {
    let known = max(1, min(count, min(sampleCount, Int64(sampleCapacity))))
    var sum = 0.0
    for back in 0..<known {
      sum += samples[Int((sampleCount - 1 - back) % Int64(sampleCapacity))]
    }
    return sum / Double(known)
  }
}

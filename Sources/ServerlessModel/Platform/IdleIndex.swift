import SimulationKernel

/// What a pool needs beyond its list of idle instances to pick one: by creation order a bitmap over creation ranks,
/// at random an array. Never a scan.
struct IdleIndex: ~Copyable {
  private enum Kind { case none, byCreation, array }

  private let kind: Kind
  /// Rank → instance (byCreation; -1 where the instance is gone), or the idle instances (array).
  private var occupants: UnsafeMutablePointer<Int32>
  private var capacity: Int
  private var count = 0
  private var alive = 0
  private var bitmap: SlotBitmap

  init(selection: InstanceSelection) {
    switch selection {
    case .newest, .oldest: kind = .byCreation
    case .random: kind = .array
    case .mostRecentlyUsed, .leastRecentlyUsed: kind = .none
    }
    capacity = kind == .none ? 1 : 64
    occupants = .allocate(capacity: capacity)
    bitmap = SlotBitmap(capacity: capacity)
  }

  deinit { occupants.deallocate() }

  @inline(__always) func newest() -> Int32 { occupants[bitmap.last()] }
  @inline(__always) func oldest() -> Int32 { occupants[bitmap.first(from: 0)] }
  @inline(__always) func random(bits: UInt64) -> Int32 {
    occupants[Int(bits.multipliedFullWidth(by: UInt64(count)).high)]
  }

  /// A new instance gets the next rank.
  @inline(__always)
  mutating func admit(_ handle: Int32, _ instances: inout SlotTable<Instance>) {
    guard kind == .byCreation else { return }
    if count == capacity { compact(&instances) }
    occupants[count] = handle
    instances[handle].rank = Int32(truncatingIfNeeded: count)
    count &+= 1
    alive &+= 1
  }

  /// An instance that is not idle is gone.
  mutating func dismiss(_ handle: Int32, _ instances: inout SlotTable<Instance>) {
    guard kind == .byCreation else { return }
    occupants[Int(instances[handle].rank)] = -1
    alive &-= 1
  }

  @inline(__always)
  mutating func becameIdle(_ handle: Int32, _ instances: inout SlotTable<Instance>) {
    switch kind {
    case .none: break
    case .byCreation: bitmap.insert(Int(instances[handle].rank))
    case .array:
      if count == capacity { grow() }
      occupants[count] = handle
      instances[handle].rank = Int32(truncatingIfNeeded: count)
      count &+= 1
    }
  }

  @inline(__always)
  mutating func becameBusy(_ handle: Int32, _ instances: inout SlotTable<Instance>) {
    switch kind {
    case .none: break
    case .byCreation: bitmap.remove(Int(instances[handle].rank))
    case .array:
      count &-= 1
      let moved = occupants[count]
      let rank = instances[handle].rank
      occupants[Int(rank)] = moved
      instances[moved].rank = rank
    }
  }

  /// Closes the gaps that dead instances left among the ranks; doubles the room if few were dead.
  private mutating func compact(_ instances: inout SlotTable<Instance>) {
    let old = capacity
    if alive * 2 > capacity { capacity *= 2 }
    let renumbered = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    var bits = SlotBitmap(capacity: capacity)
    var next = 0
    for rank in 0..<old where occupants[rank] >= 0 {
      let handle = occupants[rank]
      renumbered[next] = handle
      if instances[handle].active == 0 && !instances[handle].isRetired { bits.insert(next) }
      instances[handle].rank = Int32(truncatingIfNeeded: next)
      next += 1
    }
    occupants.deallocate()
    occupants = renumbered
    bitmap = bits
    count = next
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: occupants, count: count)
    occupants.deallocate()
    occupants = larger
    capacity *= 2
  }
}

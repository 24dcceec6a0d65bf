/// The pending events: a calendar queue with an overflow heap.
///
/// Events of the near future lie in buckets of equal width, a bucket being a short list in order; a two-level bitmap
/// finds the next bucket in use. Events beyond the last bucket wait in a 4-ary heap. Width and number of buckets
/// follow the load, so that a bucket rarely holds more than one event. The order is total: (time, order of
/// scheduling), whatever the geometry. While only a handful of events is pending they lie in a short sorted run
/// instead.
///
/// - Complexity: `push` and `pop` amortised O(1) while the load changes slowly, O(log n) for the far future.
/// - Reference: R. Brown, "Calendar queues", CACM 31(10), 1988.
public struct EventQueue: ~Copyable {
  private struct Node {
    var event: Event
    var next: Int32
  }

  /// Time of the next event, ns; `Int64.max` when there is none.
  public private(set) var nextTime: Int64 = .max

  /// The few pending events, the next one last; the calendar is empty while this is in use.
  private let short: UnsafeMutablePointer<Event>
  private var shortCount = 0
  private var isShort = true

  private var nodes: UnsafeMutablePointer<Node>
  private var nodeCapacity = 1024
  private var firstFree: Int32 = -1
  private var nodesUsed = 0

  private var heads: UnsafeMutablePointer<Int32>
  private var tails: UnsafeMutablePointer<Int32>
  private var bitmap: SlotBitmap
  private var bucketMask: Int64
  /// A bucket spans 2^shift ns.
  private var shift: Int64 = 20
  /// Number (time >> shift) of the bucket at which the window starts: that of the last event popped.
  private var cursor: Int64 = 0
  /// Slot of the next event when the calendar holds any.
  private var nextSlot = 0
  private var inCalendar = 0
  private var overflow = EventHeap()

  private var nextSequence: UInt64 = 0
  private var lastTime: Int64 = 0
  /// What the geometry has cost since the last look at it: list steps, moves through the heap.
  private var strain = 0
  private var operations = 0
  /// Sum over the pushes since the last look of how far ahead they were, ns.
  private var leadSum = 0.0

  /// The short run is left when it holds so many, and taken up again when so few are left.
  private static let shortCapacity = 24
  private static let shortAgain = 8
  private static let smallest = 256
  private static let largest = 1 << 20
  /// Pushes between two looks at the geometry.
  private static let patience = 4096

  package init() {
    short = .allocate(capacity: Self.shortCapacity)
    nodes = .allocate(capacity: nodeCapacity)
    heads = .allocate(capacity: Self.smallest)
    heads.initialize(repeating: -1, count: Self.smallest)
    tails = .allocate(capacity: Self.smallest)
    tails.initialize(repeating: -1, count: Self.smallest)
    bitmap = SlotBitmap(capacity: Self.smallest)
    bucketMask = Int64(Self.smallest - 1)
  }

  deinit {
    short.deallocate()
    nodes.deallocate()
    heads.deallocate()
    tails.deallocate()
  }

  /// Number of pending events.
  package var count: Int { isShort ? shortCount : inCalendar &+ overflow.count }

  /// Events that the calendar has room for: its memory.
  package var slotCount: Int { nodeCapacity }

  /// Schedules `payload` at `time`.
  /// - Precondition: `time` is not earlier than the last event popped.
  @inline(__always)
  package mutating func push(at time: Int64, _ payload: UInt64) {
    let event = Event(time: time, sequence: nextSequence, payload: payload)
    nextSequence &+= 1
    if isShort && shortCount < Self.shortCapacity { return insertShort(event) }
    schedule(event)
  }

  /// Schedules an event in the calendar.
  @inline(never)
  private mutating func schedule(_ event: Event) {
    if isShort { leaveShort() }
    let time = event.time
    leadSum += Double(time &- lastTime)
    operations &+= 1
    if operations == Self.patience { review() }
    place(event)
  }

  /// Removes and returns the next event.
  /// - Precondition: not empty.
  @inline(__always)
  package mutating func pop() -> Event {
    isShort ? popShort() : popLong()
  }

  @inline(never)
  private mutating func popLong() -> Event {
    let event = popCalendar()
    if inCalendar &+ overflow.count == Self.shortAgain { takeUpShort() }
    return event
  }

  @inline(__always)
  private mutating func popCalendar() -> Event {
    if inCalendar == 0 { openWindow() }
    let slot = nextSlot
    let index = heads[slot]
    let event = nodes[Int(index)].event
    let next = nodes[Int(index)].next
    nodes[Int(index)].next = firstFree
    firstFree = index
    inCalendar &-= 1
    lastTime = event.time
    heads[slot] = next
    let bucket = event.time >> shift
    if bucket > cursor {
      cursor = bucket
      if (overflow.nextTime >> shift) &- cursor <= bucketMask { drainOverflow() }
    }
    if next >= 0 {
      nextTime = nodes[Int(next)].event.time
    } else {
      bitmap.remove(slot)
      findNext()
    }
    return event
  }

  @inline(__always)
  private mutating func insertShort(_ event: Event) {
    // The newest of equal times goes in front of them: it is popped after them.
    var place = shortCount
    while place > 0 && short[place &- 1].time <= event.time {
      short[place] = short[place &- 1]
      place &-= 1
    }
    short[place] = event
    shortCount &+= 1
    nextTime = short[shortCount &- 1].time
  }

  @inline(__always)
  private mutating func popShort() -> Event {
    precondition(shortCount > 0, "pop from an empty event queue")
    shortCount &-= 1
    let event = short[shortCount]
    lastTime = event.time
    nextTime = shortCount > 0 ? short[shortCount &- 1].time : .max
    return event
  }

  /// Moves the short run into the calendar.
  private mutating func leaveShort() {
    isShort = false
    cursor = lastTime >> shift
    nextTime = .max
    while shortCount > 0 {
      shortCount -= 1
      place(short[shortCount])
    }
  }

  /// Moves what is left of the calendar into the short run.
  private mutating func takeUpShort() {
    let left = inCalendar + overflow.count
    let last = lastTime
    for place in 0..<left { short[left - 1 - place] = popCalendar() }
    lastTime = last
    shortCount = left
    isShort = true
    nextTime = left > 0 ? short[left - 1].time : .max
  }

  /// Puts an event where it belongs.
  @inline(__always)
  private mutating func place(_ event: Event) {
    if (event.time >> shift) &- cursor > bucketMask {
      strain &+= 8
      overflow.push(event)
      if inCalendar == 0 { nextTime = overflow.nextTime }
    } else {
      insert(event)
    }
  }

  /// Sets `nextSlot` and `nextTime` from what is left.
  @inline(__always)
  private mutating func findNext() {
    if inCalendar == 0 {
      nextTime = overflow.nextTime
    } else {
      nextSlot = bitmap.first(from: Int(cursor & bucketMask))
      nextTime = nodes[Int(heads[nextSlot])].event.time
    }
  }

  /// Jumps the window to the first event of the heap.
  private mutating func openWindow() {
    precondition(overflow.count > 0, "pop from an empty event queue")
    cursor = overflow.nextTime >> shift
    drainOverflow()
    findNext()
  }

  /// Brings the events of the heap that now fall inside the window into their buckets.
  @inline(never)
  private mutating func drainOverflow() {
    while overflow.count > 0 && (overflow.nextTime >> shift) &- cursor <= bucketMask {
      insert(overflow.pop())
      strain &+= 8
    }
  }

  @inline(__always)
  private mutating func insert(_ event: Event) {
    let index: Int32
    if firstFree >= 0 {
      index = firstFree
      firstFree = nodes[Int(index)].next
    } else {
      if nodesUsed == nodeCapacity { growNodes() }
      index = Int32(truncatingIfNeeded: nodesUsed)
      nodesUsed &+= 1
    }
    // Nothing is due before the last event popped, so the bucket is the cursor's or a later one.
    let slot = Int((event.time >> shift) & bucketMask)
    if inCalendar == 0 || event.time < nextTime {
      nextTime = event.time
      nextSlot = slot
    }
    inCalendar &+= 1
    let head = heads[slot]
    if head < 0 {
      nodes[Int(index)] = Node(event: event, next: -1)
      heads[slot] = index
      tails[slot] = index
      bitmap.insert(slot)
    } else if Event.precedes(nodes[Int(tails[slot])].event, event) {
      nodes[Int(index)] = Node(event: event, next: -1)
      nodes[Int(tails[slot])].next = index
      tails[slot] = index
    } else {
      insertInside(slot, head, index, event)
    }
  }

  /// Inserts before the tail of a bucket's list.
  private mutating func insertInside(_ slot: Int, _ head: Int32, _ index: Int32, _ event: Event) {
    if Event.precedes(event, nodes[Int(head)].event) {
      nodes[Int(index)] = Node(event: event, next: head)
      heads[slot] = index
      return
    }
    var previous = head
    while true {
      strain &+= 1
      let next = nodes[Int(previous)].next
      if Event.precedes(event, nodes[Int(next)].event) {
        nodes[Int(index)] = Node(event: event, next: next)
        nodes[Int(previous)].next = index
        return
      }
      previous = next
    }
  }

  private mutating func growNodes() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
    larger.moveInitialize(from: nodes, count: nodesUsed)
    nodes.deallocate()
    nodes = larger
    nodeCapacity *= 2
  }

  /// Looks at what the geometry has cost lately and changes it if that was too much.
  @inline(never)
  private mutating func review() {
    let size = Int(bucketMask + 1)
    var wanted = Self.smallest
    while wanted < count * 4 && wanted < Self.largest { wanted *= 2 }
    // The window covers four mean leads: the few events beyond it pass through the heap.
    var wantedShift: Int64 = 0
    let width = 4 * leadSum / Double(operations) / Double(wanted)
    while Double(1 << wantedShift) < width && wantedShift < 40 { wantedShift += 1 }
    let misfit = wanted > size || wanted * 8 < size || (strain > operations && wantedShift != shift)
    if misfit { rebuild(bucketCount: wanted, shift: wantedShift) }
    strain = 0
    operations = 0
    leadSum = 0
  }

  /// Lays the calendar out anew.
  private mutating func rebuild(bucketCount: Int, shift newShift: Int64) {
    var pending: [Event] = []
    pending.reserveCapacity(count)
    while inCalendar > 0 {
      let slot = bitmap.first(from: 0)
      var index = heads[slot]
      while index >= 0 {
        pending.append(nodes[Int(index)].event)
        index = nodes[Int(index)].next
        inCalendar -= 1
      }
      heads[slot] = -1
      bitmap.remove(slot)
    }
    while overflow.count > 0 { pending.append(overflow.pop()) }
    pending.sort(by: Event.precedes)
    if bucketCount != Int(bucketMask + 1) {
      heads.deallocate()
      tails.deallocate()
      heads = .allocate(capacity: bucketCount)
      heads.initialize(repeating: -1, count: bucketCount)
      tails = .allocate(capacity: bucketCount)
      tails.initialize(repeating: -1, count: bucketCount)
      bitmap = SlotBitmap(capacity: bucketCount)
      bucketMask = Int64(bucketCount - 1)
    }
    shift = newShift
    firstFree = -1
    nodesUsed = 0
    cursor = lastTime >> shift
    nextTime = .max
    for event in pending { place(event) }
    strain = 0
  }
}

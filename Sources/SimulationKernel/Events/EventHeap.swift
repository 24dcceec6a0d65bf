/// A 4-ary min-heap of events over contiguous memory: the far future of `EventQueue`.
///
/// - Complexity: `push` and `pop` O(log n).
@frozen
public struct EventHeap: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<Event>
  @usableFromInline var capacity: Int
  /// Number of pending events.
  public private(set) var count: Int

  package init(capacity: Int = 64) {
    self.capacity = max(capacity, 4)
    storage = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { storage.deallocate() }

  /// The earliest event's time, `Int64.max` when empty.
  package var nextTime: Int64 { count == 0 ? .max : storage[0].time }

  /// Adds an event. O(log n).
  package mutating func push(_ event: Event) {
    if count == capacity { grow() }
    var hole = count
    count += 1
    while hole > 0 {
      let parent = (hole - 1) >> 2
      if !Event.precedes(event, storage[parent]) { break }
      storage[hole] = storage[parent]
      hole = parent
    }
    storage[hole] = event
  }

  /// Removes the earliest event.
  /// - Precondition: not empty.
  package mutating func pop() -> Event {
    precondition(count > 0, "pop from an empty event heap")
    let first = storage[0]
    count -= 1
    if count > 0 { sink(storage[count]) }
    return first
  }

  /// Puts `event` in place of the root and restores the order.
  private mutating func sink(_ event: Event) {
    var hole = 0
    while true {
      let child = hole << 2 &+ 1
      if child >= count { break }
      var least = child
      let end = min(child &+ 4, count)
      var other = child &+ 1
      while other < end {
        if Event.precedes(storage[other], storage[least]) { least = other }
        other &+= 1
      }
      if !Event.precedes(storage[least], event) { break }
      storage[hole] = storage[least]
      hole = least
    }
    storage[hole] = event
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}

import SimulationKernel

/// When idle instances go whose keep-alive is not the same for all: a heap by time over all pools, with each
/// instance's place in it beside it. No instance needs an event of its own.
struct ExpiryHeap: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var time: Int64
    var instance: Int32
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 64
  private var count = 0
  /// By instance: its position among the entries, -1 = not there.
  private var places = Rows<Int32>([])

  /// The first time at which an instance goes; `Int64.max` without any.
  private(set) var nextTime = Int64.max

  init() { entries = .allocate(capacity: capacity) }

  deinit { entries.deallocate() }

  /// The instance that goes at `nextTime`.
  var first: Int32 { entries[0].instance }

  /// An instance is to go at `time`, whatever was said of it before.
  mutating func schedule(_ instance: Int32, at time: Int64) {
    while places.count <= Int(instance) { _ = places.append(-1) }
    cancel(instance)
    if count == capacity { grow() }
    count += 1
    rise(Entry(time: time, instance: instance), from: count - 1)
    nextTime = entries[0].time
  }

  /// An instance stays: it is used again, or gone already.
  mutating func cancel(_ instance: Int32) {
    guard Int(instance) < places.count, places[instance] >= 0 else { return }
    let hole = Int(places[instance])
    places[instance] = -1
    count -= 1
    if hole < count {
      let last = entries[count]
      if hole > 0 && precedes(last, entries[(hole - 1) / 2]) { rise(last, from: hole) } else { sink(last, from: hole) }
    }
    nextTime = count == 0 ? .max : entries[0].time
  }

  /// At equal times the lower handle goes first.
  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.time < b.time || (a.time == b.time && a.instance < b.instance)
  }

  private mutating func rise(_ entry: Entry, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard precedes(entry, entries[parent]) else { break }
      put(entries[parent], at: hole)
      hole = parent
    }
    put(entry, at: hole)
  }

  private mutating func sink(_ entry: Entry, from start: Int) {
    var hole = start
    while true {
      var child = hole * 2 + 1
      guard child < count else { break }
      if child + 1 < count && precedes(entries[child + 1], entries[child]) { child += 1 }
      guard precedes(entries[child], entry) else { break }
      put(entries[child], at: hole)
      hole = child
    }
    put(entry, at: hole)
  }

  private mutating func put(_ entry: Entry, at place: Int) {
    entries[place] = entry
    places[entry.instance] = Int32(truncatingIfNeeded: place)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }
}

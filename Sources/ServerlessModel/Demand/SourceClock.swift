import SimulationKernel

/// The next arrival of every source: a heap whose root is replaced in place, so that one source costs nothing and
/// k sources cost log k. Arrivals never pass through the event queue.
struct SourceClock: ~Copyable {
  struct Entry: BitwiseCopyable {
    var time: Int64
    var source: Int32
  }

  private let entries: Rows<Entry>

  /// - Parameter times: first arrival of each source, `Int64.max` for a source without arrivals.
  init(times: [Int64]) {
    let rows = times.indices.map { Entry(time: times[$0], source: Int32($0)) }
    // A sorted array is a heap.
    entries = Rows(rows.sorted { ($0.time, $0.source) < ($1.time, $1.source) })
  }

  /// Time of the next arrival over all sources, `Int64.max` when there is none.
  @inline(__always) var nextTime: Int64 { entries.count == 0 ? .max : entries[0].time }

  /// The source of the next arrival.
  @inline(__always) var nextSource: Int32 { entries[0].source }

  /// Sets the root's next arrival.
  @inline(__always)
  func replace(with time: Int64) {
    let source = entries[0].source
    let count = Int32(truncatingIfNeeded: entries.count)
    var hole: Int32 = 0
    while true {
      var child = hole &* 2 &+ 1
      if child >= count { break }
      if child &+ 1 < count && Self.precedes(entries[child &+ 1], entries[child]) { child &+= 1 }
      let least = entries[child]
      if !(least.time < time || (least.time == time && least.source < source)) { break }
      entries[hole] = least
      hole = child
    }
    entries[hole] = Entry(time: time, source: source)
  }

  @inline(__always)
  private static func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.time < b.time || (a.time == b.time && a.source < b.source)
  }
}

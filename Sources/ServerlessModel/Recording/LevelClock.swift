import Statistics

/// The time that a level (instances alive, requests running) spends at each value within the measured period.
struct LevelClock: BitwiseCopyable {
  private var times: UnsafeMutablePointer<Int64>
  private var capacity: Int32
  private(set) var level: Int32 = 0
  private var since: Int64

  /// A clock that stands at level 0; time before `start` is not counted.
  init(countingFrom start: Int64, capacity: Int32 = 8) {
    self.capacity = capacity
    since = start
    times = .allocate(capacity: Int(capacity))
    times.initialize(repeating: 0, count: Int(capacity))
  }

  /// Sets the level at `now`.
  @inline(__always)
  mutating func set(_ newLevel: Int32, at now: Int64) {
    if now > since {
      times[Int(level)] &+= now &- since
      since = now
    }
    level = newLevel
    if newLevel >= capacity { grow() }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Int64>.allocate(capacity: Int(capacity) * 2)
    larger.initialize(repeating: 0, count: Int(capacity) * 2)
    for level in 0..<Int(capacity) { larger[level] = times[level] }
    times.deallocate()
    times = larger
    capacity *= 2
  }

  /// The time at each level, ns.
  func histogram() -> LevelHistogram {
    var last = Int(capacity) - 1
    while last > 0 && times[last] == 0 { last -= 1 }
    return LevelHistogram(timeAtLevel: (0...last).map { times[$0] })
  }

  func deallocate() { times.deallocate() }
}

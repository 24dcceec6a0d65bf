/// How long a level (busy instances, requests waiting) stood at each height.
///
/// Time, ns, is kept per level: exactly up to level 511, in buckets within 0.4 % above. Mean and variance
/// are exact at any level, whatever the order of merging.
package struct LevelHistogram: Sendable {
  private var time: LatencyHistogram
  private var squares: WideSum
  private var currentLevel: Int64
  private var since: Int64

  /// Begins at an instant, ns, at a level (not negative).
  package init(level: Int = 0, at instant: Int64 = 0) {
    precondition(level >= 0, "a level is never negative")
    self.init(time: LatencyHistogram(), squares: WideSum(), level: Int64(level), since: instant)
  }

  init(time: LatencyHistogram, squares: WideSum, level: Int64, since: Int64) {
    self.time = time
    self.squares = squares
    currentLevel = level
    self.since = since
  }

  /// From the time, ns, that a level has stood at 0, 1, 2, …
  package init(timeAtLevel times: [Int64]) {
    self.init()
    for (level, nanoseconds) in times.enumerated() where nanoseconds > 0 {
      currentLevel = Int64(level)
      advance(to: since + nanoseconds)
    }
  }

  /// The level now.
  package var level: Int { Int(currentLevel) }

  /// The level changes, at an instant, ns, no earlier than the last one.
  package mutating func set(_ level: Int, at instant: Int64) {
    precondition(level >= 0, "a level is never negative")
    advance(to: instant)
    currentLevel = Int64(level)
  }

  /// The level changes by a difference, at an instant, ns.
  package mutating func change(by difference: Int, at instant: Int64) {
    set(level + difference, at: instant)
  }

  /// Accounts for the time up to an instant, ns, at the present level: before reading.
  package mutating func advance(to instant: Int64) {
    precondition(instant >= since, "time runs forwards")
    let elapsed = UInt64(instant - since)
    time.record(currentLevel, count: elapsed)
    let level = UInt64(currentLevel)
    squares.add(level &* level, times: elapsed)
    since = instant
  }

  /// Forgets the time up to an instant, ns, and goes on from the present level: the end of the warm-up.
  package mutating func reset(at instant: Int64) {
    self = LevelHistogram(level: level, at: instant)
  }

  /// Adds the time another histogram has accounted for; the level now stays this one's.
  package mutating func merge(_ other: LevelHistogram) {
    time.merge(other.time)
    squares.add(other.squares)
  }

  /// The time accounted for, ns.
  package var duration: Int64 { Int64(time.count) }

  /// The time at the levels that share a bucket with this one, ns: at exactly this level up to 511.
  package func time(at level: Int) -> Int64 {
    level < 0 ? 0 : Int64(time.countAlike(Int64(level)))
  }

  /// The sum of level × time, ns.
  package var area: Int128 { time.summary.sum.wide }

  /// The time-average of the level; nil before any time has passed.
  package var mean: Double? { time.mean }

  /// The variance of the level over time; nil before any time has passed.
  package var variance: Double? {
    guard let mean else { return nil }
    return max(squares.approximately / Double(time.count) - mean * mean, 0)
  }

  /// The least level that is not exceeded for a share `q` (0 … 1) of the time; nil before any time has
  /// passed.
  package func quantile(_ q: Double) -> Int? { time.quantile(q).map { Int($0) } }

  /// The lowest level that held for any time; nil before any time has passed.
  package var minimum: Int? { time.minimum.map { Int($0) } }

  /// The highest level that held for any time; nil before any time has passed.
  package var maximum: Int? { time.maximum.map { Int($0) } }

  /// The share of the time at level 0; nil before any time has passed.
  package var idleRatio: Double? { time.isEmpty ? nil : Double(time(at: 0)) / Double(time.count) }
}

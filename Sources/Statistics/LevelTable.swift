/// Many levels over time in one flat table, a row a level: what the event loop keeps.
///
/// Same exactness as ``LevelHistogram``, which ``extract(_:at:)`` makes of a row.
package struct LevelTable: ~Copyable {
  @usableFromInline
  struct State {
    @usableFromInline var level: Int64 = 0
    @usableFromInline var since: Int64
    @usableFromInline var squares = WideSum()
  }

  @usableFromInline var times: HistogramTable
  @usableFromInline var states: UnsafeMutablePointer<State>

  /// Levels of 0 from an instant, ns, on; `rowCount` of them.
  package init(rowCount: Int, at instant: Int64 = 0) {
    times = HistogramTable(rowCount: rowCount)
    states = .allocate(capacity: rowCount)
    states.initialize(repeating: State(since: instant), count: rowCount)
  }

  deinit {
    states.deallocate()
  }

  /// The number of rows.
  package var rowCount: Int { times.rowCount }

  /// The level of a row now.
  /// - Precondition: the row exists.
  package func level(_ row: Int) -> Int {
    precondition(row >= 0 && row < rowCount, "no such row")
    return Int(states[row].level)
  }

  /// The level of a row changes by a difference, at an instant, ns, no earlier than its last change.
  /// - Precondition: the row exists and its level does not fall below 0.
  @inlinable
  package mutating func change(_ row: Int, by difference: Int, at instant: Int64) {
    advance(row, to: instant)
    states[row].level += Int64(difference)
    precondition(states[row].level >= 0, "a level is never negative")
  }

  /// The level of a row becomes another, at an instant, ns, no earlier than its last change.
  /// - Precondition: the row exists and the level is not negative.
  @inlinable
  package mutating func set(_ row: Int, _ level: Int, at instant: Int64) {
    precondition(level >= 0, "a level is never negative")
    advance(row, to: instant)
    states[row].level = Int64(level)
  }

  @inlinable
  mutating func advance(_ row: Int, to instant: Int64) {
    precondition(row >= 0 && row < times.rowCount, "no such row")
    let elapsed = instant - states[row].since
    if elapsed == 0 { return }
    precondition(elapsed > 0, "time runs forwards")
    let level = UInt64(truncatingIfNeeded: states[row].level)
    times.record(row, level, count: UInt64(truncatingIfNeeded: elapsed))
    states[row].squares.add(level &* level, times: UInt64(truncatingIfNeeded: elapsed))
    states[row].since = instant
  }

  /// Forgets the time up to an instant, ns, in all rows; levels stay: the end of the warm-up.
  package mutating func reset(at instant: Int64) {
    times.reset()
    for row in 0..<rowCount {
      states[row].since = instant
      states[row].squares = WideSum()
    }
  }

  /// The history of a row up to an instant, ns, no earlier than its last change.
  /// - Precondition: the row exists.
  package func extract(_ row: Int, at instant: Int64) -> LevelHistogram {
    let state = states[row]
    var histogram = LevelHistogram(
      time: times.extract(row), squares: state.squares, level: state.level, since: state.since)
    histogram.advance(to: instant)
    return histogram
  }
}

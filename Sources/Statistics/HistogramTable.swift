/// Many latency histograms in one flat table, a row a series: what the event loop records into.
///
/// Same buckets and same exactness as ``LatencyHistogram``, which ``extract(_:)`` makes of a row. Recording
/// allocates only when a row meets an octave for the first time. The table owns its memory through pointers:
/// arrays would ask twice per record whether they are shared, which costs half of the recording.
public struct HistogramTable: ~Copyable {
  /// The number of rows.
  @usableFromInline package private(set) var rowCount: Int
  /// Where the page of an octave of a row begins in `counters`, −1 where there is none yet; row by row.
  @usableFromInline var pageOf: UnsafeMutablePointer<Int32>
  @usableFromInline var summaries: UnsafeMutablePointer<HistogramSummary>
  /// The counters of all rows, page after page in the order of first use.
  @usableFromInline var counters: UnsafeMutablePointer<UInt64>
  private var counterCount = 0
  private var counterCapacity: Int

  /// Empty histograms, `rowCount` of them.
  package init(rowCount: Int) {
    self.rowCount = rowCount
    counterCapacity = max(rowCount, 1) * LatencyBuckets.pageSize
    pageOf = .allocate(capacity: rowCount * LatencyBuckets.pageCount)
    summaries = .allocate(capacity: rowCount)
    counters = .allocate(capacity: counterCapacity)
    pageOf.initialize(repeating: -1, count: rowCount * LatencyBuckets.pageCount)
    summaries.initialize(repeating: HistogramSummary(), count: rowCount)
  }

  deinit {
    pageOf.deallocate()
    summaries.deallocate()
    counters.deallocate()
  }

  /// Counts one value, ns, in a row; a negative one counts as 0.
  /// - Precondition: the row exists.
  @inlinable
  @inline(__always)
  public mutating func record(_ row: Int, _ nanoseconds: Int64) {
    precondition(row >= 0 && row < rowCount, "no such row")
    let value = UInt64(truncatingIfNeeded: max(nanoseconds, 0))
    let octave = LatencyBuckets.page(of: value)
    var base = Int(pageOf[row &* LatencyBuckets.pageCount &+ octave])
    if base < 0 { base = makePage(row, octave) }
    counters[base &+ LatencyBuckets.slot(of: value, page: octave)] &+= 1
    summaries[row].include(value)
    summaries[row].sum.add(value)
  }

  /// Counts a non-negative value several times in a row.
  /// - Precondition: the row exists.
  @inlinable
  mutating func record(_ row: Int, _ value: UInt64, count repeats: UInt64) {
    precondition(row >= 0 && row < rowCount, "no such row")
    let octave = LatencyBuckets.page(of: value)
    var base = Int(pageOf[row &* LatencyBuckets.pageCount &+ octave])
    if base < 0 { base = makePage(row, octave) }
    counters[base &+ LatencyBuckets.slot(of: value, page: octave)] &+= repeats
    summaries[row].include(value)
    summaries[row].sum.add(value, times: repeats)
  }

  /// Forgets everything recorded, in all rows, and keeps the pages for what follows: the end of the warm-up.
  package mutating func reset() {
    counters.update(repeating: 0, count: counterCount)
    summaries.update(repeating: HistogramSummary(), count: rowCount)
  }

  /// The histogram of a row.
  /// - Precondition: the row exists.
  package func extract(_ row: Int) -> LatencyHistogram {
    precondition(row >= 0 && row < rowCount, "no such row")
    var pages = Array(repeating: Int32(-1), count: LatencyBuckets.pageCount)
    var copied: [UInt64] = []
    for octave in 0..<LatencyBuckets.pageCount {
      let base = Int(pageOf[row * LatencyBuckets.pageCount + octave])
      if base < 0 { continue }
      pages[octave] = Int32(copied.count)
      copied.append(contentsOf: UnsafeBufferPointer(start: counters + base, count: LatencyBuckets.pageSize))
    }
    return LatencyHistogram(pageOf: pages, counters: copied, summary: summaries[row])
  }

  /// Begins the page of an octave of a row, in twice the memory where there is no more room.
  @usableFromInline
  @inline(never)
  mutating func makePage(_ row: Int, _ octave: Int) -> Int {
    let base = counterCount
    counterCount += LatencyBuckets.pageSize
    if counterCount > counterCapacity {
      counterCapacity *= 2
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: counterCapacity)
      larger.moveInitialize(from: counters, count: base)
      counters.deallocate()
      counters = larger
    }
    (counters + base).initialize(repeating: 0, count: LatencyBuckets.pageSize)
    pageOf[row * LatencyBuckets.pageCount + octave] = Int32(base)
    return base
  }
}

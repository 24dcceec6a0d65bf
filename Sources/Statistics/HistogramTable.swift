/// Many latency histograms in one flat table, a row a series: what the event loop records into.
///
/// Same buckets and same exactness as ``LatencyHistogram``, which ``extract(_:)`` makes of a row. Recording
/// allocates only when a row meets an octave for the first time.
package struct HistogramTable: ~Copyable {
  /// Where the page of an octave of a row begins in `counters`, −1 where there is none yet; row by row.
  @usableFromInline var pageOf: [Int32]
  /// The counters of all rows, page after page in the order of first use.
  @usableFromInline var counters: [UInt64] = []
  @usableFromInline var summaries: [HistogramSummary]

  /// Empty histograms, `rowCount` of them.
  package init(rowCount: Int) {
    pageOf = Array(repeating: -1, count: rowCount * LatencyBuckets.pageCount)
    summaries = Array(repeating: HistogramSummary(), count: rowCount)
  }

  /// The number of rows.
  package var rowCount: Int { summaries.count }

  /// Adds empty rows at the end and returns the first of them.
  package mutating func addRows(_ added: Int) -> Int {
    let first = summaries.count
    pageOf.append(contentsOf: repeatElement(-1, count: added * LatencyBuckets.pageCount))
    summaries.append(contentsOf: repeatElement(HistogramSummary(), count: added))
    return first
  }

  /// Counts one value, ns, in a row; a negative one counts as 0.
  @inlinable
  package mutating func record(_ row: Int, _ nanoseconds: Int64) {
    let value = UInt64(truncatingIfNeeded: max(nanoseconds, 0))
    let octave = LatencyBuckets.page(of: value)
    var base = Int(pageOf[row &* LatencyBuckets.pageCount &+ octave])
    if base < 0 { base = makePage(row, octave) }
    counters[base &+ LatencyBuckets.slot(of: value, page: octave)] &+= 1
    summaries[row].include(value)
    summaries[row].sum.add(value)
  }

  /// Forgets everything recorded, in all rows, and keeps the pages for what follows: the end of the warm-up.
  package mutating func reset() {
    for index in counters.indices { counters[index] = 0 }
    for row in summaries.indices { summaries[row] = HistogramSummary() }
  }

  /// The histogram of a row.
  package func extract(_ row: Int) -> LatencyHistogram {
    var pages = Array(repeating: Int32(-1), count: LatencyBuckets.pageCount)
    var copied: [UInt64] = []
    for octave in 0..<LatencyBuckets.pageCount {
      let base = Int(pageOf[row * LatencyBuckets.pageCount + octave])
      if base < 0 { continue }
      pages[octave] = Int32(copied.count)
      copied.append(contentsOf: counters[base..<base + LatencyBuckets.pageSize])
    }
    return LatencyHistogram(pageOf: pages, counters: copied, summary: summaries[row])
  }

  @usableFromInline
  @inline(never)
  mutating func makePage(_ row: Int, _ octave: Int) -> Int {
    let base = counters.count
    counters.append(contentsOf: repeatElement(0, count: LatencyBuckets.pageSize))
    pageOf[row * LatencyBuckets.pageCount + octave] = Int32(base)
    return base
  }
}

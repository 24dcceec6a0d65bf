/// What a series of durations looked like: counts in log-linear buckets, with the exact count, sum and
/// extremes.
///
/// Values are nanoseconds, not negative. A quantile is read off between the ends of the bucket it falls in: within
/// 0.4 % of the value, far closer for many values with a smooth law, exact below 512 ns. Histograms merge exactly, in
/// any order.
///
/// Why not HdrHistogram: it keeps one dense array for the whole range, 200 kB a series at this precision,
/// and a run has thousands of series (placement × clients × function × site × component of latency), most
/// of them narrow. Here a page of 256 counters is made when an octave is first hit: 2 kB each, two to six
/// for a usual series.
package struct LatencyHistogram: Sendable {
  /// The page of counters of each octave, −1 where there is none yet.
  var pageOf: [Int32]
  /// The counters, page after page.
  var counters: [UInt64]
  var summary: HistogramSummary
  /// The number of values.
  package private(set) var count: UInt64

  /// No values.
  package init() {
    self.init(pageOf: Array(repeating: -1, count: LatencyBuckets.pageCount), counters: [],
      summary: HistogramSummary())
  }

  init(pageOf: [Int32], counters: [UInt64], summary: HistogramSummary) {
    self.pageOf = pageOf
    self.counters = counters
    self.summary = summary
    count = counters.reduce(0, +)
  }

  /// Counts one value, ns; a negative one counts as 0.
  package mutating func record(_ nanoseconds: Int64) {
    record(nanoseconds, count: 1)
  }

  /// Counts a value, ns, several times; a negative one counts as 0.
  package mutating func record(_ nanoseconds: Int64, count repeats: UInt64) {
    if repeats == 0 { return }
    let value = UInt64(max(nanoseconds, 0))
    let octave = LatencyBuckets.page(of: value)
    let base = makePage(octave)
    counters[base + LatencyBuckets.slot(of: value, page: octave)] += repeats
    count += repeats
    summary.include(value)
    summary.sum.add(value, times: repeats)
  }

  /// Adds another histogram's values.
  package mutating func merge(_ other: LatencyHistogram) {
    for octave in 0..<LatencyBuckets.pageCount where other.pageOf[octave] >= 0 {
      let source = Int(other.pageOf[octave])
      let base = makePage(octave)
      for slot in 0..<LatencyBuckets.pageSize { counters[base + slot] += other.counters[source + slot] }
    }
    count += other.count
    summary.merge(other.summary)
  }

  private mutating func makePage(_ octave: Int) -> Int {
    if pageOf[octave] >= 0 { return Int(pageOf[octave]) }
    let base = counters.count
    counters.append(contentsOf: repeatElement(0, count: LatencyBuckets.pageSize))
    pageOf[octave] = Int32(base)
    return base
  }
}

/// The sum and the extremes of a series of non-negative values.
@usableFromInline
struct HistogramSummary: Hashable, Sendable {
  @usableFromInline var sum = WideSum()
  @usableFromInline var least = UInt64.max
  @usableFromInline var greatest: UInt64 = 0

  @usableFromInline init() {}

  /// Widens the extremes.
  @inlinable
  @inline(__always)
  mutating func include(_ value: UInt64) {
    least = min(least, value)
    greatest = max(greatest, value)
  }

  mutating func merge(_ other: HistogramSummary) {
    sum.add(other.sum)
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}

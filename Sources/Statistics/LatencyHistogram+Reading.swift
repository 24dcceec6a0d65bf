extension LatencyHistogram {
  /// One bucket that has values in it.
  package struct Bucket: Hashable, Sendable {
    /// The least value that falls in, ns.
    package let low: Int64
    /// The greatest value that falls in, ns.
    package let high: Int64
    /// How many values fell in.
    package let count: UInt64

    /// The value that stands for the bucket, ns.
    package var middle: Int64 { low + (high - low) / 2 }

    /// The value of one of its values by rank, 1 … count, ns, as if they were spread evenly over the bucket.
    func value(rank: UInt64) -> Int64 {
      low + Int64(Double(high - low) * ((Double(rank) - 0.5) / Double(count)))
    }

    /// How many of its values exceed a duration, ns, if they are spread evenly.
    func countAbove(_ nanoseconds: Int64) -> UInt64 {
      if nanoseconds < low { return count }
      if nanoseconds >= high { return 0 }
      var (below, above) = (UInt64(0), count + 1)
      while above - below > 1 {
        let rank = below + (above - below) / 2
        if value(rank: rank) > nanoseconds { above = rank } else { below = rank }
      }
      return count - below
    }
  }

  /// Whether nothing was recorded.
  package var isEmpty: Bool { count == 0 }

  /// How many counters are stored: 256 for every octave that was hit.
  package var counterCount: Int { counters.count }

  /// The exact sum of the values, ns.
  package var sum: WideSum { summary.sum }

  /// The mean, ns, from the exact sum; nil without values.
  package var mean: Double? { isEmpty ? nil : summary.sum.approximately / Double(count) }

  /// The least value, ns, exact; nil without values.
  package var minimum: Int64? { isEmpty ? nil : Int64(summary.least) }

  /// The greatest value, ns, exact; nil without values.
  package var maximum: Int64? { isEmpty ? nil : Int64(summary.greatest) }

  /// The buckets that have values in them, from low to high.
  /// - Complexity: O(pages)
  package var buckets: [Bucket] {
    var result: [Bucket] = []
    for octave in 0..<LatencyBuckets.pageCount where pageOf[octave] >= 0 {
      let base = Int(pageOf[octave])
      for slot in 0..<LatencyBuckets.pageSize where counters[base + slot] > 0 {
        result.append(Self.bucket(page: octave, slot: slot, count: counters[base + slot]))
      }
    }
    return result
  }

  /// The least recorded value that a share `q` (0 … 1) of the values does not exceed, ns; the exact minimum at 0
  /// and the exact maximum at 1; nil without values.
  ///
  /// It is within 0.4 % (1/256, the width of a bucket). The values of a bucket count as spread evenly over it, so
  /// that of many values with a smooth law it is far closer.
  /// - Complexity: O(pages)
  package func quantile(_ q: Double) -> Int64? {
    if isEmpty { return nil }
    let rank = Self.rank(q, of: count)
    if rank <= 1 { return Int64(summary.least) }
    if rank >= count { return Int64(summary.greatest) }
    var seen: UInt64 = 0
    for octave in 0..<LatencyBuckets.pageCount where pageOf[octave] >= 0 {
      let base = Int(pageOf[octave])
      for slot in 0..<LatencyBuckets.pageSize {
        let inBucket = counters[base + slot]
        if seen + inBucket >= rank {
          return narrowed(Self.bucket(page: octave, slot: slot, count: inBucket)).value(rank: rank - seen)
        }
        seen += inBucket
      }
    }
    return Int64(summary.greatest)
  }

  /// How many values exceed a duration, ns.
  ///
  /// The values of the bound's own bucket count as spread evenly over it, so values within 0.4 % of the bound may
  /// fall on its other side; the answer agrees with ``quantile(_:)``.
  /// - Complexity: O(pages)
  package func countAbove(_ nanoseconds: Int64) -> UInt64 {
    guard !isEmpty, nanoseconds < Int64(summary.greatest) else { return 0 }
    if nanoseconds < Int64(summary.least) { return count }
    return buckets.reduce(0) { $0 + narrowed($1).countAbove(nanoseconds) }
  }

  private static func bucket(page: Int, slot: Int, count: UInt64) -> Bucket {
    Bucket(
      low: LatencyBuckets.low(page: page, slot: slot), high: LatencyBuckets.high(page: page, slot: slot), count: count)
  }

  /// A bucket without what lies outside the least and the greatest value.
  private func narrowed(_ bucket: Bucket) -> Bucket {
    Bucket(
      low: max(bucket.low, Int64(summary.least)), high: min(bucket.high, Int64(summary.greatest)), count: bucket.count)
  }

  /// How many values share a bucket with this one, which is not negative: equal it, below 512.
  func countAlike(_ value: Int64) -> UInt64 {
    let octave = LatencyBuckets.page(of: UInt64(value))
    if pageOf[octave] < 0 { return 0 }
    return counters[Int(pageOf[octave]) + LatencyBuckets.slot(of: UInt64(value), page: octave)]
  }

  /// The nearest rank, 1 … count, of a quantile; what rounding adds to `q · count` does not lift it to the
  /// next rank.
  static func rank(_ q: Double, of count: UInt64) -> UInt64 {
    let exact = min(max(q, 0), 1) * Double(count)
    let rank = (exact * (1 - 0x1p-50)).rounded(.up)
    return min(max(UInt64(rank), 1), count)
  }
}

extension LatencyHistogram: Equatable {
  /// Whether the same values were recorded, up to the width of a bucket; the order of recording does not
  /// matter.
  package static func == (left: LatencyHistogram, right: LatencyHistogram) -> Bool {
    left.count == right.count && left.summary == right.summary && left.buckets == right.buckets
  }
}

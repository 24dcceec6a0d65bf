/// Where a series leaves its initial transient behind.
package enum WarmUp {
  /// The number of leading values to delete by MSER-5 (White, Cobb and Spratt, 2000); nil where it finds no
  /// such point.
  ///
  /// The series is averaged in batches of five; the point is the one that minimises the squared standard
  /// error of the mean of what remains. A minimum in the second half says that the series is too short or
  /// still moving: nil.
  /// - Complexity: O(n)
  package static func mser5(_ series: [Double]) -> Int? {
    let batchSize = 5
    let batches = stride(from: 0, through: series.count - batchSize, by: batchSize).map { start in
      series[start..<start + batchSize].reduce(0, +) / Double(batchSize)
    }
    guard batches.count >= 2 else { return nil }
    var remaining = Tally()
    var best: (error: Double, start: Int)?
    for start in batches.indices.reversed() {
      remaining.record(batches[start])
      let count = Double(remaining.count)
      guard let variance = remaining.variance, remaining.count >= 5 || start == 0 else { continue }
      let error = variance * (count - 1) / (count * count)
      if best.map({ error <= $0.error }) ?? true { best = (error, start) }
    }
    guard let best, best.start <= batches.count / 2 else { return nil }
    return best.start * batchSize
  }
}

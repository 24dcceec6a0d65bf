/// The interval of the mean of one long, correlated series: the means of long batches of it are nearly
/// independent.
///
/// Memory is constant: when 64 batches are full, neighbours are joined and the batches are twice as long
/// from then on.
package struct BatchMeans: Sendable {
  private static let batchLimit = 64

  /// Observations in a batch.
  package private(set) var batchSize: UInt64 = 1
  /// The means of the full batches, in order.
  package private(set) var means: [Double] = []
  private var partialSum = 0.0
  private var partialCount: UInt64 = 0

  /// No observations.
  package init() {}

  /// Adds the next observation of the series.
  package mutating func record(_ value: Double) {
    partialSum += value
    partialCount += 1
    guard partialCount == batchSize else { return }
    means.append(partialSum / Double(batchSize))
    partialSum = 0
    partialCount = 0
    guard means.count == Self.batchLimit else { return }
    means = stride(from: 0, to: Self.batchLimit, by: 2).map { (means[$0] + means[$0 + 1]) / 2 }
    batchSize *= 2
  }

  /// The t interval of the mean over the full batches; nil before the first is full.
  package func interval(level: Double = 0.95) -> ConfidenceInterval? {
    .student(values: means, level: level)
  }

  /// The correlation of neighbouring batches, −1 … 1: well above 0, the batches are too short for the
  /// interval to be trusted. Nil with fewer than three batches or without any spread.
  package var neighbourCorrelation: Double? {
    guard means.count >= 3, let mean = Tally(means).mean else { return nil }
    let spread = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard spread > 0 else { return nil }
    return zip(means, means.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / spread
  }
}

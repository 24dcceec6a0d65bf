import Foundation
import Histogram
import Statistics
import Testing

/// Accuracy, exactness and merging, against sorted arrays and HdrHistogram.
@Suite struct LatencyHistogramTests {
  private static let shares = [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]

  @Test("quantiles are within a bucket of the sorted values", arguments: [1, 2, 3] as [UInt64])
  func againstSorting(_ seed: UInt64) throws {
    let values = latencies(20_000, seed: seed)
    let sorted = values.sorted()
    let histogram = Self.histogram(values)
    #expect(histogram.count == 20_000)
    #expect(histogram.sum.exactly == values.reduce(0, +))
    #expect(histogram.minimum == sorted.first)
    #expect(histogram.maximum == sorted.last)
    for q in Self.shares {
      let rank = max(Int((q * 20_000 - 1e-9).rounded(.up)), 1)
      let exact = Double(sorted[rank - 1])
      #expect(abs(Double(try #require(histogram.quantile(q))) - exact) <= exact / 256, "at \(q)")
    }
  }

  /// A million exponential latencies of 10 ms: far closer than the buckets are wide.
  @Test(arguments: [0.5, 0.75, 0.9, 0.95, 0.99])
  func smoothLawsAreReadBetweenTheBucketsEnds(_ q: Double) throws {
    let values = (0..<1_000_000).map { Int64(-1e7 * log1p(-(Double($0) + 0.5) / 1e6)) }
    let read = Double(try #require(Self.histogram(values).quantile(q)))
    #expect(abs(read / (-1e7 * log1p(-q)) - 1) < 1e-4, "\(read)")
  }

  /// Whoever has a quantile knows how many values lie above it (but for the greatest, which is kept apart).
  @Test func countsAboveAgreeWithQuantiles() throws {
    let histogram = Self.histogram(latencies(20_000, seed: 5))
    for q in Self.shares.dropFirst().dropLast() {
      let value = try #require(histogram.quantile(q))
      let beyond = 20_000 - UInt64((q * 20_000 - 1e-9).rounded(.up))
      #expect(histogram.countAbove(value) <= beyond, "at \(q)")
      #expect(histogram.countAbove(value - 1) >= beyond + 1, "at \(q)")
    }
  }

  @Test func againstHdrHistogram() throws {
    let values = latencies(50_000, seed: 4)
    let histogram = Self.histogram(values)
    var reference = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    for value in values { reference.record(UInt64(value)) }
    for q in Self.shares.dropFirst() {
      let expected = Double(reference.valueAtPercentile(q * 100))
      // 0.1 % is the reference's own resolution, which reports the upper end of a bucket.
      #expect(abs(Double(try #require(histogram.quantile(q))) - expected) <= expected * 0.005, "at \(q)")
    }
    #expect(abs(try #require(histogram.mean) / reference.mean - 1) < 1e-3)
  }

  @Test("every value lies in its own bucket, and buckets join without gap or overlap")
  func bucketsPartitionTheLine() {
    var values: [Int64] = [0, 1, 127, 128, 255, 256, 257, 511, 512, 513, 1_023, 1_024, .max, .max - 1]
    for exponent in 9..<63 {
      for offset in [-1, 0, 1] as [Int64] { values.append((1 << Int64(exponent)) + offset) }
    }
    for value in values {
      let bucket = Self.histogram([value]).buckets[0]
      #expect(bucket.low <= value && value <= bucket.high)
      #expect(Double(bucket.high - bucket.low) <= Double(bucket.low) / 256)
      if bucket.high < .max {
        let next = Self.histogram([bucket.high + 1]).buckets[0]
        #expect(next.low == bucket.high + 1)
      }
    }
  }

  @Test func smallValuesAreExact() {
    let histogram = Self.histogram(Array(0...511))
    #expect(histogram.buckets.map(\.middle) == Array(0...511))
    #expect(histogram.quantile(0.5) == 255)
  }

  @Test func extremes() {
    var histogram = LatencyHistogram()
    #expect(histogram.isEmpty)
    #expect(histogram.quantile(0.5) == nil)
    #expect(histogram.mean == nil)
    #expect(histogram.minimum == nil)
    #expect(histogram.maximum == nil)
    #expect(histogram.countAbove(0) == 0)
    histogram.record(0)
    histogram.record(.max)
    histogram.record(.max)
    histogram.record(-5)
    #expect(histogram.count == 4)
    #expect(histogram.minimum == 0)
    #expect(histogram.maximum == .max)
    #expect(histogram.quantile(0.5) == 0)
    #expect(histogram.quantile(1) == .max)
    #expect(histogram.sum.exactly == nil)
    #expect(histogram.mean == 0x1p62)
    #expect(histogram.countAbove(0) == 2)
  }

  @Test func oneValueIsEveryQuantile() {
    let histogram = Self.histogram([123_456_789])
    for q in Self.shares { #expect(histogram.quantile(q) == 123_456_789) }
  }

  @Test("rounding of q · n does not reach the next value")
  func ranksAreExact() {
    var histogram = LatencyHistogram()
    histogram.record(1, count: 999)
    histogram.record(100)
    #expect(histogram.quantile(0.999) == 1)
    #expect(histogram.quantile(0.999_01) == 100)
    #expect(Self.histogram(Array(1...100)).quantile(0.07) == 7)
    #expect(Self.histogram(Array(1...100)).quantile(0.29) == 29)
  }

  @Test func countsAboveABound() {
    let values = latencies(20_000, seed: 6)
    let histogram = Self.histogram(values)
    for bound in [0, 1_000_000, 12_000_000, 80_000_000, 1_000_000_000] as [Int64] {
      let low = values.count { $0 > bound + bound / 256 }
      let high = values.count { $0 > bound - bound / 256 }
      #expect((UInt64(low)...UInt64(high)).contains(histogram.countAbove(bound)))
    }
    #expect(histogram.countAbove(-1) == 20_000)
    #expect(histogram.countAbove(.max) == 0)
    #expect(histogram.countAbove(histogram.maximum ?? 0) == 0)
  }

  @Test func mergingIsExactInAnyOrder() {
    let parts = (7...9).map { latencies(3_000, seed: $0) }
    let whole = Self.histogram(parts.flatMap { $0 })
    var left = Self.histogram(parts[0])
    left.merge(Self.histogram(parts[1]))
    left.merge(Self.histogram(parts[2]))
    var right = Self.histogram(parts[2])
    var inner = Self.histogram(parts[1])
    inner.merge(Self.histogram(parts[0]))
    right.merge(inner)
    right.merge(LatencyHistogram())
    #expect(left == whole)
    #expect(right == whole)
    right.record(1)
    #expect(right != whole)
  }

  @Test func narrowSeriesStaySmall() {
    var histogram = LatencyHistogram()
    for value in 10_000_000...10_100_000 where value % 10 == 0 { histogram.record(Int64(value)) }
    #expect(histogram.buckets.count <= 4)
    #expect(histogram.counterCount == 256)
  }

  private static func histogram(_ values: [Int64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }
}

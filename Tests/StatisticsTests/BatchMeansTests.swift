import Statistics
import Testing

/// One long correlated series.
@Suite struct BatchMeansTests {
  @Test("batches of an autoregressive series give an interval that covers")
  func coverage() throws {
    var covered = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SplitMix(seed: seed)
      var value = 0.0
      var batches = BatchMeans()
      for _ in 0..<4_096 {
        value = 0.8 * value + random.normal()
        batches.record(3 + value)
      }
      if try #require(batches.interval()).contains(3) { covered += 1 }
    }
    #expect((180...199).contains(covered))
  }

  @Test func memoryIsConstant() {
    var batches = BatchMeans()
    for index in 0..<100_000 { batches.record(Double(index)) }
    #expect((32..<64).contains(batches.means.count))
    #expect(batches.batchSize == 2_048)
    #expect(batches.means[0] == 1_023.5)
    #expect((batches.neighbourCorrelation ?? 0) > 0.8)
  }

  @Test func fewObservations() throws {
    var batches = BatchMeans()
    #expect(batches.interval() == nil)
    #expect(batches.neighbourCorrelation == nil)
    batches.record(5)
    #expect(try #require(batches.interval()).estimate == 5)
    batches.record(5)
    batches.record(5)
    #expect(batches.neighbourCorrelation == nil)
  }
}

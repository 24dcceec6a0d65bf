import Statistics
import Testing

/// Moments without keeping the observations.
@Suite struct TallyTests {
  @Test func textbook() {
    let tally = Tally([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(tally.count == 8)
    #expect(tally.mean == 5)
    #expect(abs((tally.variance ?? 0) - 32.0 / 7) < 1e-12)
    #expect(tally.minimum == 2)
    #expect(tally.maximum == 9)
  }

  @Test func withoutEnoughObservations() {
    #expect(Tally().mean == nil)
    #expect(Tally().minimum == nil)
    #expect(Tally().maximum == nil)
    #expect(Tally([3]).mean == 3)
    #expect(Tally([3]).variance == nil)
    #expect(Tally([3]).standardDeviation == nil)
  }

  @Test("a large offset does not eat the variance")
  func stable() {
    let tally = Tally((0..<1_000).map { 1e9 + Double($0 % 2) })
    #expect(abs((tally.variance ?? 0) - 0.25 * 1_000 / 999) < 1e-9)
  }

  @Test func mergingIsAssociativeUpToRounding() throws {
    let parts = (1...3).map { seed in latencies(1_000, seed: seed).map(Double.init) }
    let whole = Tally(parts.flatMap { $0 })
    var left = Tally(parts[0])
    left.merge(Tally(parts[1]))
    left.merge(Tally(parts[2]))
    var right = Tally(parts[1])
    right.merge(Tally(parts[2]))
    var outer = Tally()
    outer.merge(Tally(parts[0]))
    outer.merge(right)
    outer.merge(Tally())
    for tally in [left, outer] {
      #expect(tally.count == whole.count)
      #expect(tally.minimum == whole.minimum)
      #expect(tally.maximum == whole.maximum)
      #expect(abs(try #require(tally.mean) / (try #require(whole.mean)) - 1) < 1e-12)
      #expect(abs(try #require(tally.variance) / (try #require(whole.variance)) - 1) < 1e-12)
    }
  }
}

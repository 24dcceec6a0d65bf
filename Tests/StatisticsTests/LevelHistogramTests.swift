import Statistics
import Testing

/// Levels weighted by how long they held.
@Suite struct LevelHistogramTests {
  @Test func weighsByTime() {
    var level = LevelHistogram()
    level.set(2, at: 10)
    level.change(by: 1, at: 30)
    level.change(by: -3, at: 70)
    level.advance(to: 100)
    // 0 for 10, 2 for 20, 3 for 40, 0 for 30.
    #expect(level.level == 0)
    #expect(level.duration == 100)
    #expect(level.time(at: 0) == 40)
    #expect(level.time(at: 2) == 20)
    #expect(level.time(at: 3) == 40)
    #expect(level.time(at: 1) == 0)
    #expect(level.time(at: -1) == 0)
    #expect(level.time(at: 100_000) == 0)
    #expect(level.mean == 1.6)
    #expect(abs((level.variance ?? 0) - (80.0 + 360.0) / 100 + 2.56) < 1e-12)
    #expect(level.quantile(0.4) == 0)
    #expect(level.quantile(0.41) == 2)
    #expect(level.quantile(1) == 3)
    #expect(level.minimum == 0)
    #expect(level.maximum == 3)
    #expect(level.idleRatio == 0.4)
  }

  @Test func nothingYet() {
    var level = LevelHistogram(level: 5, at: 100)
    level.set(6, at: 100)
    #expect(level.mean == nil)
    #expect(level.variance == nil)
    #expect(level.quantile(0.5) == nil)
    #expect(level.maximum == nil)
    #expect(level.idleRatio == nil)
    level.advance(to: 101)
    #expect(level.mean == 6)
  }

  @Test func resetKeepsTheLevel() {
    var level = LevelHistogram()
    level.set(9, at: 50)
    level.reset(at: 60)
    level.advance(to: 70)
    #expect(level.duration == 10)
    #expect(level.mean == 9)
    #expect(level.variance == 0)
  }

  @Test("mean and variance stay exact at great heights and over months")
  func largeFigures() {
    var level = LevelHistogram(level: 1_000_001)
    let month: Int64 = 30 * 86_400 * 1_000_000_000
    level.set(999_999, at: month)
    level.advance(to: 2 * month)
    #expect(level.mean == 1_000_000)
    #expect(abs((level.variance ?? 0) - 1) < 1e-3)
    #expect(abs((level.quantile(0.5) ?? 0) - 999_999) < 2_000)
  }

  @Test func mergingIsExactInAnyOrder() {
    func history(_ seed: UInt64) -> LevelHistogram {
      var random = SplitMix(seed: seed)
      var level = LevelHistogram()
      var now: Int64 = 0
      for _ in 0..<500 {
        now += Int64(random.next() % 1_000_000)
        level.set(Int(random.next() % 700), at: now)
      }
      return level
    }
    var left = history(1)
    left.merge(history(2))
    left.merge(history(3))
    var inner = history(3)
    inner.merge(history(2))
    var right = history(1)
    right.merge(inner)
    #expect(left.duration == history(1).duration + history(2).duration + history(3).duration)
    #expect(left.mean == right.mean)
    #expect(left.variance == right.variance)
    #expect((0..<700).allSatisfy { left.time(at: $0) == right.time(at: $0) })
  }
}

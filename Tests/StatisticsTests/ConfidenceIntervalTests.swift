import Statistics
import Testing

/// Intervals: textbook values, coverage, and what too few data leave open.
@Suite struct ConfidenceIntervalTests {
  @Test func studentByHand() throws {
    let interval = try #require(ConfidenceInterval.student(values: [1, 2, 3, 4, 5]))
    #expect(interval.estimate == 3)
    #expect(interval.count == 5)
    #expect(abs(interval.halfWidth - 2.776_445 * (2.5 / 5.0).squareRoot()) < 1e-6)
    #expect(abs(interval.relativeHalfWidth - interval.halfWidth / 3) < 1e-12)
    #expect(interval.contains(1.1))
    #expect(!interval.contains(0.9))
  }

  @Test(
    "the t interval covers as often as it says", arguments: [(0.90, 5), (0.95, 2), (0.95, 10), (0.99, 20)])
  func coverage(_ level: Double, _ count: Int) throws {
    var random = SplitMix(seed: 3)
    let trials = 4_000
    var covered = 0
    for _ in 0..<trials {
      let values = (0..<count).map { _ in 7 + 2 * random.normal() }
      if try #require(ConfidenceInterval.student(values: values, level: level)).contains(7) { covered += 1 }
    }
    // Four standard deviations of the binomial count.
    let tolerance = 4 * (level * (1 - level) / Double(trials)).squareRoot()
    #expect(abs(Double(covered) / Double(trials) - level) < tolerance)
  }

  @Test func fewValues() throws {
    #expect(ConfidenceInterval.student(values: []) == nil)
    let single = try #require(ConfidenceInterval.student(values: [4]))
    #expect(single.estimate == 4)
    #expect(!single.isBounded)
    #expect(single.low == -.infinity)
    #expect(single.halfWidth == .infinity)
    let same = try #require(ConfidenceInterval.student(values: [4, 4, 4]))
    #expect(same.halfWidth == 0)
    #expect(same.isBounded)
    let zeros = try #require(ConfidenceInterval.student(values: [0, 0]))
    #expect(zeros.relativeHalfWidth == 0)
    #expect(try #require(ConfidenceInterval.student(values: [-1, 1])).relativeHalfWidth == .infinity)
  }

  @Test("pairing removes the luck that both share")
  func paired() throws {
    var random = SplitMix(seed: 8)
    let luck = (0..<20).map { _ in 100 * random.normal() }
    let first = luck.map { $0 + 5 + random.normal() }
    let second = luck.map { $0 + random.normal() }
    let difference = try #require(ConfidenceInterval.pairedDifference(of: first, minus: second))
    #expect(difference.contains(5))
    #expect(difference.halfWidth < 1)
    #expect(try #require(ConfidenceInterval.student(values: first)).halfWidth > 20)
    #expect(ConfidenceInterval.pairedDifference(of: first, minus: [1]) == nil)
    #expect(ConfidenceInterval.pairedDifference(of: [], minus: []) == nil)
  }

  @Test("what cannot be is cut off, and nothing is made up where there is no interval")
  func possibleValues() {
    let wide = ConfidenceInterval.around(1, spreadOf: [0, 1, 5], possible: 0 ... .infinity)
    #expect(wide.low == 0)
    #expect(wide.high == ConfidenceInterval.around(1, spreadOf: [0, 1, 5]).high)
    #expect(ConfidenceInterval.around(1, spreadOf: [0, 1, 5]).low < 0)
    let single = ConfidenceInterval.around(1, spreadOf: [1], possible: 0...2)
    #expect(single.low == -.infinity)
    #expect(single.high == .infinity)
    #expect(ConfidenceInterval.around(.nan, spreadOf: [1, 2], possible: 0...2).low.isNaN)
  }

  @Test("sections that all agree do not make a share certain")
  func share() {
    let some = ConfidenceInterval.share([(1, 10), (3, 10), (0, 0)])
    #expect(some.estimate == 0.2)
    #expect(some.low == 0)
    #expect(some.high == 1)
    #expect(some.count == 2)
    let none = ConfidenceInterval.share([(0, 4), (0, 6)])
    #expect(none == ConfidenceInterval.proportion(successes: 0, of: 10))
    #expect(ConfidenceInterval.share([(4, 4), (6, 6)]).high == 1)
    #expect(ConfidenceInterval.share([(4, 4), (6, 6)]).low < 0.8)
    #expect(!ConfidenceInterval.share([(0, 10)]).isBounded)
    #expect(ConfidenceInterval.share([(0, 0), (0, 0)]).estimate.isNaN)
  }

  @Test func wilson() throws {
    // 20 of 100: 0.1333 … 0.2888, as tabulated.
    let interval = try #require(ConfidenceInterval.proportion(successes: 20, of: 100))
    #expect(interval.estimate == 0.2)
    #expect(abs(interval.low - 0.133_367) < 1e-6)
    #expect(abs(interval.high - 0.288_829) < 1e-6)
    let none = try #require(ConfidenceInterval.proportion(successes: 0, of: 10))
    #expect(none.low == 0)
    #expect(abs(none.high - 0.277_533) < 1e-6)
    let all = try #require(ConfidenceInterval.proportion(successes: 10, of: 10))
    #expect(all.high == 1)
    #expect(abs(all.low - (1 - none.high)) < 1e-12)
    #expect(ConfidenceInterval.proportion(successes: 0, of: 0) == nil)
    #expect(ConfidenceInterval.proportion(successes: 3, of: 2) == nil)
  }

  @Test("Wilson's interval covers rare events")
  func wilsonCoverage() throws {
    var random = SplitMix(seed: 12)
    var covered = 0
    for _ in 0..<2_000 {
      let successes = (0..<200).count { _ in random.unit() < 0.02 }
      let interval = try #require(ConfidenceInterval.proportion(successes: UInt64(successes), of: 200))
      if interval.contains(0.02) { covered += 1 }
    }
    #expect((1_860...1_980).contains(covered))
  }
}

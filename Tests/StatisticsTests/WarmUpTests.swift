import Statistics
import Testing

/// MSER-5 on series with a known transient.
@Suite struct WarmUpTests {
  @Test("a transient that fades is cut where it has faded", arguments: [1, 2, 3] as [UInt64])
  func fading(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var factor = 30.0
    let series = (0..<2_000).map { _ -> Double in
      factor *= 0.98
      return 10 + factor + random.normal()
    }
    let cut = try #require(WarmUp.mser5(series))
    // After 100 values 4 remain of the 30, after 400 nothing.
    #expect((100...400).contains(cut))
    #expect(cut % 5 == 0)
  }

  @Test func nothingToCut() {
    #expect(WarmUp.mser5(Array(repeating: 4, count: 100)) == 0)
    var random = SplitMix(seed: 5)
    let steady = (0..<2_000).map { _ in random.normal() }
    #expect((WarmUp.mser5(steady) ?? .max) <= 500)
  }

  @Test func stillMoving() {
    #expect(WarmUp.mser5((0..<1_000).map { Double($0 * $0) }) == nil)
  }

  @Test func tooShort() {
    #expect(WarmUp.mser5([]) == nil)
    #expect(WarmUp.mser5([1, 2, 3, 4, 5, 6, 7, 8, 9]) == nil)
  }
}

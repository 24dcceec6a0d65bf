import Statistics
import Testing

/// How many values a percentile needs.
@Suite struct SampleSizeTests {
  @Test func tenBeyond() {
    #expect(SampleSize.needed(for: 0.5) == 20)
    #expect(SampleSize.needed(for: 0.95) == 200)
    #expect(SampleSize.needed(for: 0.99) == 1_000)
    #expect(SampleSize.needed(for: 0.999) == 10_000)
    #expect(SampleSize.needed(for: 0.9999) == 100_000)
    #expect(SampleSize.needed(for: 0.01) == 1_000)
    #expect(SampleSize.needed(for: 1) == .max)
    #expect(SampleSize.needed(for: .nan) == .max)
  }

  @Test func enough() {
    #expect(SampleSize.enough(for: 0.999, count: 10_000))
    #expect(!SampleSize.enough(for: 0.999, count: 9_999))
    #expect(!SampleSize.enough(for: 1, count: 1_000_000))
  }
}

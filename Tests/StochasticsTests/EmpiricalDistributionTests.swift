import Stochastics
import Testing

/// Laws from known quantiles and from samples.
@Suite struct EmpiricalDistributionTests {
  @Test func linesJoinTheQuantiles() {
    let law = Distribution.empirical(fourQuantiles)
    #expect(law.quantile(0) == 1 * ms)
    #expect(law.quantile(0.25) == 1.5 * ms)
    #expect(law.quantile(0.5) == 2 * ms)
    #expect(abs(law.quantile(0.995) - 10.5 * ms) < 1)
    #expect(law.quantile(1) == 12 * ms)
    #expect(law.cdf(0.9 * ms) == 0)
    #expect(law.cdf(1.5 * ms) == 0.25)
    #expect(law.cdf(12 * ms) == 1)
    #expect(abs(law.mean - (0.5 * 1.5 + 0.49 * 5.5 + 0.01 * 10.5) * ms) < 1e-6)
  }

  @Test("two quantiles are a uniform law")
  func uniform() {
    let law = Distribution.empirical([
      QuantilePoint(probability: 0, value: 2), QuantilePoint(probability: 1, value: 8),
    ])
    #expect(law.mean == 5)
    #expect(abs(law.variance - 3) < 1e-12)
  }

  @Test func equalNeighboursAreAnAtom() {
    let law = Distribution.empirical(
      [(0.0, 1.0), (0.2, 5.0), (0.7, 5.0), (1.0, 9.0)].map { QuantilePoint(probability: $0.0, value: $0.1) })
    #expect(law.validate() == nil)
    #expect(law.cdf(4.999_999) < 0.2)
    #expect(law.cdf(5) == 0.7)
    var tables = SamplerTables()
    let sampler = tables.add(law)
    let laws = LawTable(tables)
    #expect(laws.draw(sampler, bits: 1 << 63) == 5)
    #expect(abs(laws.drawUnit(sampler, bits: UInt64(0.1 * 0x1p64)) - 3) < 1e-12)
  }

  @Test func samplesKeepTheirMean() {
    let samples = [5.0, 1, 9, 9, 9, 9, 2, 2.5, 40, 1]
    let law = Distribution.empirical(samples: samples)
    #expect(law.validate() == nil)
    #expect(abs(law.mean - samples.reduce(0, +) / 10) < 1e-12)
    #expect(law.quantile(0) == 1)
    #expect(law.quantile(1) == 40)
    #expect(law.quantile(0.7) == 9)
  }

  @Test func degenerateSamples() {
    #expect(Distribution.empirical(samples: [3]) == .constant(3))
    #expect(Distribution.empirical(samples: [3, 3]) == .constant(3))
    #expect(Distribution.empirical(samples: []).validate() == "empirical: at least two quantiles are needed")
    #expect(
      Distribution.empirical(samples: [1, .nan]).validate()
        == "empirical: values must be finite and must not fall as the probability rises")
    #expect(Distribution.empirical(samples: [-1, 4]).validate() == "empirical: values must not be negative")
  }

  @Test func drawsFollowManyPoints() {
    let samples = (0..<1_000).map { Double($0 * $0) }
    let law = Distribution.empirical(samples: samples)
    var tables = SamplerTables()
    let sampler = tables.add(law)
    let laws = LawTable(tables)
    for share in [0.0003, 0.01, 0.1234, 0.5, 0.77, 0.9994] {
      let drawn = laws.drawUnit(sampler, bits: UInt64(share * 0x1p64))
      #expect(abs(drawn - law.quantile(share)) < 1e-6)
    }
  }
}

import Stochastics
import Testing

/// Draws against the exact laws: fit, means, order, tails and pinned values.
@Suite struct SamplerTablesTests {
  @Test("samples pass Kolmogorov–Smirnov at 0.1 %", arguments: continuousLaws)
  func kolmogorovSmirnov(_ named: NamedLaw) {
    var tables = SamplerTables()
    let sampler = tables.add(named.law)
    let laws = LawTable(tables)
    let count = 20_000
    var random = SplitMix(seed: 1)
    let values = (0..<count).map { _ in laws.drawUnit(sampler, bits: random.next()) }.sorted()
    var distance = 0.0
    for (index, value) in values.enumerated() {
      let probability = named.law.cdf(value)
      distance = max(distance, probability - Double(index) / Double(count))
      distance = max(distance, Double(index + 1) / Double(count) - probability)
    }
    // 1.95 is exceeded by one sample in a thousand; the seed is fixed, so none of these does.
    #expect(distance * Double(count).squareRoot() < 1.95)
  }

  @Test("the mean of the table is the law's within 10⁻⁴", arguments: plainLaws)
  func meanOfTable(_ named: NamedLaw) {
    var tables = SamplerTables()
    let sampler = tables.add(named.law)
    let laws = LawTable(tables)
    // The integral over all bits: 256 midpoints in every octave of both tails.
    var mean = 0.0
    for exponent in 0..<53 {
      for step in 0..<256 {
        let middle = Double(sign: .plus, exponent: exponent, significand: 1 + (Double(step) + 0.5) / 256)
        let bits = UInt64(middle * 1_024)
        let weight = Double(sign: .plus, exponent: exponent - 54, significand: 1) / 256
        mean += weight * (laws.drawUnit(sampler, bits: bits) + laws.drawUnit(sampler, bits: ~bits))
      }
    }
    #expect(abs(mean / named.law.mean - 1) < 1e-4, "\(mean) instead of \(named.law.mean)")
  }

  @Test("evenly spread bits give a mixture its mean within 10⁻⁴", arguments: mixtures)
  func meanOfMixture(_ named: NamedLaw) {
    var tables = SamplerTables()
    let sampler = tables.add(named.law)
    let laws = LawTable(tables)
    let count: UInt64 = 1 << 18
    let step = UInt64.max / count
    let sum = (0..<count).reduce(0.0) { $0 + laws.drawUnit(sampler, bits: $1 * step + step / 2) }
    #expect(abs(sum / Double(count) / named.law.mean - 1) < 1e-4)
  }

  @Test("a draw is the quantile of its bits, far into both tails", arguments: plainLaws)
  func quantileOfBits(_ named: NamedLaw) {
    var tables = SamplerTables()
    let sampler = tables.add(named.law)
    let laws = LawTable(tables)
    let spread = named.law.quantile(0.75) - named.law.quantile(0.25)
    for octave in stride(from: 1, through: 44, by: 3) {
      for mantissa in [1.0, 1.013, 1.37, 1.71] {
        let tail = mantissa / Double(UInt64(1) << UInt64(octave + 1))
        let bits = UInt64(tail * 0x1p64)
        let low = laws.drawUnit(sampler, bits: bits)
        let high = laws.drawUnit(sampler, bits: ~bits)
        let exactLow = named.law.quantile(tail)
        let exactHigh = named.law.quantile(upperTail: tail)
        #expect(abs(low - exactLow) <= 3e-3 * exactLow + 1e-5 * spread, "lower tail \(tail)")
        #expect(abs(high - exactHigh) <= 3e-3 * exactHigh, "upper tail \(tail)")
      }
    }
  }

  @Test("more bits, no less luck", arguments: plainLaws)
  func monotone(_ named: NamedLaw) {
    var tables = SamplerTables()
    let sampler = tables.add(named.law)
    let laws = LawTable(tables)
    var random = SplitMix(seed: 5)
    var bits = (0..<2_000).map { _ in random.next() >> (random.next() % 64) }
    bits += bits.map { ~$0 } + [0, 1, .max, .max - 1, 1 << 63, 1 << 63 - 1]
    bits.sort()
    let draws = bits.map { laws.drawUnit(sampler, bits: $0) }
    #expect(draws[0] >= 0)
    #expect(draws[draws.count - 1].isFinite)
    #expect(zip(draws, draws.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func constantsAreExact() {
    var tables = SamplerTables()
    let second = tables.add(.constant(1_000_000_001))
    let third = tables.add(.shifted(by: 7, of: .scaled(by: 3, of: .constant(10))))
    let laws = LawTable(tables)
    for bits in [0, 12_345, UInt64.max] {
      #expect(laws.draw(second, bits: bits) == 1_000_000_001)
      #expect(laws.draw(third, bits: bits) == 37)
      #expect(laws.draw(.none, bits: bits) == 0)
    }
  }

  @Test func scaledToNothingIsItsShift() {
    var tables = SamplerTables()
    let sampler = tables.add(.shifted(by: 9, of: .scaled(by: 0, of: .exponential(mean: 5))))
    let laws = LawTable(tables)
    #expect(laws.draw(sampler, bits: 1 << 40) == 9)
  }

  @Test func equalLawsShareAHandle() {
    var tables = SamplerTables()
    let first = tables.add(.exponential(mean: 5))
    let other = tables.add(.exponential(mean: 6))
    #expect(tables.add(.exponential(mean: 5)) == first)
    #expect(first != other)
    #expect(tables.add(.constant(0)) == .none)
    #expect(tables.lawCount == 3)
  }

  @Test func mixtureChoosesByWeight() {
    var tables = SamplerTables()
    let sampler = tables.add(
      .mixture([
        MixtureComponent(weight: 1e-30, of: .constant(4)), MixtureComponent(weight: 1, of: .constant(1)),
        MixtureComponent(weight: 2, of: .constant(2)), MixtureComponent(weight: 1, of: .constant(3)),
      ]))
    let laws = LawTable(tables)
    let quarter: UInt64 = 1 << 62
    #expect(laws.draw(sampler, bits: 0) == 1)
    #expect(laws.draw(sampler, bits: quarter - 1_025) == 1)
    #expect(laws.draw(sampler, bits: quarter + 1_025) == 2)
    #expect(laws.draw(sampler, bits: 3 * quarter - 1_025) == 2)
    #expect(laws.draw(sampler, bits: 3 * quarter + 1_025) == 3)
    #expect(laws.draw(sampler, bits: .max) == 3)
  }

  @Test("inside a part of a mixture the bits are spent anew")
  func mixtureStretches() {
    var tables = SamplerTables()
    let uniform = Distribution.uniform(low: 0, high: 1)
    let weights = [0.1, 0.5, 0.15, 0.25]
    let sampler = tables.add(
      .mixture(
        weights.enumerated().map { MixtureComponent(weight: $1, of: .shifted(by: Double($0), of: uniform)) }))
    let laws = LawTable(tables)
    var low = 0.0
    for (part, weight) in weights.enumerated() {
      for share in [0.001, 0.25, 0.5, 0.77, 0.999] {
        let bits = UInt64((low + share * weight) * 0x1p64)
        #expect(abs(laws.drawUnit(sampler, bits: bits) - (Double(part) + share)) < 1e-6)
      }
      low += weight
    }
  }

  @Test func heavyTailsEndAtTheLongestDuration() {
    var tables = SamplerTables()
    let heavy = tables.add(.pareto(shape: 0.05, minimum: 1e90))
    let light = tables.add(.gamma(shape: 0.01, scale: 1))
    let laws = LawTable(tables)
    #expect(laws.draw(heavy, bits: .max) == 1 << 62)
    #expect(laws.draw(heavy, bits: 0) == 1 << 62)
    #expect(laws.draw(light, bits: 0) == 0)
    #expect(laws.drawUnit(light, bits: .max) < 100)
  }

  @Test("unit-less laws keep their fraction, draws round to the nearest nanosecond")
  func rounding() {
    var tables = SamplerTables()
    let sampler = tables.add(.uniform(low: 0, high: 1))
    let laws = LawTable(tables)
    #expect(abs(laws.drawUnit(sampler, bits: 3 << 62) - 0.75) < 1e-8)
    #expect(laws.draw(sampler, bits: 3 << 62) == 1)
    #expect(laws.draw(sampler, bits: 1 << 62) == 0)
  }

  @Test("draws are pinned: they may change only with the model's version")
  func pinned() {
    let bits: [UInt64] = [0, 0x0123_4567_89AB_CDEF, 0x7FFF_0000_0000_0000, 0xFEDC_BA98_7654_3210, .max]
    var tables = SamplerTables()
    let draws = [
      Distribution.exponential(mean: 5 * ms), .lognormal(median: 12 * ms, p99: 80 * ms),
      .gamma(shape: 2.5, scale: 5 * ms), .empirical(fourQuantiles),
    ].map { law in
      let sampler = tables.add(law)
      let laws = LawTable(tables)
      return bits.map { laws.draw(sampler, bits: $0) }
    }
    #expect(
      draws == [
        [0, 22_272, 3_465_584, 27_080_573, 187_149_739],
        [13_878, 1_420_959, 11_999_627, 101_340_249, 10_376_174_652],
        [3, 979_207, 10_878_373, 42_573_490, 214_077_190],
        [1_000_000, 1_008_889, 1_999_969, 10_666_667, 12_000_000],
      ])
  }
}

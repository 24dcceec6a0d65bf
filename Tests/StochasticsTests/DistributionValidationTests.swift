import Stochastics
import Testing

/// Every refusal, in its words.
@Suite struct DistributionValidationTests {
  @Test("good laws pass", arguments: continuousLaws)
  func good(_ named: NamedLaw) {
    #expect(named.law.validate() == nil)
  }

  static let refusals: [(Distribution, String)] = [
    (.constant(-1), "constant: the value must be finite and not negative"),
    (.uniform(low: -1, high: 2), "uniform: both ends must be finite and not negative"),
    (.uniform(low: 2, high: 2), "uniform: the lower end must be below the upper end"),
    (.exponential(mean: 0), "exponential: the mean must be above 0 and finite"),
    (.erlang(shape: 0, mean: 1), "erlang: the shape must be a whole number from 1 to 10000"),
    (.erlang(shape: .max, mean: 1), "erlang: the shape must be a whole number from 1 to 10000"),
    (.erlang(shape: 2, mean: -1), "erlang: the mean must be above 0 and finite"),
    (
      .gamma(shape: 0, scale: 1),
      "gamma: the shape must be between 0.01 and 10000 and the scale above 0 and finite "
        + "(given as {mean, cv}: the mean above 0, the cv between 0.01 and 10)"
    ),
    (
      .lognormal(median: 80, p99: 12),
      "lognormal: mu must be finite and sigma above 0 and at most 25 "
        + "(given as {median, p99}: the median above 0 and the p99 not below it; "
        + "given as {mean, cv}: the mean above 0 and the cv not negative)"
    ),
    (.weibull(shape: 0.01, scale: 1), "weibull: the shape must be between 0.05 and 1000"),
    (.weibull(shape: 1, scale: 0), "weibull: the scale must be above 0 and finite"),
    (.pareto(shape: 0, minimum: 1), "pareto: the shape must be between 0.05 and 1000000"),
    (.pareto(shape: 1, minimum: 0), "pareto: the minimum must be above 0 and finite"),
    (.normal(mean: -1, sd: 1), "normal: the mean must be finite and not negative"),
    (.normal(mean: 1, sd: 0), "normal: the standard deviation must be above 0 and finite"),
    (.normal(mean: 1e90, sd: 1e-300), "normal: the standard deviation is too small beside the mean"),
    (.beta(alpha: 0, beta: 1, low: 0, high: 1), "beta: alpha and beta must be between 0.01 and 10000"),
    (.beta(alpha: 1, beta: 1, low: -1, high: 1), "beta: both ends must be finite and not negative"),
    (.beta(alpha: 1, beta: 1, low: 1, high: 1), "beta: the lower end must be below the upper end"),
    (.empirical([]), "empirical: at least two quantiles are needed"),
    (points((0.1, 1), (1, 2)), "empirical: quantiles must begin at p0 and end at p100"),
    (points((0, 1), (0.9, 2)), "empirical: quantiles must begin at p0 and end at p100"),
    (
      points((0, 1), (0.5, 2), (0.5, 3), (1, 4)),
      "empirical: each probability may be given once, in rising order"
    ),
    (points((0, 2), (1, 1)), "empirical: values must be finite and must not fall as the probability rises"),
    (points((0, -2), (1, 1)), "empirical: values must not be negative"),
    (points((0, 2), (1, 1e200)), "empirical: the values are too large to compute with"),
    (.mixture([]), "mixture: at least one component is needed"),
    (mixture((0, .constant(1))), "mixture: every weight must be above 0 and finite"),
    (mixture((1e308, .constant(1)), (1e308, .constant(2))), "mixture: the weights are too large"),
    (
      mixture((1e-200, mixture((1e-200, .constant(1)), (1, .constant(2)))), (1, .constant(2))),
      "mixture: a weight is too small beside the others"
    ),
    (mixture((1, .exponential(mean: -1))), "exponential: the mean must be above 0 and finite"),
    (.shifted(by: -1, of: .constant(2)), "shifted: the shift must be finite and not negative"),
    (.scaled(by: -1, of: .constant(2)), "scaled: the factor must be finite and not negative"),
    (.scaled(by: 1e60, of: .constant(1e60)), "the law's values are too large to compute with"),
  ]

  @Test("what is no law is refused in a sentence", arguments: refusals)
  func refused(_ law: Distribution, _ sentence: String) {
    #expect(law.validate() == sentence)
  }

  @Test("no parameter may be NaN or infinite", arguments: [Double.nan, .infinity, -.infinity])
  func hostile(_ x: Double) {
    let laws: [Distribution] = [
      .constant(x), .uniform(low: x, high: 1), .uniform(low: 0, high: x), .exponential(mean: x),
      .erlang(shape: 2, mean: x), .gamma(shape: x, scale: 1), .gamma(shape: 1, scale: x),
      .gamma(mean: x, cv: 1),
      .gamma(mean: 1, cv: x), .lognormal(mu: x, sigma: 1), .lognormal(mu: 1, sigma: x),
      .lognormal(median: x, p99: 2), .lognormal(median: 1, p99: x), .lognormal(mean: x, cv: 1),
      .lognormal(mean: 1, cv: x), .weibull(shape: x, scale: 1), .weibull(shape: 1, scale: x),
      .pareto(shape: x, minimum: 1), .pareto(shape: 1, minimum: x),
      .normal(mean: x, sd: 1), .normal(mean: 1, sd: x),
      .beta(alpha: x, beta: 1, low: 0, high: 1), .beta(alpha: 1, beta: x, low: 0, high: 1),
      .beta(alpha: 1, beta: 1, low: x, high: 1), .beta(alpha: 1, beta: 1, low: 0, high: x),
      Self.points((0, 1), (1, x)), Self.points((x, 1), (1, 2)), Self.points((0, 1), (x, 2), (1, 3)),
      Self.mixture((x, .constant(1)), (1, .constant(2))), .shifted(by: x, of: .constant(1)),
      .scaled(by: x, of: .constant(1)), .empirical(samples: [1, 2, x]),
    ]
    for law in laws { #expect(law.validate() != nil, "\(law)") }
  }

  @Test func nestingIsBounded() {
    var law = Distribution.constant(1)
    for _ in 0..<16 { law = .scaled(by: 1, of: law) }
    #expect(law.validate() == nil)
    #expect(Distribution.scaled(by: 1, of: law).validate() == "laws may be nested at most 16 deep")
    let many = Distribution.mixture(
      Array(repeating: MixtureComponent(weight: 1, of: .constant(1)), count: 1_000))
    #expect(many.validate() == "a law may have at most 1000 parts")
  }

  @Test("what is at the edge of what is allowed can be drawn from")
  func extremesAreUsable() {
    let laws: [Distribution] = [
      .gamma(shape: 0.01, scale: 1e100), .weibull(shape: 0.05, scale: 1e100),
      .weibull(shape: 1_000, scale: 1e-100),
      .pareto(shape: 0.05, minimum: 1e100), .pareto(shape: 1_000_000, minimum: 1),
      .lognormal(mu: 200, sigma: 25),
      .lognormal(mu: -690, sigma: 25), .normal(mean: 1e100, sd: 1e-100), .normal(mean: 0, sd: 1e100),
      .beta(alpha: 0.01, beta: 0.01, low: 0, high: 1e100), .beta(alpha: 0.01, beta: 10_000, low: 0, high: 1),
      .uniform(low: 0, high: 1e100), Self.points((0, 0), (1e-300, 1e100), (1, 1e100)),
    ]
    var tables = SamplerTables()
    for law in laws {
      #expect(law.validate() == nil, "\(law)")
      let sampler = tables.add(law)
      let laws = LawTable(tables)
      for bits in [0, 1, 1 << 62, 1 << 63, UInt64.max - 1, .max] {
        #expect((0...(1 << 62)).contains(laws.draw(sampler, bits: bits)), "\(law) at \(bits)")
      }
    }
  }

  private static func points(_ pairs: (Double, Double)...) -> Distribution {
    .empirical(pairs.map { QuantilePoint(probability: $0.0, value: $0.1) })
  }

  private static func mixture(_ parts: (Double, Distribution)...) -> Distribution {
    .mixture(parts.map { MixtureComponent(weight: $0.0, of: $0.1) })
  }
}

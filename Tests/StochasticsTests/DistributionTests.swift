import Stochastics
import Testing

/// The laws themselves: inverses, builders and moments.
@Suite struct DistributionTests {
  @Test("the CDF of a quantile is its probability", arguments: continuousLaws)
  func roundTrip(_ named: NamedLaw) {
    for p in [1e-6, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6] {
      let x = named.law.quantile(p)
      #expect(abs(named.law.cdf(x) - p) < 1e-7 * max(p, 1e-3), "at \(p)")
      let mirrored = named.law.quantile(upperTail: 1 - p)
      #expect(abs(mirrored - x) <= 1e-6 * x + 1e-3, "at \(p)")
    }
  }

  @Test("mean and variance are those of the quantile function", arguments: plainLaws)
  func moments(_ named: NamedLaw) {
    // Both tails in octaves of probability, 32 midpoints each.
    var mean = 0.0
    var square = 0.0
    for octave in 1...52 {
      for step in 0..<32 {
        let weight = 1 / Double(UInt64(1) << UInt64(octave + 1)) / 32
        let tail = weight * (32 + Double(step) + 0.5)
        for value in [named.law.quantile(tail), named.law.quantile(upperTail: tail)] {
          mean += weight * value
          square += weight * value * value
        }
      }
    }
    #expect(abs(mean / named.law.mean - 1) < 3e-4)
    // The variance of these two laws lies where no double reaches.
    if ["pareto 2.1", "lognormal, very heavy"].contains(named.name) { return }
    let deviation = (square - mean * mean).squareRoot()
    #expect(abs(deviation / named.law.variance.squareRoot() - 1) < 2e-3)
  }

  @Test func textbookMoments() {
    #expect(Distribution.constant(4).mean == 4)
    #expect(Distribution.constant(4).variance == 0)
    #expect(Distribution.uniform(low: 1, high: 4).variance == 0.75)
    #expect(Distribution.erlang(shape: 4, mean: 8).squaredCoefficientOfVariation == 0.25)
    #expect(Distribution.pareto(shape: 3, minimum: 2).mean == 3)
    #expect(Distribution.pareto(shape: 3, minimum: 2).variance == 3)
    #expect(Distribution.pareto(shape: 2, minimum: 2).variance == .infinity)
    #expect(Distribution.pareto(shape: 1, minimum: 2).mean == .infinity)
    // Half a normal: mean √(2/π), variance 1 − 2/π.
    #expect(abs(Distribution.normal(mean: 0, sd: 1).mean - 0.797_884_560_8) < 1e-9)
    #expect(abs(Distribution.normal(mean: 0, sd: 1).variance - 0.363_380_227_6) < 1e-9)
    let two = Distribution.mixture([
      MixtureComponent(weight: 1, of: .constant(1)), MixtureComponent(weight: 3, of: .constant(5)),
    ])
    #expect(two.mean == 4)
    #expect(two.variance == 3)
    #expect(Distribution.shifted(by: 3, of: .scaled(by: 2, of: two)).mean == 11)
    #expect(Distribution.shifted(by: 3, of: .scaled(by: 2, of: two)).variance == 12)
  }

  @Test func buildersMeetWhatTheyAreGiven() {
    let byQuantiles = Distribution.lognormal(median: 12, p99: 80)
    #expect(abs(byQuantiles.quantile(0.5) - 12) < 1e-9)
    #expect(abs(byQuantiles.quantile(0.99) - 80) < 1e-8)
    for law in [Distribution.lognormal(mean: 3, cv: 1.5), .gamma(mean: 3, cv: 1.5)] {
      #expect(abs(law.mean - 3) < 1e-9)
      #expect(abs(law.squaredCoefficientOfVariation - 2.25) < 1e-8)
    }
    #expect(abs(Distribution.lognormal(median: 7, sigma: 0.3).quantile(0.5) - 7) < 1e-9)
    #expect(Distribution.lognormal(median: 7, p99: 7) == .constant(7))
    #expect(Distribution.lognormal(mean: 7, cv: 0) == .constant(7))
    #expect(Distribution.gamma(mean: 7, cv: 0) == .constant(7))
  }

  @Test func atomsAreStepsOfTheCDF() {
    let law = Distribution.mixture([
      MixtureComponent(weight: 1, of: .constant(2)),
      MixtureComponent(weight: 1, of: .uniform(low: 0, high: 4)),
    ])
    #expect(law.cdf(1) == 0.125)
    #expect(law.cdf(2) == 0.75)
    #expect(law.cdf(4) == 1)
    #expect(law.quantile(0.5) == 2)
    #expect(abs(law.quantile(0.875) - 3) < 1e-12)
    #expect(Distribution.scaled(by: 0, of: .exponential(mean: 1)).cdf(0) == 1)
    #expect(Distribution.constant(3).quantile(0.2) == 3)
  }

  @Test func endsOfTheSupport() {
    #expect(Distribution.exponential(mean: 1).quantile(0) == 0)
    #expect(Distribution.exponential(mean: 1).quantile(1) == .infinity)
    #expect(Distribution.gamma(shape: 2, scale: 1).quantile(upperTail: 0) == .infinity)
    #expect(Distribution.beta(alpha: 2, beta: 3, low: 1, high: 5).quantile(1) == 5)
    #expect(Distribution.beta(alpha: 2, beta: 3, low: 1, high: 5).quantile(0) == 1)
    #expect(Distribution.uniform(low: 1, high: 2).cdf(0.5) == 0)
    #expect(Distribution.uniform(low: 1, high: 2).cdf(2.5) == 1)
    #expect(Distribution.pareto(shape: 2, minimum: 3).cdf(2.9) == 0)
  }
}

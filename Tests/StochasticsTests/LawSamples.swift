import Stochastics
import Testing

/// A law with a name for the test report.
struct NamedLaw: Sendable, CustomTestStringConvertible {
  var name: String
  var law: Distribution
  var testDescription: String { name }

  init(_ name: String, _ law: Distribution) {
    self.name = name
    self.law = law
  }
}

/// One millisecond, ns.
let ms = 1e6

/// Every law without atoms.
let continuousLaws = plainLaws + mixtures

/// Laws without atoms and without parts, one or more of every kind, in nanoseconds.
let plainLaws: [NamedLaw] = [
  NamedLaw("uniform", .uniform(low: 1 * ms, high: 3 * ms)),
  NamedLaw("exponential", .exponential(mean: 5 * ms)),
  NamedLaw("erlang 1", .erlang(shape: 1, mean: 5 * ms)),
  NamedLaw("erlang 4", .erlang(shape: 4, mean: 5 * ms)),
  NamedLaw("gamma 0.05", .gamma(shape: 0.05, scale: 100 * ms)),
  NamedLaw("gamma 0.5", .gamma(shape: 0.5, scale: 5 * ms)),
  NamedLaw("gamma 2.5", .gamma(shape: 2.5, scale: 5 * ms)),
  NamedLaw("gamma 2000", .gamma(shape: 2_000, scale: 0.01 * ms)),
  NamedLaw("gamma {mean, cv}", .gamma(mean: 3 * ms, cv: 1.5)),
  NamedLaw("lognormal", .lognormal(mu: 15, sigma: 0.7)),
  NamedLaw("lognormal {median, p99}", .lognormal(median: 12 * ms, p99: 80 * ms)),
  NamedLaw("lognormal {mean, cv}", .lognormal(mean: 3 * ms, cv: 1.5)),
  NamedLaw("lognormal, very heavy", .lognormal(median: 1 * ms, sigma: 3)),
  NamedLaw("weibull 0.4", .weibull(shape: 0.4, scale: 5 * ms)),
  NamedLaw("weibull 1", .weibull(shape: 1, scale: 5 * ms)),
  NamedLaw("weibull 8", .weibull(shape: 8, scale: 5 * ms)),
  NamedLaw("pareto 2.1", .pareto(shape: 2.1, minimum: 1 * ms)),
  NamedLaw("pareto 10", .pareto(shape: 10, minimum: 0.235 * ms)),
  NamedLaw("normal at 0", .normal(mean: 0, sd: 2 * ms)),
  NamedLaw("normal, cut", .normal(mean: 2 * ms, sd: 2 * ms)),
  NamedLaw("normal, hardly cut", .normal(mean: 20 * ms, sd: 2 * ms)),
  NamedLaw("beta, bathtub", .beta(alpha: 0.5, beta: 0.5, low: 1 * ms, high: 3 * ms)),
  NamedLaw("beta, bell", .beta(alpha: 2, beta: 5, low: 0, high: 3 * ms)),
  NamedLaw("beta, steep", .beta(alpha: 400, beta: 1, low: 0, high: 3 * ms)),
  NamedLaw("empirical", .empirical(fourQuantiles)),
  NamedLaw("shifted", .shifted(by: 5 * ms, of: .lognormal(median: 1 * ms, p99: 8 * ms))),
  NamedLaw("scaled", .scaled(by: 0.25, of: .erlang(shape: 2, mean: 8 * ms))),
]

/// Mixtures without atoms: their draws restart in every part, so they are not quantiles of the bits.
let mixtures: [NamedLaw] = [
  NamedLaw(
    "mixture",
    .mixture([
      MixtureComponent(weight: 0.9122, of: .pareto(shape: 10, minimum: 0.235 * ms)),
      MixtureComponent(weight: 0.0878, of: .exponential(mean: ms / 1.66)),
    ])),
  NamedLaw(
    "mixture of a mixture, shifted and scaled",
    .shifted(
      by: 2 * ms,
      of: .scaled(
        by: 3,
        of: .mixture([
          MixtureComponent(weight: 3, of: .mixture([
            MixtureComponent(weight: 1, of: .uniform(low: 0, high: 1 * ms)),
            MixtureComponent(weight: 2, of: .exponential(mean: 4 * ms)),
          ])),
          MixtureComponent(weight: 1, of: .empirical(fourQuantiles)),
        ])))),
]

/// What a user reads off a dashboard.
let fourQuantiles = [(0.0, 1.0), (0.5, 2.0), (0.99, 9.0), (1.0, 12.0)].map {
  QuantilePoint(probability: $0.0, value: $0.1 * ms)
}

/// A fixed sequence of random bits (splitmix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

import CGSL

/// A law of a non-negative quantity: a duration in nanoseconds, or a number without a unit.
///
/// Parameters are in the unit of the quantity. A value may hold parameters that make no law (a scenario is
/// read before it is judged): ask ``validate()`` before using anything else.
package indirect enum Distribution: Hashable, Sendable {
  /// Always the same value.
  case constant(Double)
  /// Every value between `low` and `high` equally likely.
  case uniform(low: Double, high: Double)
  /// Memoryless, with the given mean.
  case exponential(mean: Double)
  /// The sum of `shape` exponentials, with the given mean of the sum.
  case erlang(shape: Int, mean: Double)
  /// Gamma; mean `shape · scale`.
  case gamma(shape: Double, scale: Double)
  /// The exponential of a normal with mean `mu` and standard deviation `sigma`; median `e^mu`.
  case lognormal(mu: Double, sigma: Double)
  /// Weibull: survival `exp(−(x / scale)^shape)`.
  case weibull(shape: Double, scale: Double)
  /// Pareto: survival `(minimum / x)^shape` above `minimum`.
  case pareto(shape: Double, minimum: Double)
  /// A normal conditioned on being non-negative; `mean` and `sd` are those of the normal before it is cut
  /// at 0.
  case normal(mean: Double, sd: Double)
  /// Beta stretched over `low … high`.
  case beta(alpha: Double, beta: Double, low: Double, high: Double)
  /// Known quantiles, joined by straight lines, from probability 0 to probability 1.
  case empirical([QuantilePoint])
  /// One of several laws, chosen by weight.
  case mixture([MixtureComponent])
  /// Another law plus a constant.
  case shifted(by: Double, of: Distribution)
  /// Another law times a constant.
  case scaled(by: Double, of: Distribution)
}

/// One known quantile of an empirical law.
package struct QuantilePoint: Hashable, Sendable {
  /// Share of the values that are at most `value`, 0 … 1.
  package var probability: Double
  /// The quantile, in the unit of the law.
  package var value: Double

  /// A quantile at a probability 0 … 1.
  package init(probability: Double, value: Double) {
    self.probability = probability
    self.value = value
  }
}

/// One of the laws of a mixture.
package struct MixtureComponent: Hashable, Sendable {
  /// Relative weight, above 0; weights need not sum to 1.
  package var weight: Double
  /// The law drawn from with that weight.
  package var law: Distribution

  /// A law and its relative weight.
  package init(weight: Double, of law: Distribution) {
    self.weight = weight
    self.law = law
  }
}

extension Distribution {
  /// The lognormal that has this median and this 99th percentile; equal figures make a constant.
  package static func lognormal(median: Double, p99: Double) -> Distribution {
    if median == p99 { return .constant(median) }
    return .lognormal(mu: log(median), sigma: log(p99 / median) / Normal.quantile(0.99))
  }

  /// The lognormal that has this mean and this coefficient of variation (standard deviation ÷ mean); a cv
  /// of 0 makes a constant.
  package static func lognormal(mean: Double, cv: Double) -> Distribution {
    if cv == 0 { return .constant(mean) }
    let sigmaSquared = log1p(cv * cv)
    let sigma = cv > 0 ? sigmaSquared.squareRoot() : Double.nan
    return .lognormal(mu: log(mean) - sigmaSquared / 2, sigma: sigma)
  }

  /// The lognormal that has this median and this standard deviation of the logarithm.
  package static func lognormal(median: Double, sigma: Double) -> Distribution {
    .lognormal(mu: log(median), sigma: sigma)
  }

  /// The gamma that has this mean and this coefficient of variation; a cv of 0 makes a constant.
  package static func gamma(mean: Double, cv: Double) -> Distribution {
    if cv == 0 { return .constant(mean) }
    let shape = cv > 0 ? 1 / (cv * cv) : Double.nan
    return .gamma(shape: shape, scale: mean / shape)
  }

  /// The law of resampling these values, smoothed by straight lines between neighbours.
  ///
  /// The sorted values are the quantiles at (i + ½) / n (Hazen's positions) and the ends are held, so the
  /// mean of the law is exactly the mean of the samples. No samples, or one that is not finite, make a law
  /// that ``validate()`` refuses.
  /// - Complexity: O(n log n)
  package static func empirical(samples: [Double]) -> Distribution {
    if samples.contains(where: { !$0.isFinite }) {
      return .empirical([0, 1].map { QuantilePoint(probability: $0, value: .nan) })
    }
    let sorted = samples.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return .empirical([]) }
    if least == greatest { return .constant(least) }
    let count = Double(sorted.count)
    var points = [QuantilePoint(probability: 0, value: least)]
    points.reserveCapacity(sorted.count + 2)
    for (index, value) in sorted.enumerated() {
      let isInsideRun =
        index > 0 && index + 1 < sorted.count && sorted[index - 1] == value && sorted[index + 1] == value
      if isInsideRun { continue }
      points.append(QuantilePoint(probability: (Double(index) + 0.5) / count, value: value))
    }
    points.append(QuantilePoint(probability: 1, value: greatest))
    return .empirical(points)
  }
}

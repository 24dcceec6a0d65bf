import CGSL

/// A continuous law without location and scale: what is left of a ``Distribution`` once those are factored
/// out.
///
/// Laws that differ only by location and scale share one, and with it one table of quantiles. Both quantile
/// functions are given, so that the far tails keep their digits.
enum StandardLaw: Hashable, Sendable {
  /// Uniform over 0 … 1.
  case uniform
  /// Exponential of mean 1.
  case exponential
  /// Gamma of scale 1.
  case gamma(shape: Double)
  /// Lognormal of median 1.
  case lognormal(sigma: Double)
  /// Weibull of scale 1.
  case weibull(shape: Double)
  /// Pareto from 1.
  case pareto(shape: Double)
  /// A normal of standard deviation 1 conditioned on being non-negative.
  case truncatedNormal(mean: Double)
  /// Beta over 0 … 1.
  case beta(alpha: Double, beta: Double)

  /// Whether a quantile takes an iteration, some microseconds, instead of a formula.
  var isDear: Bool {
    switch self {
    case .gamma, .beta: return true
    case .uniform, .exponential, .lognormal, .weibull, .pareto, .truncatedNormal: return false
    }
  }

  /// The value that is exceeded with probability 1 − p.
  func quantile(_ p: Double) -> Double {
    GSLFailure.guarded {
      switch self {
      case .uniform: return p
      case .exponential: return gsl_cdf_exponential_Pinv(p, 1)
      case .gamma(let shape): return Self.gammaQuantile(p, shape: shape)
      case .lognormal(let sigma): return gsl_cdf_lognormal_Pinv(p, 0, sigma)
      case .weibull(let shape): return gsl_cdf_weibull_Pinv(p, 1, shape)
      case .pareto(let shape): return gsl_cdf_pareto_Pinv(p, shape, 1)
      case .truncatedNormal(let mean): return Self.truncatedNormalQuantile(p, mean: mean)
      case .beta(let alpha, let beta): return Self.betaQuantile(p, alpha, beta)
      }
    }
  }

  /// The value that is exceeded with probability q; exact for the smallest q.
  func quantile(upperTail q: Double) -> Double {
    GSLFailure.guarded {
      switch self {
      case .uniform: return 1 - q
      case .exponential: return gsl_cdf_exponential_Qinv(q, 1)
      case .gamma(let shape): return Self.gammaQuantile(upperTail: q, shape: shape)
      case .lognormal(let sigma): return gsl_cdf_lognormal_Qinv(q, 0, sigma)
      case .weibull(let shape): return gsl_cdf_weibull_Qinv(q, 1, shape)
      case .pareto(let shape): return gsl_cdf_pareto_Qinv(q, shape, 1)
      case .truncatedNormal(let mean): return mean + gsl_cdf_ugaussian_Qinv(q * gsl_cdf_ugaussian_P(mean))
      case .beta(let alpha, let beta): return 1 - Self.betaQuantile(q, beta, alpha)
      }
    }
  }

  /// The probability of a value of at most x.
  func cdf(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    return GSLFailure.guarded {
      switch self {
      case .uniform: return min(x, 1)
      case .exponential: return gsl_cdf_exponential_P(x, 1)
      case .gamma(let shape): return gsl_cdf_gamma_P(x, shape, 1)
      case .lognormal(let sigma): return gsl_cdf_lognormal_P(x, 0, sigma)
      case .weibull(let shape): return gsl_cdf_weibull_P(x, 1, shape)
      case .pareto(let shape): return gsl_cdf_pareto_P(x, shape, 1)
      case .truncatedNormal(let mean):
        let kept = gsl_cdf_ugaussian_P(mean)
        return x < mean
          ? (gsl_cdf_ugaussian_P(x - mean) - gsl_cdf_ugaussian_Q(mean)) / kept
          : 1 - gsl_cdf_ugaussian_Q(x - mean) / kept
      case .beta(let alpha, let beta): return gsl_cdf_beta_P(min(x, 1), alpha, beta)
      }
    }
  }

  /// The probability of a value above x; exact in the far upper tail.
  func survival(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    return GSLFailure.guarded {
      switch self {
      case .uniform: return max(1 - x, 0)
      case .exponential: return gsl_cdf_exponential_Q(x, 1)
      case .gamma(let shape): return gsl_cdf_gamma_Q(x, shape, 1)
      case .lognormal(let sigma): return gsl_cdf_lognormal_Q(x, 0, sigma)
      case .weibull(let shape): return gsl_cdf_weibull_Q(x, 1, shape)
      case .pareto(let shape): return x < 1 ? 1 : gsl_cdf_pareto_Q(x, shape, 1)
      case .truncatedNormal(let mean): return gsl_cdf_ugaussian_Q(x - mean) / gsl_cdf_ugaussian_P(mean)
      case .beta(let alpha, let beta): return gsl_cdf_beta_Q(min(x, 1), alpha, beta)
      }
    }
  }
}

// MARK: - Quantiles that GSL leaves to care

extension StandardLaw {
  private static func truncatedNormalQuantile(_ p: Double, mean: Double) -> Double {
    let kept = gsl_cdf_ugaussian_P(mean)
    let below = gsl_cdf_ugaussian_Q(mean) + p * kept
    let standard = below < 0.5 ? gsl_cdf_ugaussian_Pinv(below) : gsl_cdf_ugaussian_Qinv((1 - p) * kept)
    return max(mean + standard, 0)
  }

  // Newton's iteration inside GSL misses for extreme shapes; what it returns is checked and else bisected.
  private static func gammaQuantile(_ p: Double, shape: Double) -> Double {
    let guess = gsl_cdf_gamma_Pinv(p, shape, 1)
    if p == 0 || p == 1 || isInverse(gsl_cdf_gamma_P(guess, shape, 1), p) || guess < 1e-300 { return guess }
    return bisect { gsl_cdf_gamma_P($0, shape, 1) >= p }
  }

  private static func gammaQuantile(upperTail q: Double, shape: Double) -> Double {
    let guess = gsl_cdf_gamma_Qinv(q, shape, 1)
    if q == 0 || q == 1 || isInverse(gsl_cdf_gamma_Q(guess, shape, 1), q) { return guess }
    return bisect { gsl_cdf_gamma_Q($0, shape, 1) <= q }
  }

  private static func betaQuantile(_ p: Double, _ alpha: Double, _ beta: Double) -> Double {
    let guess = gsl_cdf_beta_Pinv(p, alpha, beta)
    if p == 0 || p == 1 || isInverse(gsl_cdf_beta_P(guess, alpha, beta), p) { return guess }
    return min(bisect { $0 >= 1 || gsl_cdf_beta_P($0, alpha, beta) >= p }, 1)
  }

  private static func isInverse(_ reached: Double, _ wanted: Double) -> Bool {
    abs(reached - wanted) <= 1e-7 * wanted
  }

  /// The least positive number that `isReached`, found over the bit patterns of the doubles: 64 steps at
  /// most.
  private static func bisect(_ isReached: (Double) -> Bool) -> Double {
    var below: UInt64 = 0
    var reached = Double.greatestFiniteMagnitude.bitPattern
    while reached - below > 1 {
      let middle = below + (reached - below) / 2
      if isReached(Double(bitPattern: middle)) { reached = middle } else { below = middle }
    }
    return Double(bitPattern: reached)
  }
}

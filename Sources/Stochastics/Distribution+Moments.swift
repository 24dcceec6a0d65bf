import CGSL

extension Distribution {
  /// The mean; infinite where a tail is that heavy.
  /// - Precondition: the law is valid.
  package var mean: Double {
    components().reduce(0) { $0 + $1.weight * $1.mean }
  }

  /// The variance; infinite where a tail is that heavy.
  /// - Precondition: the law is valid.
  package var variance: Double {
    let parts = components()
    let mean = parts.reduce(0) { $0 + $1.weight * $1.mean }
    guard mean.isFinite else { return .infinity }
    return parts.reduce(0) { sum, part in
      let distance = part.mean - mean
      return sum + part.weight * (part.variance + distance * distance)
    }
  }

  /// The variance over the squared mean; 0 for a constant, 1 for an exponential.
  /// - Precondition: the law is valid and its mean is above 0.
  package var squaredCoefficientOfVariation: Double {
    let mean = self.mean
    return variance / (mean * mean)
  }
}

extension Component {
  var mean: Double {
    switch core {
    case .point: return shift + scale
    case .standard(let law): return scale == 0 ? shift : shift + scale * law.mean
    case .empirical(let points): return shift + scale * points.mean
    }
  }

  var variance: Double {
    if scale == 0 { return 0 }
    switch core {
    case .point: return 0
    case .standard(let law): return scale * scale * law.variance
    case .empirical(let points): return scale * scale * points.variance
    }
  }
}

extension StandardLaw {
  var mean: Double {
    switch self {
    case .uniform: return 0.5
    case .exponential: return 1
    case .gamma(let shape): return shape
    case .lognormal(let sigma): return exp(sigma * sigma / 2)
    case .weibull(let shape): return Self.gammaFunction(1 + 1 / shape)
    case .pareto(let shape): return shape > 1 ? shape / (shape - 1) : .infinity
    case .truncatedNormal(let mean): return mean + Self.hazard(mean)
    case .beta(let alpha, let beta): return alpha / (alpha + beta)
    }
  }

  var variance: Double {
    switch self {
    case .uniform: return 1.0 / 12
    case .exponential: return 1
    case .gamma(let shape): return shape
    case .lognormal(let sigma): return expm1(sigma * sigma) * exp(sigma * sigma)
    case .weibull(let shape):
      let mean = Self.gammaFunction(1 + 1 / shape)
      let meanSquare = Self.gammaFunction(1 + 2 / shape)
      return meanSquare.isFinite ? meanSquare - mean * mean : .infinity
    case .pareto(let shape):
      return shape > 2 ? shape / ((shape - 1) * (shape - 1) * (shape - 2)) : .infinity
    case .truncatedNormal(let mean):
      let hazard = Self.hazard(mean)
      return 1 - hazard * (hazard + mean)
    case .beta(let alpha, let beta):
      let sum = alpha + beta
      return (alpha / sum) * (beta / sum) / (sum + 1)
    }
  }

  private static func gammaFunction(_ x: Double) -> Double { tgamma(x) }

  /// The density over the kept probability where a standard normal around `mean` is cut at 0.
  private static func hazard(_ mean: Double) -> Double {
    GSLFailure.guarded { exp(-mean * mean / 2) / (2 * Double.pi).squareRoot() / gsl_cdf_ugaussian_P(mean) }
  }
}

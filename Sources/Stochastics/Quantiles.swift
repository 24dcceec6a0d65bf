import CGSL

/// The standard normal law.
package enum Normal {
  /// The value that a standard normal is below with probability `p`; −∞ at 0, +∞ at 1, NaN outside.
  package static func quantile(_ p: Double) -> Double {
    guard (0...1).contains(p) else { return .nan }
    return GSLFailure.guarded { gsl_cdf_ugaussian_Pinv(p) }
  }

  /// The probability that a standard normal is at most `x`.
  package static func cdf(_ x: Double) -> Double {
    GSLFailure.guarded { gsl_cdf_ugaussian_P(x) }
  }
}

/// Student's t, the law behind confidence intervals of means.
package enum StudentT {
  /// The value that t with `degreesOfFreedom` (above 0) is below with probability `p`; NaN where there is
  /// none.
  package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    guard (0...1).contains(p), degreesOfFreedom > 0 else { return .nan }
    return GSLFailure.guarded { gsl_cdf_tdist_Pinv(p, degreesOfFreedom) }
  }

  /// The probability that t with `degreesOfFreedom` is at most `x`.
  package static func cdf(_ x: Double, degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 0 else { return .nan }
    return GSLFailure.guarded { gsl_cdf_tdist_P(x, degreesOfFreedom) }
  }
}

/// The chi-square law, behind intervals of variances and tests of frequencies.
package enum ChiSquare {
  /// The value that chi-square with `degreesOfFreedom` (above 0) is below with probability `p`; NaN where
  /// there is none.
  package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    guard (0...1).contains(p), degreesOfFreedom > 0 else { return .nan }
    return GSLFailure.guarded { gsl_cdf_chisq_Pinv(p, degreesOfFreedom) }
  }

  /// The probability that chi-square with `degreesOfFreedom` exceeds `x`: the p-value of a statistic.
  package static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 0 else { return .nan }
    return GSLFailure.guarded { gsl_cdf_chisq_Q(x, degreesOfFreedom) }
  }
}

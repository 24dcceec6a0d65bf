import CGSL

/// A straight line through points by least squares, with GSL.
package struct LinearFit: Equatable, Sendable {
  package let intercept: Double
  package let slope: Double

  /// The line that fits `y` to `x` best. (`gsl_fit_linear`)
  ///
  /// - Precondition: as many `x` as `y`, at least two.
  package static func leastSquares(x: [Double], y: [Double]) -> LinearFit {
    precondition(x.count == y.count && x.count >= 2, "a line needs two points, each with an x and a y")
    var (intercept, slope) = (0.0, 0.0)
    var (variance, covariance, slopeVariance, sumOfSquares) = (0.0, 0.0, 0.0, 0.0)
    gsl_fit_linear(
      x, 1, y, 1, x.count, &intercept, &slope, &variance, &covariance, &slopeVariance, &sumOfSquares)
    return LinearFit(intercept: intercept, slope: slope)
  }

  /// The line through a given intercept that fits best. (`gsl_fit_mul`)
  ///
  /// - Precondition: as many `x` as `y`, at least two.
  package static func leastSquares(x: [Double], y: [Double], intercept: Double) -> LinearFit {
    precondition(x.count == y.count && x.count >= 2, "a line needs two points, each with an x and a y")
    let aboveIntercept = y.map { $0 - intercept }
    var (slope, slopeVariance, sumOfSquares) = (0.0, 0.0, 0.0)
    gsl_fit_mul(x, 1, aboveIntercept, 1, x.count, &slope, &slopeVariance, &sumOfSquares)
    return LinearFit(intercept: intercept, slope: slope)
  }

  /// The fitted line at `x`.
  package func callAsFunction(_ x: Double) -> Double { intercept + slope * x }
}

import CGSL

/// Roots of functions of one variable.
package enum RootFinding {
  /// The point between `low` and `high` where `function` crosses zero, by Brent's method.
  ///
  /// The result is within `relativeTolerance` of the root (relative to its size; near zero, of the width of
  /// the bracket). Returns nil when the function has the same sign at both ends, is not a number on the
  /// way, or when 200 iterations do not suffice.
  package static func brent(
    between low: Double, and high: Double, relativeTolerance: Double = 1e-12, of function: (Double) -> Double
  ) -> Double? {
    let ends = (function(low), function(high))
    guard low < high, low.isFinite, high.isFinite, ends.0.isFinite, ends.1.isFinite else { return nil }
    if ends.0 == 0 { return low }
    if ends.1 == 0 { return high }
    guard (ends.0 < 0) != (ends.1 < 0) else { return nil }
    return withoutActuallyEscaping(function) { escaping in
      withUnsafePointer(to: escaping) { solve(low, high, relativeTolerance, UnsafeRawPointer($0)) }
    }
  }

  private static func solve(
    _ low: Double, _ high: Double, _ relativeTolerance: Double, _ function: UnsafeRawPointer
  ) -> Double? {
    GSLFailure.guarded { () -> Double? in
      guard let solver = gsl_root_fsolver_alloc(perigee_gsl_root_brent()) else { return nil }
      defer { gsl_root_fsolver_free(solver) }
      var problem = gsl_function()
      problem.params = UnsafeMutableRawPointer(mutating: function)
      problem.function = { x, context in
        guard let context else { return .nan }
        return context.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
      }
      return withUnsafeMutablePointer(to: &problem) { problem -> Double? in
        guard gsl_root_fsolver_set(solver, problem, low, high) == success else { return nil }
        let absoluteTolerance = relativeTolerance * (high - low) * 1e-3
        for _ in 0..<200 {
          guard gsl_root_fsolver_iterate(solver) == success else { return nil }
          let status = gsl_root_test_interval(
            gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver), absoluteTolerance,
            relativeTolerance)
          if status == success { return gsl_root_fsolver_root(solver) }
        }
        return nil
      }
    }
  }

  private static let success = Int32(GSL_SUCCESS)
}

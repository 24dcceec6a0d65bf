extension Distribution {
  /// A sentence about what keeps this from being a usable law of a non-negative quantity, or nil if nothing
  /// does.
  package func validate() -> String? {
    var partCount = 0
    if let problem = problem(depth: 0, partCount: &partCount) { return problem }
    let parts = components()
    for part in parts {
      guard part.scale <= 1e100, part.shift <= 1e100 else {
        return "the law's values are too large to compute with"
      }
      guard part.weight > 0 else { return "mixture: a weight is too small beside the others" }
    }
    return nil
  }

  private static let depthLimit = 16
  private static let partLimit = 1_000

  private func problem(depth: Int, partCount: inout Int) -> String? {
    partCount += 1
    if depth > Self.depthLimit { return "laws may be nested at most \(Self.depthLimit) deep" }
    if partCount > Self.partLimit { return "a law may have at most \(Self.partLimit) parts" }
    switch self {
    case .mixture(let components):
      if components.isEmpty { return "mixture: at least one component is needed" }
      for component in components {
        if !Self.isPositive(component.weight) { return "mixture: every weight must be above 0 and finite" }
        if let problem = component.law.problem(depth: depth + 1, partCount: &partCount) { return problem }
      }
      let total = components.reduce(0) { $0 + $1.weight }
      return total.isFinite ? nil : "mixture: the weights are too large"
    case .shifted(let by, let law):
      guard Self.isNotNegative(by) else { return "shifted: the shift must be finite and not negative" }
      return law.problem(depth: depth + 1, partCount: &partCount)
    case .scaled(let by, let law):
      guard Self.isNotNegative(by) else { return "scaled: the factor must be finite and not negative" }
      return law.problem(depth: depth + 1, partCount: &partCount)
    default:
      return leafProblem
    }
  }

  private var leafProblem: String? {
    switch self {
    case .constant(let value):
      return Self.isNotNegative(value) ? nil : "constant: the value must be finite and not negative"
    case .uniform(let low, let high):
      guard Self.isNotNegative(low), high.isFinite else {
        return "uniform: both ends must be finite and not negative"
      }
      return low < high ? nil : "uniform: the lower end must be below the upper end"
    case .exponential(let mean):
      return Self.isPositive(mean) ? nil : "exponential: the mean must be above 0 and finite"
    case .erlang(let shape, let mean):
      guard (1...10_000).contains(shape) else {
        return "erlang: the shape must be a whole number from 1 to 10000"
      }
      return Self.isPositive(mean) ? nil : "erlang: the mean must be above 0 and finite"
    case .gamma(let shape, let scale): return Self.gammaProblem(shape, scale)
    case .lognormal(let mu, let sigma): return Self.lognormalProblem(mu, sigma)
    case .weibull(let shape, let scale):
      guard (0.05...1_000).contains(shape) else { return "weibull: the shape must be between 0.05 and 1000" }
      return Self.isPositive(scale) ? nil : "weibull: the scale must be above 0 and finite"
    case .pareto(let shape, let minimum):
      guard (0.05...1_000_000).contains(shape) else {
        return "pareto: the shape must be between 0.05 and 1000000"
      }
      return Self.isPositive(minimum) ? nil : "pareto: the minimum must be above 0 and finite"
    case .normal(let mean, let sd):
      guard Self.isNotNegative(mean) else { return "normal: the mean must be finite and not negative" }
      guard Self.isPositive(sd) else { return "normal: the standard deviation must be above 0 and finite" }
      return (mean / sd).isFinite ? nil : "normal: the standard deviation is too small beside the mean"
    case .beta(let alpha, let beta, let low, let high):
      guard (0.01...10_000).contains(alpha), (0.01...10_000).contains(beta) else {
        return "beta: alpha and beta must be between 0.01 and 10000"
      }
      guard Self.isNotNegative(low), high.isFinite else {
        return "beta: both ends must be finite and not negative"
      }
      return low < high ? nil : "beta: the lower end must be below the upper end"
    case .empirical(let points):
      if let problem = points.problem { return problem }
      guard points[0].value >= 0 else { return "empirical: values must not be negative" }
      let isUsable = points[points.count - 1].value <= 1e100
      return isUsable ? nil : "empirical: the values are too large to compute with"
    case .mixture, .shifted, .scaled:
      return nil
    }
  }

  private static func gammaProblem(_ shape: Double, _ scale: Double) -> String? {
    guard (0.01...10_000).contains(shape), isPositive(scale) else {
      return "gamma: the shape must be between 0.01 and 10000 and the scale above 0 and finite "
        + "(given as {mean, cv}: the mean above 0, the cv between 0.01 and 10)"
    }
    return nil
  }

  private static func lognormalProblem(_ mu: Double, _ sigma: Double) -> String? {
    guard mu.isFinite, (-690...690).contains(mu), sigma > 0, sigma <= 25 else {
      return "lognormal: mu must be finite and sigma above 0 and at most 25 "
        + "(given as {median, p99}: the median above 0 and the p99 not below it; "
        + "given as {mean, cv}: the mean above 0 and the cv not negative)"
    }
    return nil
  }

  private static func isPositive(_ x: Double) -> Bool { x > 0 && x.isFinite }

  private static func isNotNegative(_ x: Double) -> Bool { x >= 0 && x.isFinite }
}

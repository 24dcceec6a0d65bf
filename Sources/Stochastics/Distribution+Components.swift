import CGSL

/// One part of a law with everything unfolded: `shift + scale ·` a core that has neither mixtures nor
/// shifts in it.
struct Component: Sendable {
  /// What the value is made from before scaling and shifting.
  enum Core: Hashable, Sendable {
    /// The point 1: with shift 0 the scale is the value.
    case point
    case standard(StandardLaw)
    case empirical([QuantilePoint])
  }

  /// Probability of this part; the parts of a law sum to 1.
  var weight: Double
  var core: Core
  var scale: Double
  var shift: Double
}

extension Distribution {
  /// The law as a list of weighted parts: mixtures flattened, shifts and scales folded in.
  /// - Precondition: the law is valid.
  func components() -> [Component] {
    var parts: [Component] = []
    collect(into: &parts, weight: 1, scale: 1, shift: 0)
    return parts
  }

  private func collect(into parts: inout [Component], weight: Double, scale: Double, shift: Double) {
    func add(_ core: Component.Core, scale inner: Double, shift offset: Double = 0) {
      parts.append(
        Component(weight: weight, core: core, scale: scale * inner, shift: shift + scale * offset))
    }
    switch self {
    case .constant(let value): add(.point, scale: value)
    case .uniform(let low, let high): add(.standard(.uniform), scale: high - low, shift: low)
    case .exponential(let mean): add(.standard(.exponential), scale: mean)
    case .erlang(1, let mean), .gamma(1, let mean): add(.standard(.exponential), scale: mean)
    case .erlang(let shape, let mean):
      add(.standard(.gamma(shape: Double(shape))), scale: mean / Double(shape))
    case .gamma(let shape, let scale): add(.standard(.gamma(shape: shape)), scale: scale)
    case .lognormal(let mu, let sigma):
      // 40 bits: libm's last bits differ between processors and must not reach a draw.
      add(.standard(.lognormal(sigma: sigma)), scale: exp(mu).rounded(toSignificantBits: 40))
    case .weibull(1, let mean): add(.standard(.exponential), scale: mean)
    case .weibull(let shape, let scale): add(.standard(.weibull(shape: shape)), scale: scale)
    case .pareto(let shape, let minimum): add(.standard(.pareto(shape: shape)), scale: minimum)
    case .normal(let mean, let sd): add(.standard(.truncatedNormal(mean: mean / sd)), scale: sd)
    case .beta(let alpha, let beta, let low, let high):
      add(.standard(.beta(alpha: alpha, beta: beta)), scale: high - low, shift: low)
    case .empirical(let points): add(.empirical(points), scale: 1)
    case .mixture(let components):
      let total = components.reduce(0) { $0 + $1.weight }
      for component in components {
        component.law.collect(
          into: &parts, weight: weight * (component.weight / total), scale: scale, shift: shift)
      }
    case .shifted(let by, let law):
      law.collect(into: &parts, weight: weight, scale: scale, shift: shift + scale * by)
    case .scaled(let by, let law):
      law.collect(into: &parts, weight: weight, scale: scale * by, shift: shift)
    }
  }
}

extension Component {
  func quantile(_ p: Double) -> Double {
    switch core {
    case .point: return shift + scale
    case .standard(let law): return scale == 0 ? shift : shift + scale * law.quantile(p)
    case .empirical(let points): return shift + scale * points.quantile(p)
    }
  }

  func quantile(upperTail q: Double) -> Double {
    switch core {
    case .point: return shift + scale
    case .standard(let law): return scale == 0 ? shift : shift + scale * law.quantile(upperTail: q)
    case .empirical(let points): return shift + scale * points.quantile(1 - q)
    }
  }

  func cdf(_ x: Double) -> Double {
    if scale == 0 || core == .point { return x >= shift + scale * pointValue ? 1 : 0 }
    let standardised = (x - shift) / scale
    switch core {
    case .point: return standardised >= 1 ? 1 : 0
    case .standard(let law): return law.cdf(standardised)
    case .empirical(let points): return points.cdf(standardised)
    }
  }

  func survival(_ x: Double) -> Double {
    if case .standard(let law) = core, scale > 0 { return law.survival((x - shift) / scale) }
    return 1 - cdf(x)
  }

  private var pointValue: Double { core == .point ? 1 : 0 }
}

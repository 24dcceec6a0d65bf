/// Round trips as a function of distance, fitted to measured ones. The article DistanceModel explains it.
package struct DistanceModel: Sendable {
  /// A network whose paths have a law of their own.
  package enum Scope: String, Sendable, CaseIterable {
    /// Inside one provider's backbone.
    case aws, azure, gcp
    /// Everything else.
    case internet

    /// The scope of messages between two providers' places.
    package static func between(_ one: String, _ other: String) -> Scope {
      one == other ? Scope(rawValue: one) ?? .internet : .internet
    }
  }

  /// The fitted law of a scope, and how well it explains pairs that it was not fitted to.
  package struct Fit: Sendable {
    package let scope: Scope
    /// Beyond short distances: round trip = intercept + slope × corridor kilometres, ms and ms/km.
    package let intercept: Double
    package let slope: Double
    /// At short distances: round trip = intercept + slope × great-circle kilometres, ms and ms/km.
    package let shortIntercept: Double
    package let shortSlope: Double
    package let pairCount: Int
    /// Share of variance explained when fitted to the even pairs and judged on the odd ones.
    package let unseenR2: Double
    /// Mean absolute error on the same, ms.
    package let unseenError: Double
    /// The same share for a straight line over great-circle distance.
    package let circleUnseenR2: Double
    /// Measured less modelled round trip at the 5th, 25th, 50th, 75th and 95th percentile of all pairs, ms.
    package let residuals: [Double]
    package let provenance: Provenance
  }

  package let fits: [Fit]
  let corridors: CorridorGraph
  /// Great-circle distances between which the short law gives way to the corridor law, km.
  let blend: ClosedRange<Double>

  /// The fit of round trips over distance for pairs of this scope.
  package func fit(_ scope: Scope) -> Fit {
    fits.first { $0.scope == scope } ?? fits[0]
  }

  /// Length of the shortest way over the corridors, km. Some are used by Azure's own traffic only.
  package func corridorKilometres(_ from: Coordinates, _ to: Coordinates, scope: Scope) -> Double {
    corridors.kilometres(from: from, to: to, inAzure: scope == .azure)
  }

  /// The modelled round trip, ms.
  package func roundTripMilliseconds(_ from: Coordinates, _ to: Coordinates, scope: Scope) -> Double {
    let circle = from.greatCircleKilometres(to: to)
    let path = circle < 1e-9 ? 0 : corridorKilometres(from, to, scope: scope)
    return Self.law(fit(scope), circle: circle, path: path, blend: blend)
  }

  /// The law itself, from both distances.
  static func law(_ fit: Fit, circle: Double, path: Double, blend: ClosedRange<Double>) -> Double {
    let long = fit.intercept + fit.slope * path
    let short = min(long, fit.shortIntercept + fit.shortSlope * circle)
    let share = min(1, max(0, (circle - blend.lowerBound) / (blend.upperBound - blend.lowerBound)))
    return short + share * (long - short)
  }
}

internal import Stochastics

/// The distance model fitted anew to a catalog's measured pairs, to check the coefficients that it ships.
package struct DistanceFit: Sendable {
  /// A measured pair with both its distances.
  package struct Pair: Sendable {
    package let circleKilometres: Double
    package let corridorKilometres: Double
    package let milliseconds: Double
  }

  /// Fitted to all pairs.
  package let intercept: Double
  package let slope: Double
  package let shortSlope: Double
  package let pairCount: Int
  /// Fitted to the even pairs, judged on the odd ones.
  package let unseenR2: Double
  package let unseenError: Double
  /// The same for a straight line over great-circle distance.
  package let circleUnseenR2: Double
  /// Measured less modelled at the 5th, 25th, 50th, 75th and 95th percentile of all pairs, ms.
  package let residuals: [Double]
}

extension Catalog {
  /// The measured pairs that a scope's law is fitted to, in the order of the table.
  package func measuredPairs(_ scope: DistanceModel.Scope) -> [DistanceFit.Pair] {
    measured.pairs.compactMap { pair in
      guard pair.from != pair.to, let from = region(pair.from), let to = region(pair.to),
        DistanceModel.Scope.between(from.provider, to.provider) == scope
      else { return nil }
      return DistanceFit.Pair(
        circleKilometres: from.coordinates.greatCircleKilometres(to: to.coordinates),
        corridorKilometres: distanceModel.corridorKilometres(from.coordinates, to.coordinates, scope: scope),
        milliseconds: pair.milliseconds)
    }
  }

  /// Fits a scope's law to its measured pairs by least squares; nil where fewer than four are known.
  ///
  /// The intercept of the short law is not fitted: it is the measured round trip over no distance.
  package func refit(_ scope: DistanceModel.Scope) -> DistanceFit? {
    let pairs = measuredPairs(scope)
    let shipped = distanceModel.fit(scope)
    let blend = distanceModel.blend
    let even = stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
    let odd = stride(from: 1, to: pairs.count, by: 2).map { pairs[$0] }
    guard let all = shipped.refitted(to: pairs, blend: blend),
      let half = shipped.refitted(to: even, blend: blend)
    else { return nil }

    let circle = LinearFit.leastSquares(x: even.map(\.circleKilometres), y: even.map(\.milliseconds))
    let judged = odd.map { (measured: $0.milliseconds, modelled: half.law($0, blend: blend)) }
    let contrast = odd.map { (measured: $0.milliseconds, modelled: circle($0.circleKilometres)) }
    let residuals = pairs.map { $0.milliseconds - all.law($0, blend: blend) }.sorted()
    return DistanceFit(
      intercept: all.intercept, slope: all.slope, shortSlope: all.shortSlope, pairCount: pairs.count,
      unseenR2: explainedShare(judged), unseenError: meanAbsoluteError(judged),
      circleUnseenR2: explainedShare(contrast),
      residuals: [0.05, 0.25, 0.5, 0.75, 0.95].map { quantile(residuals, $0) })
  }
}

extension DistanceModel.Fit {
  func law(_ pair: DistanceFit.Pair, blend: ClosedRange<Double>) -> Double {
    DistanceModel.law(self, circle: pair.circleKilometres, path: pair.corridorKilometres, blend: blend)
  }

  /// This law with coefficients fitted to other pairs; nil if there are too few of them.
  func refitted(to pairs: [DistanceFit.Pair], blend: ClosedRange<Double>) -> Self? {
    let near = pairs.filter { $0.circleKilometres < blend.lowerBound }
    guard pairs.count >= 2, near.count >= 2 else { return nil }
    let long = LinearFit.leastSquares(x: pairs.map(\.corridorKilometres), y: pairs.map(\.milliseconds))
    let short = LinearFit.leastSquares(
      x: near.map(\.circleKilometres), y: near.map(\.milliseconds), intercept: shortIntercept)
    return Self(
      scope: scope, intercept: long.intercept, slope: long.slope, shortIntercept: shortIntercept,
      shortSlope: short.slope, pairCount: pairs.count, unseenR2: unseenR2, unseenError: unseenError,
      circleUnseenR2: circleUnseenR2, residuals: residuals, provenance: provenance)
  }
}

/// 1 − (squared error ÷ squared deviation from the mean).
private func explainedShare(_ points: [(measured: Double, modelled: Double)]) -> Double {
  let mean = points.map(\.measured).reduce(0, +) / Double(points.count)
  let error = points.map { ($0.measured - $0.modelled) * ($0.measured - $0.modelled) }.reduce(0, +)
  let deviation = points.map { ($0.measured - mean) * ($0.measured - mean) }.reduce(0, +)
  return 1 - error / deviation
}

private func meanAbsoluteError(_ points: [(measured: Double, modelled: Double)]) -> Double {
  points.map { abs($0.measured - $0.modelled) }.reduce(0, +) / Double(points.count)
}

/// Quantile of sorted values by linear interpolation.
private func quantile(_ sorted: [Double], _ probability: Double) -> Double {
  let position = Double(sorted.count - 1) * probability
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}

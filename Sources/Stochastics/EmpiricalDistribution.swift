// A list of quantile points as a law: straight lines between neighbours. Points are in order of
// probability, from 0 to 1, with values that never fall; equal neighbouring values make an atom.

extension QuantilePoint {
  /// The rise of the value per unit of probability up to the next point; finite however close that is.
  func slope(to next: QuantilePoint) -> Double {
    min((next.value - value) / (next.probability - probability), 1e250)
  }
}

extension Array where Element == QuantilePoint {
  /// The value at probability p, by the line between the neighbouring points.
  func quantile(_ p: Double) -> Double {
    var lower = 0
    var upper = count - 1
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if self[middle].probability <= p { lower = middle } else { upper = middle }
    }
    let (left, right) = (self[lower], self[upper])
    let share = (p - left.probability) / (right.probability - left.probability)
    return left.value + share * (right.value - left.value)
  }

  /// The probability of a value of at most x.
  func cdf(_ x: Double) -> Double {
    if x < self[0].value { return 0 }
    if x >= self[count - 1].value { return 1 }
    var lower = 0
    var upper = count - 1
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if self[middle].value <= x { lower = middle } else { upper = middle }
    }
    let (left, right) = (self[lower], self[upper])
    let share = (x - left.value) / (right.value - left.value)
    return left.probability + share * (right.probability - left.probability)
  }

  /// The mean: each piece is a uniform law.
  var mean: Double {
    zip(self, dropFirst()).reduce(0) { sum, piece in
      sum + (piece.1.probability - piece.0.probability) * (piece.0.value / 2 + piece.1.value / 2)
    }
  }

  /// The variance, around the mean piece by piece.
  var variance: Double {
    let mean = self.mean
    return zip(self, dropFirst()).reduce(0) { sum, piece in
      let (low, high) = (piece.0.value - mean, piece.1.value - mean)
      return sum + (piece.1.probability - piece.0.probability) * (low * low + low * high + high * high) / 3
    }
  }

  /// A sentence about what keeps these points from being a law, or nil.
  var problem: String? {
    guard count >= 2 else { return "empirical: at least two quantiles are needed" }
    guard self[0].probability == 0, self[count - 1].probability == 1 else {
      return "empirical: quantiles must begin at p0 and end at p100"
    }
    for (left, right) in zip(self, dropFirst()) {
      guard left.probability < right.probability else {
        return "empirical: each probability may be given once, in rising order"
      }
      guard left.value.isFinite, right.value.isFinite, left.value <= right.value else {
        return "empirical: values must be finite and must not fall as the probability rises"
      }
    }
    return nil
  }
}

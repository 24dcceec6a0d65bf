package import Stochastics

/// How long a platform keeps idle instances, as measured: the share of cold starts after each idle time.
package struct KeepAliveLaw: Sendable {
  /// A measured idle time, s, and the share of the calls after it that were cold.
  package struct Point: Sendable, Equatable {
    package let idleSeconds: Double
    package let coldRatio: Double
  }

  /// Name, such as `azure-2021`.
  package let name: String
  /// By rising idle time; the shares do not fall, see `init`.
  package let points: [Point]
  package let provenance: Provenance

  /// A law from measured points in any order.
  ///
  /// A share of cold starts cannot fall with the idle time: where measured ones do, neighbours are pooled (the
  /// non-decreasing curve nearest to the measured one in the mean square, each point with the same weight).
  init(name: String, measured: [Point], provenance: Provenance) {
    self.name = name
    self.provenance = provenance
    let sorted = measured.sorted { $0.idleSeconds < $1.idleSeconds }
    var blocks: [(sum: Double, count: Int)] = []
    for point in sorted {
      blocks.append((point.coldRatio, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        if before.sum / Double(before.count) <= last.sum / Double(last.count) { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (before.sum + last.sum, before.count + last.count)
      }
    }
    let ratios = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    points = zip(sorted, ratios).map { Point(idleSeconds: $0.idleSeconds, coldRatio: $1) }
  }

  /// The keep-alive, ns: the shares are its distribution function, with straight lines between them. What was still
  /// warm after the longest measured time goes at twice that.
  package var law: Distribution {
    guard let last = points.last else { return .constant(0) }
    let curve = last.coldRatio < 1 ? points + [Point(idleSeconds: 2 * last.idleSeconds, coldRatio: 1)] : points
    var quantiles: [QuantilePoint] = []
    var next = 0
    while next < curve.count {
      let ratio = curve[next].coldRatio
      let first = curve[next].idleSeconds * 1e9
      while next + 1 < curve.count && curve[next + 1].coldRatio == ratio { next += 1 }
      let end = curve[next].idleSeconds * 1e9
      next += 1
      if quantiles.isEmpty {
        quantiles.append(QuantilePoint(probability: 0, value: ratio == 0 ? end : first))
        if ratio == 0 { continue }
      }
      quantiles.append(QuantilePoint(probability: ratio, value: first))
      // Where the curve is level nothing goes.
      if end > first && ratio < 1 { quantiles.append(QuantilePoint(probability: ratio + 1e-9, value: end)) }
    }
    return .empirical(quantiles)
  }
}

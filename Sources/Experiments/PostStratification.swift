import ServerlessModel
import Statistics

/// The mean difference between two placements over the strata of the demand, each with its known weight.
///
/// With the counts of the strata in place of their weights the estimate is the plain mean over the pairs; the weights
/// take out the luck of how many requests came from where and on what kind of connection. Where the plan states no
/// expected numbers the counts over all sections serve as weights.
///
/// Reference: W. G. Cochran, "Sampling Techniques", 3rd ed., 1977, section 5A.9 (stratification after selection).
struct PostStratification {
  /// Per section, the comparison of each stratum.
  private let sections: [[PairedCounts]]
  /// Over all sections.
  private let totals: [PairedCounts]
  private let weights: [Double]

  init(_ result: ExperimentResult, placement: Int, clients: Int?) {
    let strata = result.strata(of: clients)
    sections = result.replications.flatMap { replication in
      let rows = replication.paired[placement - 1]
      let sectionCount = replication.runs[0].sectionCount
      return (0..<sectionCount).map { section in strata.map { rows[$0 * sectionCount + section] } }
    }
    var totals = strata.map { _ in PairedCounts() }
    for section in sections {
      for (index, counts) in section.enumerated() { totals[index].merge(counts) }
    }
    self.totals = totals
    let plan = result.plans[0]
    let cells = Int(Strata(plan: plan).cells)
    weights = Self.weights(of: strata, totals, expected: Strata.expectedRequests(plan), cells: cells)
  }

  /// The weight of each stratum. A request counts only if both placements served it; a cell without pairs leaves its
  /// weight to the other cells of its route and connection.
  private static func weights(
    of strata: [Int], _ totals: [PairedCounts], expected: [Double]?, cells: Int
  ) -> [Double] {
    guard let expected else { return totals.map { Double($0.pairs) } }
    var weights = [Double](repeating: 0, count: strata.count)
    for first in stride(from: 0, to: strata.count, by: cells) {
      let group = first..<first + cells
      let pairs = group.reduce(0) { $0 + totals[$1].pairs }
      let requests = group.reduce(0) { $0 + totals[$1].requests }
      let all = group.reduce(0.0) { $0 + expected[strata[$1]] }
      let met = group.reduce(0.0) { $0 + (totals[$1].pairs > 0 ? expected[strata[$1]] : 0) }
      guard pairs > 0, met > 0 else { continue }
      for stratum in group where totals[stratum].pairs > 0 {
        weights[stratum] = expected[strata[stratum]] / met * all * Double(pairs) / Double(requests)
      }
    }
    return weights
  }

  /// The weighted mean over all sections, ms, with the spread of the sections' own weighted means.
  func meanDifference(level: Double) -> ConfidenceInterval {
    guard let estimate = weightedMean(totals) else { return .around(.nan, spreadOf: [], level: level) }
    return .around(estimate, spreadOf: sections.compactMap(weightedMean), level: level)
  }

  /// The weighted mean of some counts, ms; a stratum without pairs lends its place to the mean over all sections.
  private func weightedMean(_ counts: [PairedCounts]) -> Double? {
    var (sum, weight) = (0.0, 0.0)
    for (index, share) in weights.enumerated() where share > 0 {
      guard let mean = counts[index].meanDifference ?? totals[index].meanDifference else { continue }
      sum += share * mean
      weight += share
    }
    return weight > 0 ? sum / weight / 1e6 : nil
  }
}

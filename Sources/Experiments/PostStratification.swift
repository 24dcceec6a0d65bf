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
    let expected = Strata.expectedRequests(result.plans[0])
    // A request counts only if both placements served it.
    weights = zip(strata, totals).map { stratum, total in
      guard total.pairs > 0 else { return 0 }
      guard let expected else { return Double(total.pairs) }
      return expected[stratum] * Double(total.pairs) / Double(total.requests)
    }
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

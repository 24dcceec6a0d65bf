import ServerlessModel
import Statistics

/// The mean difference between two placements over the strata of the demand, each with its known weight.
///
/// With the counts of the strata in place of their weights the estimate is the plain mean over the pairs; the weights
/// take out the luck of how many requests came from where and on what kind of connection. Where the plan states no
/// expected numbers the counts serve as weights. The cells of a route and a connection that have too few pairs to be
/// told apart count as one stratum.
///
/// The interval is that of the jackknife: what the estimate would be without each section in turn. The estimates of
/// the sections by themselves would not do, because a section may have no pairs at all in many strata.
///
/// References: W. G. Cochran, "Sampling Techniques", 3rd ed., 1977, section 5A.9 (stratification after selection);
/// B. Efron, C. Stein, "The jackknife estimate of variance", Annals of Statistics 9(3), 1981.
struct PostStratification {
  /// Per section, the comparison of each stratum.
  private let sections: [[PairedCounts]]
  /// Over all sections.
  private let totals: [PairedCounts]
  /// Requests expected in each stratum; `nil` where the demand has no expected number in closed form.
  private let expected: [Double]?

  /// Pairs a cell that its route and connection must have on average to be cut into cells.
  private static let pairsPerCell: Int64 = 5

  init(_ result: ExperimentResult, placement: Int, clients: Int?) {
    let strata = result.strata(of: clients)
    let plan = result.plans[0]
    let all = result.samples.flatMap { sample in
      let rows = sample.paired[placement - 1]
      let sectionCount = sample.placements[0].sectionCount
      return (0..<sectionCount).map { section in strata.map { rows[$0 * sectionCount + section] } }
    }
    let cells = Self.sum(all)
    let groups = Self.groups(cells, cells: Int(Strata(plan: plan).cells))
    sections = all.map { section in groups.map { Self.sum(section[$0]) } }
    totals = groups.map { Self.sum(cells[$0]) }
    expected = Strata.expectedRequests(plan).map { expected in
      groups.map { group in group.reduce(0) { $0 + expected[strata[$1]] } }
    }
  }

  /// The strata that are told apart, as ranges of cells: those of a route and a connection one by one, or together.
  private static func groups(_ totals: [PairedCounts], cells: Int) -> [Range<Int>] {
    stride(from: 0, to: totals.count, by: cells).flatMap { first in
      let group = first..<first + cells
      let pairs = group.reduce(0) { $0 + totals[$1].pairs }
      return pairs < pairsPerCell * Int64(cells) ? [group] : group.map { $0..<$0 + 1 }
    }
  }

  private static func sum(_ counts: some Sequence<PairedCounts>) -> PairedCounts {
    counts.reduce(into: PairedCounts()) { $0.merge($1) }
  }

  private static func sum(_ sections: [[PairedCounts]]) -> [PairedCounts] {
    guard var total = sections.first else { return [] }
    for section in sections.dropFirst() {
      for index in total.indices { total[index].merge(section[index]) }
    }
    return total
  }

  /// The weighted mean over all sections, ms, with the spread of the jackknife's pseudo-values.
  func meanDifference(level: Double) -> ConfidenceInterval {
    guard let estimate = weightedMean(totals) else { return .around(.nan, spreadOf: [], level: level) }
    let met = sections.filter { $0.contains { $0.pairs > 0 } }
    let count = Double(met.count)
    let values = met.compactMap { section in
      weightedMean(zip(totals, section).map { $0.without($1) }).map { count * estimate - (count - 1) * $0 }
    }
    return .around(estimate, spreadOf: values, level: level)
  }

  /// The weighted mean of some counts, ms. A stratum weighs as many pairs as are to be expected of it: its expected
  /// requests × the share of those met that both placements served.
  private func weightedMean(_ counts: [PairedCounts]) -> Double? {
    var (sum, weight) = (0.0, 0.0)
    for (index, stratum) in counts.enumerated() {
      guard let mean = stratum.meanDifference else { continue }
      let share = Double(stratum.pairs) / Double(stratum.requests)
      let pairs = expected.map { $0[index] * share } ?? Double(stratum.pairs)
      sum += pairs * mean
      weight += pairs
    }
    return weight > 0 ? sum / weight / 1e6 : nil
  }
}

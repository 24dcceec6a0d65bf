import Experiments
import ServerlessModel
import Statistics

extension ResultTable {
  /// `differences.csv`: every placement against the baseline.
  static func differences(of result: ExperimentResult) -> ResultTable {
    var table = ResultTable(.differences)
    let populations: [(name: String, clients: Int?)] =
      [("all", nil)] + result.plans[0].names.clients.enumerated().map { ($1, $0) }
    for placement in result.plans.indices.dropFirst() {
      for population in populations {
        addMean(of: result, placement, population.name, population.clients, to: &table)
        addPercentiles(of: result, placement, population.name, population.clients, to: &table)
      }
    }
    return table
  }

  private static func addMean(
    of result: ExperimentResult, _ placement: Int, _ name: String, _ clients: Int?, to table: inout ResultTable
  ) {
    let sections = result.pairedSections(of: placement, clients: clients)
    var total = PairedCounts()
    for section in sections { total.merge(section) }
    let interval = result.meanDifference(of: placement, clients: clients)
    let won = sections.filter { ($0.meanDifference ?? 0) < 0 }.count
    let counts = [total.pairs, total.faster, total.slower, total.onlyHere, total.onlyBaseline, Int64(won)]
    // Placements with random numbers of their own have no pairs to count.
    let cells = (counts + [Int64(sections.count)]).map { result.isPaired ? Cell.integer($0) : .none }
    table.append(
      [
        .text(result.plans[placement].names.placement), .text(result.plans[0].names.placement), .text(name),
        .text("latency.mean"), .optional(interval.estimate),
      ] + interval.endCells + cells)
  }

  private static func addPercentiles(
    of result: ExperimentResult, _ placement: Int, _ name: String, _ clients: Int?, to table: inout ResultTable
  ) {
    let here = result.sections(of: placement, Scope(clients: clients))
    let there = result.sections(of: 0, Scope(clients: clients))
    for q in [0.5, 0.95, 0.99] {
      let differences = zip(here, there).compactMap { here, there -> Double? in
        guard let here = here.quantile(q), let there = there.quantile(q) else { return nil }
        return Double(here - there) / 1e6
      }
      let estimate = result.percentile(q, of: here).estimate - result.percentile(q, of: there).estimate
      let interval = ConfidenceInterval.around(estimate, spreadOf: differences, level: ExperimentResult.confidence)
      table.append(
        [
          .text(result.plans[placement].names.placement), .text(result.plans[0].names.placement), .text(name),
          .text("latency.p\(Int(q * 100))"), .optional(interval.estimate),
        ] + interval.endCells + [
          .none, .none, .none, .none, .none, .integer(Int64(differences.filter { $0 < 0 }.count)),
          .integer(Int64(differences.count)),
        ])
    }
  }
}

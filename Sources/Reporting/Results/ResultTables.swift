import Experiments
import Pricing
import ServerlessModel
import Statistics

/// All results of an experiment: the tables that are shown, and the files.
package struct ResultTables: Sendable {
  package let summary: ResultTable
  package let latency: ResultTable
  package let composition: ResultTable
  package let coldStarts: ResultTable
  package let queues: ResultTable
  package let meters: ResultTable
  package let cost: ResultTable
  package let ownership: ResultTable
  package let differences: ResultTable?
  private let result: ExperimentResult

  /// - Parameters:
  ///   - bill: what the readings of the result cost.
  ///   - ownership: what it costs altogether.
  package init(
    _ result: ExperimentResult, readings: [MeterReading], bill: Bill, ownership statement: OwnershipStatement
  ) {
    summary = .summary(of: result, bill: bill, ownership: statement)
    latency = .latency(of: result)
    composition = .composition(of: result)
    coldStarts = .coldStarts(of: result)
    queues = .queues(of: result)
    self.result = result
    meters = .meters(readings)
    cost = bill.table
    ownership = statement.table
    differences = result.plans.count > 1 ? .differences(of: result) : nil
  }

  /// The files, in the order of the documentation. The time series are long, and are never held as a whole.
  package var files: [ResultFile] {
    let placements = result.plans.indices
    let series = [
      ResultFile(.availability, pieces: placements.lazy.map { .availability(of: result, placement: $0) }),
      ResultFile(.timeline, pieces: placements.lazy.map { .timeline(of: result, placement: $0) }),
    ]
    let tables = [meters, cost, ownership] + (differences.map { [$0] } ?? [])
    let first = [summary, latency, composition, coldStarts, queues]
    return first.map { ResultFile($0) } + series + tables.map { ResultFile($0) }
  }
}

/// The percentiles that are reported.
package enum Percentiles {
  package static let reported: [Double] = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]

  /// `p99.9` as the number 99.9.
  static func cell(_ q: Double) -> Cell { .number(q * 100) }
}

extension Cell {
  /// A number, or nothing where there is none.
  static func optional(_ value: Double) -> Cell { value.isFinite ? .number(value) : .none }
}

extension ConfidenceInterval {
  /// Low and high end as cells; empty where the sections are too few to tell.
  var endCells: [Cell] { [.optional(low), .optional(high)] }
}

import Experiments
import Pricing
import ServerlessModel
import Statistics

/// All tables of an experiment, in the order of the result files.
package struct ResultTables: Sendable {
  package let summary: ResultTable
  package let latency: ResultTable
  package let composition: ResultTable
  package let coldStarts: ResultTable
  package let availability: ResultTable
  package let timeline: ResultTable
  package let meters: ResultTable
  package let cost: ResultTable
  package let differences: ResultTable?

  /// - Parameter bill: what the readings of the result cost.
  package init(_ result: ExperimentResult, readings: [MeterReading], bill: Bill) {
    summary = .summary(of: result, bill: bill)
    latency = .latency(of: result)
    composition = .composition(of: result)
    coldStarts = .coldStarts(of: result)
    availability = .availability(of: result)
    timeline = .timeline(of: result)
    meters = .meters(readings)
    cost = bill.table
    differences = result.plans.count > 1 ? .differences(of: result) : nil
  }

  /// The tables that exist.
  package var all: [ResultTable] {
    [summary, latency, composition, coldStarts, availability, timeline, meters, cost] + (differences.map { [$0] } ?? [])
  }

  /// The table of that name.
  package func table(named name: String) -> ResultTable? { all.first { $0.schema.name == name } }
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

import Catalog
import Experiments
import Reporting
import ScenarioFormat

/// How a candidate does.
struct Size {
  /// Dollars a month.
  let cost: Double
  /// Mean, 95th and 99th percentile, ms.
  let latency: [Double]
  /// Objectives that are not met.
  let missed: [String]

  /// Whether all objectives are met.
  var isMet: Bool { missed.isEmpty }
}

/// Values to try at one path of a scenario.
struct SizeChoice {
  /// The function it belongs to; empty for a path of the whole scenario.
  let function: String
  /// The path that is set.
  let path: String
  let values: [String]
}

/// Looks for the cheapest values of one or several choices.
///
/// A choice alone is decided by trying all of its values. Several are decided in turn: each takes its cheapest value
/// that meets the objectives while the others keep theirs, again and again until none changes. What they cost adds up,
/// so this ends at the cheapest of all combinations unless two functions trade latency under one objective.
struct SizeSearch {
  /// What a value of a choice gives while the other choices keep theirs; nil where it is not offered.
  typealias Row = (value: String, size: Size?)

  let choices: [SizeChoice]
  /// Simulates with values set; nil where one is not offered.
  let simulate: (_ overrides: [String]) throws -> Size?
  /// The values that are kept, by choice.
  private(set) var kept: [String?]
  /// The rows of each choice in the last round, and which of them is the best.
  private(set) var rows: [(rows: [Row], best: Int?)]
  private var known: [[String]: Size?] = [:]

  /// Rounds over all choices, at most.
  private static let roundLimit = 8

  init(_ choices: [SizeChoice], simulate: @escaping (_ overrides: [String]) throws -> Size?) {
    self.choices = choices
    self.simulate = simulate
    kept = choices.map { _ in nil }
    rows = choices.map { _ in ([], nil) }
  }

  /// Whether every choice has a value that meets the objectives together with the others'.
  var isMet: Bool { rows.allSatisfy { $0.best != nil } }

  /// Searches.
  mutating func run() throws {
    if choices.count > 1, try size(kept)?.isMet != true { kept = choices.map(\.values.last) }
    for _ in 0..<(choices.count > 1 ? Self.roundLimit : 1) {
      let before = kept
      for index in choices.indices { try decide(index) }
      if kept == before { return }
    }
  }

  /// Tries all values of a choice.
  private mutating func decide(_ index: Int) throws {
    var tried: [Row] = []
    for value in choices[index].values {
      var values = kept
      values[index] = value
      tried.append((value, try size(values)))
    }
    let best = tried.indices.filter { tried[$0].size?.isMet == true }
      .min { (tried[$0].size?.cost ?? .infinity) < (tried[$1].size?.cost ?? .infinity) }
    rows[index] = (tried, best)
    if let best { kept[index] = tried[best].value }
  }

  private mutating func size(_ values: [String?]) throws -> Size? {
    let overrides = zip(choices, values).compactMap { choice, value in value.map { "\(choice.path)=\($0)" } }
    if let size = known[overrides] { return size }
    let size = try simulate(overrides)
    known[overrides] = size
    return size
  }
}

/// The result of `right-size` as a table.
enum SizeTable {
  /// A row for each value of each choice, in the order given.
  static func table(_ search: SizeSearch) -> ResultTable {
    let milliseconds = ColumnKind.decimal(digits: 3)
    let isOne = search.choices.count == 1
    let setting = search.choices.first?.path.split(separator: ".").last.map(String.init) ?? ""
    var table = ResultTable(
      TableSchema(
        name: "sizes", description: "One row per candidate.",
        columns: (isOne ? [] : [Column("function", "The function that has it.")]) + [
          Column(setting, "The candidate."),
          Column("cost_usd_per_month", unit: "USD/month", kind: .decimal(digits: 2), "The bill of a month."),
          Column("latency_mean_ms", unit: "ms", kind: milliseconds, "Mean latency."),
          Column("latency_p95_ms", unit: "ms", kind: milliseconds, "95th percentile."),
          Column("latency_p99_ms", unit: "ms", kind: milliseconds, "99th percentile."),
          Column("verdict", "Whether the objectives are met."),
        ]))
    for (choice, decided) in zip(search.choices, search.rows) {
      for (index, row) in decided.rows.enumerated() {
        let name: [Cell] = isOne ? [] : [.text(choice.function)]
        guard let size = row.size else {
          table.append(name + [.text(row.value), .none, .none, .none, .none, .text("not offered")])
          continue
        }
        let verdict =
          index == decided.best
          ? "cheapest that meets them" : size.isMet ? "met" : "not met: " + size.missed.joined(separator: ", ")
        table.append(
          name + [.text(row.value), .number(size.cost)] + size.latency.map { .number($0) } + [.text(verdict)])
      }
    }
    return table
  }
}

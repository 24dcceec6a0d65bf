import ArgumentParser
import Experiments
import Reporting
import ScenarioFormat
import Statistics

/// `perigee breakeven`: where two placements cost the same, or are equally fast.
struct BreakEvenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breakeven",
    abstract: "Find the value at which two placements cost the same or cross in another metric.",
    discussion: """
      The scenario is run with values between LO and HI at PATH until the difference of the two placements is nought,
      with the same random numbers at every value. The interval (95 %) comes from the replications; give more of them
      to narrow it. Where PATH lies in 'costs', one run is priced again and again.
      Metrics: \(ObjectiveSpec.metricNames.joined(separator: ", ")).
      """)

  @Argument(help: "Scenario file.")
  var file: String

  @Option(help: ArgumentHelp("What is varied, and between which values.", valueName: "path=lo..hi"))
  var vary: String

  @Option(help: ArgumentHelp("The two placements, instead of the first two.", valueName: "a,b"))
  var between: String?

  @Option(help: "What is compared.")
  var metric = "cost.month"

  @OptionGroup var input: InputOptions
  @OptionGroup var options: ExecutionOptions

  func run() throws {
    guard let wanted = ObjectiveSpec.metrics.first(where: { $0.0 == metric })?.1 else {
      throw Failure.usage("--metric: \(Suggestion.missing("metric", metric, among: ObjectiveSpec.metricNames))")
    }
    let varied = try VariedPath(vary)
    let session = try ScenarioSession.load(
      file, input.setting(varied.override(varied.low)), seed: options.seed, replications: options.replications)
    let names = try pair(of: session)
    let search = BreakEvenSearch(
      file: file, input: input, options: options, varied: varied, names: names, metric: wanted)
    var values: [Double: (Double, Double)] = [:]
    var runner = search.runner(session)
    let outcome = try BreakEven.find(from: varied.low, to: varied.high) { value in
      let (evaluation, metrics) = try runner.evaluate(value)
      values[value] = metrics
      return evaluation
    }
    switch outcome {
    case .none(let low, let high): throw noCrossing(low, high, values, varied, names)
    case .crossing(let interval, let count):
      let low = values[varied.low] ?? (.nan, .nan)
      let lower = low.0 < low.1 ? names.0 : names.1
      if options.format == .table {
        try ByteSink.standardOutput.write(sentence(interval, varied, names, lower))
      } else {
        let table = BreakEvenTable.table(metric, varied, names, interval, lower, count)
        try ByteSink.standardOutput.write(options.format.text(of: table, width: nil))
      }
    }
  }

  /// The names of the two placements that are compared.
  private func pair(of session: ScenarioSession) throws -> (String, String) {
    let known = session.plans.map(\.names.placement)
    guard let between else {
      guard known.count > 1 else {
        throw Failure(
          message: "perigee: error: \(file) has only one placement; there is nothing to compare\n", exitCode: 65)
      }
      return (known[0], known[1])
    }
    let names = between.split(separator: ",").map { String($0.drop { $0 == " " }) }
    guard names.count == 2, names[0] != names[1] else {
      throw Failure.usage("--between: '\(Neutral.terminal(between))' is not two placements; write A,B")
    }
    for name in names where !known.contains(name) {
      throw Failure.usage("--between: \(Suggestion.missing("placement", name, among: known))")
    }
    return (names[0], names[1])
  }

  private func sentence(
    _ interval: ConfidenceInterval, _ varied: VariedPath, _ names: (String, String), _ lower: String
  ) -> String {
    let higher = lower == names.0 ? names.1 : names.0
    let ends =
      interval.isBounded
      ? "95 % interval \(varied.text(interval.low)) to \(varied.text(interval.high))"
      : "no interval: give more replications"
    return "\(metric) of \(Neutral.terminal(names.0)) and \(Neutral.terminal(names.1)) is the same at"
      + " \(Neutral.terminal(varied.path)) = \(varied.text(interval.estimate)) (\(ends))\n"
      + "below it \(Neutral.terminal(lower)) has the lower \(metric), above it \(Neutral.terminal(higher))\n"
  }

  private func noCrossing(
    _ low: BreakEven.Evaluation, _ high: BreakEven.Evaluation, _ values: [Double: (Double, Double)],
    _ varied: VariedPath, _ names: (String, String)
  ) -> Failure {
    func end(_ value: Double) -> String {
      let (first, second) = values[value] ?? (.nan, .nan)
      func text(_ number: Double) -> String { number.isFinite ? NumberFormat.significant(number) : "none" }
      return "at \(varied.text(value)) \(Neutral.terminal(names.0)) has \(text(first)) and"
        + " \(Neutral.terminal(names.1)) \(text(second))"
    }
    return Failure(
      message: "perigee: error: \(metric) does not cross between \(varied.text(varied.low)) and"
        + " \(varied.text(varied.high)): \(end(low.value)); \(end(high.value))\n", exitCode: 65)
  }
}

/// The result of `breakeven` as a table.
enum BreakEvenTable {
  /// One row: what was compared, where it crosses, and which placement is lower below.
  static func table(
    _ metric: String, _ varied: VariedPath, _ names: (String, String), _ interval: ConfidenceInterval,
    _ lower: String, _ evaluations: Int
  ) -> ResultTable {
    let number = ColumnKind.decimal(digits: 9)
    var table = ResultTable(
      TableSchema(
        name: "breakeven", description: "Where two placements cross.",
        columns: [
          Column("metric", "What is compared."), Column("path", "What is varied."),
          Column("first", "One placement."), Column("second", "The other."),
          Column("crossing", unit: "see unit", kind: number, "Where they are the same."),
          Column("ci_low", unit: "see unit", kind: number, "Lower end of its 95 % interval."),
          Column("ci_high", unit: "see unit", kind: number, "Upper end of its 95 % interval."),
          Column("unit", "The unit of the value."),
          Column("lower_below", "The placement with the lower metric below the crossing."),
          Column("runs_count", unit: "count", kind: .integer, "How many values were tried."),
        ]))
    table.append([
      .text(metric), .text(varied.path), .text(names.0), .text(names.1), .number(interval.estimate),
      .number(interval.low), .number(interval.high), .text(String(varied.unit.drop { $0 == " " })), .text(lower),
      .integer(Int64(evaluations)),
    ])
    return table
  }
}

import ArgumentParser
import Catalog
import Experiments
import Reporting
import ScenarioFormat

/// `perigee right-size`: the cheapest size that still meets the objectives.
struct RightSizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "right-size",
    abstract: "Find the cheapest memory size, or other setting, of a function that still meets the objectives.",
    discussion: """
      Every candidate is simulated with the same random numbers and judged against the scenario's objectives. Without
      --over the candidates are memory sizes of the function in the placement; --over takes any other setting, such as
      an instance type, or a path of the whole scenario. Sizes that the platform does not offer are shown as such.
      """)

  @Argument(help: "Scenario file.")
  var file: String

  @Option(help: "The placement, instead of the first.")
  var placement: String?

  @Option(help: "The function; needed where there are several.")
  var function: String?

  @Option(
    help: ArgumentHelp(
      "Candidates for a setting of the function in the placement, or of a path of the scenario.",
      valueName: "key=value,value,…"))
  var over: String?

  @Flag(help: "Exit with 1 if no candidate meets the objectives.")
  var check = false

  @OptionGroup var input: InputOptions
  @OptionGroup var options: ExecutionOptions

  /// Memory sizes that are tried: doublings, one processor (1,769 MB), and the ends of the common ranges.
  static let memorySizes = [128, 256, 512, 1_024, 1_769, 3_008, 5_120, 10_240].map { "\($0) MB" }

  func run() throws {
    let session = try load(input)
    let names = session.plans.map(\.names.placement)
    let placement = self.placement ?? names[0]
    guard names.contains(placement) else {
      throw Failure.usage("--placement: \(Suggestion.missing("placement", placement, among: names))")
    }
    let (path, values) = try candidates(session, placement)
    var rows: [(value: String, size: Size?)] = []
    for value in values {
      do {
        rows.append((value, try size("\(path)=\(value)", placement, session.catalog)))
      } catch let failure as Failure {
        guard failure.exitCode == 65, values.count > 1 else { throw failure }
        rows.append((value, nil))
      }
    }
    guard rows.contains(where: { $0.size != nil }) else {
      throw Failure.usage("none of \(values.joined(separator: ", ")) can be set at \(path)")
    }
    let best = rows.indices.filter { rows[$0].size?.isMet == true }
      .min { (rows[$0].size?.cost ?? .infinity) < (rows[$1].size?.cost ?? .infinity) }
    let table = SizeTable.table(path, rows, best)
    try ByteSink.standardOutput.write(options.format.text(of: table, width: Terminal.width))
    if best == nil { Terminal.say("none of these meets the objectives\n") }
    if check && best == nil { throw Failure.objectiveNotMet }
  }

  private func load(_ input: InputOptions, _ catalog: Catalog? = nil) throws -> ScenarioSession {
    try ScenarioSession.load(
      file, input, seed: options.seed, replications: options.replications, catalog: catalog)
  }

  /// The path to set, and the values to try there.
  private func candidates(_ session: ScenarioSession, _ placement: String) throws -> (String, [String]) {
    let functions = session.scenario.functionNames
    func own(_ key: String) throws -> String {
      guard let name = function ?? (functions.count == 1 ? functions[0] : nil) else {
        throw Failure.usage("--function: there are several; name one of \(Suggestion.list(functions))")
      }
      guard functions.contains(name) else {
        throw Failure.usage("--function: \(Suggestion.missing("function", name, among: functions))")
      }
      return "placements.\(placement).\(name).\(key)"
    }
    guard let over else { return (try own("memory"), Self.memorySizes) }
    guard let sign = over.firstIndex(of: "="), sign > over.startIndex else {
      throw Failure.usage("--over: '\(Neutral.terminal(over))' is not KEY=VALUE,VALUE; write memory=256 MB,512 MB")
    }
    let key = String(over[..<sign])
    let values = over[over.index(after: sign)...].split(separator: ",").map { String($0.drop { $0 == " " }) }
    guard !values.isEmpty else { throw Failure.usage("--over: there is no value after '='") }
    let isAbsolute = key.contains(".") && ["placements", "functions", "costs", "clients", "stores", "gateways"]
      .contains { key.hasPrefix($0 + ".") }
    return (isAbsolute ? key : try own(key), values)
  }

  /// What a candidate costs, how fast it is, and whether it meets the objectives of its placement.
  private func size(_ override: String, _ placement: String, _ catalog: Catalog) throws -> Size {
    let session = try load(input.setting(override), catalog)
    let result = try session.result(of: [placement], jobs: options.threads)
    let reckoned = try session.reckon(result)
    let missed = session.scenario.objectives.filter { objective in
      guard objective.placement.map({ $0.value == placement }) ?? true else { return false }
      let value = MetricValue.of(objective.metric, clients: objective.clients?.value, result, 0, reckoned)
      return !MetricValue.meets(value, objective)
    }
    return Size(
      cost: MetricValue.of(.costPerMonth, result, 0, reckoned),
      latency: [ObjectiveSpec.Metric.latencyMean, .latencyPercentile(0.95), .latencyPercentile(0.99)].map {
        MetricValue.of($0, result, 0, reckoned)
      }, missed: missed.map(\.label))
  }
}

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

/// The result of `right-size` as a table.
enum SizeTable {
  /// A row per candidate, in the order given.
  static func table(_ path: String, _ rows: [(value: String, size: Size?)], _ best: Int?) -> ResultTable {
    let milliseconds = ColumnKind.decimal(digits: 3)
    var table = ResultTable(
      TableSchema(
        name: "sizes", description: "One row per candidate.",
        columns: [
          Column(path.split(separator: ".").last.map(String.init) ?? path, "The candidate."),
          Column("cost_usd_per_month", unit: "USD/month", kind: .decimal(digits: 2), "The bill of a month."),
          Column("latency_mean_ms", unit: "ms", kind: milliseconds, "Mean latency."),
          Column("latency_p95_ms", unit: "ms", kind: milliseconds, "95th percentile."),
          Column("latency_p99_ms", unit: "ms", kind: milliseconds, "99th percentile."),
          Column("verdict", "Whether the objectives are met."),
        ]))
    for (index, row) in rows.enumerated() {
      guard let size = row.size else {
        table.append([.text(row.value), .none, .none, .none, .none, .text("not offered")])
        continue
      }
      let verdict =
        index == best
        ? "cheapest that meets them" : size.isMet ? "met" : "not met: " + size.missed.joined(separator: ", ")
      table.append([.text(row.value), .number(size.cost)] + size.latency.map { .number($0) } + [.text(verdict)])
    }
    return table
  }
}

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
      --over the candidates are memory sizes of the function in the placement, or the instance types of its family where
      it runs on servers; --over takes any other setting, or a path of the whole scenario. Sizes that the platform does
      not offer are shown as such.

      Several functions of the placement are sized together unless --function names one: each takes its cheapest size
      while the others keep theirs, again and again until none changes. The rows of a function are those of the last
      round, with the sizes of the others that were found.
      """)

  @Argument(help: "Scenario file.")
  var file: String

  @Option(help: "The placement, instead of the first.")
  var placement: String?

  @Option(help: "Only this function, instead of all of the placement.")
  var function: String?

  @Option(
    help: ArgumentHelp(
      "Candidates for a setting of the functions in the placement, or of a path of the scenario.",
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
    let choices = try choices(session, placement)
    var rejected: Failure?
    var search = SizeSearch(choices) { overrides in
      do { return try size(overrides, placement, session.catalog) } catch let failure as Failure {
        guard failure.exitCode == 65 else { throw failure }
        rejected = failure
        return nil
      }
    }
    try search.run()
    for (choice, decided) in zip(choices, search.rows) where decided.rows.allSatisfy({ $0.size == nil }) {
      if choice.values.count == 1, let rejected { throw rejected }
      throw Failure.usage("none of \(choice.values.joined(separator: ", ")) can be set at \(choice.path)")
    }
    try ByteSink.standardOutput.write(options.format.text(of: SizeTable.table(search), width: Terminal.width))
    if !search.isMet { Terminal.say("none of these meets the objectives\n") }
    if check && !search.isMet { throw Failure.objectiveNotMet }
  }

  private func load(_ input: InputOptions, _ catalog: Catalog? = nil) throws -> ScenarioSession {
    try ScenarioSession.load(
      file, input, seed: options.seed, replications: options.replications, catalog: catalog)
  }

  /// What is to be decided: a path and its values for each function.
  private func choices(_ session: ScenarioSession, _ placement: String) throws -> [SizeChoice] {
    let functions = session.scenario.functionNames
    if let name = function, !functions.contains(name) {
      throw Failure.usage("--function: \(Suggestion.missing("function", name, among: functions))")
    }
    let wanted = function.map { [$0] } ?? functions
    guard let over else {
      return wanted.map { name in
        let types = Self.instanceTypes(of: name, in: session, placement)
        return SizeChoice(
          function: name, path: "placements.\(placement).\(name).\(types == nil ? "memory" : "platform.instance")",
          values: types ?? Self.memorySizes)
      }
    }
    guard let sign = over.firstIndex(of: "="), sign > over.startIndex else {
      throw Failure.usage("--over: '\(Neutral.terminal(over))' is not KEY=VALUE,VALUE; write memory=256 MB,512 MB")
    }
    let key = String(over[..<sign])
    let values = over[over.index(after: sign)...].split(separator: ",").map { String($0.drop { $0 == " " }) }
    guard !values.isEmpty else { throw Failure.usage("--over: there is no value after '='") }
    let isAbsolute = key.contains(".") && ["placements", "functions", "costs", "clients", "stores", "gateways"]
      .contains { key.hasPrefix($0 + ".") }
    if isAbsolute { return [SizeChoice(function: "", path: key, values: values)] }
    return wanted.map { SizeChoice(function: $0, path: "placements.\(placement).\($0).\(key)", values: values) }
  }

  /// The instance types of the family that a function of a placement runs on; nil where it runs on none.
  private static func instanceTypes(
    of function: String, in session: ScenarioSession, _ placement: String
  ) -> [String]? {
    guard let plan = session.plans.first(where: { $0.names.placement == placement }),
      let index = plan.names.functions.firstIndex(of: function),
      let row = plan.deployments.firstIndex(where: { $0.function == Int32(index) })
    else { return nil }
    let prefix = "usage.instance-time:"
    let type = plan.billing.deployments[row].lazy.map(\.meter).first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
    guard let family = session.catalog.instances.first(where: { $0.name == type.map(String.init) })?.family else {
      return nil
    }
    let own = session.catalog.instances.filter { $0.family == family && !$0.name.hasSuffix(".metal") }
    return own.sorted { ($0.vcpus, $0.memoryMegabytes) < ($1.vcpus, $1.memoryMegabytes) }.map(\.name)
  }

  /// What a candidate costs, how fast it is, and whether it meets the objectives of its placement.
  private func size(_ overrides: [String], _ placement: String, _ catalog: Catalog) throws -> Size {
    let session = try load(overrides.reduce(input) { $0.setting($1) }, catalog)
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

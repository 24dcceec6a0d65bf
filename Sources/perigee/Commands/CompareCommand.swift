import ArgumentParser
import Reporting
import ScenarioFormat

/// `perigee compare`: paired differences with intervals, and the verdict against the objectives.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare every placement with a baseline, request by request, and judge the objectives.")

  @Argument(help: "Scenario file.")
  var file: String

  @Option(help: ArgumentHelp("Placement to compare with, instead of the first.", valueName: "placement"))
  var baseline: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var options: RunOptions

  func run() async throws {
    var session = try ScenarioSession.load(
      file, input, seed: options.execution.seed, replications: options.execution.replications)
    if !options.quiet { Terminal.say(session.warnings) }
    if let baseline { session = try session.withBaseline(baseline) }
    guard session.plans.count > 1 else {
      throw Failure(
        message: "perigee: error: \(file) has only one placement; there is nothing to compare\n", exitCode: 65
      )
    }
    let (result, tables, reckoned) = try await session.produceResults(options)
    guard let differences = tables.differences else { return }
    let printed = options.execution.format == .table ? SummaryView.differences(of: differences) : differences
    try ByteSink.standardOutput.write(options.execution.format.text(of: printed, width: Terminal.width))
    let verdicts = Verdicts(session.scenario.objectives, result, reckoned)
    if options.execution.format == .table { try ByteSink.standardOutput.write(verdicts.text) }
    if options.check && !verdicts.allMet { throw Failure.objectiveNotMet }
  }
}

extension ScenarioSession {
  /// The same scenario with another placement first.
  func withBaseline(_ name: String) throws -> ScenarioSession {
    let names = plans.map(\.names.placement)
    guard let place = names.firstIndex(of: name) else {
      let hint =
        Suggestion.nearest(to: name, among: names).map { "; did you mean '\($0)'?" }
        ?? "; known: \(Suggestion.list(names))"
      throw Failure.usage("--baseline: the scenario has no placement '\(name)'\(hint)")
    }
    var reordered = self
    reordered.plans.insert(reordered.plans.remove(at: place), at: 0)
    return reordered
  }
}

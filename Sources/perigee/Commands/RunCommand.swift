import ArgumentParser
import Experiments
import Foundation
import Reporting

/// `perigee run`: simulates every placement, prints one table, writes the results.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Simulate every placement, print one table, write results/<scenario>/.")

  @Argument(help: "Scenario files.")
  var files: [String]

  @OptionGroup var input: InputOptions
  @OptionGroup var options: RunOptions

  func run() async throws {
    var met = true
    for file in files {
      let session = try ScenarioSession.load(
        file, input, seed: options.execution.seed, replications: options.execution.replications)
      if !options.quiet { Terminal.say(session.warnings) }
      let (result, tables, reckoned) = try await session.produceResults(options)
      let format = options.execution.format
      let printed =
        format == .table ? SummaryView.table(of: tables.summary, width: Terminal.width) : tables.summary
      try ByteSink.standardOutput.write(format.text(of: printed, width: Terminal.width))
      let verdicts = Verdicts(session.scenario.objectives, result, reckoned)
      if format == .table { try ByteSink.standardOutput.write(verdicts.text) }
      met = met && verdicts.allMet
    }
    if options.check && !met { throw Failure.objectiveNotMet }
  }
}

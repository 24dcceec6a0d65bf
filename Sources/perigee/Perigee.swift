import ArgumentParser
import Foundation
import Reporting

/// The command line: arguments in, files and tables out.
@main
struct Perigee: AsyncParsableCommand {
  /// Version of the tool; part of every manifest.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "perigee",
    abstract: "Where should this serverless application run? Simulates placements and compares them.",
    version: version,
    subcommands: [
      RunCommand.self, CompareCommand.self, RepriceCommand.self, ExplainCommand.self,
      BreakEvenCommand.self, RightSizeCommand.self, ValidateCommand.self,
      CatalogCommand.self, InitCommand.self, SchemaCommand.self,
    ])

  static func main() async {
    ByteSink.ignoreSignals()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      failure.report()
      Foundation.exit(failure.exitCode)
    } catch let problem as OutputError {
      let failure = Failure(problem)
      failure.report()
      Foundation.exit(failure.exitCode)
    } catch {
      exit(withError: error)
    }
  }
}

import ArgumentParser
import Foundation
import Reporting
import ScenarioFormat

/// How tables are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json, markdown

  /// The table as text of this format.
  func text(of table: ResultTable, width: Int?) -> String {
    switch self {
    case .table: TextTable.text(of: table, width: width)
    case .csv: CSVWriter.text(of: table)
    case .json: JSON.rows(of: table).text
    case .markdown: MarkdownTable.text(of: table)
    }
  }
}

/// Options about which scenario is meant.
struct InputOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a value in the scenario, such as clients.web.arrivals.poisson.rate=80/s; repeatable.",
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "Lay a directory of catalog files over the built-in one; repeatable.", valueName: "directory"))
  var overlays: [String] = []

  @Flag(
    name: .customLong("allow-large"), help: "Run a scenario even if it needs a very large number of requests."
  )
  var allowLarge = false
}

/// Options about the runs themselves.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "Seed of all random streams, instead of the scenario's.")
  var seed: UInt64?

  @Option(help: "Number of replications, instead of the scenario's.")
  var replications: Int?

  @Option(help: "Threads to use; results do not depend on it. (default: all cores)")
  var jobs: Int?

  @Option(help: "How the table is printed.")
  var format = OutputFormat.table

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs is \(jobs); it must be from 1 to 1024")
    }
    if let replications, !(1...10_000).contains(replications) {
      throw ValidationError("--replications is \(replications); it must be from 1 to 10,000")
    }
  }

  /// Threads to use.
  var threads: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

/// Options about how a scenario is run and where its results go.
struct RunOptions: ParsableArguments {
  @OptionGroup var execution: ExecutionOptions

  @Option(
    help: ArgumentHelp(
      "Directory in which each scenario gets a directory of results.", valueName: "directory"))
  var out = "results"

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Run twice, with another number of threads, and compare the digests of all events.")
  var verify = false

  @Flag(help: "Exit with 1 if an objective is not met.")
  var check = false

  @Flag(help: "Stop where a price is missing or another region's would stand in for it.")
  var strict = false

  @Flag(help: "Give every placement random numbers of its own, to see what sharing them is worth.")
  var independent = false
}

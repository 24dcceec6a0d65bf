import ArgumentParser
import Pricing
import Reporting

/// `perigee reprice`: prices a finished run anew without simulating.
struct RepriceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprice",
    abstract: "Price a finished run, or usage written by hand, without simulating.",
    discussion: """
      RESULTS is a folder that 'perigee run' has written. Its meters are priced with the catalog it was run with,
      the directories of --catalog on top, and the costs of its scenario, changed by --set costs.PATH=VALUE.

      USAGE is a YAML file that says what an account used in a month. Every value of it can be set. Where a region
      has no price, another's stands in and the bill says so; --strict stops there.
      """)

  @Argument(help: ArgumentHelp("Folder of results, or usage file.", valueName: "results or usage"))
  var results: String

  @OptionGroup var pricing: PricingOptions

  @Option(help: ArgumentHelp("Write the priced tables to this folder.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print the cost of ownership instead of the bill.")
  var tco = false

  @Flag(help: "Stop where another region's price would stand in for a missing one.")
  var strict = false

  @Option(help: "How the table is printed.")
  var format = OutputFormat.table

  func run() throws {
    if UsageSession.isUsage(results) {
      guard out == nil, !tco else {
        throw Failure.usage("--out and --tco belong to a folder of results; '\(Neutral.terminal(results))' is a file")
      }
      return try UsageSession(results, pricing.input, isStrict: strict).write(format)
    }
    let session = try ResultsSession.load(results, pricing.input)
    let reckoned = try session.reckon(isStrict: strict)
    if session.catalog.version != session.run.catalog.version {
      Terminal.say(
        "note: the run was priced with \(session.run.catalog.version); this is \(session.catalog.version)\n")
    }
    if let out {
      let directory = try ResultDirectory(path: out)
      try directory.prepare()
      try directory.replace(with: session.files(reckoned))
    }
    Terminal.say(RunWarnings.text(of: reckoned.bill))
    let table = tco ? reckoned.ownership.table : reckoned.bill.table
    let printed = format == .table && tco ? reckoned.ownership.overview : table
    try ByteSink.standardOutput.write(format.text(of: printed, width: Terminal.width))
  }
}

/// Options about the prices and the costs that a finished run is priced with.
struct PricingOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Set a value of the scenario's costs; repeatable.", valueName: "costs.path=value"))
  var overrides: [String] = []

  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "Lay a directory of catalog files over the built-in one; repeatable.", valueName: "directory"))
  var overlays: [String] = []

  /// The options as the session takes them.
  var input: RepricingInput { RepricingInput(overrides: overrides, overlays: overlays) }
}

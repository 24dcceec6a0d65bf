import ArgumentParser
import Pricing
import Reporting
import ScenarioFormat

/// `perigee explain`: how a figure came about.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show how a figure of the results came about.",
    subcommands: [ExplainCostCommand.self])
}

/// `perigee explain cost`: the meters, the tiers, the price and the source behind a line of a bill.
struct ExplainCostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "Show the meters, the month, the tiers, the price and the source behind a line of the bill.",
    discussion: """
      LINE is a name from the column 'line' of cost.csv, such as near/lambda.requests/us-east-1/2, or the beginning of
      several up to a slash, such as near or near/lambda.requests. A line of tco.csv is named by its placement, 'tco',
      its environment and its line: near/tco/production/support.
      """)

  @Argument(help: "Folder of results.")
  var results: String

  @Argument(help: "Line of the bill, or the beginning of several.")
  var line: String

  @OptionGroup var pricing: PricingOptions

  func run() throws {
    let session = try ResultsSession.load(results, pricing.input)
    let settlement = session.settlement
    let reckoned = try session.reckon()
    let bill = reckoned.bill
    let wanted = bill.names.indices.filter { bill.names[$0] == line || bill.names[$0].hasPrefix(line + "/") }
    let items = reckoned.ownership.items.filter { item in
      let name = OwnershipExplanation.name(of: item)
      return name == line || name.hasPrefix(line + "/") && line.contains("/")
    }
    guard !wanted.isEmpty || !items.isEmpty else {
      let names = bill.names + reckoned.ownership.items.map(OwnershipExplanation.name)
      throw Failure.usage(Suggestion.missing("line of the bill", line, among: Self.beginnings(of: names)))
    }
    let texts = items.map { OwnershipExplanation(item: $0).text } + wanted.map { index in
      let readings = settlement.readings(behind: bill.lines[index], among: session.run.readings)
      return CostExplanation(bill, index, readings).text
    }
    try ByteSink.standardOutput.write(texts.joined(separator: "\n"))
  }

  /// Everything that may be asked for: the parts before each slash, and the names themselves.
  private static func beginnings(of names: [String]) -> [String] {
    var known: [String] = []
    for name in names {
      let parts = name.split(separator: "/")
      for count in 1...max(parts.count, 1) {
        let beginning = parts.prefix(count).joined(separator: "/")
        if !known.contains(beginning) { known.append(beginning) }
      }
    }
    return known
  }
}

import CommandTestSupport
import Foundation
import Testing

@Suite struct RepriceTests {
  /// The tiny scenario with costs of every kind.
  static let scenario =
    Scenarios.tiny + """
      costs:
        currencies: {EUR: 1.25 USD}
        contract: 80 EUR
        instances: {web: {type: m4.large, count: 2, placements: far}}

      """

  private func ranFolder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "tiny.yaml")
    let outcome = try Command.run("run", "tiny.yaml", "--quiet", in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return folder
  }

  @Test func nothingChangedGivesTheSameBytes() throws {
    let folder = try ranFolder()
    let outcome = try Command.run("reprice", "results/tiny", "--out", "again", "--format", "csv", in: folder)
    let warning =
      "warning: no price for eu-west-2 of lambda.requests, lambda.gb-seconds, transfer.out; that of eu-west-1 stands"
      + " in\n"
    #expect(outcome.code == 0 && outcome.errors == warning, "\(outcome.errors)")
    #expect(outcome.output == (try folder.text("results/tiny/cost.csv")))
    for name in ["cost.csv", "meters.csv", "scenario.yaml", "tco.csv"] {
      #expect(try folder.text("again/\(name)") == folder.text("results/tiny/\(name)"), "\(name)")
    }
    let twice = try Command.run("reprice", "again", "--format", "csv", in: folder)
    #expect(twice.output == outcome.output)
  }

  @Test func theOrderOfAnotherBaselineIsKept() throws {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "tiny.yaml")
    _ = try Command.run("compare", "tiny.yaml", "--quiet", "--baseline", "far", in: folder)
    let outcome = try Command.run("reprice", "results/tiny", "--format", "csv", in: folder)
    #expect(outcome.output == (try folder.text("results/tiny/cost.csv")))
    #expect(outcome.output.split(whereSeparator: \.isNewline)[1].hasPrefix("far,"))
  }

  @Test func costsAndPricesCanBeChanged() throws {
    let folder = try ranFolder()
    func line(_ name: String, _ arguments: [String]) throws -> String {
      let outcome = try Command.run(["reprice", "results/tiny", "--format", "csv"] + arguments, in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let lines = outcome.output.split(whereSeparator: \.isNewline).map(String.init)
      return try #require(lines.first { $0.contains(name) })
    }
    #expect(try line("near/costs/contract/1", []).contains(",100.000000000000,"))
    #expect(try line("near/costs/contract/1", ["--set", "costs.contract=7 USD"]).contains(",7.000000000000,"))
    #expect(try line("near/costs/contract/1", ["--set", "costs.currencies.EUR=2 USD"]).contains(",160.000000000000,"))
    #expect(try line("m4.large", []).contains(",1460.000000,instance-hour,0.1 USD per instance-hour,146.000000000000,"))
    #expect(try line("m4.large", ["--set", "costs.instances.web.count=3"]).contains(",219.000000000000,"))
    try FileManager.default.createDirectory(atPath: folder.path + "/prices", withIntermediateDirectories: false)
    try folder.write(
      "service,dimension,unit,region,price_usd,tier_from,tier_to,free_tier,source,as_of\n"
        + "AWS Lambda,requests x86,request,us-east-1,1,,,,ours,2026\n", to: "prices/prices.csv")
    let dear = try line("far/lambda.requests/us-east-1/2", ["--catalog", "prices"])
    #expect(dear.contains(",1 USD per request,") && dear.contains(",ours,2026,"))
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let folder = try ranFolder()
    func errors(_ arguments: [String], code: Int32) throws -> String {
      let outcome = try Command.run(arguments, in: folder)
      #expect(outcome.code == code && outcome.output == "", "\(arguments)")
      return outcome.errors
    }
    #expect(try errors(["reprice", "nowhere"], code: 66).contains("there is no folder 'nowhere'"))
    #expect(try errors(["reprice", "results"], code: 65).contains("has no manifest.json"))
    #expect(try errors(["reprice", "results/tiny", "--set", "seed=3"], code: 64).contains("only 'costs' can be set"))
    let currency = try errors(["reprice", "results/tiny", "--set", "costs.contract=5 YEN"], code: 65)
    #expect(currency.contains("--set:1:16: error: there is no rate for the currency 'YEN'"))
    let type = try errors(["reprice", "results/tiny", "--set", "costs.instances.web.type=m4.lerge"], code: 65)
    #expect(type.contains("no price of m4.lerge in us-east-1; did you mean 'm4.large'?"))
    let line = try errors(["explain", "cost", "results/tiny", "near/lambda.request"], code: 64)
    #expect(line.contains("there is no line of the bill 'near/lambda.request'; did you mean 'near/lambda.requests'?"))
    try folder.write((try folder.text("results/tiny/meters.csv")) + " ", to: "results/tiny/meters.csv")
    #expect(try errors(["reprice", "results/tiny"], code: 65).contains("not as it was written"))
    try folder.write("{}", to: "results/tiny/manifest.json")
    #expect(try errors(["reprice", "results/tiny"], code: 65).contains("no manifest of Perigee's"))
  }

  @Test func aLineIsExplainedFromTheMeterToTheSource() throws {
    let folder = try ranFolder()
    let outcome = try Command.run("explain", "cost", "results/tiny", "far/lambda.requests/us-east-1/2", in: folder)
    #expect(outcome.code == 0)
    for part in [
      "far/lambda.requests/us-east-1/2: ",
      " request of lambda.requests at us-east-1, us-east-1 in 220 s; a month of 730 h",
      "free: 1000000.000000 request at 0 USD", "at 0.0000002 USD per request = ", "source    https://",
    ] { #expect(outcome.output.contains(part), "\(part)") }
    let tco = try Command.run("explain", "cost", "results/tiny", "far/tco/production/support", in: folder)
    #expect(tco.output.contains("support and maintenance, 113.640000 USD a month\n  quantity  1.000000 hour at 113.64"))
    #expect(tco.output.contains("  note      hourly rate: "))
    let all = try Command.run("explain", "cost", "results/tiny", "far", in: folder)
    #expect(all.output.contains("web: 2 m4.large") && all.output.contains("whatever the usage"))
  }
}

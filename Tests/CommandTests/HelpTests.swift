import CommandTestSupport
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "", "run", "compare", "validate", "catalog", "init", "schema", "reprice", "breakeven", "right-size",
  ])
  func helpIsAsRecorded(command: String) throws {
    let outcome = try Command.run((command.isEmpty ? [] : [command]) + ["--help"], in: try Folder())
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    let name = command.isEmpty ? "perigee" : command
    let difference = try Golden(beside: #filePath).difference(of: outcome.output, from: "\(name).txt")
    #expect(difference == nil)
  }

  @Test func theVersionIsOneLine() throws {
    let outcome = try Command.run("--version", in: try Folder())
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(arguments: [
    ["nonsense"], ["run"], ["validate"], ["run", "tiny.yaml", "--format", "xml"],
    ["run", "tiny.yaml", "--jobs", "0"],
    ["run", "tiny.yaml", "--jobs", "x"], ["run", "tiny.yaml", "--replications", "0"],
    ["run", "tiny.yaml", "--seed", "-1"],
    ["run", "tiny.yaml", "--nope"], ["compare", "tiny.yaml", "tiny.yaml"], ["schema", "x"],
  ])
  func badUsageIs64AndChangesNothing(arguments: [String]) throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run(arguments, in: folder)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("rror: "))
    #expect(folder.names() == ["tiny.yaml"])
  }
}

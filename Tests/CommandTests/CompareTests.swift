import CommandTestSupport
import Testing

@Suite struct CompareTests {
  @Test func everyPlacementIsComparedWithTheFirst() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("compare", "tiny.yaml", in: folder)
    #expect(outcome.code == 0)
    let rows = outcome.output.split(separator: "\n").filter { $0.hasPrefix("far        near      all ") }
    #expect(rows.count >= 3)
    #expect(outcome.output.contains("\nobjectives\n"))
    #expect(folder.names(in: "results/tiny").contains("differences.csv"))
  }

  @Test func anotherBaselineTurnsTheSigns() throws {
    let folder = try Scenarios.tinyFolder()
    let there = try mean(in: Command.run("compare", "tiny.yaml", "--format", "csv", in: folder).output)
    let arguments = ["compare", "tiny.yaml", "--format", "csv", "--baseline", "far"]
    let back = try mean(in: Command.run(arguments, in: folder).output)
    #expect(there.names == ["far", "near", "all", "latency.mean"])
    #expect(back.names == ["near", "far", "all", "latency.mean"])
    #expect(there.difference > 0 && there.difference == -back.difference)
  }

  /// The first row of a table of differences.
  private func mean(in csv: String) throws -> (names: [String], difference: Double) {
    let lines = cells(csv)
    let place = try #require(lines.first?.firstIndex(of: "difference_ms"))
    let row = try #require(lines.dropFirst().first)
    return (Array(row.prefix(4)), try #require(Double(row[place])))
  }

  @Test func anUnknownBaselineIsBadUsage() throws {
    let folder = try Scenarios.tinyFolder()
    let slip = try Command.run("compare", "tiny.yaml", "--baseline", "nera", in: folder)
    #expect(slip.code == 64)
    #expect(
      slip.errors
        == "perigee: error: --baseline: the scenario has no placement 'nera'; did you mean 'near'?\n")
    let stranger = try Command.run("compare", "tiny.yaml", "--baseline", "moon-base", in: folder)
    #expect(stranger.code == 64)
    #expect(stranger.errors.hasSuffix("; known: near, far\n"))
    #expect(folder.names() == ["tiny.yaml"])
  }

  @Test func onePlacementCannotBeCompared() throws {
    let folder = try Scenarios.tinyFolder()
    let set = "placements={near: {hello: {platform: lambda, at: eu-west-2}}}"
    let outcome = try Command.run("compare", "tiny.yaml", "--set", set, in: folder)
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("only one placement"))
  }

  @Test func checkFailsWithAnObjectiveNotMet() throws {
    let folder = try Scenarios.tinyFolder()
    let arguments = ["compare", "tiny.yaml", "--check", "--set", "objectives.0.below=1 ms"]
    #expect(try Command.run(arguments, in: folder).code == 1)
  }
}

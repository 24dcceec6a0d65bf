import CommandTestSupport
import Testing

@Suite struct RightSizeTests {
  static let scenario = BreakEvenTests.scenario(
    "10/s", work: "100 ms", memory: "512 MB", seconds: 10,
    """
      cloud: {hello: {platform: lambda, at: us-east-1}}
      edge: {hello: {platform: lambda@edge, at: nearest regional-edge-cache}}
    objectives:
      - {metric: latency.p95, placement: cloud, below: 250 ms}
    """)

  private func rows(_ arguments: [String]) throws -> (code: Int32, rows: [[String]]) {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "size.yaml")
    let outcome = try Command.run(
      ["right-size", "size.yaml", "--format", "csv", "--replications", "1"] + arguments, in: folder)
    let lines = outcome.output.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
    return (outcome.code, lines)
  }

  /// With a seventh of a processor 100 ms of work take 700 ms: the small size is not dearer, but too slow.
  @Test func theCheapestThatMeetsTheObjectivesIsChosen() throws {
    let (code, rows) = try rows(["--over", "memory=256 MB,1769 MB,10240 MB,99 GB"])
    #expect(code == 0)
    #expect(rows.map { $0[0] } == ["memory", "256 MB", "1769 MB", "10240 MB", "99 GB"])
    #expect(
      rows.dropFirst().map { $0.last } == ["not met: latency.p95", "cheapest that meets them", "met", "not offered"])
  }

  @Test func nothingThatMeetsThemIsANoWithCheck() throws {
    let (code, rows) = try rows(["--over", "memory=128 MB,256 MB", "--check"])
    #expect(code == 1 && rows.count == 3)
  }

  @Test func whatIsUnknownIsSaid() throws {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "size.yaml")
    func errors(_ arguments: String...) throws -> String {
      try Command.run(["right-size", "size.yaml"] + arguments, in: folder).errors
    }
    #expect(try errors("--placement", "clouds").contains("no placement 'clouds'; did you mean 'cloud'?"))
    #expect(try errors("--function", "hallo").contains("no function 'hallo'; did you mean 'hello'?"))
    #expect(try errors("--over", "memory").contains("is not KEY=VALUE,VALUE"))
  }
}

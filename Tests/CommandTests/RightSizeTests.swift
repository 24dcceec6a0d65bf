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
    return (outcome.code, cells(outcome.output))
  }

  /// With a seventh of a processor 100 ms of work take 700 ms: the small size is not dearer, but too slow.
  @Test func theCheapestThatMeetsTheObjectivesIsChosen() throws {
    let (code, rows) = try rows(["--over", "memory=256 MB,1769 MB,10240 MB,99 GB"])
    #expect(code == 0)
    #expect(rows.map { $0[0] } == ["memory", "256 MB", "1769 MB", "10240 MB", "99 GB"])
    #expect(
      rows.dropFirst().map { $0.last } == ["not met: latency.p95", "cheapest that meets them", "met", "not offered"])
  }

  /// Two functions that two populations call: what is cheapest for each is cheapest for both, as all pairs show.
  @Test func severalFunctionsAreSizedTogether() throws {
    let text = """
      scenario: pair
      seed: 3
      duration: 20 s
      replications: 1
      clients:
        a: {cities: [london], access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: first}
        b: {cities: [london], access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: second}
      functions:
        first: {runtime: nodejs, memory: 512 MB, work: 100 ms}
        second: {runtime: nodejs, memory: 512 MB, work: 20 ms}
      placements:
        one: {first: {platform: lambda, at: eu-west-2}, second: {platform: lambda, at: eu-west-2}}
      objectives:
        - {metric: latency.p95, clients: a, below: 350 ms}
        - {metric: latency.p95, clients: b, below: 250 ms}

      """
    let folder = try Folder()
    try folder.write(text, to: "pair.yaml")
    let sizes = ["256 MB", "1024 MB", "1769 MB"]
    let found = try Command.run(
      ["right-size", "pair.yaml", "--format", "csv", "--over", "memory=\(sizes.joined(separator: ","))"], in: folder)
    #expect(found.code == 0, "\(found.errors)")
    let rows = cells(found.output)
    #expect(rows[0][0] == "function" && rows.count == 7)
    let chosen = rows.filter { $0.last == "cheapest that meets them" }
    #expect(chosen.map { $0[0] } == ["first", "second"])
    var cheapest: (cost: Double, sizes: [String])?
    for first in sizes {
      for second in sizes {
        let pair = try Command.run(
          [
            "right-size", "pair.yaml", "--format", "csv", "--function", "first", "--over", "memory=\(first)",
            "--set", "placements.one.second.memory=\(second)",
          ], in: folder)
        let row = cells(pair.output)[1]
        guard row.last == "cheapest that meets them", let cost = Double(row[1]) else { continue }
        if cheapest.map({ cost < $0.cost }) ?? true { cheapest = (cost, [first, second]) }
      }
    }
    #expect(chosen.map { $0[1] } == cheapest?.sizes)
  }

  @Test func serversAreSizedByTheTypesOfTheirFamily() throws {
    let folder = try Folder()
    let text = Self.scenario.replacing("platform: lambda, at", with: "platform: {like: ec2, instance: t3.small}, at")
    try folder.write(text, to: "size.yaml")
    let outcome = try Command.run(["right-size", "size.yaml", "--format", "csv", "--replications", "1"], in: folder)
    let types = cells(outcome.output).map { $0[0] }
    #expect(types.first == "instance" && types.contains("t3.nano") && types.contains("t3.2xlarge"), "\(outcome)")
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

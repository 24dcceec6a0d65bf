import CommandTestSupport
import Testing

@Suite struct MeterTests {
  /// Work of 12.3 ms on one processor is billed as 13 ms; a request costs 2 KB and an answer 3 KB of traffic.
  static let scenario = """
    scenario: counted
    seed: 5
    duration: 60 s
    warmup: 10 s
    replications: 2
    clients:
      web: {cities: [london], access: fibre, arrivals: {poisson: {rate: 20/s}}, calls: hello}
    functions:
      hello: {runtime: nodejs, memory: 1769 MB, package: 1 MB, request: 2 KB, response: 3 KB, work: 12.3 ms}
    placements:
      one: {hello: {platform: {like: lambda, firstInvocation: 0 ms}, at: eu-west-2}}
    costs: {contract: 10 USD}

    """

  @Test func metersAreTheClosedFormCounts() throws {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "counted.yaml")
    #expect(try Command.run("run", "counted.yaml", "--quiet", in: folder).code == 0)
    let meters = cells(try folder.text("results/counted/meters.csv"))
    func quantity(_ meter: String) throws -> Int {
      let row = try #require(meters.first { $0[1] == meter }, "\(meter)")
      return try #require(Int(row[6]))
    }
    let summary = cells(try folder.text("results/counted/summary.csv"))
    let sent = try #require(Int(summary[1][1]))
    let served = try quantity("usage.requests")
    let invocations = try quantity("lambda.requests")
    #expect(sent > 1_500 && (sent - 5...sent).contains(served) && (served...sent).contains(invocations))
    #expect(try quantity("lambda.gb-seconds") == invocations * 13 * 1_769)
    #expect(try quantity("usage.cpu") == invocations * 12_300)
    #expect(try quantity("usage.functions") == 1)
    let bytes = try quantity("transfer.out")
    #expect(bytes % 3_000 == 0 && (served...sent).contains(bytes / 3_000))
    // 2 × 50 s were measured; a month has 2,628,000 s.
    let row = try #require(meters.first { $0[1] == "lambda.requests" })
    #expect(row[8] == "100.000000000" && row[9] == "usage")
    #expect(row[10] == "\(invocations * 26_280).000000")
  }

  @Test func linesAddUpToTheTotalsExactly() throws {
    let folder = try Folder()
    try folder.write(Self.scenario, to: "counted.yaml")
    _ = try Command.run("run", "counted.yaml", "--quiet", in: folder)
    let summary = cells(try folder.text("results/counted/summary.csv"))
    for (file, total) in [("cost", "cost_usd_per_month"), ("tco", "tco_usd_per_month")] {
      let table = cells(try folder.text("results/counted/\(file).csv"))
      let column = try #require(table[0].firstIndex(of: "amount_usd_per_month"))
      // Amounts have twelve digits: their sum in units of the last one is a whole number.
      let sum = try table.dropFirst().reduce(Int128(0)) { sum, row in
        sum + (try #require(Int128(row[column].replacing(".", with: ""))))
      }
      let cents = (sum + 5_000_000_000) / 10_000_000_000
      let index = try #require(summary[0].firstIndex(of: total))
      #expect(Int128(summary[1][index].replacing(".", with: "")) == cents, "\(file)")
    }
  }
}

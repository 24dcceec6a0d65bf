import CommandTestSupport
import Foundation
import Testing

@Suite struct BreakEvenTests {
  /// Two placements of one function; callers stand beside it, so that latency is queueing and work alone.
  static func scenario(_ rate: String, work: String, memory: String, seconds: Int, _ placements: String) -> String {
    """
    scenario: crossing
    seed: 11
    duration: \(seconds) s
    warmup: 2 s
    replications: 6
    clients:
      web: {at: us-east-1, arrivals: {poisson: {rate: \(rate)}}, calls: hello}
    functions:
      hello: {runtime: nodejs, memory: \(memory), package: 1 MB, request: 0 B, response: 0 B, work: \(work)}
    placements:
    \(placements)

    """
  }

  /// The crossing and its interval, as the command prints them.
  private func crossing(_ scenario: String, _ arguments: [String]) throws
    -> (value: Double, low: Double, high: Double)
  {
    let folder = try Folder()
    try folder.write(scenario, to: "crossing.yaml")
    let outcome = try Command.run(["breakeven", "crossing.yaml", "--format", "csv"] + arguments, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(folder.names() == ["crossing.yaml"])
    let lines = cells(outcome.output)
    let columns = try #require(lines.first)
    func number(_ name: String) throws -> Double {
      let column = try #require(columns.firstIndex(of: name))
      return try #require(Double(lines[1][column]))
    }
    return (try number("crossing"), try number("ci_low"), try number("ci_high"))
  }

  /// An M/M/1 queue of 10 ms answers after 1 ÷ (100 − λ) s on average; as many servers as are wanted, 10 ms farther
  /// away, after 20 ms: the two are the same at λ = 50/s.
  @Test func oneServerNearbyAgainstManyFarAway() throws {
    let found = try crossing(
      Self.scenario(
        "10/s", work: "{exponential: 10 ms}", memory: "1769 MB", seconds: 22,
        """
          one: {hello: {platform: {like: ideal, maximumInstances: 1, whenFull: queue}, at: us-east-1}}
          many: {hello: {platform: {like: ideal, overhead: 10 ms}, at: us-east-1}}
        """),
      ["--vary", "clients.web.arrivals.poisson.rate=10/s..80/s", "--metric", "latency.mean"])
    #expect(found.low < 50 && 50 < found.high, "\(found)")
    #expect(found.high - found.low < 20)
  }

  /// Lambda with one processor bills 0.1 s × 1,769 MB and a request; a month of 730 h has 2,628,000 s; a million
  /// requests and 400,000 GB-s are free. It costs 60 USD where λ = (60 + 0.2 + 20/3) ÷ (2.628 × (0.2 + 2.879…)).
  @Test func billedByUseAgainstRented() throws {
    let gigabyteSeconds = 0.1 * 1_769 / 1_024
    let rate = (60 + 0.2 + 400_000 * 0.0000166667) / (2_628_000 * (0.0000002 + gigabyteSeconds * 0.0000166667))
    let found = try crossing(
      Self.scenario(
        "1/s", work: "100 ms", memory: "1769 MB", seconds: 32,
        """
          used: {hello: {platform: {like: lambda, firstInvocation: 0 ms}, at: us-east-1}}
          rented: {hello: {platform: ideal, at: us-east-1}}
        costs:
          rent: {month: 60 USD, placements: rented}
        """),
      ["--vary", "clients.web.arrivals.poisson.rate=1/s..40/s"])
    #expect(found.low < rate && rate < found.high, "\(found), \(rate)")
    #expect(found.high - found.low < 2)
  }

  /// An owned machine that draws 500 W needs 500 W × 730 h × 1 = 365 kWh a month; with nothing else to pay it costs
  /// the rent of 73 USD at 0.2 USD a kilowatt-hour. One run is priced again and again.
  @Test func electricityAgainstRent() throws {
    let found = try crossing(
      Self.scenario(
        "1/s", work: "1 ms", memory: "1769 MB", seconds: 5,
        """
          owned: {hello: {platform: ideal, at: us-east-1}}
          rented: {hello: {platform: ideal, at: us-east-1}}
        costs:
          rent: {month: 73 USD, placements: rented}
          environments: [production]
          staff: {server: 0}
          energy: {pue: 1}
          hardware:
            box: {placements: owned, count: 1, vcpus: 1, price: 0 USD, idle: 500, full: 500}
        """),
      ["--vary", "costs.energy.tariff=0.01 USD..1 USD", "--metric", "tco.month"])
    #expect(found.low <= 0.2 && 0.2 <= found.high, "\(found)")
    #expect(found.high - found.low < 0.0001)
  }

  @Test func whatCannotBeFoundIsSaid() throws {
    let folder = try Folder()
    try folder.write(RepriceTests.scenario, to: "tiny.yaml")
    func errors(_ arguments: String..., code: Int32) throws -> String {
      let outcome = try Command.run(["breakeven", "tiny.yaml"] + arguments, in: folder)
      #expect(outcome.code == code && outcome.output == "", "\(arguments)")
      return outcome.errors
    }
    let contract = "costs.contract"
    let same = try errors("--vary", "\(contract)=1 USD..2 USD", code: 65)
    #expect(same.contains("cost.month does not cross between 1 USD and 2 USD: at 1 USD near has "))
    #expect(same.contains(" and far 1") && same.contains("; at 2 USD near has "))
    #expect(try errors("--vary", "\(contract)=2 USD..1 USD", code: 64).contains("2.0 is not below 1.0"))
    #expect(try errors("--vary", "\(contract)=2 USD..3 EUR", code: 64).contains("'USD' and 'EUR' differ"))
    #expect(try errors("--vary", "\(contract)=cheap..dear", code: 64).contains("'cheap' is no number"))
    #expect(try errors("--vary", contract, code: 64).contains("is not PATH=LO..HI"))
    #expect(try errors("--vary", "costs.contact=1 USD..2 USD", "--between", "near,farr", code: 64)
      .contains("there is no placement 'farr'; did you mean 'far'?"))
    #expect(try errors("--vary", "functions.hello.runtime=1..2", code: 65).contains("there is no runtime '1.0'"))
    #expect(try errors("--vary", "\(contract)=1 USD..2 USD", "--metric", "latncy.p95", code: 64)
      .contains("there is no metric 'latncy.p95'; did you mean 'latency.p95'?"))
  }
}

import ScenarioFormat
import Testing

@Suite struct OverrideTests {
  private func spec(_ overrides: String...) throws -> ScenarioSpec {
    let outcome = ScenarioTexts.read(ScenarioTexts.everything, try overrides.map { try Override($0) })
    return try #require(outcome.spec, "\(outcome.rendered)")
  }

  @Test func aValueIsReplaced() throws {
    #expect(try spec("duration=3 h").duration.value == 10_800_000_000_000)
    let steady = try spec("clients.steady.arrivals.poisson.rate=80/s", "clients.steady.cities.lisbon=9")
      .clients[0]
    guard case .poisson(let rate) = steady.arrivals else { return #expect(Bool(false), "not Poisson") }
    #expect(rate.value == 80 && steady.cities.map(\.weight) == [3, 9])
  }

  @Test func whatIsNotWrittenIsAddedWhereTheLanguageKnowsIt() throws {
    #expect(try spec("clients.flash.retry.attempts=7").clients[3].retry.attempts == 7)
    #expect(
      try spec("clients.steady.cities.tokyo=2").clients[0].cities.map(\.name.value) == [
        "sao-paulo", "lisbon", "tokyo",
      ])
    let platform = try spec("placements.home.browse.platform.keepAlive=9 s").placements[0].functions[0].platform
    guard case .fixed(9_000_000_000) = platform.keepAlive else { return #expect(Bool(false), "no keep-alive") }
    #expect(
      try spec("placements.home.browse.platform.keepAlive=9 s").placements[0].functions[0].platform.name.value
        == "lambda")
  }

  @Test func aWholeStructureIsReplaced() throws {
    let arrivals = try spec("clients.steady.arrivals={periodic: {every: 2 s}}").clients[0].arrivals
    guard case .periodic(let every, _) = arrivals else { return #expect(Bool(false), "not periodic") }
    #expect(every.value == 2_000_000_000)
    let faults = try spec("faults.0.for=9 min", "functions.browse.steps.1.read.count=8")
    #expect(faults.faults[0].length.value == 540_000_000_000)
    guard case .read(let read) = faults.functions[0].steps[1].kind else {
      return #expect(Bool(false), "no read")
    }
    #expect(read.count == 8)
  }

  @Test(arguments: [
    ("durration=3 h", "--set:1:1: error: 'durration' is not there; did you mean 'duration'?"),
    ("clients.stedy.timeout=3 s", "--set:1:9: error: 'stedy' is not there; did you mean 'steady'?"),
    ("clients.steady.timeout=3", "--set:1:24: error: '3' has no unit; write a duration"),
    ("clients.steady.retry.tries=3", "--set:1:22: error: 'tries' is not there; known: attempts"),
    (
      "faults.9.for=3 s",
      "--set:1:8: error: '9' is not an entry of this list, which is one with entries 0 to 3"
    ),
    (
      "seed.more=3",
      "--set:1:6: error: 'more' is not there: the value above it is the text '42', which has no parts"
    ),
    ("duration=", "--set:1:9: error: there is no value after '='"),
    ("duration=[1", "--set:1:12: error: the list is not closed"),
    ("a.b.c.d=1", "'a' is not there; known: scenario"),
    ("clients..timeout=1 s", "--set:1:9: error: '' is not there"),
  ])
  func mistakesAreShownInTheOverride(argument: String, expected: String) throws {
    let outcome = ScenarioTexts.read(ScenarioTexts.everything, [try Override(argument)])
    #expect(outcome.spec == nil)
    #expect(outcome.rendered.contains(expected), "\(outcome.rendered)")
  }

  @Test(arguments: ["duration", "=3", ""])
  func anOverrideNeedsPathAndValue(argument: String) {
    #expect { try Override(argument) } throws: {
      ($0 as? Diagnostic)?.message.contains("is not PATH=VALUE") ?? false
    }
  }

  @Test func aPathOfThousandsOfPartsIsRefused() throws {
    let path = "functions.helper.work" + String(repeating: ".shifted.of", count: 50_000)
    let outcome = ScenarioTexts.read(ScenarioTexts.everything, [Override(path: path, value: "1 ms")])
    #expect(outcome.diagnostics.contains { $0.message.contains("more than 64 parts") })
  }
}

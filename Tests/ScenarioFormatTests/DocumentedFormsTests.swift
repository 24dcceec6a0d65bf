import ScenarioFormat
import Stochastics
import Testing

@Suite struct DocumentedFormsTests {
  @Test func everySectionIsDecoded() throws {
    let outcome = ScenarioTexts.read(ScenarioTexts.everything)
    let spec = try #require(outcome.spec, "\(outcome.rendered)")
    #expect(outcome.diagnostics.isEmpty)
    #expect(spec.name.value == "everything" && spec.seed == 42 && spec.replications == 2)
    #expect(spec.duration.value == 7_200_000_000_000 && spec.warmUp.value == 600_000_000_000)
    #expect(spec.clients.map(\.name.value).count == 9)
    #expect(spec.functions.map(\.name.value) == ["browse", "buy", "helper"])
    #expect(spec.stores.map(\.item) == [2_000, 2_000])
    #expect(spec.placements.map(\.name.value) == ["home", "near", "spread"])
    #expect(spec.faults.count == 4 && spec.objectives.count == 4 && spec.costs.amounts.count == 2)
  }

  @Test func clientsHaveWhatIsWritten() throws {
    let spec = try #require(ScenarioTexts.read(ScenarioTexts.everything).spec)
    let steady = spec.clients[0]
    #expect(steady.cities.map(\.weight) == [3, 1])
    #expect(steady.access.map(\.name.value) == ["4g"])  // from the defaults
    #expect(steady.timeout == 10_000_000_000)
    #expect(steady.calls.map(\.name.value) == ["browse", "buy"])
    #expect(steady.retry.attempts == 3 && steady.retry.failsOver && steady.retry.hasFullJitter)
    #expect(steady.connections?.handshake == .tls12 && steady.connections?.reuse == 0.8)
    let daily = spec.clients[1]
    #expect(daily.timeout == .max)
    #expect(daily.access.map(\.weight) == [0.6, 0.4])
    #expect(daily.connections?.handshake == .tls13 && daily.retry.attempts == 1)
    #expect(spec.clients[2].connections == nil)  // no access network, so no handshake unless it is written
    #expect(spec.clients[3].connections == nil)
    #expect(spec.clients[4].site?.value == "eu-west-1" && spec.clients[4].cities.isEmpty)
  }

  @Test func functionsHaveWhatIsWritten() throws {
    let spec = try #require(ScenarioTexts.read(ScenarioTexts.everything).spec)
    let browse = spec.functions[0]
    #expect(browse.memory?.value == 512 && browse.architecture == .arm && browse.package?.value == 3_000_000)
    #expect(browse.request == 600 && browse.response == 3_000 && browse.steps.count == 7)
    #expect(browse.initialisation?.value == .exponential(mean: 20e6))
    guard case .read(let read) = browse.steps[1].kind else { return #expect(Bool(false), "no read") }
    #expect(read.count == 4 && read.isParallel && read.size == 6_000)
    let helper = spec.functions[2]
    #expect(helper.memory?.value == 1_024)
    #expect(helper.steps.first?.work == .lognormal(median: 2e6, p99: 20e6))
  }

  @Test func faultsAndObjectivesHaveWhatIsWritten() throws {
    let spec = try #require(ScenarioTexts.read(ScenarioTexts.everything).spec)
    guard case .partition(let first, let second, let isForward) = spec.faults[1].kind else {
      return #expect(Bool(false), "no partition")
    }
    #expect(first.map(\.value) == ["steady", "lisbon"] && second.map(\.value) == ["region"] && isForward)
    #expect(spec.objectives.map { ($0.bound * 1e6).rounded() } == [300e12, 500e6, 999_000, 10_000])
    #expect(spec.objectives.map(\.isUpperBound) == [true, true, false, true])
    #expect(spec.objectives[0].metric == .latencyPercentile(0.95))
    #expect(spec.costs.amounts.map(\.perMonth) == [500, 100])
  }

  @Test(arguments: ScenarioTexts.laws)
  func everyFormOfALawIsRead(law: String) throws {
    let outcome = ScenarioTexts.read(ScenarioTexts.small(replacing: "work: 5 ms", with: "work: \(law)"))
    let spec = try #require(outcome.spec, "\(outcome.rendered)")
    let work = try #require(spec.functions[0].steps[0].work)
    #expect(work.validate() == nil && work.mean > 0.5e6 && work.mean < 60e6)
  }

  @Test func lawsMeanWhatTheySay() throws {
    func work(_ law: String) throws -> Distribution {
      let text = ScenarioTexts.small(replacing: "work: 5 ms", with: "work: \(law)")
      return try #require(ScenarioTexts.read(text).spec?.functions[0].steps[0].work)
    }
    #expect(try work("12 ms") == .constant(12e6))
    #expect(try work("{erlang: {shape: 4, mean: 8 ms}}") == .erlang(shape: 4, mean: 8e6))
    #expect(
      try work("{beta: {alpha: 2, beta: 5, from: 1 ms, to: 9 ms}}")
        == .beta(alpha: 2, beta: 5, low: 1e6, high: 9e6))
    #expect(try work("{shifted: {by: 5 ms, of: {exponential: {mean: 1 ms}}}}").mean == 6e6)
    let empirical = try work("{empirical: {p100: 12 ms, p0: 1 ms, p50: 2 ms}}")
    #expect(empirical.quantile(0.5) == 2e6 && empirical.quantile(1) == 12e6)
    let mixture = try work("{mixture: [{weight: 9, of: 1 ms}, {weight: 1, of: 11 ms}]}")
    #expect(abs(mixture.mean - 2e6) < 1)
  }

  @Test func theStarterIsValidAndRuns() throws {
    let scenario = try Compiled.scenario(StarterScenario.text(name: "hello"))
    #expect(scenario.name == "hello" && scenario.placements.count == 4)
  }

  @Test func defaultsAreMergedBelowEntries() throws {
    let text = """
      scenario: merged
      defaults: {functions: {steps: [{wait: 1 ms}], memory: 1 GB},
                 clients: {cities: lisbon, retry: {attempts: 5}}}
      clients:
        a: {arrivals: {poisson: {rate: 1/s}}, calls: f, retry: {backoff: 1 s}}
        b: {at: us-east-1, arrivals: {poisson: {rate: 1/s}}, calls: f}
      functions: {f: {work: 5 ms}}
      placements: {p: {f: {platform: lambda, at: us-east-1}}}
      """
    let spec = try #require(ScenarioTexts.read(text).spec, "\(ScenarioTexts.read(text).rendered)")
    #expect(spec.functions[0].steps.count == 1 && spec.functions[0].memory?.value == 1_024)
    #expect(spec.clients[0].retry.attempts == 3)  // the entry's own rule, whole
    #expect(spec.clients[1].retry.attempts == 5 && spec.clients[1].cities.isEmpty)
  }
}

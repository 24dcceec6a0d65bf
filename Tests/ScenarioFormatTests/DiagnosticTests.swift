import ScenarioFormat
import Testing

/// Every message of the reader, at its spot: 1️⃣ marks where it is expected.
@Suite struct DiagnosticTests {
  /// A marked text and what is expected at its marks, in order.
  private func check(
    _ marked: String, _ expected: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let scenario = MarkedScenario(marked)
    let diagnostics = (try? Compiled.diagnostics(scenario.text)) ?? []
    for (mark, sentence) in zip(scenario.marks, expected) {
      let found = diagnostics.contains { diagnostic in
        diagnostic.mark == mark
          && (diagnostic.message + (diagnostic.suggestion.map { "; did you mean '\($0)'?" } ?? "")).contains(
            sentence)
      }
      let seen = diagnostics.map { "\($0.mark.map { "\($0.line):\($0.column)" } ?? "-"): \($0.message)" }
      #expect(
        found, "no “\(sentence)” at \(mark.line):\(mark.column) among \(seen)", sourceLocation: sourceLocation
      )
    }
    #expect(scenario.marks.count == expected.count, sourceLocation: sourceLocation)
  }

  private func check(
    replacing old: String, with new: String, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(ScenarioTexts.small(replacing: old, with: new), expected, sourceLocation: sourceLocation)
  }

  @Test func yamlItself() {
    check("scenario: a\n1️⃣\tclients: b", "a tab cannot indent YAML; use spaces")
    check("scenario: a\nclients: {b: [1, 2\n1️⃣", "the list is not closed; a ',' or a ']' is missing")
    check(
      "scenario: a\nseed: 1\n1️⃣seed: 2", "the key 'seed' is written twice in one mapping; keep one of"
        + " the two")
    check("clients: {a: {b: 1, 1️⃣b: 2}}", "the key 'b' is written twice in one mapping")
    check("scenario: 1️⃣*nothing", "the alias points at nothing")
    check("scenario: 1️⃣!!binary a", "the tag 'tag:yaml.org,2002:binary' is not part of the")
    check(
      "scenario: a\n1️⃣--- \nscenario: b", "a second document ('---') begins here; a file holds one scenario")
    check("a: &b {c: 1}\nd: {1️⃣<<: *b}", "merge keys ('<<') are not part of the scenario language")
    check("1️⃣? a\n: b", "a key must be a plain word")
    check("{[a, b]1️⃣: c}", "a key must be a plain word")
    check("1️⃣[a, b]", "a scenario is a mapping, not a list")
    check("1️⃣hello", "a scenario is a mapping, not the text 'hello'")
  }

  @Test func keys() {
    check(
      replacing: "scenario: small", with: "scenario: small\n1️⃣sed: 3",
      "'sed' is not a key of a scenario; did you mean 'seed'?")
    check(
      replacing: "scenario: small", with: "scenario: small\n1️⃣zebra: 3",
      "'zebra' is not a key of a scenario; known: scenario")
    check(
      replacing: "scenario: small", with: "scenario: small\n1️⃣queues: {}",
      "'queues' is not supported in this version")
    check("1️⃣seed: 3", "a scenario needs the key 'clients' (who calls)")
    check(replacing: "work: 5 ms", with: "1️⃣work: ", "'work' has no value; give one, or remove the key")
    check(
      replacing: "{poisson: {rate: 5/s}}", with: "1️⃣{}", "the arrival process needs one of: poisson")
    check(
      replacing: "{poisson: {rate: 5/s}}", with: "{poisson: {rate: 5/s}, 1️⃣periodic: {every: 1 s}}",
      "the arrival process is one of poisson, periodic")
    check(
      replacing: "{memory: 256 MB, work: 5 ms}", with: "1️⃣5 ms", "a function is a mapping, not the text"
    )
  }

  @Test func quantities() {
    check(
      replacing: "5/s", with: "1️⃣5", "'5' has no unit; write a rate such as '40/s' (units: /s, /min"
    )
    check(replacing: "5/s", with: "1️⃣-5/s", "'-5/s' is negative; a rate is zero or more")
    check(replacing: "5/s", with: "1️⃣5 ms", "'5 ms' is a duration ('ms') where a rate belongs")
    check(replacing: "5/s", with: "1️⃣[5/s]", "a rate such as '40/s' belongs here, not a list")
    check(replacing: "256 MB", with: "1️⃣256 mb", "'mb' is not a unit of a memory size")
    check(replacing: "256 MB", with: "1️⃣0 MB", "a memory size above zero belongs here")
    check(replacing: "scenario: small", with: "scenario: small\nseed: 1️⃣1.5", "'1.5' is not whole")
    check(
      replacing: "scenario: small", with: "scenario: small\nreplications: 1️⃣0",
      "0 is out of range; a whole number from 1 to 10000")
    check(
      replacing: "calls: hello}", with: "calls: hello, connections: {reuse: 1️⃣1.2}}",
      "the text '1.2' is above 1; a share is between 0 and 1")
    check(
      replacing: "calls: hello}", with: "calls: hello, retry: {failover: 1️⃣maybe}}",
      "'maybe' is neither true nor false")
    check(
      replacing: "calls: hello}", with: "calls: hello, connections: {protocol: 1️⃣tls13}}",
      "'tls13' is not known here; write one of: tls1.3, tls1.2, quic, tcp, none; did you mean 'tls1.3'?")
  }

  @Test func names() {
    check(
      replacing: "scenario: small", with: "scenario: 1️⃣../up", "'../up' cannot name a directory of results")
    check(
      replacing: "calls: hello}", with: "calls: [hello, 1️⃣hello]}",
      "the function 'hello' is listed twice; use weights instead")
    check(
      replacing: "calls: hello}", with: "calls: 1️⃣{hello: 0}}",
      "no weight is above zero; give at least one function a weight")
    check(replacing: "cities: lisbon", with: "cities: 1️⃣[]", "the list is empty; name at least one city")
    check(
      replacing: "access: fibre", with: "access: 1️⃣{4g: 0.6, fibre: 0.5}",
      "the shares sum to 1.1; the shares of access networks sum to 1")
    check(
      replacing: "users: {cities", with: "users: 1️⃣{at: eu-west-1, cities", "needs either 'cities' or 'at'")
  }

  @Test func laws() {
    check(
      replacing: "work: 5 ms", with: "work: 1️⃣{median: 5 ms}", "given by median and p99, or by mean and cv")
    check(
      replacing: "work: 5 ms", with: "work: 1️⃣{lognormal: {median: 5 ms, p99: 1 ms}}",
      "this is no law of a time; lognormal")
    check(replacing: "work: 5 ms", with: "work: {1️⃣lognromal: {median: 5 ms}}", "did you mean 'lognormal'?")
    check(
      replacing: "work: 5 ms", with: "work: {gamma: 1️⃣{shape: 2, mean: 3 ms}}",
      "a gamma distribution is given by shape and scale, or by mean and cv")
    check(
      replacing: "work: 5 ms", with: "work: {empirical: {1️⃣half: 1 ms}}",
      "'half' is not a percentile; write p0, p50")
    check(
      replacing: "work: 5 ms", with: "work: {empirical: {samples: 1️⃣no/such.csv, unit: ms}}",
      "there is no file 'no/such.csv'")
    check(replacing: "work: 5 ms", with: "work: 1️⃣{mixture: []}", "mixture: at least one component")
    check(replacing: "work: 5 ms", with: "work: {erlang: {shape: 1️⃣0, mean: 1 ms}}", "0 is out of range")
  }

  @Test func stepsAndArrivals() {
    check(replacing: "work: 5 ms", with: "steps: [1️⃣{forward: hello}, {work: 1 ms}]", "the last step")
    check(replacing: "work: 5 ms", with: "steps: 1️⃣[]", "the list is empty; give at least one step")
    check(
      replacing: "{memory: 256 MB, work: 5 ms}", with: "1️⃣{memory: 256 MB}",
      "a function needs 'work' (its CPU time) or 'steps'")
    check(
      replacing: "work: 5 ms", with: "steps: [{1️⃣publish: topic}]",
      "'publish' is not supported in this version")
    check(replacing: "{rate: 5/s}", with: "1️⃣{}", "a Poisson process needs 'rate'")
    check(
      replacing: "{rate: 5/s}", with: "{rates: [{until: 2 s, rate: 1/s}, {until: 1️⃣1 s, rate: 1/s}]}",
      "this stretch ends before the one above it")
    check(replacing: "{rate: 5/s}", with: "{rate: 5/s, profile: 1️⃣[1, 2]}", "a profile has 24 numbers")
    check(
      replacing: "{poisson: {rate: 5/s}}", with: "{timestamps: [2 s, 1️⃣1 s]}",
      "this instant is before the one above it")
    check(
      replacing: "{poisson: {rate: 5/s}}", with: "{renewal: 1️⃣0 s}",
      "the gaps have mean zero, so arrivals never end")
    check(
      replacing: "{poisson: {rate: 5/s}}", with: "{periodic: {every: 1️⃣0 s}}",
      "a duration above zero belongs here")
  }

  @Test func faultsAndObjectives() {
    func fault(_ text: String, _ expected: String) {
      check(ScenarioTexts.small + "\nfaults: [\(text)]\n", expected)
    }
    fault("1️⃣{from: 1 s, for: 1 s}", "a fault is one of: partition, outage, degradation")
    fault(
      "{partition: {between: 1️⃣[lisbon]}, from: 1 s, for: 1 s}",
      "two sides belong here, as in [nearest edge, us-east-1]")
    fault("{partition: {between: [lisbon, 1️⃣us-esat-1]}, from: 1 s, for: 1 s}", "did you mean 'us-east-1'?")
    fault("1️⃣{outage: {site: eu-west-1}, from: 1 s}", "a fault needs the key 'for'")
    fault("{degradation: {between: [a, b], latency: 1️⃣0.5}, from: 1 s, for: 1 s}", "a number from 1 to 1000")
    fault("{outage: {site: eu-west-1}, from: 1️⃣2 h, for: 1 s}", "begins when the run (1 h) is over")
    fault(
      "1️⃣{outage: {site: us-east-1}, from: 2 s, for: 1 s}",
      "this fault touches nothing that any placement uses")
    func objective(_ text: String, _ expected: String) {
      check(ScenarioTexts.small + "\nobjectives: [\(text)]\n", expected)
    }
    objective("{metric: 1️⃣latency.p95x, below: 1 s}", "did you mean 'latency.p95'?")
    objective(
      "{metric: latency.p95, below: 1️⃣5 USD}", "'5 USD' is an amount of money ('USD') where a duration"
        + " belongs"
    )
    objective("1️⃣{metric: availability}", "an objective needs either 'below' or 'above'")
    objective(
      "{metric: availability, above: 0.9, clients: 1️⃣user}",
      "there is no client population 'user' in this scenario; did you mean 'users'?")
    objective(
      "{metric: cost.month, below: 5 USD, clients: 1️⃣users}",
      "'cost.month' is known of all clients together only; leave 'clients' out")
    objective("{metric: availability, above: 1️⃣99.9}", "'99.9' is no share; write one from 0 % to 100 %")
    objective("{metric: coldstart.ratio, below: 1️⃣150 %}", "'150 %' is no share; write one from 0 % to 100 %")
  }

  @Test func everythingIsReportedInOnePass() throws {
    let marked = """
      scenario: many
      seed: 1️⃣-1
      clients:
        users: {cities: lisbon, arrivals: {poisson: {rate: 2️⃣5}}, calls: hello}
      functions:
        hello: {memory: 3️⃣256, work: 5 ms}
      placements:
        region: {4️⃣helo: {platform: lambda, at: eu-west-1}}
      """
    check(marked, "negative", "'5' has no unit", "'256' has no unit", "did you mean 'hello'?")
  }

  @Test func aDiagnosticShowsTheLineAndTheSpot() throws {
    let outcome = ScenarioTexts.read("scenario: small\nsed: 3\n")
    let rendered = outcome.rendered
    #expect(
      rendered.contains(
        "test.yaml:2:1: error: 'sed' is not a key of a scenario; did you mean 'seed'?\n    sed: 3\n    ^"))
  }

  @Test func whatTheFileSaysCannotDriveTheTerminal() {
    let outcome = ScenarioTexts.read("scenario: \"\\e[2Jgone\"\n\"\\e]0;x\\a\": 1\n")
    #expect(!outcome.rendered.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 })
    #expect(outcome.rendered.contains("is not a key of a scenario"))
  }

  @Test func errorsComeBeforeWarningsInTheOrderOfTheFile() {
    let renderer = DiagnosticRenderer(texts: [])
    let list = [
      Diagnostic(rule: "w", severity: .warning, at: SourceMark(line: 1, column: 1), "first line"),
      Diagnostic(rule: "e", at: SourceMark(line: 9, column: 2), "later"),
      Diagnostic(rule: "e", at: SourceMark(line: 9, column: 1), "earlier"),
    ]
    let lines = renderer.render(list).split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "scenario:9:1: error: earlier", "scenario:9:2: error: later", "scenario:1:1: warning: first line",
      ])
  }
}

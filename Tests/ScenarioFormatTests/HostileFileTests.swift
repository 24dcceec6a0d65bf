import ScenarioFormat
import Testing

/// Files that somebody hands to the tool by mistake or on purpose: each must end in a clear diagnostic.
@Suite struct HostileFileTests {
  /// Checks that reading fails with sentences a person can act on.
  private func expectRefused(
    _ bytes: [UInt8], _ sentence: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let outcome = ScenarioReader.read(name: "hostile.yaml", bytes: bytes)
    #expect(outcome.spec == nil, sourceLocation: sourceLocation)
    checkQuality(of: outcome, sourceLocation)
    guard let sentence else { return }
    #expect(
      outcome.rendered.contains(sentence), "\(outcome.rendered.prefix(600))", sourceLocation: sourceLocation)
  }

  private func checkQuality(of outcome: ScenarioReader.Outcome, _ sourceLocation: SourceLocation) {
    #expect(outcome.diagnostics.contains { $0.severity == .error }, sourceLocation: sourceLocation)
    #expect(outcome.rendered.hasPrefix("hostile.yaml:"), sourceLocation: sourceLocation)
    #expect(outcome.rendered.utf8.count < 200_000, sourceLocation: sourceLocation)
    for diagnostic in outcome.diagnostics {
      #expect(
        diagnostic.message.utf8.count < 1_000 && diagnostic.message.count > 8, sourceLocation: sourceLocation)
      for word in ["Optional(", "nil", "Swift.", "fatal"] {
        #expect(!diagnostic.message.contains(word), "\(diagnostic.message)", sourceLocation: sourceLocation)
      }
      guard let mark = diagnostic.mark, let text = outcome.texts.first else { continue }
      #expect(
        mark.line >= 1 && mark.line <= text.lines.count && mark.column >= 1, sourceLocation: sourceLocation)
    }
  }

  private func expectRefused(
    _ text: String, _ sentence: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectRefused(Array(text.utf8), sentence, sourceLocation: sourceLocation)
  }

  @Test func filesWithoutText() {
    expectRefused([], "the file is empty")
    expectRefused("   \n\n  ", "the file is empty")
    expectRefused("# only a comment\n", "the file is empty")
    expectRefused([0xEF, 0xBB, 0xBF], "the file is empty")
    expectRefused([0x7F, 0x45, 0x4C, 0x46, 0, 0, 1], "this is a binary file")
    expectRefused([0xFF, 0xFE, 0x73, 0, 0x63, 0], "this is a binary file")
    expectRefused([0x73, 0xC3, 0x28], "the file is not UTF-8 text")
    expectRefused([0xF0, 0x9F, 0x92], "the file is not UTF-8 text")
    expectRefused(
      "scenario: a\u{7}b", "hostile.yaml:1:12: error: the character U+7 cannot be part of a scenario")
    expectRefused("scenario: \u{1B}[31mred", "the character U+1B cannot be part")
    expectRefused("scenario: a\u{2028}b", "the character U+2028 cannot be part")
    expectRefused("scenario: a\u{85}b", "the character U+85 cannot be part")
    expectRefused("scenario: a\u{FEFF}b", "the character U+FEFF cannot be part")
    expectRefused([UInt8](repeating: UInt8(ascii: "a"), count: 5_000_000), "the file is larger than 4 MiB")
    expectRefused([UInt8](repeating: UInt8(ascii: "["), count: 10_000_000), "the file is larger than 4 MiB")
  }

  @Test func nestingWithoutEnd() {
    let deep = "the nesting is deeper than 64 levels"
    expectRefused(String(repeating: "[", count: 4_000_000), deep)
    expectRefused(String(repeating: "{", count: 1_000_000), deep)
    expectRefused(String(repeating: "{a: ", count: 1_000_000), deep)
    expectRefused(String(repeating: "[\n", count: 1_000_000), deep)
    expectRefused(String(repeating: "- ", count: 1_000_000), deep)
    expectRefused(String(repeating: "? ", count: 1_000_000), "a key must be a plain word")
    expectRefused((0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), deep)
    expectRefused((0..<200).map { String(repeating: " ", count: $0) + "-\n" }.joined(), deep)
    expectRefused("a: " + String(repeating: "[{b: ", count: 100) + "1", deep)
    expectRefused("'" + String(repeating: "[", count: 1_000_000))
    expectRefused("scenario: \"" + String(repeating: "{", count: 1_000_000))
  }

  @Test func aliasesThatExplode() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let list = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(list)]\n"
    }
    expectRefused(bomb, "more than 200,000 values once its aliases are expanded")
    expectRefused("a: &a [*a]", "the alias points at nothing")
    expectRefused("a: &a {b: *a}", "the alias points at nothing")
    expectRefused("a: &a 1\n*a : 2", "a key must be a plain word")
    expectRefused("a: &a [1]\nb: {*a : 2}", "a key must be a plain word")
    expectRefused("a: &a {x: 1}\nb: {<<: *a}", "merge keys")
  }

  /// Text that is not YAML, or not the YAML of a scenario.
  static let broken = [
    "---", "...", "--- ---", "%YAML 9.9\n---\na: 1", "%TAG ! tag:x,2000:\n---\na: 1", "a: b\n---\nc: d", "[",
    "]", "{", "}",
    "{a", "{a:", "{a: 1", "{a: 1,", "[1, 2", "a: [1, 2}", "a: {b: 1]", "a: 'x", "a: \"x", "a: \"\\q\"",
    "a: \"\\x\"",
    "a: \"\\uD800\"", "a:\n\tb: 1", "\ta: 1", "a: 1\n b: 2", "a:\n  b: 1\n c: 2", "a: 1: 2", "a: b: c",
    "- a\nb: 1",
    "a: 1\n- b", "a: - b", ": 1", ":", "a: *b", "a: &b", "a: & b", "a: *", "a: !", "a: !!", "a: !<",
    "a: !!python/object:os.system 1",
    "a: !!int x", "a: |\nb", "a: >\n- b", "a: |9\n  x", "a: %b", "a: @b", "a: `b`", "a: ,b", "? a",
    "? [a]\n: b", "[a]: b", "{a: 1}: b",
    "a: 1\na: 2", "a: {b: 1, b: 2}", "'a': 1\n\"a\": 2", "a: 1\r\na: 2\r\n", "null", "~", "true", "42", "[]",
    "{}", "[a, b, c]", "- - - a", "\"text\"",
    "<xml/>", "{\"json\": true}", "key = value", "[section]\nkey = value", "#!/bin/sh\necho hi",
    "def f():\n  return 1",
    "scenario", "scenario:", "scenario: []", "scenario: {}", "scenario: ''", "scenario: a/b", "scenario: ..",
    "scenario: .hidden",
    "scenario: -rf", "scenario: '=cmd()|x'", "scenario: <script>", "scenario: \"a\\nb\"", "scenario: \"\\0\"",
    "SCENARIO: a", "Scenario: a", "scenario : a\nclients : {}", "🦄: 🦄", "\u{202E}scenario: a",
    "clients:\nfunctions:\nplacements:\nscenario: a",
    "scenario: a\nclients: []\nfunctions: []\nplacements: []",
    "scenario: a\nclients: {}\nfunctions: {}\nplacements: {}",
    "scenario: a\nclients: {'': {}}\nfunctions: {f: {work: 1 ms}}\nplacements: {}",
    "scenario: a\nclients: {a: null}\nfunctions: {f: null}\nplacements: {p: null}",
    "scenario: a\nclients: 1\nfunctions: 2\nplacements: 3\nfaults: 4\nobjectives: 5\ncosts: 6\nstores:"
      + " 7\ngateways: 8\ndefaults: 9",
    "scenario: a\ndefaults: {clients: [], functions: 1, zebras: {}}",
  ]

  @Test(arguments: broken)
  func brokenTextIsRefused(text: String) { expectRefused(text) }

  /// A value of the scenario of one of each form, and what stands there.
  static let spots = [
    "seed: 42", "duration: 2 h", "warmup: 10 min", "replications: 2", "rate: 4/s", "attempts: 3, backoff",
    "backoff: 100 ms",
    "factor: 2", "cap: 20 s", "jitter: full", "failover: true", "protocol: tls1.2", "reuse: 0.8",
    "every: 1 s", "quiet: 0.5/s",
    "quietFor: 20 s", "package: 3 MB", "request: 600 B", "count: 4", "parallel: true", "memory: 1 GB",
    "burst: 100",
    "keepAlive: 600 s", "selection: newest", "concurrency: 500", "requestsPerInstance: 10",
    "overlapHandshake: false",
    "latency: 3", "loss: 0.05", "for: 5 min", "direction: forward", "answer: refuse", "metric: cost.month",
    "above: 99.9 %",
  ]

  /// What must not stand in any of those spots.
  static let values = [
    "", "[]", "{}", "{a: {b: [c]}}", "-1", "-1 s", "NaN", ".inf", "1e999", "1e999 s",
    "99999999999999999999999", "'' ", "🦄",
    "*undefined", "!!set {a}", "'12 ms' x", "0x1F", "1_000", "12 parsecs", "=1+1", "\"\\u0000\"",
    "{{template}}", "${HOME}",
  ]

  @Test(arguments: spots)
  func aHostileValueIsRefusedAnywhere(spot: String) throws {
    let text = ScenarioTexts.everything
    #expect(text.contains(spot))
    let key = String(spot.prefix { $0 != ":" })
    for value in Self.values {
      let tail = spot.hasSuffix(", backoff") ? ", backoff" : ""
      expectRefused(text.replacingFirst(spot, with: "\(key): \(value)\(tail)"))
    }
  }

  @Test func thereAreMoreThanTwoHundred() {
    #expect(Self.broken.count + Self.spots.count * Self.values.count > 200)
    #expect(Set(Self.broken).count == Self.broken.count)
  }

  @Test func hugeButShallowFilesEnd() {
    expectRefused((0..<50_000).map { "key\($0): 1\n" }.joined(), "'key0' is not a key of a scenario")
    expectRefused(
      "clients: {" + (0..<50_000).map { "c\($0): {}" }.joined(separator: ", ") + "}",
      "a section has at most 1000")
    expectRefused("a: [" + String(repeating: "1,", count: 300_000) + "1]", "more than 200,000 values")
    expectRefused(String(repeating: "x", count: 100_000) + ": 1", "a ':' cannot stand here")
    expectRefused(String(repeating: "x", count: 1_000) + ": 1", "is not a key of a scenario")
    expectRefused(
      "scenario: " + String(repeating: "y", count: 1_000_000), "cannot be used; a name has 1 to 100 visible")
  }

  @Test func lineEndsOfAllKindsCountAlike() {
    for end in ["\n", "\r\n", "\r"] {
      let outcome = ScenarioTexts.read("scenario: a\(end)# b\(end)sed: 1\(end)")
      #expect(outcome.rendered.contains("test.yaml:3:1: error: 'sed'"), "\(outcome.rendered)")
    }
  }
}

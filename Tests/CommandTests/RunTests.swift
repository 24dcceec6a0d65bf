import CommandTestSupport
import Foundation
import Testing

@Suite struct RunTests {
  static let resultFiles = [
    "availability.csv", "cold_starts.csv", "composition.csv", "cost.csv", "differences.csv", "latency.csv",
    "manifest.json", "meters.csv", "queues.csv", "scenario.yaml", "summary.csv", "tco.csv", "timeline.csv",
  ]

  @Test func printsOneTableAndWritesTheResults() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", in: folder)
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("placement  requests_count  availability_ratio  latency_mean_ms") == true)
    #expect(lines.dropFirst().first?.hasPrefix("near ") == true)
    #expect(lines.dropFirst(2).first?.hasPrefix("far ") == true)
    #expect(lines.contains("objectives"))
    #expect(lines.filter { $0.hasPrefix("  met     latency.p95 below 10 s by ") }.count == 2)
    #expect(folder.names(in: "results/tiny") == Self.resultFiles)
    #expect(folder.names(in: "results") == ["tiny"])
  }

  @Test func oneLineOnStandardErrorSaysHowFastItWas() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", in: folder)
    let line = try #require(outcome.errors.split(separator: "\n").first)
    let pattern = /simulated [0-9]+ requests in [0-9]+\.[0-9]{3} s: [0-9]+ requests\/s per core, [0-9]+ MB/
    #expect(line.wholeMatch(of: pattern) != nil, "\(line)")
    #expect(try Command.run("run", "tiny.yaml", "--quiet", in: folder).errors == "")
  }

  @Test func aWarmUpThatIsTooShortIsNoticed() throws {
    let folder = try Folder()
    try folder.write(Scenarios.settling, to: "settling.yaml")
    let short = try Command.run("run", "settling.yaml", in: folder)
    #expect(short.errors.contains("warning: slow: the mean latency still settles after the warm-up; set 'warmup' to"))
    let long = try Command.run("run", "settling.yaml", "--set", "warmup=15 min", in: folder)
    #expect(!long.errors.contains("settles"))
  }

  /// Twenty requests at once compute for 100 ms each; an instance has a vCPU.
  @Test func instancesThatComputeMoreThanTheyCanAreNoticed() throws {
    let folder = try Folder()
    try folder.write(
      """
      scenario: crowded
      duration: 60 s
      replications: 1
      catalog: world-2025
      clients:
        web: {cities: [london], access: fibre, arrivals: {poisson: {rate: 200/s}}, calls: hello}
      functions:
        hello: {runtime: nodejs, memory: 256 MB, work: 100 ms}
      placements:
        azure: {hello: {platform: azure-functions, at: uksouth}}

      """, to: "crowded.yaml")
    let crowded = try Command.run("run", "crowded.yaml", in: folder)
    #expect(
      crowded.errors.contains("warning: azure: the requests of an instance of 'hello' at uksouth use"),
      "\(crowded.errors)")
    let change = "placements.azure.hello.platform={like: azure-functions, requestsPerInstance: 1}"
    #expect(!(try Command.run("run", "crowded.yaml", "--set", change, in: folder).errors.contains("vCPUs at once")))
  }

  @Test func csvIsTheSummaryFile() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--quiet", "--format", "csv", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.output == (try folder.text("results/tiny/summary.csv")))
    #expect(outcome.output.split(whereSeparator: \.isNewline).count == 3)
  }

  @Test func jsonIsReadByAnyReader() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--quiet", "--format", "json", in: folder)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["placement"] as? String } == ["near", "far"])
    let near = try #require(rows.first?["latency_mean_ms"] as? Double)
    let far = try #require(rows.last?["latency_mean_ms"] as? Double)
    #expect(near < far)
  }

  @Test func markdownIsATable() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--quiet", "--format", "markdown", in: folder)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.hasPrefix("| ") && $0.hasSuffix(" |") })
    #expect(Set(lines.map { line in line.count { $0 == "|" } }).count == 1)
  }

  @Test func seedAndReplicationsReachTheManifest() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--seed", "99", "--replications", "3", in: folder)
    #expect(outcome.code == 0)
    let manifest = try folder.text("results/tiny/manifest.json")
    #expect(manifest.contains("\"seed\": 99,"))
    #expect(manifest.contains("\"replications\": 3,"))
  }

  @Test func anotherSeedIsOtherLuck() throws {
    let folder = try Scenarios.tinyFolder()
    let first = try Command.run("run", "tiny.yaml", "--format", "csv", in: folder)
    let second = try Command.run("run", "tiny.yaml", "--format", "csv", "--seed", "8", in: folder)
    #expect(first.output != second.output)
  }

  @Test func setChangesAValue() throws {
    let folder = try Scenarios.tinyFolder()
    let set = ["--set", "clients.web.arrivals.poisson.rate=50/s", "--set", "duration=60 s"]
    let outcome = try Command.run(["run", "tiny.yaml", "--format", "json"] + set, in: folder)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    let requests = try #require(rows.first?["requests_count"] as? Int)
    #expect((4_500...5_500).contains(requests), "2 × 50 s × 50/s, not \(requests)")
  }

  @Test(arguments: [
    ("nope=1", "'nope' is not there", Int32(65)), ("duration=5", "'5' has no unit", 65),
    ("seed", "is not PATH=VALUE", 64),
  ])
  func aBadSetIsExplained(set: String, words: String, code: Int32) throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--set", set, in: folder)
    #expect(outcome.code == code)
    #expect(outcome.errors.contains("error: ") && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output == "")
    #expect(folder.names() == ["tiny.yaml"])
  }

  @Test func outNamesTheFolderOfResults() throws {
    let folder = try Scenarios.tinyFolder()
    #expect(try Command.run("run", "tiny.yaml", "--out", "deep/down", in: folder).code == 0)
    #expect(folder.names(in: "deep/down/tiny") == Self.resultFiles)
    #expect(folder.names() == ["deep", "tiny.yaml"])
  }

  @Test func checkFailsWithAnObjectiveNotMet() throws {
    let folder = try Scenarios.tinyFolder()
    let impossible = ["run", "tiny.yaml", "--set", "objectives.0.below=1 ms"]
    #expect(try Command.run("run", "tiny.yaml", "--check", in: folder).code == 0)
    #expect(try Command.run(impossible, in: folder).code == 0)
    let outcome = try Command.run(impossible + ["--check"], in: folder)
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("  NOT MET latency.p95 below 1 ms by near: "))
    #expect(folder.names(in: "results/tiny") == Self.resultFiles)
  }

  @Test(arguments: ["1", "2"]) func verifyRunsTwice(jobs: String) throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--verify", "--jobs", jobs, in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("agree in every event (digest "))
  }

  @Test func severalFilesAreSeveralResults() throws {
    let folder = try Scenarios.tinyFolder()
    try folder.write(Scenarios.oddNames, to: "odd.yaml")
    let outcome = try Command.run("run", "tiny.yaml", "odd.yaml", in: folder)
    #expect(outcome.code == 0)
    #expect(folder.names(in: "results") == ["odd", "tiny"])
  }
}

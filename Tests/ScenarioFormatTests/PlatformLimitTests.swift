import Catalog
import Foundation
import ScenarioFormat
import Testing

/// Every platform's limits, as its catalog entry states them: accepted at the limit, refused one past it, with the
/// limit and its source.
@Suite struct PlatformLimitTests {
  static let catalog = Compiled.today

  /// Platforms on which functions run, with a place and a runtime for each.
  static let platforms: [(name: String, at: String, runtime: String)] = [
    ("lambda", "us-east-1", "nodejs"), ("lambda-arm", "us-east-1", "nodejs"),
    ("lambda@edge", "nearest edge", "nodejs"), ("lambda@edge-viewer", "nearest edge", "nodejs"),
    ("azure-functions", "eastus", "nodejs"), ("azure-premium", "eastus", "nodejs"), ("azure-flex", "eastus", "nodejs"),
    ("google-functions-1", "nearest region", "nodejs"), ("google-functions-2", "nearest region", "nodejs"),
    ("openwhisk", "us-east-1", "nodejs"), ("ibm-functions", "us-east-1", "nodejs"),
    ("workers", "nearest edge", "nodejs"), ("cloudfront-functions", "nearest edge", "nodejs"),
    ("fastly-compute", "nearest edge", "wasm"),
    ("greengrass-on-demand", "gateway", "nodejs"), ("greengrass-long-lived", "gateway", "nodejs"),
  ]

  private func scenario(
    _ platform: (name: String, at: String, runtime: String), function: String = "", overrides: String = ""
  ) -> String {
    """
    scenario: limits
    clients:
      a: {cities: lisbon, arrivals: {poisson: {rate: 1/s}}, calls: f}
    functions:
      f: {work: 0.1 ms, runtime: \(platform.runtime), package: 5 KB, request: 1 KB, response: 1 KB\(function)}
    sites:
      gateway: {kind: gateway, city: lisbon, parent: eu-west-1}
    placements:
      p: {f: {platform: {like: \(platform.name)\(overrides)}, at: \(platform.at)}}
    """
  }

  private func errors(_ text: String) throws -> [Diagnostic] {
    let outcome = ScenarioTexts.read(text)
    guard let spec = outcome.spec else { return outcome.diagnostics }
    return ScenarioCompiler.compile(spec, try Self.catalog.get()).diagnostics.filter { $0.severity == .error }
  }

  /// Keys of a function, by the property that limits them: what to write at the limit and one past it.
  private static let keys: [(PlatformProperty, @Sendable (Double) -> (at: String, past: String))] = [
    (.memoryMaximum, { ("memory: \(short($0)) MB", "memory: \(short($0 + 1)) MB") }),
    (.memoryMinimum, { ("memory: \(short($0)) MB", "memory: \(short($0 - 1)) MB") }),
    (.timeoutMaximum, { ("timeout: \(short($0 * 1e9)) ns", "timeout: \(short($0 * 1e9 + 1)) ns") }),
    (.requestMaximum, { ("request: \(short($0 * 1e6)) B", "request: \(short($0 * 1e6 + 1)) B") }),
    (.responseMaximum, { ("response: \(short($0 * 1e6)) B", "response: \(short($0 * 1e6 + 1)) B") }),
    (.ephemeralMaximum, { ("ephemeral: \(short($0)) MB", "ephemeral: \(short($0 + 1)) MB") }),
    (.ephemeralIncluded, { ("ephemeral: \(short($0)) MB", "ephemeral: \(short($0 - 1)) MB") }),
    (.packageMaximum, {
      ("packaging: zip, package: \(short($0 * 1e6)) B", "packaging: zip, package: \(short($0 * 1e6 + 1)) B")
    }),
    (.imageMaximum, {
      ("packaging: image, package: \(short($0 * 1e6)) B", "packaging: image, package: \(short($0 * 1e6 + 1)) B")
    }),
    (.cpuTimeMaximum, { ("work: \(short($0 * 1e6)) ns", "work: \(short($0 * 1e6 + 1)) ns") }),
  ]

  private static func short(_ value: Double) -> String { String(Int64(value.rounded())) }

  @Test(arguments: platforms.map(\.name))
  func functionsAreAcceptedAtTheLimitAndRefusedPastIt(_ name: String) throws {
    let platform = try #require(Self.platforms.first { $0.name == name })
    let entry = try #require(try Self.catalog.get().platform(name))
    var tried = 0
    for (property, texts) in Self.keys {
      guard let limit = entry.limit(property), limit.value > 0 else { continue }
      // Isolates have the one size that they have, and a least size of one megabyte has nothing below it.
      if property == .memoryMinimum && limit.value <= 1 { continue }
      if entry.behaviour == .isolate && (property == .memoryMinimum || property == .memoryMaximum) { continue }
      tried += 1
      let (at, past) = texts(limit.value)
      let accepted = try errors(Self.merged(scenario(platform), at))
      #expect(accepted.isEmpty, "\(name), \(at): \(accepted.map(\.message))")
      let refused = try errors(Self.merged(scenario(platform), past))
      #expect(refused.map(\.rule) == ["platform-limit"], "\(name), \(past): \(refused.map(\.message))")
      #expect(
        refused.first?.notes.contains { $0.contains("source: ") } == true, "\(name), \(past): no source")
    }
    // A gateway limits what runs there by its size only.
    #expect(tried >= (name.hasPrefix("greengrass") ? 1 : 3), "\(name)")
  }

  /// The function's line with a few keys written instead of those it has.
  private static func merged(_ text: String, _ keys: String) -> String {
    var result = text
    for pair in keys.components(separatedBy: ", ") {
      let key = pair.prefix { $0 != ":" }
      let lines = result.components(separatedBy: "\n").map { line in
        guard line.hasPrefix("  f: {") else { return line }
        let kept = line.dropFirst("  f: {".count).dropLast().components(separatedBy: ", ").filter {
          !$0.hasPrefix("\(key):")
        }
        return "  f: {" + (kept + [pair]).joined(separator: ", ") + "}"
      }
      result = lines.joined(separator: "\n")
    }
    return result
  }

  @Test func requestsOfAnInstance() throws {
    let google = try #require(Self.platforms.first { $0.name == "google-functions-2" })
    #expect(try errors(scenario(google, overrides: ", requestsPerInstance: 1000")).isEmpty)
    let refused = try errors(scenario(google, overrides: ", requestsPerInstance: 1001"))
    #expect(refused.map(\.rule) == ["platform-limit"])
    #expect(refused.first?.message.contains("the most is 1000") == true)
  }

  /// Sizes that are sold one by one: those, and nothing between them.
  @Test(arguments: ["google-functions-1", "azure-flex"]) func memorySizes(_ name: String) throws {
    let platform = try #require(Self.platforms.first { $0.name == name })
    for size in try #require(try Self.catalog.get().platform(name)).memorySizes {
      #expect(try errors(scenario(platform, function: ", memory: \(Int(size)) MB")).isEmpty, "\(size)")
    }
    let refused = try errors(scenario(platform, function: ", memory: 1769 MB"))
    #expect(refused.map(\.rule) == ["platform-limit"])
    #expect(refused.first?.message.contains("sizes are ") == true && refused.first?.notes.isEmpty == false)
  }

  /// Ten requests a second for each unit of concurrency; a raised quota raises it. What is above draws a warning.
  @Test(arguments: [(10_000, "", false), (10_001, "", true), (10_001, ", concurrency: 1001", false)])
  func requestRates(rate: Int, overrides: String, warns: Bool) throws {
    let text = scenario(Self.platforms[0], overrides: overrides)
      .replacingOccurrences(of: "rate: 1/s", with: "rate: \(rate)/s")
    let warnings = ScenarioCompiler.compile(try #require(ScenarioTexts.read(text).spec), try Self.catalog.get())
      .diagnostics.filter { $0.rule == "overload" && $0.message.contains("takes 10000 in a region") }
    #expect(warnings.count == (warns ? 1 : 0))
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.notes.contains { $0.contains("source: ") } })
  }

  @Test(arguments: [
    ("aws-lambda", "us-east-1", "lambda", ""), ("gcf", "us-east1", "google-functions-1", ""),
    ("lambda", "eastus", nil, "world-2025 has it: write 'catalog: world-2025'"),
    ("azure-flex", "us-east-1", nil, "world-2025 has it: write 'catalog: world-2025'"),
  ])
  func namesOfOthersLeadToTheRightOnes(platform: String, site: String, suggestion: String?, note: String) throws {
    let spec = try #require(ScenarioTexts.read(scenario((platform, site, "nodejs"))).spec)
    let errors = ScenarioCompiler.compile(spec, try Catalog.load("world-2021")).diagnostics
    #expect(suggestion == nil || errors.contains { $0.suggestion == suggestion }, "\(errors.map(\.message))")
    #expect(note == "" || errors.contains { $0.notes.contains(note) }, "\(errors.map(\.notes))")
  }

  /// 100 of an account's 1,000 stay unreserved.
  @Test func reservations() throws {
    let lambda = Self.platforms[0]
    #expect(try errors(scenario(lambda, function: ", reserved: 900")).isEmpty)
    let refused = try errors(scenario(lambda, function: ", reserved: 901"))
    #expect(refused.map(\.rule) == ["reserved-concurrency"])
    #expect(refused.first?.notes.first?.contains("100 stay unreserved") == true)
  }

  /// A new managed platform is a few rows of data: behaviour like another one's, with limits of its own.
  @Test func anEntryOfTheCatalogMakesAPlatform() throws {
    let directory = NSTemporaryDirectory() + "perigee-platform-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let rows = """
      platform,property,value,unit,source,as_of
      nimbus,like,google-functions-1,,own,2026
      nimbus,provider,any,,own,2026
      nimbus,memory_maximum,3000,MB,own price list,2026
      nimbus,memory_step,1,MB,own,2026
      nimbus,keep_alive_law,aws-2021,,own,2026
      nimbus,maximum_age,7200,s,own,2026
      nimbus,memory_per_site,6000,MB,own,2026

      """
    try rows.write(toFile: directory + "/platforms.csv", atomically: true, encoding: .utf8)
    let catalog = try Catalog.load("world-2021", overlays: [directory])
    func compile(_ memory: Int) throws -> Compilation {
      let text = scenario(("nimbus", "us-east-1", "nodejs"), function: ", memory: \(memory) MB")
      return ScenarioCompiler.compile(try #require(ScenarioTexts.read(text).spec), catalog)
    }
    let plan = try #require(try compile(3000).scenario).placements[0].plan
    #expect(plan.lifetimes.map(\.kind) == [.law] && plan.lifetimes[0].maximumAge == 7_200_000_000_000)
    #expect(plan.sites[0].memoryCapacity == 6_000 && plan.deployments[0].footprint == 3_000)
    let refused = try compile(3001).diagnostics
    #expect(refused.map(\.message).contains { $0.contains("the most is 3000 MB") })
    #expect(refused.flatMap(\.notes).contains("source: own price list (2026)"))
  }
}

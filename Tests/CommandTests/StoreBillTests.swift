import CommandTestSupport
import Foundation
import Testing

/// What functions read and write is on the bill of the store's service, or a warning says that it is not.
@Suite struct StoreBillTests {
  private func run(_ service: String, item: String, at place: String, region: String) throws -> (
    meters: [String: Int], errors: String
  ) {
    let folder = try Folder()
    try folder.write(
      """
      scenario: stored
      seed: 5
      duration: 60 s
      replications: 1
      clients:
        web: {cities: [london], access: fibre, arrivals: {periodic: {every: 100 ms}}, calls: keep}
      functions:
        keep: {runtime: nodejs, memory: 256 MB, steps: [read: {store: box, count: 3}, write: box]}
      stores:
        box: {service: \(service), item: \(item), at: \(place)}
      placements:
        one: {keep: {platform: lambda, at: \(region)}}

      """, to: "stored.yaml")
    let result = try Command.run("run", "stored.yaml", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return (try folder.meters(of: "stored"), result.errors)
  }

  @Test(arguments: [
    // Table: units of 4 KB read and of 1 KB written; objects and keys: operations; durable objects: units of 4 KB.
    ("dynamodb", "dynamodb", 9_000, "eu-west-1", 3, 9), ("s3", "s3", 9_000, "eu-west-1", 1, 1),
    ("workers-kv", "workers-kv", 9_000, "cloudflare/LHR", 1, 1),
    ("durable-objects", "durable-objects", 9_000, "cloudflare/LHR", 3, 3),
  ])
  func unitsFollowTheOperations(
    service: String, prefix: String, bytes: Int, place: String, unitsRead: Int, unitsWritten: Int
  ) throws {
    let (meters, errors) = try run(service, item: "\(bytes) B", at: place, region: "eu-west-1")
    let requests = try #require(meters["lambda.requests"])
    #expect(requests > 590)
    #expect(meters["\(prefix).read-units"] == 3 * requests * unitsRead)
    // One of the slowest writes to a key-value store may be tried twice.
    let written = try #require(meters["\(prefix).write-units"])
    #expect((requests * unitsWritten...requests * unitsWritten * 101 / 100).contains(written), "\(written)")
    #expect(!errors.contains("has no price"), "\(errors)")
  }

  /// A request each second for ten minutes, three attempts each: none arrives while the store is down, and all arrive
  /// where its answers come too late.
  @Test(arguments: [
    ("write: 5 ms", "{outage: {site: us-east-1}, from: 0 s, for: 5 min}", 300), ("write: 400 ms", "", 1_800),
  ])
  func whatTheStoreCarriesOutIsBilled(speed: String, fault: String, units: Int) throws {
    let folder = try Folder()
    try folder.write(
      """
      scenario: tried
      seed: 5
      duration: 10 min
      replications: 1
      clients: {u: {at: eu-west-1, arrivals: {periodic: {every: 1 s, phase: 500 ms}}, timeout: 5 s, calls: f}}
      functions: {f: {steps: [{write: {store: t}}]}}
      stores: {t: {service: dynamodb, at: us-east-1, \(speed), timeout: 300 ms, attempts: 3}}
      placements: {a: {f: {platform: lambda, at: eu-west-1}}}
      faults: [\(fault)]

      """, to: "tried.yaml")
    #expect(try Command.run("run", "tried.yaml", "--quiet", in: folder).code == 0)
    let written = try #require(try folder.meters(of: "tried")["dynamodb.write-units"])
    // Whoever is about to give up when the outage ends may still get through.
    #expect(abs(written - units) <= 1, "\(written)")
  }

  @Test func aServiceWithoutPricesIsWarnedOf() throws {
    let errors = try run("elasticache", item: "1 KB", at: "eu-west-1", region: "eu-west-1").errors
    #expect(errors.contains("warning: one: the store service 'elasticache' has no price in the catalog"), "\(errors)")
    #expect(!(try run("redis", item: "1 KB", at: "eu-west-1", region: "eu-west-1").errors.contains("has no price")))
  }

  /// The bill notes a price that stands in for a missing one, and the run says so.
  @Test func standInsAreWarnedOf() throws {
    let errors = try run("dynamodb", item: "1 KB", at: "eu-west-2", region: "eu-west-2").errors
    let warning =
      "warning: no price for eu-west-2 of lambda.requests, lambda.gb-seconds, dynamodb.read-units and 2 more; that of"
      + " eu-west-1 stands in\n"
    #expect(errors.components(separatedBy: warning).count == 2, "\(errors)")
    #expect(!(try run("s3", item: "1 KB", at: "us-east-1", region: "us-east-1").errors.contains("stands in")))
  }
}

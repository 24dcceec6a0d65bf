import CommandTestSupport
import Testing

/// Small scenarios whose answers can be worked out by hand.
@Suite struct HandScenarioTests {
  /// A table of results: its cells by placement and column; of several rows of a placement the last.
  private struct Table {
    let cells: [String: [String: String]]

    init(_ text: String) {
      let rows = CommandTestSupport.cells(text)
      var found: [String: [String: String]] = [:]
      for row in rows.dropFirst() { found[row[0]] = Dictionary(uniqueKeysWithValues: zip(rows[0], row)) }
      cells = found
    }

    func number(_ placement: String, _ column: String) throws -> Double {
      try #require(cells[placement]?[column].flatMap(Double.init), "\(column) of \(placement)")
    }
  }

  private static func scenario(_ head: String, _ body: String) -> String {
    "scenario: hand\nseed: 3\nreplications: 1\n\(head)\n\(body)\n"
  }

  private func run(_ text: String, _ arguments: String...) throws -> Folder {
    let folder = try Folder()
    try folder.write(text, to: "hand.yaml")
    let outcome = try Command.run(["run", "hand.yaml", "--quiet"] + arguments, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return folder
  }

  private func table(_ name: String, _ folder: Folder) throws -> Table {
    Table(try folder.text("results/hand/\(name).csv"))
  }

  /// Fifteen thousand requests wait for one instance to start, and each forwards at once.
  @Test func aLongLineDrainsThroughForwards() throws {
    let folder = try run(
      Self.scenario(
        "duration: 30 s",
        """
        clients:
          a: {at: us-east-1, connections: none, timeout: none, arrivals: {batches: [{at: 1 s, count: 15000}]}, calls: f}
        functions: {f: {steps: [forward: g]}, g: {work: 1 ms}}
        placements:
          p:
            f: {platform: {like: ideal, maximumInstances: 1, whenFull: queue, coldStart: 15 s}, at: us-east-1}
            g: {platform: ideal, at: us-east-1}
        """))
    #expect(try table("summary", folder).number("p", "served_count") == 15_000)
  }

  /// Instances with lines of their own retire while those in line forward at once: each of them goes once.
  @Test func aRetiredInstanceGoesOnce() throws {
    let folder = try run(
      Self.scenario(
        "duration: 20 min",
        """
        clients:
          a:
            at: us-east-1
            connections: none
            timeout: none
            arrivals: {poisson: {rates: [{until: 5 min, rate: 10/s}, {until: 20 min, rate: 0.5/s}]}}
            calls: f
        functions:
          f:
            steps:
              - work: {mixture: [{weight: 0.5, of: {constant: 0 ms}}, {weight: 0.5, of: {constant: 3 s}}]}
              - forward: g
          g: {work: 1 ms}
        placements:
          p:
            f:
              platform:
                like: openfaas
                overhead: 0 ms
                balancer: round-robin
                requestsPerInstance: 1
                minimum: 10
                maximum: 10
                coldStart: 1 s
                scaling: fixed
                schedule: [{at: 5 min, minimum: 1, maximum: 1}, {at: 10 min, minimum: 10, maximum: 10},
                  {at: 15 min, minimum: 1, maximum: 1}]
              at: us-east-1
            g: {platform: {like: ideal, keepAlive: 1 s}, at: us-east-1}
        """))
    let timeline = cells(try folder.text("results/hand/timeline.csv"))
    let instances = try #require(timeline[0].firstIndex(of: "instances"))
    #expect(try timeline.dropFirst().allSatisfy { try #require(Double($0[instances])) >= 1 })
    let cold = cells(try folder.text("results/hand/cold_starts.csv"))
    let running = try #require(cold[0].firstIndex(of: "running_mean"))
    let back = try #require(cold.first { $0[1] == "g" })
    // A few requests a second of a millisecond each.
    #expect(try #require(Double(back[running])) < 0.01)
  }

  /// Twenty requests of 10 s at ten places, five of them kept ready: half of them wait 10 s, wherever they are.
  @Test func instancesKeptReadyServeTheLineToo() throws {
    let folder = try run(
      Self.scenario(
        "duration: 1 min",
        """
        clients:
          a: {at: us-east-1, connections: none, timeout: none, arrivals: {batches: [{at: 0 s, count: 20}]}, calls: f}
        functions: {f: {work: 10 s}}
        placements:
          ready: {f: {platform: {like: ideal, minimum: 5, maximumInstances: 10, whenFull: queue}, at: us-east-1}}
          demand: {f: {platform: {like: ideal, maximumInstances: 10, whenFull: queue}, at: us-east-1}}
        """))
    let summary = try table("summary", folder)
    #expect(try summary.number("ready", "latency_mean_ms") == 15_000)
    #expect(try summary.number("demand", "latency_mean_ms") == 15_000)
  }

  /// A call of a millisecond must not make ten minutes of work cheaper: at one a second 600 executions are always open,
  /// those that began before the measured hour and those that end after it.
  @Test func openExecutionsAreMeteredForTheMeasuredTime() throws {
    let folder = try run(
      Self.scenario(
        "duration: 80 min\nwarmup: 20 min",
        """
        clients:
          a: {at: us-east-1, connections: none, timeout: none, arrivals: {periodic: {every: 1 s}}, calls: f}
        functions:
          f: {steps: [{work: 10 min}, {call: g}], timeout: 14 min, memory: 1769 MB}
          g: {work: 1 ms}
        placements:
          p: {f: {platform: lambda, at: us-east-1}, g: {platform: {like: ideal}, at: us-east-1}}
        """))
    let meters = try folder.meters(of: "hand")
    #expect(meters["lambda.requests"] == 3_600)
    let seconds = Double(try #require(meters["lambda.gb-seconds"])) / 1_769 / 1_000
    #expect(abs(seconds / 3_600 / 600 - 1) < 0.002, "\(seconds)")
  }

  /// Requests that share a vCPU end at the function's time-out, not when they have computed.
  @Test func sharingRequestsTimeOut() throws {
    let folder = try run(
      Self.scenario(
        "duration: 1 min",
        """
        clients:
          a: {at: us-east-1, connections: none, arrivals: {timestamps: [1 s, 10 s]}, calls: f}
        functions: {f: {work: 30 s, timeout: 4 s}}
        placements:
          p:
            f:
              platform: {like: fargate, size: {vcpu: 1, memory: 2 GB}, minimum: 1, maximum: 1, scaling: fixed}
              at: us-east-1
        """))
    #expect(try table("summary", folder).number("p", "timed_out_count") == 2)
    #expect(try table("cold_starts", folder).number("p", "running_mean") * 60 < 8.1)
    #expect(try folder.meters(of: "hand")["usage.cpu"] == 8_000_000)
  }

  /// 2,500 s of work each on a t2.micro: both run at full speed until the credits are gone at 2,000 s, and then share a
  /// tenth of a vCPU.
  @Test func creditsAndSharingSlowDownOnce() throws {
    let folder = try run(
      Self.scenario(
        "duration: 100 h",
        """
        clients:
          a: {at: us-east-1, connections: none, timeout: none, arrivals: {timestamps: [0 s, 10 s]}, calls: f}
        functions: {f: {work: 2500 s, memory: 512 MB}}
        placements:
          p:
            f:
              platform: {like: ec2, instance: t2.micro, credits: standard, maximum: 1, scaling: fixed, sharing: true}
              at: us-east-1
        """))
    let mean = try table("summary", folder).number("p", "latency_mean_ms")
    #expect(abs(mean / 31_945_000 - 1) < 0.001, "\(mean)")
  }

  /// The rule wants ten instances at once and may have two; when it may have ten, it has not just grown.
  @Test func aChangeThatTheBoundsStopStartsNoRest() throws {
    let folder = try run(
      Self.scenario(
        "duration: 45 min",
        """
        clients: {u: {at: us-east-1, arrivals: {periodic: {every: 100 ms}}, timeout: none, calls: f}}
        functions: {f: {steps: [wait: 1 s]}}
        placements:
          a:
            f:
              platform:
                like: ec2
                instance: c5.large
                requestsPerInstance: 40
                minimum: 1
                maximum: 2
                coldStart: 10 s
                schedule: [{at: 31 min, minimum: 1, maximum: 10}]
                scaling: {target: {concurrency: 1, coolOut: 25 min, every: 1 min, outPeriods: 1, inPeriods: 1}}
              at: us-east-1
        """))
    let timeline = cells(try folder.text("results/hand/timeline.csv"))
    let instances = try #require(timeline[0].firstIndex(of: "instances"))
    #expect(timeline[30][instances] == "2.000" && timeline[34][instances] == "10.000")
  }

  /// Without slots of their own all requests of a server share its vCPUs.
  @Test func sharingNeedsNoSlots() throws {
    let folder = try run(
      Self.scenario(
        "duration: 1 min",
        """
        clients:
          a: {at: us-east-1, connections: none, timeout: none, arrivals: {batches: [{at: 1 s, count: 8}]}, calls: f}
        functions: {f: {work: 1 s}}
        placements:
          p:
            f:
              platform: {like: ec2, instance: m5.large, sharing: true, maximum: 1, scaling: fixed, overhead: 0 s}
              at: us-east-1
        """))
    let latency = try table("summary", folder).number("p", "latency_p50_ms")
    // Eight at once on two vCPUs: all of them take 4 s.
    #expect(abs(latency - 4_000) < 20, "\(latency)")
  }

  /// What is sent at the end of the run belongs to the next one: four calls a day.
  @Test func theEndDoesNotBelongToTheRun() throws {
    let folder = try run(
      Self.scenario(
        "duration: 24 h",
        """
        clients: {u: {at: us-east-1, arrivals: {periodic: {every: 6 h}}, calls: f}}
        functions: {f: {work: 10 ms}}
        placements: {p: {f: {platform: lambda, at: us-east-1}}}
        """))
    #expect(try table("summary", folder).number("p", "requests_count") == 4)
    #expect(try folder.meters(of: "hand")["lambda.requests"] == 4)
  }

  /// One population calls all the time, the other in the last ten minutes only: both weigh as they call.
  @Test func aPhaseCountsInTheDifferenceOfMeans() throws {
    let folder = try run(
      Self.scenario(
        "duration: 60 min",
        """
        clients:
          near: {at: us-east-1, connections: none, arrivals: {periodic: {every: 1 s, phase: 50 min}}, calls: f}
          far: {at: sa-east-1, connections: none, arrivals: {periodic: {every: 1 s}}, calls: f}
        functions: {f: {work: 1 ms}}
        placements: {p: {f: {platform: ideal, at: us-east-1}}, q: {f: {platform: ideal, at: sa-east-1}}}
        """))
    let summary = try table("summary", folder)
    let difference = try summary.number("q", "latency_mean_ms") - summary.number("p", "latency_mean_ms")
    let row = try #require(cells(try folder.text("results/hand/differences.csv")).dropFirst().first)
    #expect(row[2...3] == ["all", "latency.mean"])
    #expect(abs(try #require(Double(row[4])) - difference) < 1)
  }

  /// Only the starts of the measured time are restored on the bill.
  @Test func restoresOfTheWarmUpAreNotBilled() throws {
    let folder = try run(
      Self.scenario(
        "catalog: world-2025\nduration: 2 h\nwarmup: 1 h",
        """
        clients: {a: {at: us-east-1, connections: none, arrivals: {timestamps: [119 min]}, calls: f}}
        functions: {f: {work: 10 ms, memory: 1024 MB, runtime: python}}
        placements:
          p: {f: {platform: {like: lambda, snapshot: true, keepAlive: 5 min, ping: {every: 20 min}}, at: us-east-1}}
        """))
    // Pings at 60, 80 and 100 min find no instance, nor does the request at 119 min.
    #expect(try folder.meters(of: "hand")["lambda.restored-gb"] == 4 * 1_024)
  }
}

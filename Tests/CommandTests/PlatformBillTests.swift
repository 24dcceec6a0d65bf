import CommandTestSupport
import Testing

/// Platforms beyond AWS and Cloudflare are on the bill, or a warning says that they are not.
@Suite struct PlatformBillTests {
  private func scenario(_ platform: String, _ place: String, memory: Int = 256, work: String = "12.3 ms") -> String {
    """
    scenario: counted
    seed: 5
    duration: 60 s
    replications: 1
    catalog: world-2025
    clients:
      web: {cities: [london], access: fibre, arrivals: {poisson: {rate: 20/s}}, calls: hello}
    functions:
      hello: {runtime: nodejs, memory: \(memory) MB, package: 1 MB, request: 2 KB, response: 3 KB, work: \(work)}
    placements:
      one: {hello: {platform: \(platform), at: \(place)}}

    """
  }

  private func run(_ text: String) throws -> (meters: [String: Int], cost: String, warnings: String) {
    let folder = try Folder()
    try folder.write(text, to: "counted.yaml")
    let result = try Command.run("run", "counted.yaml", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    return (try folder.meters(of: "counted"), try folder.text("results/counted/cost.csv"), result.errors)
  }

  @Test func googleFunctionsBillRequestsMemoryAndClock() throws {
    let (meters, cost, warnings) = try run(scenario("google-functions-1", "europe-west2"))
    let invocations = try #require(meters["google-functions.invocations"])
    #expect(invocations > 1_000)
    // 256 MB run at a sixth of a vCPU, 400 of 2,400 MHz: 73.8 ms, billed as 100 ms.
    #expect(meters["google-functions.gb-seconds"] == invocations * 100 * 256)
    #expect(meters["google-functions.ghz-seconds"] == invocations * 100 * 400)
    #expect(meters["google-functions.bytes-out"] != nil)
    #expect(cost.contains("google-functions.ghz-seconds") && !warnings.contains("has no price"))
  }

  @Test func googleFunctionsOfTheSecondGenerationBillLikeCloudRun() throws {
    let (meters, cost, warnings) = try run(scenario("google-functions-2", "europe-west2"))
    let requests = try #require(meters["cloud-run.requests"])
    #expect(meters["cloud-run.vcpu-seconds"] == requests * 100 * 167)
    #expect(meters["cloud-run.memory-gb-seconds"] == requests * 100 * 256)
    #expect(cost.contains("cloud-run.vcpu-seconds") && !warnings.contains("has no price"))
  }

  @Test func azureBillsExecutionsOrInstances() throws {
    let (meters, cost, warnings) = try run(scenario("azure-functions", "uksouth"))
    let executions = try #require(meters["azure-functions.executions"])
    // At least 100 ms of a multiple of 128 MB.
    #expect(meters["azure-functions.gb-seconds"] == executions * 100 * 256)
    #expect(cost.contains("azure-functions.gb-seconds"))
    #expect(cost.contains("azure-bandwidth.bytes-out") && !warnings.contains("has no price"))
    let premium = try run(scenario("azure-premium", "uksouth", memory: 3_584)).meters
    let (processors, memory) = try (
      #require(premium["azure-premium.vcpu-hours"]), #require(premium["azure-premium.memory-gb-hours"])
    )
    // One vCPU with 3,584 MB: vCPU-µs ÷ 1,000 and MB-ms ÷ 3,584 are the same instance time, a run's length and more.
    #expect(processors / 1_000 == memory / 3_584)
    #expect(processors / 1_000 > 50_000)
  }

  @Test func ibmAndFastlyBillTimeAndRequests() throws {
    let ibm = try run(scenario("ibm-functions", "eu-west-2"))
    #expect(ibm.cost.contains("ibm-functions.gb-seconds") && !ibm.warnings.contains("has no price"))
    let fastly = try run(scenario("fastly-compute, runtime: wasm", "nearest edge", memory: 128))
    let requests = try #require(fastly.meters["fastly-compute.requests"])
    #expect(fastly.meters["fastly-compute.cpu-ms"] == requests * 12_300)
    #expect(fastly.cost.contains("fastly-compute.cpu-ms"))
  }

  /// A platform of one's own that charges for something the catalog does not know.
  private func unpriced(in folder: Folder) throws {
    try folder.write(
      "platform,property,value,unit,source,as_of\nacme,like,lambda,,here,2026\nacme,meter,acme,,here,2026\n",
      to: "platforms.csv")
    try folder.write(scenario("acme", "eu-west-2"), to: "missing.yaml")
  }

  @Test func aPlatformWithoutPricesIsWarnedOf() throws {
    let folder = try Folder()
    try unpriced(in: folder)
    let result = try Command.run("run", "missing.yaml", "--catalog", ".", in: folder)
    #expect(result.code == 0)
    #expect(result.errors.contains("warning: one: 'acme' has no price in the catalog"), "\(result.errors)")
  }

  /// Of requests that an instance serves at once, the time is billed once.
  @Test func concurrentRequestsOfAnInstanceAreBilledOnce() throws {
    let alone = "{like: google-functions-2, firstInvocation: 0 ms, coldStart: 0 ms, overhead: 0 ms}"
    let together = alone.replacing("{like", with: "{requestsPerInstance: 80, like")
    func gigabytes(_ platform: String) throws -> (requests: Int, time: Int) {
      let text = scenario(platform, "europe-west2").replacing("20/s", with: "200/s")
      let meters = try run(text).meters
      return (try #require(meters["cloud-run.requests"]), try #require(meters["cloud-run.memory-gb-seconds"]))
    }
    let one = try gigabytes(alone)
    #expect(one.time == one.requests * 100 * 256)
    // One instance is never idle for long at 20 requests in execution: it is there for the run, and no more.
    let many = try gigabytes(together)
    #expect(many.requests == one.requests)
    #expect((58_000 * 256...62_000 * 256).contains(many.time), "\(many.time)")
  }

  @Test func aClusterStandsOnceInItsRegion() throws {
    let group = "{like: eks, minimum: 1, maximum: 1, scaling: fixed}"
    let (_, cost, _) = try run(scenario(group, "eu-west-2", memory: 512))
    let line = try #require(cost.split(whereSeparator: \.isNewline).first { $0.contains("eks.cluster-hours") })
    #expect(line.contains("73.000000000000"))
  }

  /// A unit is 25 connections a second or a gigabyte an hour: 20 requests a second on connections of their own are 0.8.
  @Test func aLoadBalancerIsBilledByHoursAndUnits() throws {
    let text = scenario("lambda", "eu-west-2")
      .replacing("calls: hello}", with: "calls: hello, connections: {reuse: 0}}")
      .replacing("work: 12.3 ms}", with: "work: 12.3 ms, front: web}")
      + "gateways: {web: {service: alb}}\n"
    let (meters, cost, _) = try run(text)
    let requests = try #require(meters["lambda.requests"])
    let units = try #require(meters["alb.lcu-hours"])
    #expect((requests * 40_000...(requests + 5) * 40_000).contains(units))
    let hours = try #require(cost.split(whereSeparator: \.isNewline).first { $0.contains("alb.hours") })
    #expect(meters["alb.hours"] == 730 && hours.contains("730.000000"))
  }

  @Test func provisionedConcurrencyOnArmHasItsOwnPrice() throws {
    let (meters, cost, _) = try run(scenario("{like: lambda-arm, provisioned: 2}", "us-east-1"))
    #expect(meters["lambda-arm.provisioned-gb-seconds"] != nil && meters["lambda.provisioned-gb-seconds"] == nil)
    #expect(cost.contains("0.0000033334 USD per GB-second"))
  }

  @Test func surplusCreditsAreBilledAtTheirFamilysPrice() throws {
    let group = "{like: ec2, instance: t3.nano, minimum: 1, maximum: 1, scaling: fixed}"
    let (meters, cost, warnings) = try run(scenario(group, "eu-west-2", work: "90 ms"))
    let surplus = try #require(meters["EC2 CPU credits/t3"])
    #expect(surplus > 0 && surplus == meters["usage.surplus-credits:t3.nano"])
    let line = try #require(cost.split(separator: "\n").first { $0.contains("EC2 CPU credits/t3") })
    #expect(line.contains("0.05 USD per vCPU-hour") && !warnings.contains("has no price"))
  }

  @Test func strictRunsStopWhereAPriceIsMissingOrStandsIn() throws {
    let folder = try Folder()
    try unpriced(in: folder)
    let missing = try Command.run("run", "missing.yaml", "--catalog", ".", "--strict", "--quiet", in: folder)
    #expect(missing.code == 65)
    #expect(missing.errors.contains("one: 'acme' has no price in the catalog"))
    try folder.write(scenario("google-functions-2", "europe-west2"), to: "counted.yaml")
    let standIn = try Command.run("run", "counted.yaml", "--strict", "--quiet", in: folder)
    #expect(standIn.code == 65)
    #expect(standIn.errors.contains("would stand in, but prices are to be strict"), "\(standIn.errors)")
    #expect(try Command.run("run", "counted.yaml", "--quiet", in: folder).code == 0)
    #expect(try Command.run("reprice", "results/counted", "--strict", in: folder).code == 65)
    #expect(try Command.run("reprice", "results/counted", in: folder).code == 0)
    try folder.write(scenario("lambda", "us-east-1"), to: "priced.yaml")
    #expect(try Command.run("run", "priced.yaml", "--strict", "--quiet", in: folder).code == 0)
  }
}

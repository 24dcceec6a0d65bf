import ScenarioFormat
import ServerlessModel
import Stochastics
import Testing

/// Where functions can be placed: what the plan gets, and what is refused.
@Suite struct PlaceTests {
  private func plan(_ at: String, _ more: String = "", clients: String? = nil) throws -> Plan {
    try #require(try Compiled.scenario(text(at, more, clients: clients)).placements.first).plan
  }

  private func text(_ deployment: String, _ more: String = "", clients: String? = nil) -> String {
    let callers =
      clients ?? "users: {cities: lisbon, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}"
    return """
      scenario: places
      clients:
        \(callers)
      functions:
        hello: {memory: 256 MB, work: 5 ms}
      placements:
        here: {hello: \(deployment)}
      \(more)
      """
  }

  private func sites(_ plan: Plan) -> [String] { plan.deployments.map { plan.names.sites[Int($0.site)] } }

  private func expect(
    _ text: String, _ rule: String, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try Compiled.diagnostics(text)
    let shown = found.map { $0.rule + ": " + $0.message + ($0.suggestion.map { "; did you mean '\($0)'?" } ?? "") }
    let isThere = zip(found, shown).contains { $0.0.rule == rule && $0.0.mark != nil && $0.1.contains(sentence) }
    #expect(isThere, "\(shown)", sourceLocation: sourceLocation)
  }

  @Test func everyMeansInstalledEverywhereAndServedNearby() throws {
    let europe = try plan("{platform: lambda, at: every region in europe}")
    #expect(europe.routes.count == 1)
    #expect(Set(sites(europe)) == ["eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3"])
    #expect(europe.routes.allSatisfy { $0.candidateCount == 1 })
    #expect(try sites(plan("{platform: lambda, at: every region in brazil}")) == ["sa-east-1"])
    #expect(try sites(plan("{platform: lambda, at: nearest region in united states}")) == ["us-east-1"])
    #expect(try plan("{platform: lambda@edge, at: every edge in japan}").deployments.count >= 1)
  }

  @Test func areasAndKindsAreNames() throws {
    try expect(
      text("{platform: lambda, at: every region in brasil}"), "unknown-area", "did you mean 'brazil'?")
    try expect(text("{platform: lambda, at: every regoin}"), "unknown-kind", "did you mean 'every region'?")
    try expect(text("{platform: lambda, at: every region in}"), "unknown-area", "a country or a continent")
    try expect(text("{platform: workers, at: every region}"), "impossible-site", "does not run at a region")
    try expect(text("{platform: openfaas, at: nearest gateway}"), "no-such-site", "give some in 'sites'")
  }

  @Test func populationsGoWhereTheyAreSent() throws {
    let two =
      "a: {cities: lisbon, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}\n"
      + "  b: {cities: tokyo, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}"
    let routed = try plan(
      "{platform: lambda, at: {clients: {a: us-east-1}, else: nearest region}}", clients: two)
    #expect(sites(routed) == ["us-east-1", "ap-northeast-1"])
    try expect(
      text("{platform: lambda, at: {clients: {aa: us-east-1}, else: us-east-1}}", clients: two),
      "unknown-reference", "there is no client population 'aa' in this scenario; did you mean 'a'?")
    try expect(
      text("{platform: lambda, at: {clients: {a: us-east-1}}}", clients: two), "no-route",
      "nothing says where the requests of 'b' go")
    try expect(
      text("{platform: lambda, at: {clients: {a: {clients: {b: us-east-1}}}}}", clients: two), "wrong-kind",
      "told apart once")
  }

  @Test func aCanaryTakesItsShare() throws {
    let split = try plan(
      "{platform: lambda, at: us-east-1, split: {stable: {share: 0.9}, next: {share: 10 %, memory: 1 GB}}}")
    #expect(split.deployments.map(\.memoryMegabytes) == [256, 1_024])
    #expect(split.names.platforms == ["lambda/stable", "lambda/next"])
    #expect(split.routes.map(\.choice) == [.weighted])
    #expect(split.candidates.map(\.threshold) == [0.9, 1])
    try expect(
      text("{platform: lambda, at: us-east-1, split: {stable: {share: 0.9}, next: {share: 0.05}}}"), "shares",
      "the shares sum to 0.95; the shares of variants sum to 1")
    try expect(
      text("{platform: lambda, at: us-east-1, split: {stable: {share: 1}}}"), "too-few-variants",
      "at least two variants")
    try expect(
      text("{platform: lambda, at: us-east-1, split: {a: {share: 0.5, memry: 1 GB}, b: {share: 0.5}}}"), "unknown-key",
      "did you mean 'memory'?")
    try expect(
      text("{platform: lambda, at: us-east-1, split: {a: {share: 0.5, memory: 64 MB}, b: {share: 0.5}}}"),
      "platform-limit", "less than 'lambda' offers")
  }

  @Test func overflowGoesDownTheChain() throws {
    let chained = try plan(
      "{platform: {like: ideal, maximumInstances: 1}, at: us-east-1,"
        + " spill: [us-west-2, {platform: lambda, at: us-west-2}]}")
    #expect(sites(chained) == ["us-east-1", "us-west-2", "us-west-2"])
    #expect(chained.names.platforms == ["ideal", "ideal", "lambda"])
    #expect(chained.candidates.map(\.spill) == [1, 2, -1])
    #expect(chained.candidates.map(\.spilledFrom) == [-1, 0, 1])
    #expect(chained.routes.map(\.candidateCount) == [1])
    // The way between the sites is the network's.
    let trip = try Compiled.catalog.get()
    let expected = trip.roundTrip(
      between: try #require(trip.site("us-east-1")), and: try #require(trip.site("us-west-2")))
    let path = chained.paths[Int(chained.candidates[1].path)]
    #expect(path.propagation == Int64((expected.medianMilliseconds / 2 * 1e6).rounded()))
    #expect(path.access == .none)
  }

  @Test func theNextNearestTakesOverAndSharesThePool() throws {
    let two =
      "a: {cities: lisbon, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}\n"
      + "  b: {cities: paris, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}"
    let near = try plan("{platform: lambda, at: nearest region, spill: nearest region}", clients: two)
    // Each site once, whoever came there first.
    #expect(Set(sites(near)).count == sites(near).count)
    for candidate in near.candidates where candidate.spill >= 0 {
      #expect(near.candidates[Int(candidate.spill)].deployment != candidate.deployment)
    }
    let zone = try plan(
      "{platform: ideal, at: us-east-1-wl1-bos-wlz-1, spill: parent}",
      "sites: {us-east-1-wl1-bos-wlz-1: {slots: 2}}")
    #expect(sites(zone) == ["us-east-1-wl1-bos-wlz-1", "us-east-1"])
    #expect(zone.sites[Int(zone.deployments[0].site)].instanceCapacity == 2)
    #expect(zone.sites[Int(zone.deployments[1].site)].instanceCapacity == 0)
  }

  @Test func circlesAndVaguePlacesAreRefused() throws {
    try expect(
      text("{platform: lambda, at: us-east-1, spill: [us-west-2, us-east-1]}"), "spill-cycle",
      "us-east-1 → us-west-2 → us-east-1")
    try expect(
      text("{platform: lambda, at: us-east-1, spill: parent}"), "spill-cycle", "come back to 'us-east-1'")
    try expect(
      text("{platform: lambda, at: us-east-1, spill: {us-west-2: 1, us-east-2: 2}}"), "unknown-key", "'us-west-2'")
    try expect(
      text("{platform: lambda, at: us-east-1, spill: {at: [us-west-2, us-east-2]}}"), "spill-place",
      "goes on to one site")
    try expect(text("{platform: lambda, at: us-east-1, spill: us-wets-2}"), "unknown-site", "did you mean 'us-west-2'?")
    try expect(text("{platform: lambda, at: us-east-1, spill: []}"), "out-of-range", "1 to 16 belong here")
    try expect(text("{platform: lambda, at: us-east-1, spill: GRU}"), "impossible-site", "does not run at 'GRU'")
  }

  @Test func passiveSitesTakeOverWhenChecksHaveNoticed() throws {
    let faults = "faults: [{outage: {site: us-east-1}, from: 10 min, for: 20 min}]"
    let passive = try plan(
      "{platform: lambda, at: {active: us-east-1, passive: us-west-2, check: {every: 10 s, failures: 2}, ttl: 30 s}}",
      faults)
    #expect(sites(passive) == ["us-east-1", "us-west-2"])
    #expect(passive.routes.map(\.choice) == [.healthy] && passive.routes.map(\.health) == [0])
    #expect(passive.healths.map(\.timeToLive) == [30_000_000_000])
    #expect(passive.sicknesses.map(\.from) == [620_000_000_000])
    #expect(passive.sicknesses.map(\.to) == [1_820_000_000_000])
    // What is not given is the catalog's: three checks of 30 s, 60 s to live.
    let usual = try plan("{platform: lambda, at: {active: us-east-1, passive: [us-west-2, us-east-2]}}", faults)
    #expect(usual.sicknesses.map(\.from) == [690_000_000_000])
    #expect(usual.healths.map(\.timeToLive) == [60_000_000_000])
    let active = try plan("{platform: lambda, at: {nearest: [us-east-1, eu-west-1], ttl: 1 min}}", faults)
    #expect(sites(active) == ["eu-west-1", "us-east-1"])
    #expect(active.sicknesses.map(\.candidate) == [1])
    try expect(
      text("{platform: lambda, at: {active: us-east-1, passive: us-east-1}}"), "repeated-name",
      "cannot take over from itself")
    try expect(text("{platform: lambda, at: {active: us-east-1}}"), "missing-key", "'passive'")
  }

  /// Half of the work at the longest time that the platform allows, and half of it past that.
  @Test func workThatIsTooLongIsRefused() throws {
    func working(_ time: String, _ deployment: String) -> String {
      text(deployment).replacing("work: 5 ms", with: "work: \(time)").replacing("256 MB", with: "1769 MB")
    }
    let there = "{platform: lambda, at: us-east-1, timeout: 900 s}"
    #expect(try Compiled.diagnostics(working("900 s", there)).allSatisfy { $0.severity == .warning })
    try expect(working("901 s", there), "platform-limit", "longer than 'lambda' ever lets them (900 s)")
    try expect(
      working("10 min", "{platform: lambda@edge, at: nearest edge}"), "platform-limit", "ever lets them (30 s)")
  }

  /// At the limit and one past it.
  @Test func gpusAreOnlyWhereTheyAreSold() throws {
    func needing(_ count: Int, _ deployment: String, _ more: String = "") -> String {
      text(deployment, more).replacing("work: 5 ms", with: "work: 5 ms, gpu: \(count)")
    }
    try expect(needing(1, "{platform: lambda, at: us-east-1}"), "platform-limit", "none is sold on 'lambda'")
    try expect(needing(1, "{platform: workers, at: nearest edge}"), "platform-limit", "none is sold on 'workers'")
    try expect(
      needing(1, "{platform: {like: ec2, instance: m5.large}, at: us-east-1}"), "no-gpu",
      "types that have enough: p2.xlarge")
    try expect(
      needing(2, "{platform: {like: ec2, instance: g4dn.xlarge}, at: us-east-1}"), "no-gpu", "has 1")
    #expect(try Compiled.diagnostics(needing(1, "{platform: {like: ec2, instance: g4dn.xlarge}, at: us-east-1}"))
      .allSatisfy { $0.severity == .warning })
    let box = "sites: {box: {like: snowball-edge-gpu, city: munich}}"
    #expect(try Compiled.diagnostics(needing(1, "{platform: openfaas, at: box}", box))
      .allSatisfy { $0.severity == .warning })
    try expect(needing(2, "{platform: openfaas, at: box}", box), "no-gpu", "the site 'box' has 1")
  }

  /// At the limit and one past it.
  @Test func aSiteHasRoomForWhatAlwaysRuns() throws {
    func site(_ vcpus: String, _ memory: String = "64 GB") -> String {
      "sites: {box: {kind: gateway, city: munich, vcpu: \(vcpus), memory: \(memory)}}"
    }
    let three = "{platform: {like: openfaas, minimum: 3, maximum: 3}, at: box}"
    let fits = try plan(three, site("3"))
    #expect(fits.sites[Int(fits.deployments[0].site)].processorCapacity == 3_000)
    #expect(fits.deployments[0].processors == 1_000 && fits.deployments[0].footprint > 0)
    try expect(text(three, site("2.9")), "site-capacity", "need 3 vCPUs, and the site 'box' has 2.9")
    try expect(text(three, site("3", "100 MB")), "site-capacity", "MB of memory")
    let zone = try plan("{platform: ideal, at: us-east-1-wl1-bos-wlz-1}")
    #expect(zone.sites[Int(zone.deployments[0].site)].processorCapacity == 1_152_000)
    #expect(zone.sites[Int(zone.deployments[0].site)].memoryCapacity == 4_608 * 1_024)
  }

  @Test func sitesOfOnesOwn() throws {
    let gateway = "sites: {plant: {like: snowcone, city: munich, parent: eu-central-1, uplink: 4g}}"
    let machines = "machines: {at: plant, arrivals: {poisson: {rate: 5/s}}, calls: hello}"
    let local = try plan(
      "{platform: openfaas, at: plant, spill: {platform: lambda, at: parent}}", gateway, clients: machines)
    #expect(sites(local) == ["plant", "eu-central-1"])
    #expect(local.paths[Int(local.candidates[0].path)].propagation == 0)
    let up = local.paths[Int(local.candidates[1].path)]
    #expect(up.access != .none && up.upNanosecondsPerByte > 0)
    let nearest = try plan("{platform: openfaas, at: nearest gateway}", gateway)
    #expect(sites(nearest) == ["plant"])
    try expect(text("{platform: lambda, at: plant}", "sites: {plant: {city: munich}}"), "missing-key", "'kind'")
    try expect(text("{platform: lambda, at: us-east-1}", "sites: {p: {kind: gateway}}"), "missing-key", "is nowhere")
    try expect(
      text("{platform: lambda, at: us-east-1}", "sites: {p: {like: snowcon, city: munich}}"), "unknown-host",
      "did you mean 'snowcone'?")
    try expect(
      text("{platform: lambda, at: us-east-1}", "sites: {us-east-1: {kind: gateway}}"), "known-site",
      "is a site of the catalog")
    try expect(
      text("{platform: lambda, at: us-east-1}", "sites: {p: {kind: gateway, city: munich, vcpu: 0}}"), "no-capacity",
      "can run nothing")
    try expect(
      text("{platform: lambda, at: us-east-1}", "sites: {p: {kind: gateway, latitude: 91, longitude: 0}}"),
      "out-of-range", "no degrees")
  }

  /// Whoever comes from a site with an uplink, or goes there, shares its two directions.
  @Test func uplinksAreShared() throws {
    let gateway = "sites: {plant: {like: snowcone, city: munich, parent: eu-central-1,"
      + " uplink: {like: 4g, up: 2 Mbit/s, down: 8 Mbit/s}}}"
    let machines = "machines: {at: plant, arrivals: {poisson: {rate: 5/s}}, calls: hello}"
    let cloud = try plan("{platform: lambda, at: eu-central-1}", gateway, clients: machines)
    #expect(cloud.links.map(\.nanosecondsPerByte) == [4_000, 1_000])
    #expect(cloud.names.links.map(\.isInward) == [false, true])
    let use = cloud.linkUses[Int(cloud.candidates[0].links)]
    #expect((use.leaving, use.answersEntering, use.entering, use.answersLeaving) == (0, 1, -1, -1))
    let local = try plan("{platform: openfaas, at: plant}", gateway, clients: machines)
    #expect(local.candidates[0].links == -1)
    let visited = try plan("{platform: openfaas, at: plant}", gateway)
    let other = visited.linkUses[Int(visited.candidates[0].links)]
    #expect((other.leaving, other.answersEntering, other.entering, other.answersLeaving) == (-1, -1, 1, 0))
    try expect(
      text("{platform: lambda, at: us-east-1}", gateway.replacing("up: 2 Mbit/s", with: "up: 0 Mbit/s")),
      "not-positive", "nothing passes a link of 0 bit/s")
    try expect(
      text("{platform: openfaas, at: p}", "sites: {p: {like: snowcone, city: munich}}"), "no-uplink",
      "has no 'uplink'")
  }
}

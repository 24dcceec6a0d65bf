internal import Catalog

/// Warns of pools that cannot keep up, and of many small sites that queue more than one big one would.
package enum LoadRule {
  static func check(_ load: LoadEstimate, of placement: PlacementResolution, _ problems: Problems) {
    checkLinks(load.links, of: placement, problems)
    for (function, deployment) in placement.deployments.enumerated() {
      guard let deployment else { continue }
      let all = load.pools.filter { $0.function == function && $0.rate > 0 }
      checkRate(all, deployment, placement, problems)
      let pools = all.filter(\.serverCount.isFinite)
      checkReach(pools, deployment, placement, problems)
      checkUtilization(pools, deployment, placement, problems)
      checkSplitting(pools, load.singleSiteRoundTrip[function] ?? 0, deployment, placement, problems)
    }
  }

  /// More requests in a second than the platform takes in a region, whatever their concurrency.
  private static func checkRate(
    _ pools: [LoadEstimate.Pool], _ deployment: PlacementResolution.Deployment, _ placement: PlacementResolution,
    _ problems: Problems
  ) {
    let platform = deployment.platform
    guard let most = platform.number(.requestRateMaximum), deployment.spec.platform.concurrency == nil,
      let busiest = pools.max(by: { $0.rate < $1.rate }), busiest.rate > most
    else { return }
    func short(_ rate: Double) -> String { NodeReader.short((rate * 100).rounded() / 100) }
    problems.warning(
      "overload", at: deployment.spec.placeMark,
      "in '\(placement.name.value.shortened)' about \(short(busiest.rate)) requests a second of"
        + " '\(deployment.function.name.value.shortened)' come to '\(busiest.siteName)', and '\(platform.name)' takes"
        + " \(short(most)) in a region, so requests are throttled; give 'concurrency' if your quota is"
        + " higher",
      notes: platform.value(.requestRateMaximum).map { ["source: \($0.provenance.sentence)"] } ?? [])
  }

  private static func checkLinks(
    _ links: [LoadEstimate.Link], of placement: PlacementResolution, _ problems: Problems
  ) {
    func megabits(_ bits: Double) -> String { NodeReader.short((bits / 1e4).rounded() / 100) + " Mbit/s" }
    for link in links where link.load > link.bandwidth {
      problems.warning(
        "overload", at: placement.name.mark,
        "in '\(placement.name.value.shortened)' the uplink of '\(link.siteName.shortened)' has to carry about"
          + " \(megabits(link.load)) \(link.isInward ? "to" : "from") the site, more than its"
          + " \(megabits(link.bandwidth)), so messages wait for it longer and longer")
    }
  }

  /// A group whose places are full before its vCPUs are busy never grows by their use.
  private static func checkReach(
    _ pools: [LoadEstimate.Pool], _ deployment: PlacementResolution.Deployment, _ placement: PlacementResolution,
    _ problems: Problems
  ) {
    guard let cpu = pools.compactMap(\.cpu).first(where: { $0.atMost < $0.target }) else { return }
    problems.warning(
      "metric", at: deployment.spec.platform.group.rule?.mark ?? deployment.spec.platform.name.mark,
      "in '\(placement.name.value.shortened)' the instances of '\(deployment.function.name.value.shortened)' use about"
        + " \(NodeReader.short((cpu.atMost * 100).rounded())) % of their vCPUs when all their places are taken, because"
        + " requests mostly wait, so a rule on 'cpu' with a target of"
        + " \(NodeReader.short((cpu.target * 100).rounded())) % never adds any; raise 'requestsPerInstance', or look"
        + " at 'utilization'")
  }

  private static func checkUtilization(
    _ pools: [LoadEstimate.Pool], _ deployment: PlacementResolution.Deployment,
    _ placement: PlacementResolution,
    _ problems: Problems
  ) {
    let busiest = pools.filter { $0.utilization.isFinite }.max { $0.utilization < $1.utilization }
    guard let busiest, busiest.utilization > 1 else { return }
    let outcome =
      !deployment.spills.isEmpty
      ? "much goes on to the next site" : busiest.queues ? "its queue grows without end" : "requests are throttled"
    problems.warning(
      "overload", at: deployment.spec.placeMark,
      "in '\(placement.name.value.shortened)' the utilisation of"
        + " '\(deployment.function.name.value.shortened)' at"
        + " '\(busiest.siteName)' is about"
        + " \(NodeReader.short((busiest.utilization * 100).rounded() / 100)), so \(outcome)",
      notes: [
        "\(NodeReader.short((busiest.rate * 100).rounded() / 100))/s of"
          + " \(NodeReader.short((busiest.serviceTime * 1e5).rounded() / 100)) ms each meet"
          + " \(NodeReader.short(busiest.serverCount)) places"
      ])
  }

  /// Compares the mean wait and round trip of k sites with those of one site that has all their servers, as
  /// M/M/c.
  private static func checkSplitting(
    _ pools: [LoadEstimate.Pool], _ singleSiteRoundTrip: Double, _ deployment: PlacementResolution.Deployment,
    _ placement: PlacementResolution, _ problems: Problems
  ) {
    guard pools.count > 1, pools.allSatisfy({ $0.queues && $0.utilization < 1 && $0.serviceTime > 0 }) else {
      return
    }
    let rate = pools.reduce(0) { $0 + $1.rate }
    let service = pools.reduce(0) { $0 + $1.rate * $1.serviceTime } / rate
    let servers = pools.reduce(0) { $0 + $1.serverCount }
    let wait = pools.reduce(0) { $0 + $1.rate * waitingTime($1.rate, $1.serviceTime, $1.serverCount) } / rate
    let trip = pools.reduce(0) { $0 + $1.rate * $1.roundTrip } / rate
    let pooledWait = waitingTime(rate, service, servers)
    guard wait + trip > pooledWait + singleSiteRoundTrip, wait > 1e-4 else { return }
    func milliseconds(_ seconds: Double) -> String {
      "\(NodeReader.short((seconds * 1e5).rounded() / 100)) ms"
    }
    problems.warning(
      "many-small-sites", at: deployment.spec.placeMark,
      "in '\(placement.name.value.shortened)' the \(pools.count) sites of"
        + " '\(deployment.function.name.value.shortened)'"
        + " queue more than one big site with all their instances would: \(milliseconds(wait)) of waiting and"
        + " \(milliseconds(trip)) of round trip, against \(milliseconds(pooledWait)) and"
        + " \(milliseconds(singleSiteRoundTrip))",
      notes: ["means of M/M/c queues; the simulation says how it is for the laws of this scenario"])
  }

  /// Mean waiting time of M/M/c: Erlang's C ÷ (c/s − λ), by the recursion of Erlang's B.
  ///
  /// - Complexity: O(servers), servers cut at 100,000.
  package static func waitingTime(_ rate: Double, _ service: Double, _ servers: Double) -> Double {
    let load = rate * service
    guard load < servers, servers <= 100_000 else { return load < servers ? 0 : .infinity }
    var blocking = 1.0
    for count in 1...max(1, Int(servers)) { blocking = load * blocking / (Double(count) + load * blocking) }
    let utilization = load / servers
    let delayed = blocking / (1 - utilization * (1 - blocking))
    return delayed * service / (servers - load)
  }
}

internal import ServerlessModel
internal import Stochastics

/// What a placement's pools have to carry, estimated from means before anything is simulated.
struct LoadEstimate {
  /// One function at one site.
  struct Pool {
    let function: Int
    let siteName: String
    /// Invocations per second.
    let rate: Double
    /// Mean time that an invocation holds its place in an instance, s.
    let serviceTime: Double
    /// Invocations that can be served at once; infinite = no limit.
    let serverCount: Double
    let queues: Bool
    /// What its rule would see of its vCPUs with all places taken, and what it aims at; nil without such a rule.
    let cpu: (atMost: Double, target: Double)?
    /// Mean round trip of the clients' requests that come here, s.
    let roundTrip: Double

    /// Offered load ÷ servers.
    var utilization: Double { rate * serviceTime / serverCount }
  }

  /// One direction of a site's uplink.
  struct Link {
    let siteName: String
    let isInward: Bool
    /// What it has to carry, and what it can, bit/s.
    let load: Double
    let bandwidth: Double
  }

  var pools: [Pool] = []
  var links: [Link] = []
  /// By function: the mean round trip, s, that clients would have if all went to the one site that suits them
  /// best.
  var singleSiteRoundTrip: [Double?] = []
}

extension PlacementCompiler {
  /// Estimates the load of every pool.
  func load() -> LoadEstimate {
    var rates = [Double](repeating: 0, count: plan.deployments.count)
    var trips = [Double](repeating: 0, count: plan.deployments.count)
    var bytes = [Double](repeating: 0, count: plan.links.count)
    for (source, row) in zip(demand.sources, plan.sources) {
      let rate = source.meanRate(within: spec.duration.value)
      for origin in 0..<Int(row.originCount) {
        let share = share(
          plan.origins[Int(row.firstOrigin)...].prefix(Int(row.originCount)).map(\.threshold), origin)
        for target in 0..<Int(row.targetCount) {
          let part = self.share(
            plan.targets[Int(row.firstTarget)...].prefix(Int(row.targetCount)).map(\.threshold), target)
          let route = plan.routes[Int(plan.origins[Int(row.firstOrigin) + origin].firstRoute) + target]
          let asked = plan.targets[Int(row.firstTarget) + target]
          for (candidate, weight) in split(route) {
            let deployment = Int(candidate.deployment)
            addBytes(asked.requestBytes, asked.responseBytes, rate * share * part * weight, candidate, to: &bytes)
            rates[deployment] += rate * share * part * weight
            trips[deployment] +=
              rate * share * part * weight * 2 * Double(plan.paths[Int(candidate.path)].propagation) / 1e9
          }
        }
      }
    }
    let clientRates = rates
    let order = CallGraph(spec).order
    let deployments = byFunction()
    for function in order {
      for row in deployments[function] { passOn(rates[row], from: row, to: &rates, &bytes) }
    }
    var times = [Double](repeating: 0, count: plan.deployments.count)
    for function in order.reversed() {
      for row in deployments[function] { times[row] = serviceTime(of: row, times) }
    }
    var estimate = LoadEstimate()
    estimate.pools = plan.deployments.indices.map { row in
      let deployment = plan.deployments[row]
      let bottleneck = bottleneck(of: deployment, holding: times[row])
      return LoadEstimate.Pool(
        function: Int(deployment.function), siteName: plan.names.sites[Int(deployment.site)],
        rate: rates[row],
        serviceTime: bottleneck.time, serverCount: bottleneck.servers,
        queues: deployment.whenFull == .queue, cpu: cpu(of: row, serviceTime: times[row]),
        roundTrip: clientRates[row] > 0 ? trips[row] / clientRates[row] : 0)
    }
    estimate.links = plan.links.indices.map { row in
      LoadEstimate.Link(
        siteName: plan.names.links[row].site, isInward: plan.names.links[row].isInward, load: bytes[row] * 8,
        bandwidth: 8e9 / plan.links[row].nanosecondsPerByte)
    }
    estimate.singleSiteRoundTrip = deployments.map { rows in singleSiteRoundTrip(rows) }
    return estimate
  }

  private func byFunction() -> [[Int]] {
    var rows = [[Int]](repeating: [], count: spec.functions.count)
    for (index, deployment) in plan.deployments.enumerated() { rows[Int(deployment.function)].append(index) }
    return rows
  }

  /// The share that a cumulative threshold gives to one of its rows.
  private func share(_ thresholds: [Double], _ index: Int) -> Double {
    thresholds[index] - (index == 0 ? 0 : thresholds[index - 1])
  }

  /// The candidates of a route while nothing fails, with their shares.
  private func split(_ route: RoutePlan) -> [(CandidatePlan, Double)] {
    let rows = plan.candidates[Int(route.firstCandidate)...].prefix(Int(route.candidateCount))
    switch route.choice {
    case .ordered, .healthy: return rows.prefix(1).map { ($0, 1) }
    case .uniform: return rows.map { ($0, 1 / Double(rows.count)) }
    case .weighted:
      let thresholds = rows.map(\.threshold)
      return rows.enumerated().map { ($0.element, share(thresholds, $0.offset)) }
    }
  }

  private func steps(of row: Int) -> ArraySlice<StepPlan> {
    let deployment = plan.deployments[row]
    return plan.steps[Int(deployment.firstStep)...].prefix(Int(deployment.stepCount))
  }

  /// Adds what messages at a rate bring to the links on a candidate's way.
  private func addBytes(
    _ request: Int64, _ response: Int64, _ rate: Double, _ candidate: CandidatePlan, to bytes: inout [Double]
  ) {
    guard candidate.links >= 0 else { return }
    let use = plan.linkUses[Int(candidate.links)]
    for link in [use.leaving, use.entering] where link >= 0 { bytes[Int(link)] += rate * Double(request) }
    for link in [use.answersLeaving, use.answersEntering] where link >= 0 {
      bytes[Int(link)] += rate * Double(response)
    }
  }

  private func passOn(_ rate: Double, from row: Int, to rates: inout [Double], _ bytes: inout [Double]) {
    for step in steps(of: row) where step.route >= 0 {
      for (candidate, weight) in split(plan.routes[Int(step.route)]) {
        rates[Int(candidate.deployment)] += rate * Double(step.count) * weight
        addBytes(step.requestBytes, step.responseBytes, rate * Double(step.count) * weight, candidate, to: &bytes)
      }
    }
  }

  /// The share of its vCPUs that a group with slots can use at most, and the target of its rule, if that looks at it
  /// and there is room to grow.
  private func cpu(of row: Int, serviceTime: Double) -> (atMost: Double, target: Double)? {
    let deployment = plan.deployments[row]
    guard deployment.group >= 0, serviceTime > 0 else { return nil }
    let group = plan.groups[Int(deployment.group)]
    guard group.scaler.kind == .target, group.scaler.metric == .cpu, group.sharedCores == 0,
      group.maximum > group.minimum, group.milliVCPUs > 0
    else { return nil }
    let cores = Double(group.milliVCPUs) / 1000
    return (
      Double(deployment.requestsPerInstance) * work(of: deployment) / serviceTime / cores, group.scaler.target
    )
  }

  private func serviceTime(of row: Int, _ times: [Double]) -> Double {
    let deployment = plan.deployments[row]
    let specs = spec.functions[Int(deployment.function)].steps
    var sum = 0.0
    for (step, written) in zip(steps(of: row), specs) {
      let repeats = step.parallel ? 1 : Double(step.count)
      switch written.kind {
      case .work(let law): sum += law.value.mean / 1e9 * deployment.workFactor
      case .wait(let law): sum += law.value.mean / 1e9
      case .read, .write:
        if step.path >= 0 { sum += repeats * 2 * Double(plan.paths[Int(step.path)].propagation) / 1e9 }
      case .call:
        guard step.route >= 0 else { continue }
        for (candidate, weight) in split(plan.routes[Int(step.route)]) {
          let trip = 2 * Double(plan.paths[Int(candidate.path)].propagation) / 1e9
          sum += repeats * weight * (trip + times[Int(candidate.deployment)])
        }
      case .forward: break
      }
    }
    return sum
  }

  /// Instances of a deployment that its site has room for, if there are no others.
  private func room(for deployment: DeploymentPlan) -> Double {
    let site = plan.sites[Int(deployment.site)]
    var most = Double.infinity
    for (capacity, need) in [
      (Int64(site.instanceCapacity), Int64(1)), (site.memoryCapacity, deployment.footprint),
      (site.processorCapacity, deployment.processors),
    ] where capacity > 0 && need > 0 {
      most = min(most, Double(capacity / need))
    }
    return most
  }

  /// What a pool has least of beside what an invocation takes of it: places that it holds for its whole time, or, where
  /// the requests of an instance share its vCPUs, those, for the time that it computes.
  private func bottleneck(of deployment: DeploymentPlan, holding time: Double) -> (time: Double, servers: Double) {
    // What finds no room beside instances kept ready is served on demand.
    if deployment.overflow >= 0 { return (time, .infinity) }
    let instances = min(Double(deployment.maximumInstances), room(for: deployment))
    var count = instances * Double(deployment.requestsPerInstance)
    if deployment.account >= 0 {
      count = min(count, Double(plan.accounts[Int(deployment.account)].concurrencyLimit))
    }
    if count >= Double(Int32.max) { count = .infinity }
    guard deployment.group >= 0, plan.groups[Int(deployment.group)].sharedCores > 0 else { return (time, count) }
    let (computing, cores) = (work(of: deployment), instances * plan.groups[Int(deployment.group)].sharedCores)
    return computing / cores >= time / count ? (computing, cores) : (time, count)
  }

  /// Mean CPU time of an invocation, s.
  private func work(of deployment: DeploymentPlan) -> Double {
    spec.functions[Int(deployment.function)].steps.reduce(0) { sum, step in
      if case .work(let law) = step.kind { sum + law.value.mean / 1e9 } else { sum }
    }
  }

  /// The least mean round trip over the sites of a function (the first 64), if every client used that one; s.
  private func singleSiteRoundTrip(_ rows: [Int]) -> Double? {
    guard rows.count > 1 else { return nil }
    let share = demand.sources.map { $0.meanRate(within: spec.duration.value) }
    let total = share.reduce(0, +)
    let trips: [Double] = rows.prefix(64).map { row in
      guard let place = sites[Int(plan.deployments[row].site)].place else { return 0 }
      var sum = 0.0
      for (source, rate) in zip(demand.sources, share) {
        let here = source.origins.reduce(0) { $0 + $1.share }
        for origin in source.origins where here > 0 && total > 0 {
          let milliseconds = proximity.milliseconds(origin.place, ReachedSite(place: place, via: nil))
          sum += rate / total * origin.share / here * milliseconds / 1e3
        }
      }
      return sum
    }
    return trips.min()
  }
}

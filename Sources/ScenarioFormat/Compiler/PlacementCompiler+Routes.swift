internal import Catalog
internal import ServerlessModel

/// From callers to the sites that may serve them, and on from there when there is no room.
extension PlacementCompiler {
  /// The route of a population's requests from one of its origins.
  mutating func addRoute(to function: Int, fromOrigin index: Int, _ clients: ClientsSpec) {
    let origin = origins[index]
    guard let resolved = resolution.deployments[function] else { return }
    let caller = Caller(place: origin.place, carrier: origin.isMobile ? clients.carrier?.value : nil)
    let options = candidates(
      for: caller, resolved, clients: origin.clients, failsOver: clients.retry.failsOver, near: nil)
    var rows: [CandidatePlan] = []
    for (option, threshold) in zip(options.sites, Self.thresholds(options.weights)) {
      let site = siteRow(of: option)
      let path = path(fromOrigin: index, to: site, via: option.via, isIdeal: option.resolved.isIdeal)
      rows.append(
        CandidatePlan(
          path: path, front: option.resolved.gateway.map { front($0, at: site) } ?? ServerlessModel.none,
          deployment: deployment(of: function, option.resolved, at: site), threshold: threshold))
    }
    addRoute(options, rows, to: function, caller.place)
  }

  /// The route of calls from a function's site to another function.
  mutating func addCallRoute(to function: Int, from site: Int32, isIdeal: Bool) -> Int32 {
    guard let resolved = resolution.deployments[function] else { return ServerlessModel.none }
    let place = sites[Int(site)].place
    let caller = place.map { Caller(place: $0, carrier: nil) }
    let options = candidates(for: caller, resolved, clients: nil, failsOver: false, near: site)
    var rows: [CandidatePlan] = []
    for (option, threshold) in zip(options.sites, Self.thresholds(options.weights)) {
      let target = siteRow(of: option)
      let path = path(fromSite: site, to: target, via: option.via, isIdeal: isIdeal)
      rows.append(
        CandidatePlan(
          path: path, deployment: deployment(of: function, option.resolved, at: target), threshold: threshold))
    }
    addRoute(options, rows, to: function, place)
    return Int32(plan.routes.count - 1)
  }

  private mutating func addRoute(_ options: Options, _ rows: [CandidatePlan], to function: Int, _ caller: Place?) {
    let first = plan.candidates.count
    plan.routes.append(
      RoutePlan(choice: options.choice, firstCandidate: Int32(first), candidateCount: Int32(rows.count)))
    if let health = options.health { watched.append((plan.routes.count - 1, health)) }
    plan.candidates += rows
    for (offset, option) in options.sites.enumerated() where !option.resolved.spills.isEmpty {
      addChain(from: first + offset, of: option.resolved, to: function, caller)
    }
  }

  /// The candidates that a request is passed along when there is no room.
  private mutating func addChain(
    from root: Int, of resolved: PlacementResolution.Deployment, to function: Int, _ caller: Place?
  ) {
    var last = root
    var passed = [plan.candidates[root].deployment]
    for spill in resolved.spills {
      let from = plan.deployments[Int(plan.candidates[last].deployment)].site
      let avoided = passed.map { plan.names.sites[Int(plan.deployments[Int($0)].site)] }
      let place = sites[Int(from)].place ?? caller
      guard let place, let next = target(of: spill, from: place, avoiding: avoided) else { continue }
      let site = site(for: next.place)
      let row = deployment(of: function, spill, at: site)
      guard !passed.contains(row) else { continue }
      passed.append(row)
      var candidate = CandidatePlan(
        path: path(fromSite: from, to: site, via: next.via, isIdeal: spill.isIdeal),
        front: plan.candidates[root].front, deployment: row)
      candidate.spilledFrom = Int32(last)
      plan.candidates[last].spill = Int32(plan.candidates.count)
      last = plan.candidates.count
      plan.candidates.append(candidate)
    }
  }

  /// Where the overflow of a site goes; nearest is the next nearest that has not been passed.
  private func target(
    of spill: PlacementResolution.Deployment, from place: Place, avoiding passed: [String]
  ) -> ReachedSite? {
    let caller = Caller(place: place, carrier: nil)
    switch spill.place {
    case .ordered(let places):
      return places.first.map { proximity.reached($0, by: caller, on: spill.platform) }
    case .parent:
      return place.parentRegion.flatMap { lookup.catalog.region($0)?.place }.map { ReachedSite(place: $0, via: nil) }
    case .nearest(let kind):
      return proximity.nearest(kind.value, to: caller, on: spill.platform, count: passed.count + 1)
        .first { !passed.contains($0.place.code) }
    case .among(let places, _, _):
      return proximity.sorted(places, for: caller, on: spill.platform)
        .first { !passed.contains($0.place.code) }
    case .failover, .weighted, .points, .routed: return nil
    }
  }

  private mutating func siteRow(of option: Option) -> Int32 {
    switch option.target {
    case .place(let place): site(for: place)
    case .point(let index): pointSite(index)
    }
  }

  /// One of the sites that a route may take.
  private struct Option {
    enum Target {
      case place(Place)
      case point(Int)
    }
    let target: Target
    let via: Place?
    let resolved: PlacementResolution.Deployment

    init(_ site: ReachedSite, _ resolved: PlacementResolution.Deployment) {
      (target, via) = (.place(site.place), site.via)
      self.resolved = resolved
    }

    init(point: Int, _ resolved: PlacementResolution.Deployment) {
      (target, via) = (.point(point), nil)
      self.resolved = resolved
    }
  }

  /// The sites of a route and how one of them is picked.
  private struct Options {
    var choice = RouteChoice.ordered
    var sites: [Option] = []
    var weights: [Double] = []
    var health: HealthSpec?

    init(_ choice: RouteChoice, _ sites: [Option], weights: [Double]? = nil, health: HealthSpec? = nil) {
      self.choice = health == nil ? choice : .healthy
      self.sites = sites
      self.weights = weights ?? [Double](repeating: 1, count: sites.count)
      self.health = health
    }
  }

  /// The sites that a caller may be served at, over all variants of the function.
  private func candidates(
    for caller: Caller?, _ resolved: PlacementResolution.Deployment, clients: Int?, failsOver: Bool,
    near site: Int32?
  ) -> Options {
    guard !resolved.variants.isEmpty else {
      return single(for: caller, resolved, clients: clients, failsOver: failsOver, near: site)
    }
    var all = Options(.weighted, [], weights: [])
    for variant in resolved.variants {
      let own = single(for: caller, variant, clients: clients, failsOver: false, near: site)
      let total = own.choice == .ordered ? own.weights.first ?? 1 : own.weights.reduce(0, +)
      let kept = own.choice == .ordered ? 1 : own.sites.count
      all.sites += own.sites.prefix(kept)
      all.weights += own.weights.prefix(kept).map { $0 / total * variant.share }
    }
    return all
  }

  /// The same for one variant. A caller without a place sits at a point of presence.
  private func single(
    for caller: Caller?, _ resolved: PlacementResolution.Deployment, clients: Int?, failsOver: Bool,
    near site: Int32?
  ) -> Options {
    func option(_ place: Place) -> Option {
      guard let caller else { return Option(ReachedSite(place: place, via: nil), resolved) }
      return Option(proximity.reached(place, by: caller, on: resolved.platform), resolved)
    }
    switch resolved.place.forClients(clients) {
    case .ordered(let places):
      return Options(.ordered, (failsOver ? places : Array(places.prefix(1))).map(option))
    case .failover(let places, let health):
      return Options(.ordered, places.map(option), health: health)
    case .weighted(let places):
      return Options(.weighted, places.map { option($0.place) }, weights: places.map(\.weight))
    case .nearest(let kind):
      guard let caller else { return Options(.ordered, []) }
      let nearest = proximity.nearest(kind.value, to: caller, on: resolved.platform, count: failsOver ? 5 : 1)
      return Options(.ordered, nearest.map { Option($0, resolved) })
    case .among(let places, let health, _):
      guard let caller else { return Options(.ordered, places.prefix(1).map(option)) }
      let sorted = proximity.sorted(places, for: caller, on: resolved.platform)
      let kept = health != nil ? sorted.count : failsOver ? 5 : 1
      return Options(.ordered, sorted.prefix(kept).map { Option($0, resolved) }, health: health)
    case .points(let count):
      if let site, sites[Int(site)].kind == .point, let index = pointIndex(of: site), index < count {
        return Options(.ordered, [Option(point: index, resolved)])
      }
      return Options(.uniform, (0..<count).map { Option(point: $0, resolved) })
    case .parent, .routed, nil: return Options(.ordered, [])
    }
  }

  private func pointIndex(of site: Int32) -> Int? {
    Int(plan.names.sites[Int(site)].dropFirst("point-".count)).map { $0 - 1 }
  }
}

internal import Catalog
internal import ServerlessModel
internal import SimulationKernel
internal import Stochastics

extension PlacementCompiler {
  /// How callers of a population behave.
  static func behaviour(of clients: ClientsSpec) -> ClientsPlan {
    var behaviour = ClientsPlan()
    behaviour.timeout = clients.timeout
    behaviour.attempts = Int32(clients.retry.attempts)
    behaviour.backoffBase = clients.retry.backoff
    behaviour.backoffFactor = clients.retry.factor
    behaviour.backoffCap = clients.retry.cap
    behaviour.fullJitter = clients.retry.hasFullJitter
    behaviour.failsOver = clients.retry.failsOver
    guard let connections = clients.connections else { return behaviour }
    let trips = connections.handshake.roundTrips
    behaviour.handshakeRoundTrips = trips.full
    behaviour.resumedRoundTrips = trips.resumed
    behaviour.tlsRoundTrips = trips.tls
    behaviour.reuse = connections.reuse
    behaviour.resumption = connections.resumption
    return behaviour
  }

  /// Adds a source, its origins, and their routes to each of its targets.
  mutating func add(_ source: Demand.Source) {
    let clients = spec.clients[source.clients]
    var row = SourcePlan(
      clients: Int32(source.clients), entity: Mix.identity(of: source.identity), kind: source.arrivals.kind)
    addArrivals(of: source, to: &row)
    row.firstTarget = Int32(plan.targets.count)
    let targets = clients.calls.filter { $0.weight > 0 }
    row.targetCount = Int32(targets.count)
    let functions = targets.compactMap { target in
      spec.functions.firstIndex { $0.name.value == target.name.value }
    }
    for (function, threshold) in zip(functions, Self.thresholds(targets.map(\.weight))) {
      plan.targets.append(
        TargetPlan(
          function: Int32(function), threshold: threshold, requestBytes: spec.functions[function].request,
          responseBytes: spec.functions[function].response))
    }
    row.firstOrigin = Int32(plan.origins.count)
    row.originCount = Int32(source.origins.count)
    for (origin, threshold) in zip(source.origins, Self.thresholds(source.origins.map(\.share))) {
      let index = origins.count
      append(
        origin: origin,
        OriginPlan(clients: row.clients, threshold: threshold, firstRoute: Int32(plan.routes.count)))
      for function in functions { addRoute(to: function, fromOrigin: index, clients) }
    }
    plan.sources.append(row)
  }

  /// Cumulative shares; the last is exactly 1.
  static func thresholds(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    return weights.indices.map { index in
      sum += weights[index]
      return index == weights.count - 1 ? 1 : sum / total
    }
  }

  private mutating func addArrivals(of source: Demand.Source, to row: inout SourcePlan) {
    switch source.arrivals {
    case .poisson, .daily, .steps, .bursts:
      let curve = source.rateSteps()
      row.firstRow = Int32(plan.rateSteps.count)
      row.rowCount = Int32(curve.stretches.count)
      row.period = curve.period
      plan.rateSteps += curve.stretches.map { RateStep(until: $0.until, rate: $0.rate) }
    case .periodic(let every, let phase):
      row.period = every.value
      row.phase = phase
    case .renewal(let law):
      row.gap = plan.sampler(law.value)
    case .batches(let batches):
      row.firstRow = Int32(plan.instants.count)
      let ordered = batches.sorted { $0.at.value < $1.at.value }
      for batch in ordered { plan.instants += repeatElement(batch.at.value, count: batch.count.value) }
      row.rowCount = Int32(plan.instants.count) - row.firstRow
    case .timestamps(let instants):
      row.firstRow = Int32(plan.instants.count)
      plan.instants += instants.map(\.value)
      row.rowCount = Int32(instants.count)
    }
  }

  private mutating func addRoute(to function: Int, fromOrigin index: Int, _ clients: ClientsSpec) {
    let origin = origins[index]
    guard let resolved = resolution.deployments[function] else { return }
    let caller = Caller(place: origin.place, carrier: origin.isMobile ? clients.carrier?.value : nil)
    let options = candidates(for: caller, resolved, failsOver: clients.retry.failsOver, near: nil)
    var rows: [CandidatePlan] = []
    for (option, threshold) in zip(options.sites, Self.thresholds(options.weights)) {
      let site = siteRow(of: option)
      let path = path(fromOrigin: index, to: site, via: option.via, isIdeal: resolved.isIdeal)
      rows.append(
        CandidatePlan(
          path: path, front: resolved.gateway.map { front($0, at: site) } ?? ServerlessModel.none,
          deployment: deployment(of: function, resolved, at: site), threshold: threshold))
    }
    addRoute(options.choice, rows)
  }

  /// The route of calls from a function's site to another function.
  mutating func addCallRoute(to function: Int, from site: Int32, isIdeal: Bool) -> Int32 {
    guard let resolved = resolution.deployments[function] else { return ServerlessModel.none }
    let place = sites[Int(site)].place
    let caller = place.map { Caller(place: $0, carrier: nil) }
    let options = candidates(for: caller, resolved, failsOver: false, near: site)
    var rows: [CandidatePlan] = []
    for (option, threshold) in zip(options.sites, Self.thresholds(options.weights)) {
      let target = siteRow(of: option)
      let path = path(fromSite: site, to: target, via: option.via, isIdeal: isIdeal)
      rows.append(
        CandidatePlan(
          path: path, deployment: deployment(of: function, resolved, at: target), threshold: threshold))
    }
    addRoute(options.choice, rows)
    return Int32(plan.routes.count - 1)
  }

  private mutating func addRoute(_ choice: RouteChoice, _ rows: [CandidatePlan]) {
    plan.routes.append(
      RoutePlan(
        choice: choice, firstCandidate: Int32(plan.candidates.count), candidateCount: Int32(rows.count)))
    plan.candidates += rows
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

    init(_ site: ReachedSite) {
      target = .place(site.place)
      via = site.via
    }

    init(point: Int) {
      target = .point(point)
      via = nil
    }
  }

  /// The sites that a caller may be served at. A caller without a place sits at a point of presence.
  private func candidates(
    for caller: Caller?, _ resolved: PlacementResolution.Deployment, failsOver: Bool, near site: Int32?
  ) -> (choice: RouteChoice, sites: [Option], weights: [Double]) {
    switch resolved.place {
    case .ordered(let places):
      let kept = failsOver ? places : Array(places.prefix(1))
      return (.ordered, kept.map { reached($0, caller, resolved) }, kept.map { _ in 1 })
    case .weighted(let places):
      return (.weighted, places.map { reached($0.place, caller, resolved) }, places.map(\.weight))
    case .nearest(let kind):
      guard let caller else { return (.ordered, [], []) }
      let nearest = proximity.nearest(kind.value, to: caller, on: resolved.platform, count: failsOver ? 5 : 1)
      return (.ordered, nearest.map(Option.init), nearest.map { _ in 1 })
    case .points(let count):
      if let site, sites[Int(site)].kind == .point, let index = pointIndex(of: site), index < count {
        return (.ordered, [Option(point: index)], [1])
      }
      return (.uniform, (0..<count).map(Option.init(point:)), [Double](repeating: 1, count: count))
    }
  }

  private func reached(_ place: Place, _ caller: Caller?, _ resolved: PlacementResolution.Deployment)
    -> Option
  {
    guard let caller else { return Option(ReachedSite(place: place, via: nil)) }
    return Option(proximity.reached(place, by: caller, on: resolved.platform))
  }

  private func pointIndex(of site: Int32) -> Int? {
    Int(plan.names.sites[Int(site)].dropFirst("point-".count)).map { $0 - 1 }
  }
}

extension ConnectionsSpec.Handshake {
  /// Round trips before the first request can be sent: TCP takes one, TLS 1.3 one more (none with early data
  /// on resumption), TLS 1.2 two more (one on resumption), QUIC one (none on resumption). RFC 8446, 5246,
  /// 9000.
  var roundTrips: (full: Int32, resumed: Int32, tls: Int32) {
    switch self {
    case .tls13: (2, 1, 1)
    case .tls12: (3, 2, 2)
    case .quic: (1, 0, 1)
    case .tcp: (1, 1, 0)
    case .none: (0, 0, 0)
    }
  }
}

extension ArrivalsSpec {
  /// The model's kind of law.
  var kind: ArrivalKind {
    switch self {
    case .poisson, .daily, .steps: .poisson
    case .periodic: .periodic
    case .renewal: .renewal
    case .bursts: .bursts
    case .batches, .timestamps: .instants
    }
  }
}

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

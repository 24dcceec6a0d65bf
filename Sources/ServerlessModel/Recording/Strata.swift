import SimulationKernel

/// The strata of the demand: what a request's source, origin, target and connection are, whether it or its answer is
/// lost on the way, and in which parts of their laws its network jitter, its first work and its platform's latency
/// fall, is decided by chance with known probabilities, and by nothing that a placement does.
///
/// How many requests fell into each stratum is luck that every placement shares, but that moves the mean difference
/// between two placements, because a request from far away gains more than one from nearby. Weighing the strata by
/// their known probabilities instead of their counts takes that luck out (post-stratification).
package struct Strata: Sendable {
  private static let kinds = Int32(ConnectionKind.allCases.count)
  /// Parts into which the draws of jitter, of work and of the platform's latency are cut.
  private static let jitterParts: Int32 = 14
  private static let workParts: Int32 = 4
  private static let overheadParts: Int32 = 4
  /// Plans with more routes than this have strata of routes and connections only.
  private static let mostRoutes = 64

  private let cutsDraws: Bool
  /// Per route, the probability that a message is lost, one way, on the path of its first candidate.
  private let losses: [Double]

  /// The strata of a plan, which is the baseline's where several are compared.
  package init(plan: Plan) {
    losses = plan.routes.map { plan.paths[Int(plan.candidates[Int($0.firstCandidate)].path)].loss }
    cutsDraws = losses.count <= Self.mostRoutes
  }

  /// Cells of the parts of the draws.
  private static let drawCells = jitterParts * workParts * overheadParts

  /// Cells of each combination of route and connection; they lie side by side. The last is that of requests which
  /// were lost once or more, whatever their other draws.
  package var cells: Int32 { cutsDraws ? Self.drawCells + 1 : 1 }

  /// Strata of each route; those of route r begin at `r × perRoute`.
  package var perRoute: Int { Int(Self.kinds * cells) }

  /// Number of strata.
  package var count: Int { losses.count * perRoute }

  /// The stratum of a request.
  @inline(__always)
  func of(route: Int32, _ connection: ConnectionKind, _ luck: Luck) -> Int32 {
    let row = route &* Self.kinds &+ Int32(connection.rawValue)
    if !cutsDraws { return row }
    let loss = losses[Int(route)]
    if loss > 0
      && (luck.bits(Purpose.attempts &+ Purpose.lossUp).unitInterval < loss
        || luck.bits(Purpose.attempts &+ Purpose.lossDown).unitInterval < loss)
    {
      return row &* cells &+ Self.drawCells
    }
    let jitter = Self.part(luck.bits(Purpose.attempts &+ Purpose.jitter), of: Self.jitterParts)
    let work = Self.part(luck.bits(Purpose.steps), of: Self.workParts)
    let overhead = Self.part(luck.bits(Purpose.overhead), of: Self.overheadParts)
    return row &* cells &+ (jitter &* Self.workParts &+ work) &* Self.overheadParts &+ overhead
  }

  /// The part of a law into which a draw falls: two for each halving of the upper tail, because that is where
  /// long delays differ. Parts 2k and 2k + 1 share the tail probabilities from 2^−(k+1) to 2^−k; the last two share
  /// the rest.
  @inline(__always)
  private static func part(_ bits: UInt64, of parts: Int32) -> Int32 {
    let octave = min((~bits).leadingZeroBitCount, Int(parts / 2) &- 1)
    let below = octave &+ 1 < Int(parts / 2) ? octave &+ 1 : octave
    let half = Int32(truncatingIfNeeded: (~bits &>> UInt64(63 &- below)) & 1)
    return Int32(truncatingIfNeeded: octave) &* 2 &+ half
  }

  /// The probability of a part.
  private static func probability(_ part: Int32, of parts: Int32) -> Double {
    let octave = part / 2
    let isRest = octave + 1 == parts / 2
    var tail = 1.0
    for _ in 0..<(isRest ? octave : octave + 1) { tail /= 2 }
    return tail / 2
  }

  /// The probabilities of the cells of a combination of a route and a connection.
  private func cellShares(of route: Int32) -> [Double] {
    if !cutsDraws { return [1] }
    let unscathed = (1 - losses[Int(route)]) * (1 - losses[Int(route)])
    let shares = (0..<Self.drawCells).map { cell in
      let overhead = cell % Self.overheadParts
      let work = cell / Self.overheadParts % Self.workParts
      let jitter = cell / Self.overheadParts / Self.workParts
      return unscathed * Self.probability(jitter, of: Self.jitterParts)
        * Self.probability(work, of: Self.workParts) * Self.probability(overhead, of: Self.overheadParts)
    }
    return shares + [1 - unscathed]
  }

  /// Requests expected in the measured time, by stratum; `nil` where a source's demand has no expected number in
  /// closed form.
  package static func expectedRequests(_ plan: Plan) -> [Double]? {
    let strata = Strata(plan: plan)
    let cellShares = plan.routes.indices.map { strata.cellShares(of: Int32($0)) }
    var expected = [Double](repeating: 0, count: strata.count)
    for source in plan.sources {
      guard let arrivals = arrivals(of: source, plan) else { return nil }
      let connections = shares(of: plan.clients[Int(source.clients)])
      var below = 0.0
      for origin in 0..<source.originCount {
        let row = plan.origins[Int(source.firstOrigin + origin)]
        let ofOrigin = source.originCount == 1 ? 1 : row.threshold - below
        below = row.threshold
        var targetsBelow = 0.0
        for target in 0..<source.targetCount {
          let threshold = plan.targets[Int(source.firstTarget + target)].threshold
          let ofTarget = source.targetCount == 1 ? 1 : threshold - targetsBelow
          targetsBelow = threshold
          for (kind, share) in connections.enumerated() {
            let route = Int(row.firstRoute + target)
            let first = (route * Int(kinds) + kind) * Int(strata.cells)
            let requests = arrivals * ofOrigin * ofTarget * share
            for (cell, part) in cellShares[route].enumerated() { expected[first + cell] += requests * part }
          }
        }
      }
    }
    return expected
  }

  /// Shares of open, resumed and new connections.
  private static func shares(of clients: ClientsPlan) -> [Double] {
    if clients.handshakeRoundTrips == 0 { return [1, 0, 0] }
    let fresh = 1 - clients.reuse
    return [clients.reuse, fresh * clients.resumption, fresh * (1 - clients.resumption)]
  }

  /// Expected arrivals of a source in the measured time.
  private static func arrivals(of source: SourcePlan, _ plan: Plan) -> Double? {
    let rows = Int(source.firstRow)..<Int(source.firstRow + source.rowCount)
    switch source.kind {
    case .poisson: return poissonArrivals(plan.rateSteps[rows], period: source.period, plan)
    case .periodic:
      guard source.period > 0 else { return nil }
      return Double(ticks(of: source, before: plan.horizon) - ticks(of: source, before: plan.warmUp))
    case .instants:
      return Double(plan.instants[rows].count { $0 >= plan.warmUp && $0 < plan.horizon })
    case .renewal, .bursts: return nil
    }
  }

  /// Arrivals of a periodic source before an instant.
  private static func ticks(of source: SourcePlan, before end: Int64) -> Int64 {
    end <= source.phase ? 0 : (end - 1 - source.phase) / source.period + 1
  }

  /// The integral of a rate curve, repeated with `period` if that is not 0, over the measured time.
  private static func poissonArrivals(_ steps: ArraySlice<RateStep>, period: Int64, _ plan: Plan) -> Double {
    var total = 0.0
    var start: Int64 = 0
    var base: Int64 = 0
    while base < plan.horizon {
      for step in steps {
        let end = step.until == .max ? plan.horizon : min(plan.horizon, saturating(base, step.until))
        let length = end - max(start, plan.warmUp)
        if length > 0 { total += step.rate * Double(length) }
        start = max(start, end)
      }
      if period == 0 { break }
      base += period
      start = base
    }
    return total
  }
}

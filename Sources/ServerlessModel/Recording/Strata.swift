import SimulationKernel

/// The strata of the demand: what a request's source, origin, target and connection are, and in which eighth of their
/// laws its network jitter and its first work fall, is decided by chance with known probabilities, and by nothing that
/// a placement does.
///
/// How many requests fell into each stratum is luck that every placement shares, but that moves the mean difference
/// between two placements, because a request from far away gains more than one from nearby. Weighing the strata by
/// their known probabilities instead of their counts takes that luck out (post-stratification).
package enum Strata {
  private static let kinds = Int32(ConnectionKind.allCases.count)
  /// Equally likely parts into which each of two draws is cut.
  private static let parts: Int32 = 8
  /// Strata of each route; those of route r begin at `r × perRoute`.
  package static let perRoute = kinds * parts * parts

  /// The stratum of a request.
  @inline(__always)
  static func of(route: Int32, _ connection: ConnectionKind, _ luck: Luck) -> Int32 {
    let jitter = Int32(truncatingIfNeeded: luck.bits(Purpose.attempts &+ Purpose.jitter) &>> 61)
    let work = Int32(truncatingIfNeeded: luck.bits(Purpose.steps) &>> 61)
    return ((route &* kinds &+ Int32(connection.rawValue)) &* parts &+ jitter) &* parts &+ work
  }

  /// Requests expected in the measured time, by stratum; `nil` where a source's demand has no expected number in
  /// closed form.
  package static func expectedRequests(_ plan: Plan) -> [Double]? {
    var expected = [Double](repeating: 0, count: plan.routes.count * Int(perRoute))
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
            let cells = Int(parts * parts)
            let first = (Int(row.firstRoute + target) * Int(kinds) + kind) * cells
            let each = arrivals * ofOrigin * ofTarget * share / Double(cells)
            for cell in first..<first + cells { expected[cell] += each }
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
    case .periodic: return source.period > 0 ? Double(plan.horizon - plan.warmUp) / Double(source.period) : nil
    case .instants:
      return Double(plan.instants[rows].filter { $0 >= plan.warmUp && $0 <= plan.horizon }.count)
    case .renewal, .bursts: return nil
    }
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

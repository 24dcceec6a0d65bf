import ServerlessModel
import Statistics
import Stochastics

/// Many small sites against one big one: the utilisation above which k edge sites of one server each make callers
/// wait so much longer than one cloud site of k servers that the cloud wins in spite of its distance.
package struct EdgeInversion: Sendable {
  /// Service rate of a server, 1/s.
  package var serviceRate: Double
  /// Edge sites, and servers of the cloud.
  package var sites: Int32
  /// How much longer the round trip to the cloud is, s.
  package var extraRoundTrip: Double

  package init(serviceRate: Double, sites: Int32, extraRoundTrip: Double) {
    self.serviceRate = serviceRate
    self.sites = sites
    self.extraRoundTrip = extraRoundTrip
  }

  /// Cases and their crossovers by Erlang C: ρ where W(M/M/1) − W(M/M/k) is the extra round trip.
  package static let cases: [(model: EdgeInversion, crossover: Double)] = [
    (EdgeInversion(serviceRate: 13, sites: 2, extraRoundTrip: 0.01), 0.1279),
    (EdgeInversion(serviceRate: 13, sites: 2, extraRoundTrip: 0.05), 0.4924),
    (EdgeInversion(serviceRate: 13, sites: 2, extraRoundTrip: 0.15), 0.7759),
    (EdgeInversion(serviceRate: 13, sites: 5, extraRoundTrip: 0.025), 0.2467),
    (EdgeInversion(serviceRate: 13, sites: 5, extraRoundTrip: 0.08), 0.5248),
    (EdgeInversion(serviceRate: 13, sites: 10, extraRoundTrip: 0.01), 0.115),
    (EdgeInversion(serviceRate: 13, sites: 10, extraRoundTrip: 0.05), 0.3944),
    (EdgeInversion(serviceRate: 13, sites: 10, extraRoundTrip: 0.15), 0.6669),
    (EdgeInversion(serviceRate: 13, sites: 50, extraRoundTrip: 0.025), 0.2452),
    (EdgeInversion(serviceRate: 13, sites: 50, extraRoundTrip: 0.08), 0.5098),
    (EdgeInversion(serviceRate: 100, sites: 2, extraRoundTrip: 0.01), 0.618),
    (EdgeInversion(serviceRate: 100, sites: 2, extraRoundTrip: 0.05), 0.905),
    (EdgeInversion(serviceRate: 100, sites: 2, extraRoundTrip: 0.15), 0.9672),
    (EdgeInversion(serviceRate: 100, sites: 5, extraRoundTrip: 0.025), 0.7396),
    (EdgeInversion(serviceRate: 100, sites: 5, extraRoundTrip: 0.08), 0.9061),
    (EdgeInversion(serviceRate: 100, sites: 10, extraRoundTrip: 0.01), 0.5018),
    (EdgeInversion(serviceRate: 100, sites: 10, extraRoundTrip: 0.05), 0.8418),
    (EdgeInversion(serviceRate: 100, sites: 10, extraRoundTrip: 0.15), 0.9425),
  ]

  /// How far the crossover found may lie from the formula's, as a share of it.
  package static let tolerance = 0.02

  /// The crossover found by simulation: the mean of the roots over independent seeds with its 99 % interval; nil if
  /// a seed shows no crossover.
  ///
  /// - Parameters:
  ///   - requests: requests of each run.
  ///   - seeds: how many seeds, 1 and up.
  ///   - jobs: threads to use at most.
  package func crossover(requests: Double, seeds: Int, jobs: Int) async -> ConfidenceInterval? {
    let lanes = max(1, jobs)
    let roots = await withTaskGroup(of: [Double?].self) { group in
      for lane in 0..<lanes {
        group.addTask {
          stride(from: lane, to: seeds, by: lanes).map { crossover(requests: requests, seed: UInt64($0 + 1)) }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    let found = roots.compactMap { $0 }
    return found.count == seeds ? .student(values: found.sorted(), level: 0.99) : nil
  }

  /// Whether a crossover found is within the tolerance of the formula's and known at least that well.
  package static func agrees(_ found: ConfidenceInterval, with expected: Double) -> Bool {
    max(abs(found.estimate - expected), found.halfWidth) <= tolerance * expected
  }

  /// The crossover on one seed: the root of the difference of the mean latencies, both placements on the same
  /// luck, by Brent's method; nil if one placement is better at all utilisations from 1 to 99.5 %. Runs of a tenth of
  /// the length say where to look.
  ///
  /// - Parameters:
  ///   - requests: requests of each run.
  ///   - seed: of all runs, so that the difference is a continuous function of the utilisation but for ties.
  package func crossover(requests: Double, seed: UInt64 = 1) -> Double? {
    guard let rough = root(between: 0.01, and: 0.995, relativeTolerance: 1e-2, requests / 10, seed) else {
      return root(between: 0.01, and: 0.995, relativeTolerance: 1e-3, requests, seed)
    }
    return root(between: 0.9 * rough, and: min(1.1 * rough, 0.995), relativeTolerance: 1e-3, requests, seed)
      ?? root(between: 0.01, and: 0.995, relativeTolerance: 1e-3, requests, seed)
  }

  private func root(
    between low: Double, and high: Double, relativeTolerance: Double, _ requests: Double, _ seed: UInt64
  ) -> Double? {
    RootFinding.brent(between: low, and: high, relativeTolerance: relativeTolerance) { utilisation in
      mean(atEdge: true, utilisation, requests, seed) - mean(atEdge: false, utilisation, requests, seed)
    }
  }

  /// Mean latency at a utilisation, s.
  private func mean(atEdge: Bool, _ utilisation: Double, _ requests: Double, _ seed: UInt64) -> Double {
    var builder = PlanBuilder("edge inversion")
    let rate = utilisation * serviceRate * Double(sites)
    builder.poisson(rate: rate)
    let work = PlanBuilder.Activity.work(.exponential(mean: 1 / serviceRate))
    if atEdge {
      builder.plan.candidates = (0..<sites).map { CandidatePlan(path: 0, deployment: $0) }
      builder.plan.routes = [RoutePlan(choice: .uniform, firstCandidate: 0, candidateCount: sites)]
      for _ in 0..<sites { builder.group([work], servers: 1, slots: 1) }
    } else {
      builder.plan.paths[0].propagation = builder.nanoseconds(extraRoundTrip / 2)
      builder.group([work], servers: sites, slots: 1)
    }
    builder.plan.seed = seed
    builder.plan.horizon = builder.nanoseconds(requests / rate)
    builder.plan.interval = builder.plan.horizon
    builder.plan.warmUp = builder.plan.horizon / 20
    var world = World(plan: builder.plan, replication: 0)
    while world.run() {}
    let result = world.result()
    let total = result.series.reduce(into: SeriesCounts()) { $0.merge($1) }
    return Double(total.latencySum) / Double(max(1, total.served)) / 1e9
  }
}

import ServerlessModel
import Stochastics

/// Groups of servers: waiting lines whose servers the platform starts and stops, and shared processors.
enum Groups {
  static let cases: [TheoryCase] = lines + balanced + shared

  private static let exponential = Distribution.exponential(mean: 1)

  /// M/M/10 at 8 erlangs, however its ten slots are made up, and whatever rule is frozen.
  private static let lines: [TheoryCase] = [
    line("Server group, M/M/10: ten servers with a slot", servers: 10, slots: 1),
    line("Server group, M/M/10: two servers with five slots", servers: 2, slots: 5),
    line("Server group, M/M/10: autoscaling frozen at ten", servers: 10, slots: 1) {
      $0.scaler.kind = .target
      ($0.scaler.target, $0.scaler.period) = (0.5, 10_000_000_000)
    },
    line("Container cluster, M/M/10: panic rule frozen at ten", servers: 10, slots: 1) {
      $0.scaler.kind = .panic
      ($0.scaler.target, $0.scaler.period) = (1, 2_000_000_000)
    },
    TheoryCase(
      "Container cluster, M/D/5, arrivals 4.5", source: "embedded Markov chain, Crommelin",
      length: .requests(36e6, rate: 4.5), warmUp: 300, rows: [.wait(0.776695158), .mean(1.776695158)]
    ) {
      $0.poisson(rate: 4.5)
      $0.group([.work(.constant(1))], servers: 5, slots: 1)
    },
  ]

  private static func line(
    _ name: String, servers: Int32, slots: Int32, adjust: @escaping @Sendable (inout GroupPlan) -> Void = { _ in }
  ) -> TheoryCase {
    TheoryCase(
      name, source: "Erlang C", length: .requests(38e6, rate: 8), warmUp: 150,
      rows: [.busy(8), .waitShare(0.4091801508), .wait(0.2045900754), .mean(1.204590075)]
    ) {
      $0.poisson(rate: 8)
      $0.group([.work(exponential)], servers: servers, slots: slots, adjust: adjust)
    }
  }

  /// Each server a line of its own: in turn, a server sees Erlang arrivals.
  private static let balanced: [TheoryCase] = [
    TheoryCase(
      "Round robin over two servers, E2/M/1 each", source: "GI/M/1, root of σ = A*(μ(1 − σ))",
      length: .requests(40e6, rate: 1.6), warmUp: 500, rows: [.mean(3.84397977)]
    ) {
      $0.poisson(rate: 1.6)
      $0.group([.work(exponential)], servers: 2, slots: 1) { $0.balancer = .roundRobin }
    }
  ]

  /// Egalitarian processor sharing: the mean does not depend on the law of the work.
  private static let shared: [TheoryCase] = [
    sharing("M/M/1-PS at load 0.8", exponential, rate: 0.8, cores: 1, mean: 5),
    sharing("M/D/1-PS at load 0.8", .constant(1), rate: 0.8, cores: 1, mean: 5),
    sharing("M/G/1-PS at load 0.8, lognormal with CV 1.5", .lognormal(mean: 1, cv: 1.5), rate: 0.8, cores: 1, mean: 5),
    sharing("M/M/2-PS, arrivals 1.5", exponential, rate: 1.5, cores: 2, mean: 2.285714286),
  ]

  private static func sharing(
    _ name: String, _ work: Distribution, rate: Double, cores: Double, mean: Double
  ) -> TheoryCase {
    TheoryCase(
      name, source: "processor sharing: Kleinrock; insensitivity", length: .requests(40e6, rate: rate), warmUp: 1000,
      rows: [.mean(mean), .inSystem(mean * rate)]
    ) {
      $0.poisson(rate: rate)
      $0.group([.work(work)], servers: 1, slots: .max) {
        ($0.sharedCores, $0.balancer) = (cores, .leastOutstanding)
      }
    }
  }
}

extension PlanBuilder {
  /// Adds a station that is a group of servers, each with slots, and a line without end.
  /// - Returns: its number.
  @discardableResult
  mutating func group(
    _ activities: [Activity], servers: Int32, slots: Int32, adjust: (inout GroupPlan) -> Void = { _ in }
  ) -> Int32 {
    var group = GroupPlan()
    (group.initial, group.minimum, group.maximum) = (servers, servers, servers)
    adjust(&group)
    let handle = Int32(plan.groups.count)
    plan.groups.append(group)
    return station(activities, servers: servers) {
      ($0.group, $0.scaling, $0.requestsPerInstance) = (handle, .managed, slots)
    }
  }
}

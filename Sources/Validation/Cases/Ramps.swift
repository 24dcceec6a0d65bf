import ServerlessModel
import Stochastics

/// Limits of growth, where nothing is left to chance.
enum Ramps {
  static let cases: [TheoryCase] = burst + steps + buckets

  /// AWS Lambda until November 2023: 3,000 at once, then 500 a minute (operator guide). Each environment serves
  /// one request a minute.
  private static let burst: [TheoryCase] = [
    lambda("10,000 at once", perMinute: [10_000], throttled: [7000]),
    lambda("5,000 a minute for two minutes", perMinute: [5000, 5000], throttled: [2000, 1500]),
    lambda("3,333 a minute for three minutes", perMinute: [3333, 3333, 3334], throttled: [333, 0, 0]),
    lambda("2,500 a minute for four minutes", perMinute: [2500, 2500, 2500, 2500], throttled: [0, 0, 0, 0]),
  ]

  private static func lambda(_ name: String, perMinute counts: [Int], throttled: [Double]) -> TheoryCase {
    TheoryCase(
      "burst of 3,000 and 500 a minute: \(name)", source: "AWS Lambda operator guide",
      length: .time(60 * Double(counts.count), requests: Double(counts.reduce(0, +))),
      replications: 2, interval: 60,
      rows: throttled.enumerated().map { .throttled(interval: $0.offset, $0.element) }
    ) {
      $0.instants(
        counts.enumerated().flatMap { minute, count in [Double](repeating: 60 * Double(minute), count: count)
        })
      $0.plan.accounts = [AccountPlan(concurrencyLimit: 10_000)]
      let every = $0.nanoseconds(60)
      $0.station([.work(.constant(59.9))], room: 0) {
        $0.account = 0
        $0.scaling = .ramp
        $0.scalingInitial = 3000
        $0.scalingAdd = 500
        $0.scalingEvery = every
      }
    }
  }

  /// AWS Lambda since: 1,000 environments every 10 s, nothing carried over. 3,500 callers try once a second.
  private static let steps: [TheoryCase] = [
    (5.5, 1000.0), (15.5, 2000), (25.5, 3000), (29.5, 3000), (30.5, 3500),
  ].map {
    time, expected in
    TheoryCase(
      "1,000 more every 10 s, 3,500 wanted, after \(time) s", source: "AWS Lambda developer guide",
      length: .time(time, requests: 3500 * time), replications: 2, rows: [.runningAtEnd(expected)]
    ) {
      $0.instants([Double](repeating: 0, count: 3500))
      $0.plan.clients[0].attempts = 100
      $0.plan.clients[0].backoffBase = $0.nanoseconds(1)
      $0.plan.clients[0].backoffFactor = 1
      $0.plan.clients[0].fullJitter = false
      let every = $0.nanoseconds(10)
      $0.station([.work(.constant(1e6))], room: 0) {
        $0.scaling = .stepwise
        $0.scalingInitial = 1000
        $0.scalingAdd = 1000
        $0.scalingEvery = every
      }
    }
  }

  /// Token bucket of 10,000 a second with a burst of 5,000 (API Gateway's default).
  private static let buckets: [TheoryCase] = [
    bucket("12,000 a second for 60 s", until: 60, (0..<720_000).map { Double($0) / 12_000 }, passed: 605_000),
    bucket("20,000 at once", until: 1, [Double](repeating: 0, count: 20_000), passed: 5000),
    bucket(
      "5,000 and 5,000 after 0.3 s", until: 1,
      [Double](repeating: 0, count: 5000) + [Double](repeating: 0.3, count: 5000), passed: 8000),
  ]

  private static func bucket(_ name: String, until end: Double, _ times: [Double], passed: Double)
    -> TheoryCase
  {
    var row = TheoryRow.frontPassCount(passed)
    // The formula is that of a fluid.
    row.tolerance = 1
    return TheoryCase(
      "token bucket: \(name)", source: "fluid limit", length: .time(end, requests: Double(times.count)),
      replications: 2, rows: [row]
    ) {
      $0.instants(times)
      $0.station([])
      $0.tokenBucket(timePerToken: 1e-4, burst: 5000)
    }
  }
}

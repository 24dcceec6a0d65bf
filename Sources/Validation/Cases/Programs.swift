import Stochastics

/// Functions with several steps, and functions that hand over to others.
enum Programs {
  static let cases: [TheoryCase] = chains + sums + fastestAndSlowest + mixtures + attempts + [jackson]

  /// M/M/1 stations in a row: independent sojourns, their sum hypoexponential.
  private static let chains: [TheoryCase] = [
    tandem(
      "tandem, arrivals 0.5, service 1, 0.8, 0.7", rate: 0.5, service: [1, 0.8, 0.7], requests: 18e6,
      rows: [.mean(10.33333333), .inSystem(5.166666667), .deviation(6.333333333)]
        + TheoryRow.percentiles([0.5: 9.022518263, 0.95: 22.46842033, 0.99: 30.83882993])),
    tandem(
      "tandem, arrivals 0.7, service 1, 1", rate: 0.7, service: [1, 1], requests: 11e6,
      rows: [.mean(6.666666667), .inSystem(4.666666667), .deviation(4.714045208)]
        + TheoryRow.percentiles([0.5: 5.594489967, 0.95: 15.81288173, 0.99: 22.12784023])),
  ]

  private static func tandem(
    _ name: String, rate: Double, service: [Double], requests: Double, rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      name, source: "Burke; hypoexponential sojourn", length: .requests(requests, rate: rate), warmUp: 1000,
      rows: rows
    ) {
      $0.poisson(rate: rate)
      for (number, speed) in service.enumerated() {
        var activities: [PlanBuilder.Activity] = [.work(.exponential(mean: 1 / speed))]
        if number + 1 < service.count { activities.append(.forward(to: [(Int32(number + 1), 1)])) }
        $0.station(activities, servers: 1)
      }
    }
  }

  /// Sums of independent exponential reads, ms.
  private static let sums: [TheoryCase] = [
    reads(
      "three reads, one after another, 10 ms each", means: [10, 10, 10], requests: 1.2e6,
      rows: [.mean(30), .deviation(17.32050808)]
        + TheoryRow.percentiles([
          0.5: 26.74060314, 0.9: 53.22320338, 0.95: 62.95793622, 0.99: 84.05946915, 0.999: 112.2887224,
        ])),
    reads(
      "five reads of 1, 2, 4, 8 and 16 ms", means: [1, 2, 4, 8, 16], requests: 1.8e6,
      rows: [.mean(31), .deviation(18.46618531)]
        + TheoryRow.percentiles([
          0.5: 26.92323222, 0.9: 55.22112506, 0.95: 66.55825091, 0.99: 92.4987663, 0.999: 129.3818549,
        ])),
  ]

  private static func reads(
    _ name: String, means: [Double], requests: Double, rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      name, source: "hypoexponential law", length: .requests(requests, rate: 0.1), unit: 1e6, rows: rows
    ) {
      $0.poisson(rate: 0.1)
      $0.station(means.map { .read(.exponential(mean: $0)) })
    }
  }

  /// The slowest of n parallel reads: F(x)ⁿ.
  private static let fastestAndSlowest: [TheoryCase] = [
    fanOut(1, 1, 1, [0.5: 0.6931471806, 0.95: 2.995732274, 0.99: 4.605170186]),
    fanOut(3, 1.833333333, 1.166666667, [0.5: 1.578426409, 0.95: 4.07734424, 0.99: 5.700436104]),
    fanOut(5, 2.283333333, 1.209797963, [0.5: 2.044464924, 0.95: 4.584758106, 0.99: 6.210592004]),
    fanOut(10, 2.928968254, 1.244896675, [0.5: 2.703555192, 0.95: 5.275343911, 0.99: 6.903236794]),
    lognormalFanOut(1, 164.8721271, [0.5: 100, 0.95: 518.0251602, 0.99: 1024.047366]),
    lognormalFanOut(10, 562.1080537, [0.5: 447.6167786, 0.95: 1303.809385, 0.99: 2195.269918]),
  ]

  private static func fanOut(
    _ count: Int32, _ mean: Double, _ deviation: Double, _ percentiles: KeyValuePairs<Double, Double>
  ) -> TheoryCase {
    TheoryCase(
      "\(count) parallel reads, exponential with mean 1", source: "largest of n",
      length: .requests(1e6, rate: 1),
      rows: [.mean(mean), .deviation(deviation)] + TheoryRow.percentiles(percentiles)
    ) {
      $0.poisson(rate: 1)
      $0.station([.read(.exponential(mean: 1), count: count, parallel: true)])
    }
  }

  private static func lognormalFanOut(
    _ count: Int32, _ mean: Double, _ percentiles: KeyValuePairs<Double, Double>
  ) -> TheoryCase {
    TheoryCase(
      "\(count) parallel reads, lognormal with median 100 ms and ln-deviation 1", source: "largest of n",
      length: .requests(1.5e6, rate: 0.01), unit: 1e6,
      rows: [.mean(mean)] + TheoryRow.percentiles(percentiles)
    ) {
      $0.poisson(rate: 0.01)
      $0.station([.read(.lognormal(median: 100, sigma: 1), count: count, parallel: true)])
    }
  }

  /// Warm answers lognormal (median 20 ms, ln-deviation 0.5), cold ones lognormal (270 ms, 0.3).
  private static let mixtures: [TheoryCase] = [
    mixture(
      0, 22.66296906, [0.5: 20, 0.95: 45.52033217, 0.99: 64.00148016, 0.999: 93.77032362], requests: 2e6),
    mixture(
      0.01, 25.26061459, [0.5: 20.12700231, 0.95: 47.88204232, 0.99: 131.4550309, 0.999: 396.5839016],
      requests: 360e6),
    mixture(
      0.1, 48.63942437, [0.5: 21.44705678, 0.95: 270.0001769, 0.99: 396.5838311, 0.999: 542.5749992],
      requests: 1.5e6),
  ]

  private static func mixture(
    _ cold: Double, _ mean: Double, _ percentiles: KeyValuePairs<Double, Double>, requests: Double
  ) -> TheoryCase {
    TheoryCase(
      "mixture of warm and cold answers, \(cold) cold", source: "mixture law",
      length: .requests(requests, rate: 0.1), unit: 1e6,
      rows: [.mean(mean)] + TheoryRow.percentiles(percentiles)
    ) {
      $0.poisson(rate: 0.1)
      let warm = Distribution.lognormal(median: 20, sigma: 0.5)
      let law =
        cold == 0
        ? warm
        : .mixture([
          MixtureComponent(weight: 1 - cold, of: warm),
          MixtureComponent(weight: cold, of: .lognormal(median: 270, sigma: 0.3)),
        ])
      $0.station([.work(law)])
    }
  }

  /// Reads that fail independently by their time-out, at most three attempts: pⁿ are given up.
  private static let attempts: [TheoryCase] = [
    retried(0.1, timeout: 2.302585093, 0.001, requests: 110e6),
    retried(0.5, timeout: 0.6931471806, 0.125, requests: 1e6),
  ]

  private static func retried(_ failure: Double, timeout: Double, _ expected: Double, requests: Double)
    -> TheoryCase
  {
    TheoryCase(
      "three attempts that fail with probability \(failure)", source: "geometric",
      length: .requests(requests, rate: 1), rows: [.operationFailures(expected)]
    ) {
      $0.poisson(rate: 1)
      $0.station([.read(.exponential(mean: 1), timeout: timeout, attempts: 3)])
    }
  }

  /// Open Jackson network: edge M/M/1, 30 % go on to M/M/4 in the cloud, a tenth of those come back.
  private static let jackson = TheoryCase(
    "Jackson network of edge and cloud", source: "Jackson", length: .requests(12e6, rate: 8), warmUp: 100,
    rows: [
      .throughput(8.24742268, station: 0), .throughput(2.474226804, station: 1), .visit(0, 0.5705882353),
      .visit(1, 0.5073919056), .inSystem(5.961285006), .mean(0.7451606258),
    ]
  ) {
    $0.poisson(rate: 8)
    $0.station([.work(.exponential(mean: 0.1)), .forward(to: [(1, 0.3), (2, 0.7)])], servers: 1)
    $0.station([.work(.exponential(mean: 0.5)), .forward(to: [(0, 0.1), (2, 0.9)])], servers: 4)
    $0.station([])
  }
}

import Stochastics

/// Waiting lines with one station: M/M/c, M/D/c, M/G/1, GI/M/1, M[b]/M/1, MMPP/M/1.
enum WaitingLines {
  static let cases: [TheoryCase] = markovian + deterministic + general + renewal + batches + [heavyTail]

  private static func exponential(_ rate: Double) -> Distribution { .exponential(mean: 1 / rate) }

  /// M/M/c, first come first served: Erlang C and the exponential wait of those who wait.
  private static let markovian: [TheoryCase] = [
    line(
      "M/M/1, arrivals 50, service 60", rate: 50, service: 60, servers: 1, requests: 90e6, warmUp: 30,
      rows: [
        .utilisation(0.8333333333, servers: 1), .inSystem(5), .inLine(4.166666667), .mean(0.1),
        .wait(0.08333333333), .waitShare(0.8333333333),
      ] + TheoryRow.percentiles([0.5: 0.06931471806, 0.95: 0.2995732274, 0.99: 0.4605170186])),
    line(
      "M/M/1, arrivals 0.95, service 1", rate: 0.95, service: 1, servers: 1, requests: 700e6, warmUp: 15_000,
      rows: [
        .utilisation(0.95, servers: 1), .inSystem(19), .inLine(18.05), .mean(20), .wait(19), .waitShare(0.95),
      ] + TheoryRow.percentiles([0.5: 13.86294361, 0.95: 59.91464547, 0.99: 92.10340372])),
    line(
      "M/M/2, arrivals 1.5, service 1", rate: 1.5, service: 1, servers: 2, requests: 12e6, warmUp: 400,
      rows: [
        .busy(1.5), .utilisation(0.75, servers: 2), .waitShare(0.6428571429), .wait(1.285714286),
        .mean(2.285714286), .inLine(1.928571429), .inSystem(3.428571429),
      ] + TheoryRow.percentiles([0.5: 1.688067923, 0.95: 6.476580999, 0.99: 9.709503442])),
    line(
      "M/M/10, arrivals 8, service 1", rate: 8, service: 1, servers: 10, requests: 28e6, warmUp: 150,
      rows: [
        .busy(8), .utilisation(0.8, servers: 10), .waitShare(0.4091801508), .wait(0.2045900754),
        .mean(1.204590075), .inLine(1.636720603), .inSystem(9.636720603),
      ] + TheoryRow.percentiles([0.5: 0.9121446106, 0.95: 3.328274679, 0.99: 4.946111328])),
    line(
      "M/M/100, arrivals 95, service 1", rate: 95, service: 1, servers: 100, requests: 800e6, warmUp: 150,
      rows: [
        .busy(95), .utilisation(0.95, servers: 100), .waitShare(0.5064568539), .wait(0.1012913708),
        .mean(1.101291371), .inLine(9.622680224), .inSystem(104.6226802),
      ] + TheoryRow.percentiles([0.5: 0.8079158974, 0.95: 3.114948701, 0.99: 4.724387049])),
    line(
      "M/M/1000, arrivals 980, service 1", rate: 980, service: 1, servers: 1000, requests: 5.6e9, warmUp: 100,
      smallestShare: 0.01,
      rows: [
        .busy(980), .utilisation(0.98, servers: 1000), .waitShare(0.4122002924), .wait(0.02061001462),
        .mean(1.020610015), .inLine(20.19781433), .inSystem(1000.197814),
      ] + TheoryRow.percentiles([0.5: 0.7146099239, 0.95: 3.017195044, 0.99: 4.626632956])),
  ]

  private static func line(
    _ name: String, rate: Double, service: Double, servers: Int32, requests: Double, warmUp: Double,
    smallestShare: Double = 0, rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      name, source: "Erlang C", length: .requests(requests, rate: rate), smallestShare: smallestShare,
      warmUp: warmUp, rows: rows
    ) {
      $0.poisson(rate: rate)
      $0.station([.work(exponential(service))], servers: servers)
    }
  }

  /// M/D/c: embedded chain; the wait of M/D/1 after Erlang and Crommelin.
  private static let deterministic: [TheoryCase] = [
    clocked(
      "M/D/1, arrivals 0.8, service 1", rate: 0.8, servers: 1, requests: 9e6, warmUp: 500,
      rows: [.busyShare(1, 0.8), .inLine(1.6), .wait(2), .mean(3), .inSystem(2.4)]),
    clocked(
      "M/D/5, arrivals 4.5, service 1", rate: 4.5, servers: 5, requests: 24e6, warmUp: 300,
      rows: [
        .busyShare(5, 0.7478285461), .inLine(3.495128211), .wait(0.776695158), .mean(1.776695158),
        .inSystem(7.995128211),
      ]),
    clocked(
      "M/D/20, arrivals 19, service 1", rate: 19, servers: 20, requests: 135e6, warmUp: 200,
      rows: [
        .busyShare(20, 0.7353283626), .inLine(7.328884812), .wait(0.3857307796), .mean(1.38573078),
        .inSystem(26.32888481),
      ]),
    // The unit is 2³⁰ ns, so that the bounds fall on edges of the histogram's buckets.
    clocked(
      "M/D/1 waiting time, arrivals 0.8, service 1", rate: 0.8, servers: 1, requests: 24e6, warmUp: 500,
      unit: 0x1p30,
      rows: [
        .waitShare(0.8), .latencyShare(upTo: 2, 0.4451081857), .latencyShare(upTo: 6, 0.8995027618),
        .percentile(0.5, 1.275939873, offset: -1), .percentile(0.95, 6.620324997, offset: -1),
        .percentile(0.99, 10.35588679, offset: -1),
      ]),
  ]

  private static func clocked(
    _ name: String, rate: Double, servers: Int32, requests: Double, warmUp: Double, unit: Double = 1e9,
    rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      name, source: "embedded Markov chain, Crommelin", length: .requests(requests, rate: rate),
      warmUp: warmUp,
      unit: unit, rows: rows
    ) {
      $0.poisson(rate: rate)
      $0.station([.work(.constant(1))], servers: servers)
    }
  }

  /// M/G/1 at load 0.8, mean service 1: mean wait = λ E[S²] / (2 (1 − ρ)).
  private static let general: [TheoryCase] = [
    single("M/G/1, exponential", .exponential(mean: 1), wait: 4, requests: 12e6, warmUp: 1500),
    single(
      "M/G/1, lognormal with CV 1.5", .lognormal(mean: 1, cv: 1.5), wait: 6.5, requests: 50e6, warmUp: 3000),
    single(
      "M/G/1, uniform 0 to 2", .uniform(low: 0, high: 2), wait: 2.666666667, requests: 9e6, warmUp: 1000),
    single(
      "M/G/1, hyperexponential", hyperexponential(0.9, rate: 2, rate: 1 / 5.5), wait: 13, requests: 55e6,
      warmUp: 6000),
    single(
      "M/E3/1 at load 0.7: three chained functions", .erlang(shape: 3, mean: 1), rate: 0.7, wait: 1.555555556,
      requests: 3e6, warmUp: 500),
  ]

  private static func hyperexponential(_ share: Double, rate first: Double, rate second: Double)
    -> Distribution
  {
    .mixture([
      MixtureComponent(weight: share, of: .exponential(mean: 1 / first)),
      MixtureComponent(weight: 1 - share, of: .exponential(mean: 1 / second)),
    ])
  }

  private static func single(
    _ name: String, _ service: Distribution, rate: Double = 0.8, wait: Double, requests: Double,
    warmUp: Double
  ) -> TheoryCase {
    TheoryCase(
      name, source: "Pollaczek and Khinchine", length: .requests(requests, rate: rate), warmUp: warmUp,
      rows: [.wait(wait), .mean(wait + 1), .inLine(wait * rate), .inSystem((wait + 1) * rate)]
    ) {
      $0.poisson(rate: rate)
      $0.station([.work(service)], servers: 1)
    }
  }

  /// Execution times of Azure Functions in 2019: lognormal, ln-mean −0.38, ln-deviation 2.36, seconds (Shahrad
  /// et al. 2020). Plain simulation cannot bring such a tail to 1 %.
  private static let heavyTail = TheoryCase(
    "M/G/1, execution times of Azure 2019, load 0.5", source: "Pollaczek and Khinchine",
    length: .requests(100e6, rate: 0.0451417753), smallestShare: 1, warmUp: 1e6, unit: 1e6,
    rows: [TheoryRow.wait(1452.80699).blunt, TheoryRow.mean(1463.883205).blunt]
  ) {
    $0.poisson(rate: 0.0451417753)
    $0.station([.work(.lognormal(mu: -0.38, sigma: 2.36))], servers: 1)
  }

  /// GI/M/1 at load 0.8: a request waits with probability σ, the root of σ = A*(μ − μσ); the sojourn is
  /// exponential.
  private static let renewal: [TheoryCase] = [
    TheoryCase(
      "D/M/1, arrivals 0.8, service 1", source: "GI/M/1", length: .requests(30e6, rate: 0.8), warmUp: 1000,
      rows: renewalRows(0.6286297965, 1.69273084, [0.5: 1.86645879, 0.95: 8.066700681, 0.99: 12.40048378])
    ) {
      $0.periodic(period: 1.25)
      $0.station([.work(.exponential(mean: 1))], servers: 1)
    },
    TheoryCase(
      "E4/M/1, arrivals 0.8, service 1", source: "GI/M/1", length: .requests(18e6, rate: 0.8), warmUp: 1000,
      rows: renewalRows(0.6939447218, 2.26738361, [0.5: 2.264777737, 0.95: 9.788206532, 0.99: 15.04685759])
    ) {
      $0.renewal(gap: .erlang(shape: 4, mean: 1.25))
      $0.station([.work(.exponential(mean: 1))], servers: 1)
    },
    TheoryCase(
      "H2/M/1, arrivals 0.8, service 1", source: "GI/M/1", length: .requests(170e6, rate: 0.8), warmUp: 4000,
      rows: renewalRows(0.9158125458, 10.87825441, [0.5: 8.233378557, 0.95: 35.5840701, 0.99: 54.70138309])
    ) {
      $0.renewal(gap: hyperexponential(0.9, rate: 1.44, rate: 0.16))
      $0.station([.work(.exponential(mean: 1))], servers: 1)
    },
  ]

  private static func renewalRows(
    _ waits: Double, _ wait: Double, _ percentiles: KeyValuePairs<Double, Double>
  ) -> [TheoryRow] {
    [.waitShare(waits), .wait(wait), .mean(wait + 1)] + TheoryRow.percentiles(percentiles)
  }

  private static let batches: [TheoryCase] = [
    // A caller fans out to five requests at once; the figures are those of the five.
    TheoryCase(
      "batches of 5 at rate 0.16 before one server", source: "M[b]/M/1",
      length: .requests(6e6, rate: 0.16), warmUp: 3000, rows: [.visit(1, 15), .atStation(1, 12)]
    ) {
      $0.poisson(rate: 0.16)
      $0.station([.call(station: 1, count: 5)])
      $0.station([.work(.exponential(mean: 1))], servers: 1)
    },
    TheoryCase(
      "bursts: rates 5 and 0.5 for 5 and 2, service 6", source: "MMPP(2)/M/1, matrix-geometric",
      length: .requests(4e6, rate: 26.0 / 7), warmUp: 500,
      rows: [
        .arrivalRate(3.714285714), .inSystem(2.510929966), .mean(0.6760196060), .busyShare(0, 0.3809523810),
      ]
    ) {
      $0.bursts(quiet: (rate: 0.5, sojourn: 2), busy: (rate: 5, sojourn: 5))
      $0.station([.work(.exponential(mean: 1.0 / 6))], servers: 1)
    },
    TheoryCase(
      "bursts: rates 5 and 0.5 for 50 and 20, service 3 (more than it can carry)", source: "MMPP(2)/M/1",
      length: .requests(3e6, rate: 26.0 / 7), warmUp: 500, rows: [.arrivalRate(3.714285714)]
    ) {
      $0.bursts(quiet: (rate: 0.5, sojourn: 20), busy: (rate: 5, sojourn: 50))
      $0.station([.work(.exponential(mean: 1.0 / 3))], servers: 1)
    },
  ]
}

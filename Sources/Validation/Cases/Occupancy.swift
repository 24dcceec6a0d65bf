import Stochastics

/// Concurrency without a limit: M/G/∞ occupancy is Poisson whatever the service law, and Little's law.
enum Occupancy {
  static let cases: [TheoryCase] = [
    TheoryCase(
      "M/G/∞, arrivals 100, lognormal service 0.2", source: "Poisson occupancy",
      length: .requests(250e6, rate: 100), warmUp: 20,
      rows: [
        .busy(20), .busyVariance(20), .busyQuantile(0.5, 20), level(0.95, 28), .busyQuantile(0.99, 31),
        .busyQuantile(0.999, 35), .busyShare(above: 33, 0.002688438186),
      ]
    ) {
      $0.poisson(rate: 100)
      $0.station([.work(.lognormal(mean: 0.2, cv: 1))])
    },
    TheoryCase(
      "M/G/∞, arrivals 10, exponential service 1.991", source: "Poisson occupancy",
      length: .requests(380e6, rate: 10), warmUp: 60,
      rows: [
        .busy(19.91), .busyVariance(19.91), .busyQuantile(0.5, 20), level(0.95, 28), .busyQuantile(0.99, 31),
        .busyQuantile(0.999, 35), .busyShare(above: 33, 0.002510213407),
      ]
    ) {
      $0.poisson(rate: 10)
      $0.station([.work(.exponential(mean: 1.991))])
    },
    TheoryCase(
      "Little's law: 100 requests per second of 0.5 s", source: "L = λW", length: .requests(5e6, rate: 100),
      warmUp: 10, rows: [.busy(50), .inSystem(50)]
    ) {
      $0.poisson(rate: 100)
      $0.station([.work(.uniform(low: 0, high: 1))])
    },
    fromEmpty(at: 0.1, 8.73123009), fromEmpty(at: 0.5, 18.29472741), fromEmpty(at: 1, 19.64712747),
  ]

  /// A percentile that chance may move by one level: 27 servers or less are busy for 94.8 % (mean 20) and
  /// 95.0 % (mean 19.91) of the time.
  private static func level(_ q: Double, _ expected: Double) -> TheoryRow {
    TheoryRow.busyQuantile(q, expected).compared(to: .exact, rounding: 1)
  }

  /// Mean occupancy at a time after an empty start: λ ∫ P(S > u) du. 300 independent copies run side by side,
  /// which is the same model at 300 times the rate.
  private static func fromEmpty(at time: Double, _ expected: Double) -> TheoryCase {
    let copies = 300.0
    return TheoryCase(
      "M/G/∞ from empty, arrivals 100, lognormal service 0.2, at \(time)", source: "M/G/∞ transient",
      length: .time(time, requests: 100 * copies * time), rows: [.runningAtEnd(expected, copies: copies)]
    ) {
      $0.poisson(rate: 100 * copies)
      $0.station([.work(.lognormal(mean: 0.2, cv: 1))])
    }
  }
}

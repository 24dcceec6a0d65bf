import ServerlessModel
import Stochastics

/// One request per instance, idle instances expire: the model of SimFaaS (Mahmoudi and Khazaei 2021).
///
/// Without closed form in general; the references are the figures printed in SimFaaS's README (10⁶ s) and an
/// independent program in C (20 runs of 5 × 10⁶ s), with 95 % half-widths where they are known.
enum ScalePerRequest {
  static let cases: [TheoryCase] =
    [
      model(
        "newest",
        rows: [
          TheoryRow.coldShare(0.0014).compared(to: readme, rounding: 5e-5).blunt,
          TheoryRow.instances(7.6612).compared(to: readme, rounding: 5e-5),
          TheoryRow.busy(1.7879).compared(to: readme, rounding: 5e-5),
          TheoryRow.idle(5.8733).compared(to: readme, rounding: 5e-5),
          TheoryRow.lifespan(6335.13).compared(to: readme, rounding: 5e-3).blunt,
          TheoryRow.coldShare(0.00132918).compared(to: .estimated(halfWidth: 6.6e-6)),
          TheoryRow.instances(7.69807).compared(to: .estimated(halfWidth: 0.0055)),
          TheoryRow.busy(1.79194).compared(to: .estimated(halfWidth: 0.00052)),
          TheoryRow.lifespan(6440).compared(to: .estimated(halfWidth: 28)),
        ]
          + [
            5: 0.00012, 6: 0.05691, 7: 0.40178, 8: 0.37307, 9: 0.13089, 10: 0.03002, 11: 0.00594, 12: 0.00103,
            13: 0.00022,
          ]
          .sorted { $0.key < $1.key }
          .map { TheoryRow.instanceShare($0.key, $0.value).compared(to: program, rounding: 5e-6).blunt }),
      model(
        "oldest", selection: .oldest,
        rows: [
          TheoryRow.coldShare(0.00132907).compared(to: .estimated(halfWidth: 6.6e-6))
        ]),
      lifespans,
      model(
        "most recently used", selection: .mostRecentlyUsed,
        rows: [
          TheoryRow.coldShare(0.00133339).compared(to: .estimated(halfWidth: 6.6e-6))
        ]),
      model(
        "newest, constant service", constant: true,
        rows: [
          TheoryRow.coldShare(0.00130055).compared(to: .estimated(halfWidth: 7e-6)),
          TheoryRow.instances(7.74063).compared(to: .estimated(halfWidth: 0.006)),
        ]),
      model("newest", expiry: 60, requests: 4e6, rows: pair(0.0160711, 5.8918)),
      model("newest", expiry: 300, requests: 32e6, rows: pair(0.00280871, 7.18947)),
      model("newest", expiry: 900, requests: 85e6, rows: pair(0.000860656, 7.98279)),
      model("newest", rate: 0.1, requests: 7e6, rows: pair(0.00711468, 2.64959)),
      model("newest", rate: 2, requests: 95e6, rows: pair(0.000782027, 12.3154)),
      limited,
    ] + vanishingService + periodic

  private static let readme = Reference.simulated(length: 1e6)
  private static let program = Reference.simulated(length: 1e8)

  private static func pair(_ cold: Double, _ instances: Double) -> [TheoryRow] {
    [
      TheoryRow.coldShare(cold).compared(to: program, rounding: 5e-9),
      TheoryRow.instances(instances).compared(to: program, rounding: 5e-5),
    ]
  }

  /// The oldest instances hardly ever end, so the mean over those that do depends on the length of the run.
  private static let lifespans: TheoryCase = {
    var theory = model(
      "oldest, 20 runs of 5 × 10⁶ s", selection: .oldest,
      rows: [
        TheoryRow.lifespan(2131).compared(to: .estimated(halfWidth: 10)).blunt
      ])
    theory.length = .time(5e6, requests: 4.5e6)
    theory.smallestShare = 1
    theory.warmUp = 0
    theory.replications = 20
    return theory
  }()

  private static func model(
    _ name: String, rate: Double = 0.9, expiry: Double = 600, selection: InstanceSelection = .newest,
    constant: Bool = false, requests: Double = 65e6, rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      "scale per request, \(name), arrivals \(rate), expiry \(expiry)", source: "SimFaaS model",
      length: .requests(requests, rate: rate), warmUp: 30_000, rows: rows
    ) {
      $0.poisson(rate: rate)
      let warm: Distribution = constant ? .constant(1.991) : .exponential(mean: 1.991)
      let cold = $0.law(constant ? .constant(2.244) : .exponential(mean: 2.244))
      let keepAlive = $0.nanoseconds(expiry)
      $0.station([.work(warm)]) {
        $0.firstWork = cold
        $0.keepAlive = keepAlive
        $0.selection = selection
      }
    }
  }

  /// 1,000 instances for 2,016 erlang: all of them warm and busy. Erlang B says 0.504454582.
  private static let limited = TheoryCase(
    "scale per request, at most 1000 instances, arrivals 1000", source: "SimFaaS model",
    length: .requests(1e6, rate: 1000), warmUp: 30,
    rows: [TheoryRow.blocked(0.5041).compared(to: .estimated(halfWidth: 0.0005)), .blocked(0.5044545819)]
  ) {
    $0.poisson(rate: 1000)
    let cold = $0.law(.exponential(mean: 2.163))
    let keepAlive = $0.nanoseconds(600)
    $0.station([.work(.exponential(mean: 2.016))], servers: 1000, room: 0) {
      $0.firstWork = cold
      $0.keepAlive = keepAlive
      $0.selection = .newest
    }
  }

  /// Service that takes no time: one instance, cold when the gap exceeds the keep-alive, P = exp(−λT).
  private static let vanishingService: [TheoryCase] = [
    instant(
      rate: 0.00166666667, keepAlive: 600, cold: 0.3678794412, instances: 0.6321205588, perHour: 2.207276647),
    instant(
      rate: 0.00186313676, keepAlive: 600, cold: 0.3269715684, instances: 0.6730284316, perHour: 2.1930939),
    instant(
      rate: 0.00333333333, keepAlive: 360, cold: 0.3011942119, instances: 0.6988057881, perHour: 3.614330543),
  ]

  private static func instant(
    rate: Double, keepAlive: Double, cold: Double, instances: Double, perHour: Double
  ) -> TheoryCase {
    TheoryCase(
      "service without duration, arrivals \(rate), keep-alive \(keepAlive)", source: "exp(−λT)",
      length: .requests(300_000, rate: rate), warmUp: 10_000,
      rows: [.coldShare(cold), .instances(instances), .coldStarts(in: 3600, perHour)]
    ) {
      $0.poisson(rate: rate)
      let time = $0.nanoseconds(keepAlive)
      $0.station([]) { $0.keepAlive = time }
    }
  }

  /// A periodic trigger is always cold beyond the keep-alive and never within it.
  private static let periodic: [TheoryCase] = [(900.0, 1.0), (300, 0)].map { period, cold in
    TheoryCase(
      "trigger every \(Int(period)) s, keep-alive 360 s", source: "gap against keep-alive",
      length: .time(100_000, requests: 100_000 / period), warmUp: 1000, replications: 2,
      rows: [.coldShare(cold)]
    ) {
      $0.periodic(period: period)
      let time = $0.nanoseconds(360)
      $0.station([]) { $0.keepAlive = time }
    }
  }
}

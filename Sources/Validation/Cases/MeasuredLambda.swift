import ServerlessModel
import Stochastics

/// Cold starts and instances of AWS Lambda as measured in 2020 at ten arrival rates (SimFaaS,
/// `examples/exp.csv`), against the scale-per-request model with the same means, exponential
/// service and an expiry of 600 s; beside it an expiry with two parameters that are fitted to the ten rates.
package enum MeasuredLambda {
  /// When an instance expires; the newest idle one serves next.
  package enum Expiry: Sendable {
    /// Once it was idle for 600 s: nothing is fitted.
    case fixed
    /// Once it was idle for ``idle`` or is older than ``age``. Both are fitted to the ten rates: a calibration, no
    /// prediction.
    case calibrated

    /// Idle time of the calibrated expiry, s.
    package static let idle = 615.0
    /// Age at which the calibrated expiry stops using an instance, s.
    package static let age = 9000.0

    /// Bounds of the mean absolute errors, %. Independent programs in C reach 14.75 % and 3.2 % with the fixed expiry,
    /// 12.4 % and 3.40 % with the calibrated one; the rest is room for the noise of 2 × 10⁶ requests a rate.
    package var bounds: (cold: Double, instances: Double) {
      switch self {
      case .fixed: (15.5, 3.5)
      case .calibrated: (13.5, 3.5)
      }
    }
  }

  /// One arrival rate, 1/s, with mean warm and cold service times, s, and what was measured.
  struct Point {
    var rate: Double
    var warm: Double
    var cold: Double
    var coldShare: Double
    var instances: Double
    /// What an independent program in C makes of the same model (taken as 20 runs of 5 × 10⁶ s).
    var modelColdShare: Double
    var modelInstances: Double
  }

  static let points = [
    Point(
      rate: 0.001863, warm: 1.9550, cold: 2.5634,
      coldShare: 0.342988, instances: 0.6742, modelColdShare: 0.329483, modelInstances: 0.6786),
    Point(
      rate: 0.002882, warm: 1.9524, cold: 2.5361,
      coldShare: 0.145431, instances: 0.7795, modelColdShare: 0.182216, modelInstances: 0.8336),
    Point(
      rate: 0.004248, warm: 1.9583, cold: 2.3978,
      coldShare: 0.079480, instances: 0.9459, modelColdShare: 0.085738, modelInstances: 0.9435),
    Point(
      rate: 0.007851, warm: 1.9696, cold: 2.4220,
      coldShare: 0.033821, instances: 1.1291, modelColdShare: 0.023033, modelInstances: 1.0602),
    Point(
      rate: 0.050120, warm: 1.9671, cold: 2.1923,
      coldShare: 0.008542, instances: 2.1136, modelColdShare: 0.010646, modelInstances: 2.0410),
    Point(
      rate: 0.100377, warm: 1.9759, cold: 2.2441,
      coldShare: 0.005658, instances: 2.8888, modelColdShare: 0.007064, modelInstances: 2.6472),
    Point(
      rate: 0.301791, warm: 1.9917, cold: 2.2708,
      coldShare: 0.002939, instances: 4.4218, modelColdShare: 0.002823, modelInstances: 4.3778),
    Point(
      rate: 0.499673, warm: 2.0067, cold: 2.1524,
      coldShare: 0.001913, instances: 5.6942, modelColdShare: 0.001995, modelInstances: 5.6373),
    Point(
      rate: 0.697266, warm: 2.0127, cold: 2.1835,
      coldShare: 0.001751, instances: 6.9277, modelColdShare: 0.001589, modelInstances: 6.7255),
    Point(
      rate: 0.902459, warm: 2.0160, cold: 2.1634,
      coldShare: 0.001513, instances: 7.8698, modelColdShare: 0.001338, modelInstances: 7.7549),
  ]

  /// The simulator beside the independent program.
  static let cases: [TheoryCase] = points.map { point in
    let program = Reference.simulated(length: 1e8)
    return model(
      point, .fixed, requests: 2e6, replications: 32,
      rows: [
        TheoryRow.coldShare(point.modelColdShare).compared(to: program, rounding: 5e-7).blunt,
        TheoryRow.instances(point.modelInstances).compared(to: program, rounding: 5e-5).blunt,
      ])
  }

  /// Mean absolute errors of the independent program beside the measurements, %.
  package static let expectedErrors = meanErrors(points.map { ($0.modelColdShare, $0.modelInstances) })

  /// Mean absolute errors of the simulator beside the measurements, %, with this many requests at each rate.
  package static func errors(
    _ expiry: Expiry, requests: Double, jobs: Int
  ) async throws -> (cold: Double, instances: Double) {
    var simulated: [(cold: Double, instances: Double)] = []
    for point in points {
      let theory = model(
        point, expiry, requests: requests, replications: 8,
        rows: [.coldShare(point.coldShare), .instances(point.instances)])
      let verdicts = try await TheoryCheck(share: 1, jobs: jobs).run(theory)
      simulated.append((verdicts[0].interval.estimate, verdicts[1].interval.estimate))
    }
    return meanErrors(simulated)
  }

  private static func meanErrors(
    _ estimates: [(cold: Double, instances: Double)]
  ) -> (cold: Double, instances: Double) {
    var (cold, instances) = (0.0, 0.0)
    for (point, estimate) in zip(points, estimates) {
      cold += abs(estimate.cold / point.coldShare - 1)
      instances += abs(estimate.instances / point.instances - 1)
    }
    return (100 * cold / Double(points.count), 100 * instances / Double(points.count))
  }

  private static func model(
    _ point: Point, _ expiry: Expiry, requests: Double, replications: Int, rows: [TheoryRow]
  ) -> TheoryCase {
    TheoryCase(
      "AWS Lambda at \(point.rate) requests a second", source: "SimFaaS measurements",
      length: .requests(requests, rate: point.rate), warmUp: 30_000 + 100 / point.rate,
      replications: replications,
      rows: rows
    ) {
      $0.poisson(rate: point.rate)
      let first = $0.law(.exponential(mean: point.cold))
      let isCalibrated = expiry == .calibrated
      if isCalibrated {
        var lifetime = LifetimePlan(.fixed)
        lifetime.maximumAge = $0.nanoseconds(Expiry.age)
        $0.plan.lifetimes = [lifetime]
      }
      let idle = $0.nanoseconds(isCalibrated ? Expiry.idle : 600)
      $0.station([.work(.exponential(mean: point.warm))]) {
        $0.firstWork = first
        ($0.keepAlive, $0.selection) = (idle, .newest)
        if isCalibrated { $0.lifetime = 0 }
      }
    }
  }
}

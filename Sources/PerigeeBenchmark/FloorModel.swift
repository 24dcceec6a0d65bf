import CFloor

/// The model that the floor, the kernel and the command line have in common.
struct FloorModel {
  /// The published scale-per-request model: AWS Lambda in 2020.
  static let published = FloorModel(warmMean: 1.991, coldMean: 2.244, expiry: 600)

  /// Mean service times, and idle time after which an instance expires, s.
  var warmMean: Double
  var coldMean: Double
  var expiry: Double

  /// Invocations per second of the floor.
  func floor(rate: Double, invocations: Int, seed: UInt64) -> Double {
    let result = perigee_floor(rate, warmMean, coldMean, expiry, UInt64(invocations), seed)
    return Double(result.invocations) / result.seconds
  }

  /// Invocations per second of the bare kernel.
  func kernel(rate: Double, invocations: Int, seed: UInt64) -> Double {
    var kernel = KernelModel()
    let start = ContinuousClock.now
    kernel.run(
      rate: rate, warmMean: warmMean, coldMean: coldMean, expiry: expiry, invocations: UInt64(invocations),
      seed: seed)
    return Double(invocations) / CommandLineRun.seconds(since: start)
  }
}

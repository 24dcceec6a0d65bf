import ArgumentParser
import Validation

/// `perigee-benchmark lambda`: the scale-per-request model beside AWS Lambda as measured in 2020.
struct LambdaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lambda", abstract: "Cold starts and instances beside AWS Lambda as measured in 2020.")

  @OptionGroup var size: CheckOptions

  func run() async throws { try await Self.run(share: size.share, jobs: size.jobs) }

  /// Errors beside AWS Lambda as measured in 2020, with a fixed and with a calibrated expiry.
  static func run(share: Double, jobs: Int) async throws {
    let requests = 2e7 * share
    print("\nmean absolute error beside AWS Lambda as measured in 2020:")
    let fixedExpiry = try await MeasuredLambda.errors(.fixed, requests: requests, jobs: jobs)
    let model = MeasuredLambda.expectedErrors
    print("  600 s:                     " + text(fixedExpiry))
    print("    independent simulation:  " + text(model))
    let calibrated = try await MeasuredLambda.errors(.calibrated, requests: requests, jobs: jobs)
    let (idle, age) = (Int(MeasuredLambda.Expiry.idle), Int(MeasuredLambda.Expiry.age))
    print("  \(idle) s, \(age) s old, fitted: " + text(calibrated))
  }

  private static func text(_ errors: (cold: Double, instances: Double)) -> String {
    "cold starts \(fixed(errors.cold, 2)) %, instances \(fixed(errors.instances, 2)) %"
  }
}

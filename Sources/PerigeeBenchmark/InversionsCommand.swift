import ArgumentParser
import Foundation
import Validation

/// `perigee-benchmark inversions`: where many small sites begin to queue longer than one big site is far away, found
/// by simulation, beside Erlang's formula.
struct InversionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inversions",
    abstract: "Where many small sites queue longer than one big site is far away; exits with 1 if a case disagrees.")

  @OptionGroup var size: CheckOptions

  func run() async throws {
    if await !Self.run(share: size.share, jobs: size.jobs) { throw ExitCode(1) }
  }

  /// Requests of a run at full size.
  private static let requests = 150_000.0
  /// Seeds of each case: its interval comes from them.
  private static let seeds = 8

  /// Prints a line for each case.
  /// - Parameters:
  ///   - share: size as a share of the full one.
  ///   - jobs: threads to use at most.
  /// - Returns: whether all cases agree.
  static func run(share: Double, jobs: Int) async -> Bool {
    print("edge inversion: utilisation at which the cloud, farther away, begins to answer sooner than the edge")
    print("service/s  sites  extra ms       Erlang C     simulation  [         99 % interval       ]      off")
    var wrong = 0
    for (model, expected) in EdgeInversion.cases {
      let name =
        pad(fixed(model.serviceRate, 0), 9) + pad("\(model.sites)", 7)
        + pad(fixed(model.extraRoundTrip * 1000, 0), 10)
      guard let found = await model.crossover(requests: requests * share, seeds: seeds, jobs: jobs) else {
        wrong += 1
        print(name + "  no crossover found  DISAGREES")
        continue
      }
      let agrees = EdgeInversion.agrees(found, with: expected)
      if !agrees { wrong += 1 }
      print(
        name + TheoryCommand.number(expected) + TheoryCommand.number(found.estimate) + "  ["
          + TheoryCommand.number(found.low) + TheoryCommand.number(found.high) + "]"
          + pad(fixed(100 * (found.estimate / expected - 1), 2), 8) + " %  " + (agrees ? "agrees" : "DISAGREES"))
      fflush(nil)
    }
    let allowed = fixed(100 * EdgeInversion.tolerance, 0)
    print("\(EdgeInversion.cases.count) cases: \(wrong) disagree by more than \(allowed) %")
    return wrong == 0
  }
}

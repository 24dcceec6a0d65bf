import Foundation
import Validation

/// `perigee-benchmark inversions`: where many small sites begin to queue longer than one big site is far away, found
/// by simulation, beside Erlang's formula.
enum InversionCommand {
  /// Requests of a run at full size.
  static let requests = 150_000.0
  /// Seeds of each case: its interval comes from them.
  static let seeds = 8

  /// Prints a line for each case.
  /// - Parameters:
  ///   - requests: requests of each run.
  ///   - jobs: threads to use at most.
  /// - Returns: whether all cases agree.
  static func run(requests: Double, jobs: Int) async -> Bool {
    print("edge inversion: utilisation at which the cloud, farther away, begins to answer sooner than the edge")
    print("service/s  sites  extra ms       Erlang C     simulation  [         99 % interval       ]      off")
    var wrong = 0
    for (model, expected) in EdgeInversion.cases {
      let name =
        pad(fixed(model.serviceRate, 0), 9) + pad("\(model.sites)", 7)
        + pad(fixed(model.extraRoundTrip * 1000, 0), 10)
      guard let found = await model.crossover(requests: requests, seeds: seeds, jobs: jobs) else {
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

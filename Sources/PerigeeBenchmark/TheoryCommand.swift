import Foundation
import Validation

/// `perigee-benchmark theory`: the engine against theory, row by row, at full size unless told otherwise.
enum TheoryCommand {
  /// - Parameters:
  ///   - percent: size as a share of the full one, %.
  ///   - filter: only cases whose name contains this.
  static func run(percent: Double, jobs: Int, filter: String?) async throws {
    let check = TheoryCheck(share: percent / 100, jobs: jobs)
    var (rows, outside, wrong, wide, widest) = (0, 0, 0, 0, 0.0)
    for theory in TheoryTable.cases(share: check.share) {
      if let filter, !theory.name.contains(filter) { continue }
      print("\n\(theory.name) [\(theory.source)]")
      for verdict in try await check.run(theory) {
        print(line(verdict, check))
        rows += 1
        if verdict.row.reference == .exact && verdict.row.tolerance == 0 && !verdict.isInside { outside += 1 }
        if !verdict.agrees { wrong += 1 }
        if !verdict.isSharpEnough(share: check.share) { wide += 1 }
        if verdict.row.isSharp { widest = max(widest, verdict.relativeHalfWidth) }
      }
      fflush(nil)
    }
    if filter == nil {
      try await measuredLambda(requests: 2e7 * max(check.share, 0.1), jobs: jobs)
      print()
      if await !InversionCommand.run(requests: InversionCommand.requests * max(check.share, 0.02), jobs: jobs) {
        wrong += 1
      }
    }
    print("\n\(rows) rows: \(wrong) disagree, \(wide) too wide, widest ± \(fixed(100 * widest, 3)) %;")
    print("\(outside) rows of exact formulas lie outside their own 99 % interval")
  }

  /// Errors beside AWS Lambda as measured in 2020, with a fixed and with a calibrated expiry.
  static func measuredLambda(requests: Double, jobs: Int) async throws {
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

  private static func line(_ verdict: TheoryVerdict, _ check: TheoryCheck) -> String {
    let state =
      !verdict.agrees ? "DISAGREES" : verdict.isSharpEnough(share: check.share) ? "agrees" : "agrees, wide"
    let interval = verdict.interval
    return "  " + verdict.row.metric.padding(38) + number(verdict.row.expected) + number(interval.estimate)
      + "  [" + number(interval.low) + number(interval.high) + "]"
      + pad(fixed(100 * verdict.relativeHalfWidth, 3), 8) + " %  " + state
  }

  /// Six significant digits, right-aligned.
  static func number(_ value: Double) -> String {
    let size = abs(value)
    let digits = size >= 10_000 ? 1 : size >= 100 ? 3 : size >= 1 ? 5 : size >= 0.01 ? 7 : 9
    return pad(fixed(value, digits), 14)
  }
}

extension String {
  /// Left-aligned text.
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}

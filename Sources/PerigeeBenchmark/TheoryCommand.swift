import ArgumentParser
import Foundation
import Validation

/// `perigee-benchmark theory`: the engine against theory, row by row.
struct TheoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theory", abstract: "The engine against theory, row by row; exits with 1 if a row disagrees.")

  @Argument(help: "Only cases whose name contains this; without it 'inversions' and 'lambda' as well.")
  var name: String?

  @OptionGroup var size: CheckOptions

  func run() async throws {
    let check = TheoryCheck(share: size.share, jobs: size.jobs)
    let cases = TheoryTable.cases(share: check.share).filter { theory in name.map(theory.name.contains) ?? true }
    if cases.isEmpty { throw ValidationError("no case has '\(name ?? "")' in its name") }
    var (rows, outside, wrong, wide, widest) = (0, 0, 0, 0, 0.0)
    for theory in cases {
      print("\n\(theory.name) [\(theory.source)]")
      for verdict in try await check.run(theory) {
        print(Self.line(verdict, check))
        rows += 1
        if verdict.row.reference == .exact && verdict.row.tolerance == 0 && !verdict.isInside { outside += 1 }
        if !verdict.agrees { wrong += 1 }
        if !verdict.isSharpEnough(share: check.share) { wide += 1 }
        if verdict.row.isSharp { widest = max(widest, verdict.relativeHalfWidth) }
      }
      fflush(nil)
    }
    if name == nil {
      try await LambdaCommand.run(share: max(check.share, 0.1), jobs: size.jobs)
      print()
      if await !InversionsCommand.run(share: max(check.share, 0.02), jobs: size.jobs) { wrong += 1 }
    }
    print("\n\(rows) rows: \(wrong) disagree, \(wide) too wide, widest ± \(fixed(100 * widest, 3)) %;")
    print("\(outside) rows of exact formulas lie outside their own 99 % interval")
    if wrong > 0 { throw ExitCode(1) }
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

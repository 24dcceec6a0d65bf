import Reporting
import ScenarioFormat

/// A path of the scenario that is varied between two numbers of the same unit: `PATH=LO..HI`.
struct VariedPath {
  /// The path, as `--set` has it.
  let path: String
  /// The ends, in `unit`.
  let low: Double
  let high: Double
  /// What stands behind the numbers, a space in front where there was one; empty for bare numbers.
  let unit: String

  /// - Throws: `Failure` with what is wrong and what would be right.
  init(_ text: String) throws {
    let example = "write PATH=LO..HI, such as clients.web.arrivals.poisson.rate=1/s..500/s"
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex,
      let dots = text[sign...].firstRange(of: "..")
    else { throw Failure.usage("--vary: '\(Neutral.terminal(text))' is not PATH=LO..HI; \(example)") }
    path = String(text[..<sign])
    let first = try Self.number(text[text.index(after: sign)..<dots.lowerBound], example)
    let last = try Self.number(text[dots.upperBound...], example)
    guard first.unit.isEmpty || first.unit.trimmed == last.unit.trimmed else {
      throw Failure.usage(
        "--vary: '\(first.unit.trimmed)' and '\(last.unit.trimmed)' differ; give both ends in one unit")
    }
    guard first.value < last.value else {
      throw Failure.usage("--vary: \(first.value) is not below \(last.value); give the lower end first")
    }
    (low, high, unit) = (first.value, last.value, last.unit)
  }

  /// The override that sets the path to a value.
  func override(_ value: Double) -> String { "\(path)=\(value)\(unit)" }

  /// The value with its unit.
  func text(_ value: Double) -> String { NumberFormat.significant(value) + unit }

  private static func number(_ text: Substring, _ example: String) throws -> (value: Double, unit: String) {
    let plain = String(text).trimmed
    let digits = plain.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    guard let value = Double(digits), value.isFinite else {
      throw Failure.usage("--vary: '\(Neutral.terminal(plain))' is no number; \(example)")
    }
    return (value, String(plain.dropFirst(digits.count)))
  }
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}

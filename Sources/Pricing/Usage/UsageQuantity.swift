import Catalog

/// Reads quantities exactly, as bills count them.
package enum UsageQuantity {
  /// The value of a text in the base unit of a kind: pieces, seconds or bytes.
  ///
  /// Bytes are counted in powers of 1,024 under every spelling. A count may be a rate, such as `40/s`, which holds for
  /// a whole month of 730 hours.
  /// - Returns: nil for a text that is none, is negative, or has more than twelve decimals.
  package static func value(_ text: String, _ kind: PriceFactorRow.Kind) -> ExactDecimal? {
    let trimmed = text.filter { !$0.isWhitespace }
    let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    var rest = trimmed.dropFirst(number.count)
    var digits = String(number)
    if let first = rest.first, first == "e" || first == "E", rest.dropFirst().first?.isNumber == true {
      let exponent = rest.dropFirst().prefix { $0.isNumber }
      digits += "e" + exponent
      rest = rest.dropFirst(1 + exponent.count)
    }
    guard let value = ExactDecimal(digits), value >= .zero else { return nil }
    return scaled(value, unit: String(rest), kind)
  }

  private static func scaled(_ value: ExactDecimal, unit: String, _ kind: PriceFactorRow.Kind) -> ExactDecimal? {
    switch kind {
    case .number: return unit.isEmpty ? value : nil
    case .count:
      guard !unit.isEmpty else { return value }
      guard unit.hasPrefix("/"), let seconds = seconds[String(unit.dropFirst())] else { return nil }
      return value.times(ExactDecimal(BillingMonth.hours * 3_600))?.divided(by: seconds)
    case .duration: return seconds[unit].flatMap(value.times)
    case .size: return bytes[unit].map(ExactDecimal.init(_:)).flatMap(value.times)
    }
  }

  /// What a text of a kind looks like, for a sentence.
  package static func wanted(_ kind: PriceFactorRow.Kind) -> String {
    switch kind {
    case .count: "a number such as 3000000, or a rate such as '40/s' (units: /s, /min, /h or /d)"
    case .number: "a number such as 0.25, without a unit"
    case .duration: "a duration such as '120 ms' (units: ns, us, ms, s, min, h or d)"
    case .size: "a size such as '512 MB' (units: B, KB, MB, GB or TB, each 1,024 of the one before)"
    }
  }

  private static let seconds: [String: ExactDecimal] = [
    "ns": ExactDecimal(1, digits: 9), "us": ExactDecimal(1, digits: 6), "µs": ExactDecimal(1, digits: 6),
    "ms": ExactDecimal(1, digits: 3), "s": ExactDecimal(1), "min": ExactDecimal(60), "h": ExactDecimal(3_600),
    "d": ExactDecimal(86_400),
  ]

  private static let bytes: [String: Int64] = [
    "B": 1, "kB": 1 << 10, "KB": 1 << 10, "KiB": 1 << 10, "MB": 1 << 20, "MiB": 1 << 20, "GB": 1 << 30,
    "GiB": 1 << 30, "TB": 1 << 40, "TiB": 1 << 40,
  ]
}

import Foundation
import Pricing

/// Numbers as text: fixed digits, a point, no grouping, whatever the user's locale.
package enum NumberFormat {
  /// A binary number with exactly so many digits behind the point; empty for infinities and NaN.
  package static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "" }
    let text = String(format: "%.\(digits)f", value)
    let isNought = !text.utf8.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    return isNought && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// A binary number with six digits that matter, without an exponent where people write none.
  package static func significant(_ value: Double) -> String { value.isFinite ? String(format: "%.6g", value) : "" }

  /// A cell as its column prints it, before any writer quotes or neutralises it.
  package static func text(of cell: Cell, in kind: ColumnKind) -> String {
    let digits = if case .decimal(let digits) = kind { digits } else { 0 }
    return switch cell {
    case .text(let text): text
    case .wide(let value): "\(value)"
    case .integer(let value): digits == 0 ? "\(value)" : ExactDecimal(value).fixed(digits: digits)
    case .decimal(let value): value.fixed(digits: digits)
    case .number(let value): fixed(value, digits: digits)
    case .none: ""
    }
  }
}

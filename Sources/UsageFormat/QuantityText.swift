package import Pricing

/// A number and the unit behind it, in the words of a bill: `500 GB`, `1460 hour`, `3 1M requests` is not one.
package enum QuantityText {
  /// The number and the unit, which may be empty; nil for a text that does not begin with a number, and for a negative
  /// one.
  package static func split(_ text: String) -> (number: ExactDecimal, unit: String)? {
    let words = text.split(separator: " ", maxSplits: 1)
    guard let first = words.first else { return nil }
    let digits = first.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "e" || $0 == "+") }
    let rest = first.dropFirst(digits.count)
    guard rest.isEmpty || words.count == 1, let number = ExactDecimal(digits), number >= .zero else { return nil }
    return (number, rest.isEmpty ? words.count > 1 ? String(words[1]) : "" : String(rest))
  }
}

/// A number as bills and price lists write it, with what stands behind it: `3M requests`, `40/s`, `500 GB`,
/// `18250 1M requests`.
package struct UsageAmount: Equatable, Sendable {
  /// The number; of a rate, what a month makes of it.
  package let number: ExactDecimal
  /// The unit, which may be empty.
  package let unit: String
  /// Whether it was given for a length of time.
  package let isRate: Bool
  /// Whether it was given in thousands, millions or the like.
  package let isMultiple: Bool

  /// Reads a text; nil for one that does not begin with a number, for a negative number, and beyond the range of
  /// exact numbers.
  ///
  /// - Parameter month: length of the month that a rate holds for, seconds.
  package init?(_ text: String, month: ExactDecimal = BillingMonth.seconds) {
    let text = text.drop { $0 == " " }
    let end = Self.endOfNumber(text)
    let digits = text[..<end].filter { $0 != "_" }
    guard var number = ExactDecimal(digits), number >= .zero else { return nil }
    var words = text[end...].split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    var (isRate, isMultiple) = (false, false)
    if let last = words.last, let (rest, seconds) = Self.rate(last, words.dropLast().last, month) {
      words = words.dropLast(rest == nil ? 2 : 1) + (rest.map { $0.isEmpty ? [] : [$0] } ?? [])
      guard let monthly = number.times(month)?.divided(by: seconds) else { return nil }
      (number, isRate) = (monthly, true)
    }
    if let first = words.first, let factor = Self.multiples[first] {
      words.removeFirst()
      guard let multiple = number.times(ExactDecimal(factor)) else { return nil }
      (number, isMultiple) = (multiple, true)
    }
    // What price lists call `1M requests` is a million of them.
    if words.count > 1, let block = Self.block(words[0]) {
      words.removeFirst()
      guard let multiple = number.times(ExactDecimal(block)) else { return nil }
      number = multiple
    }
    self.number = number
    unit = words.joined(separator: " ")
    self.isRate = isRate
    self.isMultiple = isMultiple
  }

  private static func endOfNumber(_ text: Substring) -> Substring.Index {
    var end = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+" || $0 == "_") }.endIndex
    if end < text.endIndex, text[end] == "e" || text[end] == "E" {
      let exponent = text[text.index(after: end)...].prefix { $0.isASCII && ($0.isNumber || $0 == "+") }
      if exponent.contains(where: \.isNumber) { end = exponent.endIndex }
    }
    return end
  }

  /// The word in front of `/s`, and the seconds; the word is nil where `per` is one of its own: `per day`.
  private static func rate(
    _ word: String, _ before: String?, _ month: ExactDecimal
  ) -> (String?, ExactDecimal)? {
    if before == "per", let seconds = seconds(word, month) { return (nil, seconds) }
    guard let slash = word.lastIndex(of: "/"), let seconds = seconds(String(word[word.index(after: slash)...]), month)
    else { return nil }
    return (String(word[..<slash]), seconds)
  }

  private static func seconds(_ unit: String, _ month: ExactDecimal) -> ExactDecimal? {
    guard !unit.isEmpty, let nanoseconds = BillingUnit.time(unit, month: month) else { return nil }
    return multiplyDivide(nanoseconds, UInt128(ExactDecimal.unit), by: 1_000_000_000)
      .map(ExactDecimal.init(trillionths:))
  }

  private static func block(_ word: String) -> Int64? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits), count > 0, digits.count <= 9 else { return nil }
    let rest = String(word.dropFirst(digits.count))
    return rest.isEmpty ? count : multiples[rest].map { count * $0 }
  }

  private static let multiples: [String: Int64] = [
    "k": 1_000, "K": 1_000, "thousand": 1_000, "M": 1_000_000, "million": 1_000_000, "G": 1_000_000_000,
    "billion": 1_000_000_000,
  ]
}

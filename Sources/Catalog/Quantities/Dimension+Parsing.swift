extension Dimension {
  /// Reads a number with its unit, such as `12 ms`, into the base unit.
  ///
  /// - Throws: the first thing that is wrong, as facts.
  package func parse(_ text: String) throws(QuantityProblem) -> Double {
    let trimmed = Self.trim(text)
    guard !trimmed.isEmpty else { throw problem(.empty, text) }
    let (numberText, unitText) = Self.split(trimmed)
    guard let number = Double(numberText) else {
      throw problem(Self.soundsInfinite(trimmed) ? .notFinite : .notANumber, trimmed)
    }
    guard number.isFinite else { throw problem(.notFinite, trimmed) }
    let unit = try self.unit(unitText, of: trimmed)
    guard number.sign == .plus || number == 0 else { throw problem(.negative, trimmed) }
    let value = abs(number) * unit.size / unit.divisor
    guard value <= maximum else { throw problem(.tooLarge, trimmed) }
    guard self != .count || value == value.rounded() else { throw problem(.notWhole, trimmed) }
    return value
  }

  private func unit(_ unit: String, of text: String) throws(QuantityProblem) -> Unit {
    if unit.isEmpty {
      guard acceptsBareNumbers else { throw problem(.missingUnit, text) }
      return Unit(symbol: "", size: 1)
    }
    if let known = units.first(where: { $0.symbol == unit }) { return known }
    if self == .count { throw problem(.unexpectedUnit(unit), text) }
    let nearest = Self.meant(unit, among: units)
    if nearest == nil, let other = Self.owner(of: unit) { throw problem(.unitOf(other, unit: unit), text) }
    if units.count == 1 && acceptsBareNumbers { throw problem(.unexpectedUnit(unit), text) }
    throw problem(.unknownUnit(unit), text, suggestion: nearest)
  }

  private func problem(
    _ fact: QuantityProblem.Fact, _ text: String, suggestion: String? = nil
  ) -> QuantityProblem {
    QuantityProblem(fact: fact, text: String(text.prefix(60)), dimension: self, suggestion: suggestion)
  }

  /// The number at the start of a text and what follows it.
  private static func split(_ text: String) -> (number: String, unit: String) {
    let bytes = Array(text.utf8)
    var end = 0
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") { end += 1 }
    while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "e") || bytes[end] == UInt8(ascii: "E") {
      var exponent = end + 1
      if exponent < bytes.count, bytes[exponent] == UInt8(ascii: "-") || bytes[exponent] == UInt8(ascii: "+")
      {
        exponent += 1
      }
      let firstDigit = exponent
      while exponent < bytes.count, isDigit(bytes[exponent]) { exponent += 1 }
      if exponent > firstDigit { end = exponent }
    }
    let number = String(decoding: bytes[..<end], as: UTF8.self)
    return (number, trim(String(decoding: bytes[end...], as: UTF8.self)))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func trim(_ text: String) -> String {
    let kept = text.drop(while: \.isWhitespace)
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }

  private static func soundsInfinite(_ text: String) -> Bool {
    let words = ["inf", ".inf", "+inf", "-inf", "-.inf", "+.inf", "infinity", "-infinity", "nan", ".nan"]
    return words.contains(text.split(separator: " ").first?.lowercased() ?? "")
  }

  /// The unit that differs from what is written only by case or by a common spelling.
  private static func meant(_ unit: String, among units: [Unit]) -> String? {
    let lowered = unit.lowercased()
    let plain = spellings[lowered] ?? lowered
    return units.first { $0.symbol.lowercased() == plain || "/" + plain == $0.symbol }?.symbol
  }

  private static func owner(of unit: String) -> Dimension? {
    allCases.first { dimension in dimension.units.contains { $0.symbol == unit } }
  }

  private static let spellings = [
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "millis": "ms",
    "milliseconds": "ms",
    "microseconds": "us", "usec": "us", "nanoseconds": "ns", "m": "min", "mins": "min", "minute": "min",
    "minutes": "min", "hour": "h", "hours": "h", "hr": "h", "day": "d", "days": "d", "byte": "b",
    "bytes": "b",
    "/sec": "/s", "/second": "/s", "rps": "/s", "req/s": "/s", "requests/s": "/s", "hz": "/s",
    "per second": "/s",
    "/minute": "/min", "/m": "/min", "/hour": "/h", "/day": "/d", "bps": "bit/s", "kbps": "kbit/s",
    "mbps": "mbit/s", "gbps": "gbit/s", "mb/s": "mbit/s", "$": "usd", "dollars": "usd", "eur": "usd",
    "megabytes": "mb", "gigabytes": "gb", "k": "kb", "g": "gb", "percent": "%",
  ]
}

/// The unit of a meter or of a price, and how it converts.
///
/// Bills count a gigabyte as 2³⁰ bytes, of memory and of traffic alike. A unit such as `shard-hour` is time: an hour
/// of something; which thing is the meter's business. A level held for a month (`GB-month`) is the level. Everything
/// that is neither time nor bytes is counted in pieces.
package struct BillingUnit: Equatable, Sendable {
  /// What units must share to be converted into each other.
  package enum Kind: String, Sendable {
    case pieces, time, bytes
    /// Bytes held for a time.
    case byteTime = "bytes held for a time"
  }

  /// What the unit measures.
  package let kind: Kind
  /// How many pieces, nanoseconds, bytes or byte-nanoseconds one unit is.
  package let size: UInt128

  /// Reads a unit as meters and price lists write it: `GB-second`, `MB-ms`, `vCPU-hour`, `TiB`, `request`.
  package init(_ text: String) {
    let plain = text.split(separator: " ").first.map(String.init) ?? ""
    let words = plain.split(separator: "-")
    let last = words.last.map(String.init) ?? ""
    if let time = Self.time(last) {
      let bytes = words.count == 2 ? Self.bytes(words[0]) : nil
      self.init(kind: bytes == nil ? .time : .byteTime, size: (bytes ?? 1) * time)
    } else if let bytes = words.first.flatMap(Self.bytes), words.count == 1 || last == "month" {
      self.init(kind: .bytes, size: bytes)
    } else {
      self.init(kind: .pieces, size: 1)
    }
  }

  private init(kind: Kind, size: UInt128) {
    self.kind = kind
    self.size = size
  }

  /// `quantity` of this unit in another one, rounded once, half to even; nil for units of another kind and beyond
  /// the range of exact numbers.
  package func convert(_ quantity: ExactDecimal, to other: BillingUnit) -> ExactDecimal? {
    guard kind == other.kind, quantity >= .zero else { return nil }
    guard size != other.size else { return quantity }
    return multiplyDivide(quantity.trillionths.magnitude, size, by: other.size).map(ExactDecimal.init(trillionths:))
  }

  /// Units of the same kind that a reader of an error would know.
  package var examples: [String] {
    switch kind {
    case .pieces: ["request", "unit"]
    case .time: ["ns", "us", "ms", "second", "minute", "hour"]
    case .bytes: ["B", "KB", "MB", "GB", "TB"]
    case .byteTime: ["MB-ms", "GB-second", "GB-hour"]
    }
  }

  private static let times: [String: UInt128] = [
    "ns": 1, "us": 1_000, "µs": 1_000, "ms": 1_000_000, "s": second, "sec": second, "second": second,
    "min": 60 * second, "minute": 60 * second, "h": hour, "hr": hour, "hour": hour, "kWh": hour, "d": 24 * hour,
    "day": 24 * hour,
  ]

  private static let second: UInt128 = 1_000_000_000
  private static let hour: UInt128 = 3_600 * second

  private static let magnitudes: [String: UInt128] = [
    "B": 1, "kB": 1 << 10, "KB": 1 << 10, "KiB": 1 << 10, "MB": 1 << 20, "MiB": 1 << 20, "GB": 1 << 30,
    "GiB": 1 << 30, "TB": 1 << 40, "TiB": 1 << 40, "PB": 1 << 50, "PiB": 1 << 50,
  ]

  /// The nanoseconds of `ms`, `hour` or `hours`; nil for other words.
  private static func time(_ word: String) -> UInt128? {
    times[word] ?? (word.count > 2 && word.hasSuffix("s") ? times[String(word.dropLast())] : nil)
  }

  /// The nanoseconds of a unit of time, a month among them; nil for other words.
  ///
  /// - Parameter month: length of a month, seconds.
  static func time(_ word: String, month: ExactDecimal) -> UInt128? {
    guard word != "month", word != "months" else {
      return multiplyDivide(month.trillionths.magnitude, second, by: UInt128(ExactDecimal.unit)).map { UInt128($0) }
    }
    return time(word)
  }

  /// The bytes of `GB` or `128MB`; nil for other words.
  static func bytes(_ word: some StringProtocol) -> UInt128? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    guard let magnitude = magnitudes[String(word.dropFirst(digits.count))] else { return nil }
    guard !digits.isEmpty else { return magnitude }
    return UInt16(digits).map { UInt128($0) * magnitude }
  }

  /// Whether a word multiplies what it stands behind, so that it must not pass for the name of one piece.
  package static func isMultiple(_ word: String) -> Bool {
    let first = word.lowercased().split { !$0.isLetter }.first.map(String.init) ?? ""
    return multiples.contains(first) || multiples.contains(String(first.dropLast(first.hasSuffix("s") ? 1 : 0)))
  }

  private static let multiples: Set<String> = [
    "dozen", "hundred", "thousand", "tsd", "k", "kk", "lakh", "million", "mio", "mil", "mill", "mln", "mn", "m",
    "milliard", "mrd", "billion", "bil", "bln", "bn", "b", "g", "crore", "trillion", "t",
  ]
}

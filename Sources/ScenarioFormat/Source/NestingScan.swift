/// Looks over a text before it is parsed and refuses what a parser could choke on: nesting deeper than
/// anybody writes, and keys that are no plain words (explicit keys, aliases or collections as keys).
///
/// It follows YAML's quoting, comments and block scalars just far enough for that, in one pass and constant
/// time a byte. What it misses is still bounded by the parser's own limit of 1,000 levels.
struct NestingScan {
  /// Deepest nesting accepted.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var indents: [Int] = []
  private var flowDepth = 0
  /// Indentation of the line that opened a block scalar; its deeper lines are text.
  private var blockScalarIndent: Int?
  /// Last byte that was neither blank nor comment on this line or, inside a flow collection, in this
  /// collection.
  private var previous: UInt8 = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The first thing to refuse, or `nil`.
  static func check(_ text: String, source: Int) -> Diagnostic? {
    var scan = NestingScan(text)
    return scan.run(source: source)
  }

  private mutating func run(source: Int) -> Diagnostic? {
    while index < bytes.count {
      let problem = flowDepth == 0 ? startLine() ?? scanLine() : scanLine()
      if let (rule, message) = problem {
        let before = String(decoding: bytes[lineStart..<min(index, bytes.count)], as: UTF8.self)
        let mark = SourceMark(source: source, line: line, column: before.unicodeScalars.count + 1)
        return Diagnostic(rule: rule, at: mark, message)
      }
      endLine()
    }
    return nil
  }

  private typealias Problem = (rule: String, message: String)
  private static let tooDeep: Problem = (
    "nesting-too-deep", "the nesting is deeper than \(maximumDepth) levels; a scenario needs about ten"
  )
  private static let complexKey: Problem = (
    "complex-key", "a key must be a plain word; lists, mappings and aliases cannot be keys"
  )

  /// Takes in the indentation and the list dashes at the start of a block line.
  private mutating func startLine() -> Problem? {
    previous = 0
    skipBlanks()
    let indent = index - lineStart
    guard index < bytes.count, !isLineEnd, bytes[index] != UInt8(ascii: "#") else { return nil }
    if let opener = blockScalarIndent {
      if indent > opener {
        skipToLineEnd()
        return nil
      }
      blockScalarIndent = nil
    }
    while let last = indents.last, last >= indent { indents.removeLast() }
    indents.append(indent)
    while index < bytes.count, bytes[index] == UInt8(ascii: "-"), isBlank(at: index + 1) {
      index += 1
      skipBlanks()
      indents.append(index - lineStart)
      if indents.count > Self.maximumDepth { return Self.tooDeep }
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: "?"), isBlank(at: index + 1) {
      return Self.complexKey
    }
    return indents.count > Self.maximumDepth ? Self.tooDeep : nil
  }

  /// Goes through the rest of a line.
  private mutating func scanLine() -> Problem? {
    while index < bytes.count, !isLineEnd {
      let byte = bytes[index]
      let startsToken = self.startsToken
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        index += 1
        continue
      case UInt8(ascii: "#") where index == lineStart || isBlank(at: index - 1):
        skipToLineEnd()
        return nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if startsToken { skipQuoted(byte) } else { index += 1 }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        index += 1
        if startsToken || flowDepth > 0 { flowDepth += 1 }
        if flowDepth + indents.count > Self.maximumDepth { return Self.tooDeep }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        index += 1
        if flowDepth > 0 {
          flowDepth -= 1
          if keyFollows { return Self.complexKey }
        }
      case UInt8(ascii: "*") where startsToken:
        skipWord()
        if keyFollows { return Self.complexKey }
      case UInt8(ascii: "?") where startsToken && isBlank(at: index + 1) && flowDepth > 0:
        return Self.complexKey
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        if startsToken && flowDepth == 0 { blockScalarIndent = indents.last ?? 0 }
        index += 1
      default:
        index += 1
      }
      previous = byte
    }
    return nil
  }

  private mutating func endLine() {
    guard index < bytes.count else { return }
    let isPair = bytes[index] == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
    index += isPair ? 2 : 1
    line += 1
    lineStart = index
  }

  /// Whether a value or key can begin here, so that a quote or a bracket is one.
  private var startsToken: Bool {
    switch previous {
    case 0, UInt8(ascii: "["), UInt8(ascii: "{"): true
    case UInt8(ascii: ":"): index > 0 && (isBlank(at: index - 1) || flowDepth > 0)
    case UInt8(ascii: ","): flowDepth > 0
    default: false
    }
  }

  private var isLineEnd: Bool { bytes[index] == 10 || bytes[index] == 13 }

  private func isBlank(at position: Int) -> Bool {
    guard position >= 0, position < bytes.count else { return true }
    return [9, 10, 13, 32].contains(bytes[position])
  }

  private var keyFollows: Bool {
    var position = index
    while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
    return position < bytes.count && bytes[position] == UInt8(ascii: ":") && isBlank(at: position + 1)
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
  }

  private mutating func skipToLineEnd() {
    while index < bytes.count, !isLineEnd { index += 1 }
  }

  private mutating func skipWord() {
    index += 1
    while index < bytes.count, !isBlank(at: index), !"[]{},".utf8.contains(bytes[index]) { index += 1 }
  }

  /// Skips a quoted text, which may run over several lines.
  private mutating func skipQuoted(_ quote: UInt8) {
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index = min(index + 2, bytes.count)
      } else if isLineEnd {
        endLine()
      } else {
        index += 1
        if byte == quote {
          guard quote == UInt8(ascii: "'"), index < bytes.count, bytes[index] == quote else { return }
          index += 1
        }
      }
    }
  }
}

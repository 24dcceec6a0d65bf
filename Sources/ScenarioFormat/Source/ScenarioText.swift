/// A text that a scenario is read from: a file, or the value of a `--set` override.
package struct ScenarioText: Sendable {
  /// The name shown before line and column.
  package let name: String
  package let text: String
  /// The lines without their ends.
  package let lines: [Substring]

  /// The largest file accepted, in bytes.
  package static let maximumBytes = 4 * 1_024 * 1_024

  /// Checks that bytes are a text: UTF-8, not too large, not empty, without control characters.
  package init(name: String, bytes: [UInt8]) throws(Diagnostic) {
    self.name = name
    guard bytes.count <= Self.maximumBytes else {
      throw Diagnostic.ofFile(
        name, rule: "file-too-large", "the file is larger than 4 MiB; a scenario is a text of some kB")
    }
    guard !bytes.contains(0) else {
      throw Diagnostic.ofFile(
        name, rule: "binary-file", "this is a binary file; a scenario is YAML text in UTF-8")
    }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let text = String(validating: isMarked ? bytes[3...] : bytes[...], as: UTF8.self) else {
      throw Diagnostic.ofFile(name, rule: "not-utf8", "the file is not UTF-8 text; save it as UTF-8")
    }
    self.text = text
    lines = Self.split(text)
    if let (mark, character) = Self.firstForbidden(text) {
      throw Diagnostic(
        rule: "control-character", at: mark,
        "the character U+\(String(character.value, radix: 16, uppercase: true)) cannot be part of a scenario;"
          + " remove it", file: name)
    }
  }

  /// Wraps a text that is known to be short and clean, or is checked by the caller.
  package init(name: String, text: String) throws(Diagnostic) {
    try self.init(name: name, bytes: Array(text.utf8))
  }

  /// A mark as the parser gives it, on the last line at most: the parser sees more line ends than the file
  /// has.
  func mark(line: Int, column: Int, source: Int) -> SourceMark {
    guard line > lines.count else { return SourceMark(source: source, line: line, column: column) }
    return SourceMark(source: source, line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }

  private static func split(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let character = scalars[index]
      let next = scalars.index(after: index)
      if character == "\n" || character == "\r" {
        lines.append(text[start..<index])
        index =
          character == "\r" && next < scalars.endIndex && scalars[next] == "\n"
          ? scalars.index(after: next) : next
        start = index
      } else {
        index = next
      }
    }
    lines.append(text[start...])
    return lines
  }

  /// The first character that YAML does not allow, or that would silently end a line.
  private static func firstForbidden(_ text: String) -> (SourceMark, Unicode.Scalar)? {
    var line = 1
    var column = 1
    var previous: Unicode.Scalar = " "
    for character in text.unicodeScalars {
      switch character.value {
      case 0x0A where previous == "\r":
        break
      case 0x0A, 0x0D:
        line += 1
        column = 1
      case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x10000...:
        column += 1
      default:
        return (SourceMark(line: line, column: column), character)
      }
      previous = character
    }
    return nil
  }
}

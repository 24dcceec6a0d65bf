/// Names that a user or an attacker chose, made harmless where they are shown.
package enum Neutral {
  /// For a spreadsheet: text that would be taken for a formula gets an apostrophe in front, and control
  /// characters, which CSV has no place for, become U+FFFD; tabs and line ends stay.
  package static func spreadsheet(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isKept = scalar == "\t" || scalar == "\r" || scalar == "\n"
      let isControl = scalar.properties.generalCategory == .control
      result.unicodeScalars.append(isControl && !isKept ? "\u{FFFD}" : scalar)
    }
    guard let first = result.unicodeScalars.first, formulaStarts.contains(first) else { return result }
    return "'" + result
  }

  /// For a terminal: characters that move the cursor, change colours, break lines, reverse the direction of
  /// writing or cannot be seen are spelled out, as in `\u{1B}`.
  package static func terminal(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For a Markdown page: everything that would be markup, HTML, a link or the end of a cell is shown as it
  /// is.
  package static func markdown(_ text: String) -> String {
    let text = terminal(text)
    var result = ""
    for scalar in text.unicodeScalars {
      if let entity = entities[scalar] {
        result += entity
      } else if markup.contains(scalar) {
        result += "\\"
        result.unicodeScalars.append(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
  }

  private static let formulaStarts: [Unicode.Scalar] = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]
  private static let entities: [Unicode.Scalar: String] = [
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "@": "&#64;",
  ]
  private static let markup: [Unicode.Scalar] = [
    "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "!", "|", "~",
  ]
}

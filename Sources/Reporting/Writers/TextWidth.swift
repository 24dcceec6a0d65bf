/// How many columns of a terminal text takes up.
package enum TextWidth {
  /// The columns of a whole text.
  package static func columns(of text: String) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of one character: two for the wide ones of East Asia and emoji, none for marks alone, else
  /// one.
  ///
  /// Source: the wide and full-width blocks of Unicode's East Asian Width (UAX #11).
  package static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    let isEmoji =
      character.unicodeScalars.contains { $0 == "\u{FE0F}" } || first.properties.isEmojiPresentation
    return isEmoji || wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// The longest beginning of a text that, with an ellipsis where something is cut off, takes up at most
  /// `limit`.
  package static func truncated(_ text: String, to limit: Int) -> String {
    guard columns(of: text) > limit else { return text }
    var result = ""
    var used = 1
    for character in text {
      used += columns(of: character)
      guard used <= limit else { break }
      result.append(character)
    }
    return result + "…"
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

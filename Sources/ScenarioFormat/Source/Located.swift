/// A node of the scenario's tree, with the place where it was written. Aliases are already expanded.
package struct Located: Sendable {
  /// A text as it stands in the file.
  package struct Scalar: Sendable {
    package var text: String
    /// Whether quotes (or a block style) say that it is text and nothing else.
    package var isQuoted: Bool

    /// Whether nothing, `~` or `null` is written.
    package var isNull: Bool {
      !isQuoted && (text.isEmpty || text == "~" || text.lowercased() == "null")
    }
  }

  /// A key of a mapping and its value.
  package struct Entry: Sendable {
    package var key: Marked<String>
    package var value: Located

    package init(key: Marked<String>, value: Located) {
      self.key = key
      self.value = value
    }
  }

  /// The three kinds of YAML nodes.
  package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Located])
    case mapping([Entry])
  }

  package var content: Content
  package var mark: SourceMark

  package init(_ content: Content, at mark: SourceMark) {
    self.content = content
    self.mark = mark
  }

  /// What the node is, for a sentence.
  package var kindPhrase: String {
    switch content {
    case .scalar(let scalar) where scalar.isNull: "nothing"
    case .scalar(let scalar): "the text '\(scalar.text.shortened)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a scalar that is not null.
  package var text: String? {
    guard case .scalar(let scalar) = content, !scalar.isNull else { return nil }
    return scalar.text
  }

  /// The entries of a mapping.
  package var entries: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The elements of a sequence.
  package var elements: [Located]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// The value of a key of a mapping.
  package subscript(key key: String) -> Located? { entries?.first { $0.key.value == key }?.value }
}

extension String {
  /// The text cut to a length that fits a sentence, with line ends and control characters shown as spaces.
  var shortened: String {
    let limit = 60
    let plain = String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(limit).map { scalar in
          scalar.isControl ? " " : scalar
        }))
    return unicodeScalars.count > limit ? plain + "…" : plain
  }
}

extension Unicode.Scalar {
  /// Whether the character would move a terminal's cursor or change its colours.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029 }
}

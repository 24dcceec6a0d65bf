/// Reads the keys of one mapping: reports keys that its table does not know, and required ones that are
/// missing.
package struct MappingReader {
  package let mark: SourceMark
  private let table: KeyTable
  private let entries: [Located.Entry]
  private let problems: Problems

  /// Opens a mapping.
  ///
  /// - Returns: `nil` when the node is not a mapping, which is reported.
  package init?(_ node: Located, _ table: KeyTable, _ problems: Problems) {
    guard let entries = node.entries else {
      problems.error(
        "wrong-kind", at: node.mark,
        "\(table.subject) is a mapping, not \(node.kindPhrase); its keys: \(Suggestion.list(table.names))")
      return nil
    }
    mark = node.mark
    self.table = table
    self.entries = entries
    self.problems = problems
    checkKeys()
  }

  private func checkKeys() {
    for entry in entries where table[entry.key.value] == nil && table.others == nil && !problems.isFull {
      let name = entry.key.value
      if let hint = table.hints[name] {
        problems.error("misplaced-key", at: entry.key.mark, "'\(name)' is not a key of \(table.subject); \(hint)")
      } else if table.later.contains(name) {
        problems.error(
          "unsupported-key", at: entry.key.mark,
          "'\(name)' is not supported in this version; \(table.subject) has \(Suggestion.list(table.names))")
      } else {
        let nearest = Suggestion.nearest(to: name, among: table.names)
        problems.error(
          "unknown-key", at: entry.key.mark,
          "'\(name.shortened)' is not a key of \(table.subject)"
            + (nearest == nil ? "; known: \(Suggestion.list(table.names))" : ""), suggestion: nearest)
      }
    }
    for key in table.keys where key.isRequired && !has(key.name) {
      problems.error("missing-key", at: mark, "\(table.subject) needs the key '\(key.name)' (\(key.meaning))")
    }
    guard table.isChoice else { return }
    let given = entries.filter { table[$0.key.value] != nil }
    if given.isEmpty && entries.isEmpty {
      problems.error(
        "missing-key", at: mark, "\(table.subject) needs one of: \(Suggestion.list(table.names))")
    } else if given.count > 1 {
      problems.error(
        "too-many-keys", at: given[1].key.mark,
        "\(table.subject) is one of \(Suggestion.list(table.names)), not '\(given[0].key.value)' and"
          + " '\(given[1].key.value)' together")
    }
  }

  /// Whether the key is written.
  package func has(_ name: String) -> Bool { entries.contains { $0.key.value == name } }

  /// Whether the mapping may have the key.
  package func knows(_ name: String) -> Bool { table[name] != nil }

  /// Where the key is written.
  package func mark(of name: String) -> SourceMark? { entries.first { $0.key.value == name }?.key.mark }

  /// The value of a key, as it stands.
  package func node(_ name: String) -> Located? {
    assert(table[name] != nil, "the table of \(table.subject) lacks '\(name)'")
    guard let entry = entries.first(where: { $0.key.value == name }) else { return nil }
    if case .scalar(let scalar) = entry.value.content, scalar.isNull {
      problems.error("empty-value", at: entry.key.mark, "'\(name)' has no value; give one, or remove the key")
      return nil
    }
    return entry.value
  }

  /// Reads the value of a key, if it is written; the body reports what is wrong with it.
  package func read<Value>(_ name: String, _ body: (Located) -> Value?) -> Value? {
    node(name).flatMap(body)
  }

  /// The one key of a choice, and its value.
  package var choice: (name: String, value: Located)? {
    guard let entry = entries.first(where: { table[$0.key.value] != nil }) else { return nil }
    return node(entry.key.value).map { (entry.key.value, $0) }
  }

  /// Reports a problem of the mapping as a whole.
  package func fail(_ rule: String, _ message: String) { problems.error(rule, at: mark, message) }
}

package import Catalog

/// Reads single values out of nodes; reports what is wrong and returns `nil` then.
package struct NodeReader {
  package let problems: Problems
  /// Where files named in the scenario are looked for, with a slash at its end; empty = the working
  /// directory.
  package let directory: String

  package init(_ problems: Problems, directory: String = "") {
    self.problems = problems
    self.directory = directory
  }

  /// Opens a mapping with known keys.
  package func mapping(_ node: Located, _ table: KeyTable) -> MappingReader? {
    MappingReader(node, table, problems)
  }

  /// A text of any content.
  package func text(_ node: Located) -> Marked<String>? {
    guard let text = scalar(node, "a text") else { return nil }
    return Marked(text, at: node.mark)
  }

  /// A name: not empty, at most 100 characters, without control characters.
  package func name(_ node: Located) -> Marked<String>? {
    guard let text = scalar(node, "a name") else { return nil }
    return checkedName(Marked(text, at: node.mark))
  }

  /// The same for a key that gives a name.
  package func checkedName(_ name: Marked<String>) -> Marked<String>? {
    let letters = name.value.unicodeScalars
    guard !letters.isEmpty, letters.count <= 100, !letters.contains(where: \.isControl) else {
      problems.error(
        "name", at: name.mark,
        "the name '\(name.value.shortened)' cannot be used; a name has 1 to 100 visible characters")
      return nil
    }
    return name
  }

  /// A quantity in its base unit.
  package func quantity(_ node: Located, _ dimension: Dimension) -> Marked<Double>? {
    guard let text = scalar(node, "\(dimension.phrase) such as '\(dimension.example)'") else { return nil }
    do {
      return Marked(try dimension.parse(text), at: node.mark)
    } catch {
      problems.error("quantity", at: node.mark, error.sentence.withoutControls, suggestion: error.suggestion)
      return nil
    }
  }

  /// A duration in whole nanoseconds.
  package func duration(_ node: Located) -> Marked<Int64>? {
    quantity(node, .duration)?.map { Int64($0.rounded()) }
  }

  /// A duration above zero, in whole nanoseconds.
  package func positiveDuration(_ node: Located) -> Marked<Int64>? {
    guard let duration = duration(node) else { return nil }
    guard duration.value > 0 else {
      problems.error("not-positive", at: node.mark, "a duration above zero belongs here")
      return nil
    }
    return duration
  }

  /// A size in whole bytes.
  package func bytes(_ node: Located) -> Marked<Int64>? {
    quantity(node, .bytes)?.map { Int64($0.rounded()) }
  }

  /// A rate per second, zero or more.
  package func rate(_ node: Located) -> Marked<Double>? { quantity(node, .rate) }

  /// A bare number, zero or more.
  package func number(_ node: Located) -> Marked<Double>? { quantity(node, .ratio) }

  /// A bare number (or percentage) from 0 to 1.
  package func ratio(_ node: Located) -> Marked<Double>? {
    guard let ratio = quantity(node, .ratio) else { return nil }
    guard ratio.value <= 1 else {
      problems.error("ratio", at: node.mark, "\(node.kindPhrase) is above 1; a share is between 0 and 1")
      return nil
    }
    return ratio
  }

  /// A whole number within bounds.
  package func count(_ node: Located, from minimum: Int = 0, to maximum: Int = 1_000_000_000) -> Marked<Int>?
  {
    guard let number = quantity(node, .count) else { return nil }
    let value = Int(number.value)
    guard value >= minimum, value <= maximum else {
      problems.error(
        "out-of-range", at: node.mark,
        "\(value) is out of range; a whole number from \(minimum) to \(maximum) belongs here")
      return nil
    }
    return Marked(value, at: node.mark)
  }

  /// `true` or `false`.
  package func flag(_ node: Located) -> Bool? {
    guard let text = scalar(node, "true or false") else { return nil }
    guard text == "true" || text == "false" else {
      problems.error(
        "flag", at: node.mark, "'\(text.shortened)' is neither true nor false; write true or false")
      return nil
    }
    return text == "true"
  }

  /// One of a few words.
  package func choice<Value>(_ node: Located, _ words: [(String, Value)]) -> Value? {
    position(node, among: words.map(\.0)).map { words[$0].1 }
  }

  private func position(_ node: Located, among known: [String]) -> Int? {
    guard let text = scalar(node, "one of: \(Suggestion.list(known))") else { return nil }
    if let found = known.firstIndex(of: text) { return found }
    problems.error(
      "unknown-word", at: node.mark,
      "'\(text.shortened)' is not known here; write one of: \(Suggestion.list(known))",
      suggestion: Suggestion.nearest(to: text, among: known))
    return nil
  }

  /// The elements of a list; a single value counts as a list of one when `orSingle` is given.
  package func list(_ node: Located, of what: String, orSingle: Bool = false) -> [Located]? {
    if let elements = node.elements { return elements }
    if orSingle { return [node] }
    problems.error("wrong-kind", at: node.mark, "a list of \(what) belongs here, not \(node.kindPhrase)")
    return nil
  }

  /// The entries of a mapping from names to something.
  package func named(_ node: Located, of what: String) -> [(name: Marked<String>, value: Located)]? {
    guard let entries = node.entries else {
      problems.error(
        "wrong-kind", at: node.mark, "\(what) by their names belong here, not \(node.kindPhrase)")
      return nil
    }
    return entries.compactMap { entry in checkedName(entry.key).map { ($0, entry.value) } }
  }

  /// The text of a scalar.
  private func scalar(_ node: Located, _ wanted: String) -> String? {
    guard case .scalar(let scalar) = node.content, !scalar.isNull else {
      problems.error("wrong-kind", at: node.mark, "\(wanted) belongs here, not \(node.kindPhrase)")
      return nil
    }
    return scalar.text
  }
}

extension String {
  /// The text with control characters shown as spaces.
  var withoutControls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? " " : $0 }))
  }
}

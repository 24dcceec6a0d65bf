/// A value of the scenario replaced from outside: `clients.brazil.arrivals.poisson.rate=80/s`.
package struct Override: Sendable {
  /// Keys (and positions in lists, from 0) from the top, joined by dots.
  package let path: String
  /// The new value, in YAML.
  package let value: String

  package init(path: String, value: String) {
    self.path = path
    self.value = value
  }

  /// Splits `PATH=VALUE` at the first equals sign.
  package init(_ argument: String) throws(Diagnostic) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
      throw Diagnostic.ofFile(
        "--set", rule: "override",
        "'\(argument.shortened)' is not PATH=VALUE; write for example --set duration=10min")
    }
    self.init(path: String(argument[..<sign]), value: String(argument[argument.index(after: sign)...]))
  }

  /// The override as a text that diagnostics can point into.
  package func text() throws(Diagnostic) -> ScenarioText {
    try ScenarioText(name: "--set", text: "\(path)=\(value)")
  }
}

/// Replaces values in a scenario's tree before it is decoded.
struct OverrideApplication {
  private let override: Override
  private let source: Int
  private let problems: Problems
  private let table: KeyTable

  init(_ override: Override, source: Int, problems: Problems, table: KeyTable = ScenarioSpec.table) {
    self.table = table
    self.override = override
    self.source = source
    self.problems = problems
  }

  /// The tree with the override applied, or the same tree and a problem.
  func applied(to root: Located) -> Located {
    guard override.path.count(where: { $0 == "." }) < NestingScan.maximumDepth else {
      fail(
        at: override.path.startIndex,
        "the path has more than \(NestingScan.maximumDepth) parts; a scenario needs about ten")
      return root
    }
    guard let value = parsedValue() else { return root }
    return replaced(in: root, shape: .object(table), path: override.path[...], value) ?? root
  }

  private func parsedValue() -> Located? {
    guard override.value.contains(where: { !$0.isWhitespace }) else {
      fail(at: override.path.endIndex, "there is no value after '='; write PATH=VALUE")
      return nil
    }
    do {
      let text = try ScenarioText(name: "--set", text: override.value)
      return shifted(try YAMLTree.parse(text, source: source))
    } catch {
      var shown = error
      shown.mark = shown.mark.map { shift(SourceMark(source: source, line: $0.line, column: $0.column)) }
      problems.add(shown)
      return nil
    }
  }

  /// Marks of the value, moved behind the path.
  private func shifted(_ node: Located) -> Located {
    let content: Located.Content =
      switch node.content {
      case .scalar: node.content
      case .sequence(let elements): .sequence(elements.map(shifted))
      case .mapping(let entries):
        .mapping(
          entries.map {
            Located.Entry(key: Marked($0.key.value, at: shift($0.key.mark)), value: shifted($0.value))
          })
      }
    return Located(content, at: shift(node.mark))
  }

  private func shift(_ mark: SourceMark) -> SourceMark {
    guard mark.line == 1 else { return mark }
    return SourceMark(
      source: mark.source, line: 1, column: mark.column + override.path.unicodeScalars.count + 1)
  }

  private func mark(at index: String.Index) -> SourceMark {
    SourceMark(source: source, line: 1, column: override.path[..<index].unicodeScalars.count + 1)
  }

  private func fail(at index: String.Index, _ message: String, suggestion: String? = nil) {
    problems.error("override", at: mark(at: index), message, suggestion: suggestion)
  }

  private func replaced(in node: Located, shape: Shape, path: Substring, _ value: Located) -> Located? {
    switch node.content {
    case .mapping(let entries):
      return replaced(in: entries, of: node, shape: shape, path: path, value)
    case .sequence(let elements):
      let word = path.prefix { $0 != "." }
      guard let index = Int(word), elements.indices.contains(index) else {
        let range = elements.isEmpty ? "and empty" : "with entries 0 to \(elements.count - 1)"
        fail(at: path.startIndex, "'\(word)' is not an entry of this list, which is one \(range)")
        return nil
      }
      guard let child = child(elements[index], shape: shape.element, rest: path.dropFirst(word.count), value)
      else {
        return nil
      }
      var changed = elements
      changed[index] = child
      return Located(.sequence(changed), at: node.mark)
    case .scalar:
      guard let key = shape.shorthand else {
        fail(
          at: path.startIndex,
          "'\(path)' is not there: the value above it is \(node.kindPhrase), which has no parts")
        return nil
      }
      let entry = Located.Entry(key: Marked(key, at: node.mark), value: node)
      return replaced(in: Located(.mapping([entry]), at: node.mark), shape: shape, path: path, value)
    }
  }

  private func replaced(
    in entries: [Located.Entry], of node: Located, shape: Shape, path: Substring, _ value: Located
  ) -> Located? {
    var changed = entries
    let matches = entries.indices.filter { isPrefix(entries[$0].key.value, of: path) }
    if let index = matches.max(by: { entries[$0].key.value.count < entries[$1].key.value.count }) {
      let key = entries[index].key.value
      guard
        let child = child(
          entries[index].value, shape: shape.child(key), rest: path.dropFirst(key.count), value)
      else { return nil }
      changed[index].value = child
      return Located(.mapping(changed), at: node.mark)
    }
    let word = String(path.prefix { $0 != "." })
    let rest = path.dropFirst(word.count)
    guard shape.accepts(newKey: word), !word.isEmpty else {
      let known =
        entries.map(\.key.value)
        + shape.keyNames.filter { name in !entries.contains { $0.key.value == name } }
      let nearest = Suggestion.nearest(to: word, among: known)
      fail(
        at: path.startIndex,
        "'\(word.shortened)' is not there" + (nearest == nil ? "; known: \(Suggestion.list(known))" : ""),
        suggestion: nearest)
      return nil
    }
    let key = Marked(word, at: mark(at: path.startIndex))
    let empty = Located(.mapping([]), at: key.mark)
    guard let child = child(empty, shape: shape.child(word), rest: rest, value) else { return nil }
    return Located(.mapping(entries + [Located.Entry(key: key, value: child)]), at: node.mark)
  }

  /// The value itself at the end of the path, else the child with the rest of the path replaced.
  private func child(_ node: Located, shape: Shape, rest: Substring, _ value: Located) -> Located? {
    rest.isEmpty ? value : replaced(in: node, shape: shape, path: rest.dropFirst(), value)
  }

  private func isPrefix(_ key: String, of path: Substring) -> Bool {
    guard !key.isEmpty, path.hasPrefix(key) else { return false }
    let rest = path.dropFirst(key.count)
    return rest.isEmpty || rest.first == "."
  }
}

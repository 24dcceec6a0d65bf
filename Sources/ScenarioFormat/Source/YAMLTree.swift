internal import Yams

/// Turns the text of a scenario into a tree of located nodes, within limits that no honest file reaches.
package enum YAMLTree {
  /// Most values of a file, with every alias counted as often as it is used.
  package static let maximumNodes = 200_000

  /// Parses a text.
  ///
  /// - Throws: what is wrong, at its place: no YAML, duplicate keys, tags, several documents, too deep, too
  ///   many.
  package static func parse(_ text: ScenarioText, source: Int = 0) throws(Diagnostic) -> Located {
    if let problem = NestingScan.check(text.text, source: source) { throw problem }
    let root: Node?
    do {
      // Yams keeps a pointer into the text: it must not be one of the short strings that live on the stack.
      var padded = text.text + "\n" + String(repeating: " ", count: 32) + "\n"
      padded.makeContiguousUTF8()
      root = try Parser(yaml: padded, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw YAMLWording.diagnostic(for: error, in: text, source: source)
    } catch {
      throw Diagnostic(
        rule: "yaml", at: SourceMark(source: source, line: 1, column: 1), "the text is not YAML: \(error)")
    }
    guard let root else {
      throw Diagnostic.ofFile(
        text.name, rule: "empty-file",
        "the file is empty; 'perigee init NAME' writes one to start from")
    }
    var conversion = Conversion(text: text, source: source)
    return try conversion.located(root, depth: 0)
  }

  private struct Conversion {
    let text: ScenarioText
    let source: Int
    var nodeCount = 0

    mutating func located(_ node: Node, depth: Int) throws(Diagnostic) -> Located {
      let mark = text.mark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, source: source)
      nodeCount += 1
      guard nodeCount <= YAMLTree.maximumNodes else {
        throw Diagnostic(
          rule: "too-many-values", at: mark,
          "the file holds more than 200,000 values once its aliases are expanded; that is no scenario")
      }
      guard depth <= NestingScan.maximumDepth else {
        throw Diagnostic(
          rule: "nesting-too-deep", at: mark,
          "the nesting is deeper than \(NestingScan.maximumDepth) levels; a scenario needs about ten")
      }
      switch node {
      case .scalar(let scalar):
        try refuseTag(scalar.tag, at: mark)
        let isPlain = scalar.style == .plain || scalar.style == .any
        return Located(.scalar(.init(text: scalar.string, isQuoted: !isPlain)), at: mark)
      case .sequence(let sequence):
        try refuseTag(sequence.tag, at: mark)
        var elements: [Located] = []
        for element in sequence { elements.append(try located(element, depth: depth + 1)) }
        return Located(.sequence(elements), at: mark)
      case .mapping(let mapping):
        try refuseTag(mapping.tag, at: mark)
        return Located(.mapping(try entries(of: mapping, depth: depth)), at: mark)
      case .alias:
        throw Diagnostic(
          rule: "yaml", at: mark, "the alias points at nothing; name an anchor that is written before it")
      }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) throws(Diagnostic) -> [Located.Entry]
    {
      var entries: [Located.Entry] = []
      for (key, value) in mapping {
        let located = try located(key, depth: depth + 1)
        guard case .scalar(let scalar) = located.content else {
          throw Diagnostic(
            rule: "complex-key", at: located.mark, "a key must be a plain word, not \(located.kindPhrase)")
        }
        if scalar.text == "<<", !scalar.isQuoted {
          throw Diagnostic(
            rule: "merge-key", at: located.mark,
            "merge keys ('<<') are not part of the scenario language; use 'defaults' for what entries share")
        }
        entries.append(
          Located.Entry(
            key: Marked(scalar.text, at: located.mark), value: try self.located(value, depth: depth + 1)))
      }
      return entries
    }

    private func refuseTag(_ tag: Tag, at mark: SourceMark) throws(Diagnostic) {
      let name = tag.rawValue
      guard !name.isEmpty, name != "!", name != "tag:yaml.org,2002:str" else { return }
      throw Diagnostic(
        rule: "tag", at: mark,
        "the tag '\(name.shortened)' is not part of the scenario language; write the value without it")
    }
  }
}

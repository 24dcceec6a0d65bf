internal import Yams

/// Words the YAML parser's findings for people who write scenarios, at their place.
enum YAMLWording {
  /// The diagnostic for an error of the parser.
  static func diagnostic(for error: YamlError, in text: ScenarioText, source: Int) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let place = text.mark(line: mark.line, column: mark.column, source: source)
      return Diagnostic(rule: rule(for: problem), at: place, sentence(for: problem, at: place, in: text))
    case .duplicatedKeysInMapping(let keys, let context):
      return duplicate(
        keys.first ?? "", at: text.mark(line: context.mark.line, column: context.mark.column, source: source),
        in: text)
    case .memory:
      return whole(
        text, "nesting-too-deep",
        "the nesting is deeper than \(NestingScan.maximumDepth) levels; a scenario needs about ten")
    case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
      .representer(let problem):
      return whole(text, "yaml", "the text is not YAML: \(problem)")
    case .dataCouldNotBeDecoded, .no:
      return whole(text, "yaml", "the text is not YAML")
    }
  }

  private static func whole(_ text: ScenarioText, _ rule: String, _ message: String) -> Diagnostic {
    Diagnostic.ofFile(text.name, rule: rule, message)
  }

  private static func rule(for problem: String) -> String {
    problem.contains("another document") ? "several-documents" : problem.contains("alias") ? "alias" : "yaml"
  }

  private static func sentence(for problem: String, at mark: SourceMark, in text: ScenarioText) -> String {
    if character(at: mark, in: text) == "\t" { return "a tab cannot indent YAML; use spaces" }
    return sentences.first { problem.contains($0.problem) }?.sentence ?? "this is not YAML here: \(problem)"
  }

  private static func character(at mark: SourceMark, in text: ScenarioText) -> Unicode.Scalar? {
    guard mark.line <= text.lines.count else { return nil }
    return text.lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
  }

  private static let sentences: [(problem: String, sentence: String)] = [
    ("another document", "a second document ('---') begins here; a file holds one scenario"),
    ("undefined alias", "the alias points at nothing; name an anchor that is written before it"),
    (
      "mapping values are not allowed",
      "a ':' cannot stand here; check the indentation, or put the text in quotes"
    ),
    ("could not find expected ':'", "a key without its ':'; write 'key: value'"),
    (
      "did not find expected key",
      "a key is expected here; check the indentation of this line and the ones above"
    ),
    ("did not find expected '-' indicator", "a list entry ('- ') is expected here; check the indentation"),
    ("did not find expected ',' or ']'", "the list is not closed; a ',' or a ']' is missing"),
    ("did not find expected ',' or '}'", "the mapping is not closed; a ',' or a '}' is missing"),
    ("found unexpected end of stream", "the text ends inside quotes; the closing quote is missing"),
    ("did not find expected <document start>", "nothing can follow here; check the indentation of this line"),
    ("did not find expected node content", "a value is expected here; a ',' or a bracket is in its place"),
    (
      "found character that cannot start any token",
      "this character cannot begin a value; put the text in quotes"
    ),
    (
      "block sequence entries are not allowed",
      "a list entry ('- ') cannot begin here; start it on a line of its own"
    ),
    ("found unknown escape character", "this is no escape of a text in double quotes; use single quotes"),
    ("block collections are not allowed", "a block cannot begin inside brackets; write it with brackets too"),
  ]

  /// The parser tells where a key stands first; the duplicate is looked for below, in the same column or
  /// line.
  private static func duplicate(_ key: String, at first: SourceMark, in text: ScenarioText) -> Diagnostic {
    let message = "the key '\(key.shortened)' is written twice in one mapping; keep one of the two"
    guard let second = secondPlace(of: key, after: first, in: text) else {
      return Diagnostic(rule: "duplicate-key", at: first, message)
    }
    return Diagnostic(
      rule: "duplicate-key", at: second, message,
      notes: ["'\(key.shortened)' is first written at line \(first.line)"])
  }

  private static func secondPlace(of key: String, after first: SourceMark, in text: ScenarioText)
    -> SourceMark?
  {
    let spellings = [key, "\"\(key)\"", "'\(key)'"].map { Array($0.unicodeScalars) }
    for line in first.line...max(first.line, text.lines.count) where line <= text.lines.count {
      let letters = Array(text.lines[line - 1].unicodeScalars)
      var column = line == first.line ? first.column : 0
      while column < letters.count {
        let startsWord = column == 0 || " {,-\t".unicodeScalars.contains(letters[column - 1])
        if startsWord, let spelling = spellings.first(where: { letters[column...].starts(with: $0) }),
          letters[(column + spelling.count)...].first(where: { $0 != " " }) == ":"
        {
          let isBlock = letters[..<column].allSatisfy { $0 == " " }
          if !isBlock || column + 1 == first.column {
            return SourceMark(source: first.source, line: line, column: column + 1)
          }
        }
        column += 1
      }
    }
    return nil
  }
}

/// Words a diagnostic for a terminal: place, sentence, the line itself and a caret below the spot.
package struct DiagnosticRenderer: Sendable {
  /// The texts that marks point into, by `SourceMark.source`.
  package let texts: [ScenarioText]

  package init(texts: [ScenarioText]) { self.texts = texts }

  /// `file:line:column: error: what; what is allowed; did you mean 'x'?`, the line, a caret, notes.
  package func render(_ diagnostic: Diagnostic) -> String {
    var sentence = diagnostic.message
    if let suggestion = diagnostic.suggestion { sentence += "; did you mean '\(suggestion.shortened)'?" }
    let text = diagnostic.mark.flatMap { mark in mark.source < texts.count ? texts[mark.source] : nil }
    let name = Self.visible(text?.name ?? diagnostic.file ?? texts.first?.name ?? "scenario")
    let place = diagnostic.mark.map { ":\($0.line):\($0.column)" } ?? ""
    var lines = ["\(name)\(place): \(diagnostic.severity.rawValue): \(Self.visible(sentence))"]
    if let mark = diagnostic.mark, let text { lines += Self.snippet(of: text, at: mark) }
    lines += diagnostic.notes.map { "  note: \(Self.visible($0))" }
    return lines.joined(separator: "\n")
  }

  /// All diagnostics, errors first, each in the order of the file; every line ends in a line break.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    let ordered = diagnostics.enumerated().sorted { left, right in
      let a = left.element
      let b = right.element
      if a.severity != b.severity { return a.severity == .error }
      let places = (a.mark.map(Self.key) ?? [-1], b.mark.map(Self.key) ?? [-1])
      if places.0 != places.1 { return places.0.lexicographicallyPrecedes(places.1) }
      return left.offset < right.offset
    }
    return ordered.map { render($0.element) + "\n" }.joined()
  }

  private static func key(_ mark: SourceMark) -> [Int] { [mark.source, mark.line, mark.column] }

  /// At most about 100 characters of the line around the column, and the caret.
  private static func snippet(of text: ScenarioText, at mark: SourceMark) -> [String] {
    guard mark.line >= 1, mark.line <= text.lines.count, text.lines[mark.line - 1].utf8.count <= 100_000
    else {
      return []
    }
    let line = Array(text.lines[mark.line - 1].unicodeScalars)
    let column = min(max(mark.column - 1, 0), line.count)
    let start = line.count > 100 ? max(0, column - 60) : 0
    let end = min(line.count, start + 100)
    let shown = visible(String(String.UnicodeScalarView(line[start..<end])))
    guard !shown.allSatisfy(\.isWhitespace) else { return [] }
    let lead = (start > 0 ? "…" : "")
    let tail = end < line.count ? "…" : ""
    return [
      "    \(lead)\(shown)\(tail)", String(repeating: " ", count: 4 + lead.count + column - start) + "^",
    ]
  }

  /// The text with control characters shown as spaces, so that a file cannot drive the terminal.
  private static func visible(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
  }
}

/// Something that a reader of the scenario should know: an error or a warning, with its place.
package struct Diagnostic: Error, Equatable, Sendable {
  /// How grave it is: nothing runs after an error.
  package enum Severity: String, Sendable {
    case error, warning
  }

  /// Stable identifier of the rule, in kebab case.
  package var rule: String
  package var severity: Severity
  /// Where; `nil` when the file as a whole is meant.
  package var mark: SourceMark?
  /// What is wrong with which value; what is allowed.
  package var message: String
  /// The known word that was probably meant.
  package var suggestion: String?
  /// Further sentences: where the other definition is, where a limit comes from.
  package var notes: [String]
  /// The file, when there is no text to show.
  package var file: String?

  package init(
    rule: String, severity: Severity = .error, at mark: SourceMark?, _ message: String,
    suggestion: String? = nil,
    notes: [String] = [], file: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.mark = mark
    self.message = message
    self.suggestion = suggestion
    self.notes = notes
    self.file = file
  }

  /// An error of a file as a whole.
  package static func ofFile(_ name: String, rule: String, _ message: String) -> Diagnostic {
    Diagnostic(rule: rule, at: nil, message, file: name)
  }
}

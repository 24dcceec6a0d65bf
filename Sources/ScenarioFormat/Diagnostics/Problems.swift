/// Collects everything that is wrong while a scenario is read, so that one pass reports it all.
package final class Problems {
  /// What was found, in the order of finding.
  package private(set) var list: [Diagnostic] = []
  private var seen: Set<Seen> = []
  private struct Seen: Hashable {
    let mark: SourceMark?
    let message: String
  }

  /// More than this nobody reads; it also bounds the memory that a hostile file can take.
  package static let maximum = 200

  package init() {}

  /// Whether nothing more will be kept, so that looking for suggestions is a waste.
  package var isFull: Bool { list.count >= Self.maximum }

  /// Whether anything found is an error.
  package var hasErrors: Bool { list.contains { $0.severity == .error } }

  /// Keeps a finding, once.
  package func add(_ diagnostic: Diagnostic) {
    guard list.count < Self.maximum,
      seen.insert(Seen(mark: diagnostic.mark, message: diagnostic.message)).inserted
    else { return }
    list.append(diagnostic)
  }

  /// Keeps an error.
  package func error(
    _ rule: String, at mark: SourceMark?, _ message: String, suggestion: String? = nil, notes: [String] = []
  ) {
    add(Diagnostic(rule: rule, at: mark, message, suggestion: suggestion, notes: notes))
  }

  /// Keeps a warning.
  package func warning(_ rule: String, at mark: SourceMark?, _ message: String, notes: [String] = []) {
    add(Diagnostic(rule: rule, severity: .warning, at: mark, message, notes: notes))
  }
}

/// Reads scenarios: bytes → text → tree → overrides → spec, with everything that is wrong.
package enum ScenarioReader {
  /// What came of reading one scenario.
  package struct Outcome: Sendable {
    /// The scenario, if it has no errors.
    package let spec: ScenarioSpec?
    /// What could be decoded of a scenario with errors: good for looking names up, not for running.
    package let partial: ScenarioSpec?
    /// Errors and warnings, in the order of finding.
    package let diagnostics: [Diagnostic]
    /// The texts that the diagnostics point into; see `DiagnosticRenderer`.
    package let texts: [ScenarioText]

    /// The diagnostics as a terminal shows them.
    package var rendered: String { DiagnosticRenderer(texts: texts).render(diagnostics) }
  }

  /// What came of reading only the costs of a scenario.
  package struct CostsOutcome: Sendable {
    /// The costs, if they have no errors.
    package let costs: CostsSpec?
    /// What is wrong, as a terminal shows it.
    package let rendered: String
    /// The texts that the marks of the costs point into.
    package let texts: [ScenarioText]
  }

  /// Reads only the costs of a scenario, which is enough to price a finished run.
  package static func readCosts(name: String, bytes: [UInt8], overrides: [Override] = []) -> CostsOutcome {
    let problems = Problems()
    var texts: [ScenarioText] = []
    do {
      let root = try tree(name: name, bytes: bytes, overrides, &texts, problems)
      let costs = ScenarioSpec.decodeCosts(root, problems)
      let rendered = DiagnosticRenderer(texts: texts).render(problems.list)
      return CostsOutcome(costs: problems.hasErrors ? nil : costs, rendered: rendered, texts: texts)
    } catch {
      let rendered = DiagnosticRenderer(texts: texts).render(problems.list + [error])
      return CostsOutcome(costs: nil, rendered: rendered, texts: texts)
    }
  }

  /// The tree of a text with the overrides applied; the texts that marks point into are collected on the way.
  ///
  /// - Parameter table: the keys at the top, through which overrides find their way.
  package static func tree(
    name: String, bytes: [UInt8], _ overrides: [Override], _ texts: inout [ScenarioText], _ problems: Problems,
    table: KeyTable = ScenarioSpec.table
  ) throws(Diagnostic) -> Located {
    let text = try ScenarioText(name: name, bytes: bytes)
    texts.append(text)
    for override in overrides { texts.append(try override.text()) }
    var root = try YAMLTree.parse(text)
    for (index, override) in overrides.enumerated() {
      root = OverrideApplication(override, source: index + 1, problems: problems, table: table).applied(to: root)
    }
    return root
  }

  /// Reads a scenario from the bytes of a file; the file's directory is where files of samples are looked
  /// for.
  package static func read(name: String, bytes: [UInt8], overrides: [Override] = []) -> Outcome {
    let problems = Problems()
    var texts: [ScenarioText] = []
    do {
      let root = try tree(name: name, bytes: bytes, overrides, &texts, problems)
      let directory = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
      let spec = ScenarioSpec.decode(root, directory: directory, problems)
      return Outcome(
        spec: problems.hasErrors ? nil : spec, partial: spec, diagnostics: problems.list, texts: texts)
    } catch {
      return Outcome(spec: nil, partial: nil, diagnostics: problems.list + [error], texts: texts)
    }
  }
}

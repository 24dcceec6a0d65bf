import Catalog
import ScenarioFormat
import Testing

/// Reads and compiles texts against the built-in catalog, which is loaded once.
enum Compiled {
  static let catalog = Result { try Catalog.load("world-2021") }

  /// The diagnostics of reading and, if there are no errors, of compiling.
  static func diagnostics(_ text: String, allowLarge: Bool = false) throws -> [Diagnostic] {
    let outcome = ScenarioTexts.read(text)
    guard let spec = outcome.spec else { return outcome.diagnostics }
    return outcome.diagnostics
      + ScenarioCompiler.compile(spec, try catalog.get(), allowLarge: allowLarge).diagnostics
  }

  /// The compiled scenario; fails the test with the rendered diagnostics when there are errors.
  static func scenario(_ text: String, _ overrides: [Override] = []) throws -> CompiledScenario {
    let outcome = ScenarioTexts.read(text, overrides)
    let spec = try #require(outcome.spec, "\(outcome.rendered)")
    let compilation = ScenarioCompiler.compile(spec, try catalog.get())
    let rendered = DiagnosticRenderer(texts: outcome.texts).render(compilation.diagnostics)
    return try #require(compilation.scenario, "\(rendered)")
  }
}

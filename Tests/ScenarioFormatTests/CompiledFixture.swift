import Catalog
import ScenarioFormat
import Testing

/// Reads and compiles texts against the built-in catalogs, each of which is loaded once.
enum Compiled {
  static let catalog = Result { try Catalog.load("world-2021") }
  static let today = Result { try Catalog.load("world-2025") }

  private static func catalog(of spec: ScenarioSpec) -> Result<Catalog, any Error> {
    spec.catalog.value == "world-2025" ? today : catalog
  }

  /// The diagnostics of reading and, if there are no errors, of compiling.
  static func diagnostics(_ text: String, allowLarge: Bool = false) throws -> [Diagnostic] {
    let outcome = ScenarioTexts.read(text)
    guard let spec = outcome.spec else { return outcome.diagnostics }
    return outcome.diagnostics
      + ScenarioCompiler.compile(spec, try catalog(of: spec).get(), allowLarge: allowLarge).diagnostics
  }

  /// The compiled scenario; fails the test with the rendered diagnostics when there are errors.
  static func scenario(_ text: String, _ overrides: [Override] = []) throws -> CompiledScenario {
    let outcome = ScenarioTexts.read(text, overrides)
    let spec = try #require(outcome.spec, "\(outcome.rendered)")
    let compilation = ScenarioCompiler.compile(spec, try catalog(of: spec).get())
    let rendered = DiagnosticRenderer(texts: outcome.texts).render(compilation.diagnostics)
    return try #require(compilation.scenario, "\(rendered)")
  }
}

import ScenarioFormat
import Catalog
import ServerlessModel
import Testing

@Test func starterCompiles() throws {
  let outcome = MarkedScenario(StarterScenario.text(name: "hello")).read()
  print(outcome.rendered)
  let spec = try #require(outcome.spec)
  let catalog = try Catalog.load("world-2021")
  let clock = ContinuousClock()
  let start = clock.now
  let c = ScenarioCompiler.compile(spec, catalog)
  print(clock.now - start)
  print(DiagnosticRenderer(texts: outcome.texts).render(c.diagnostics))
  let s = try #require(c.scenario)
  for p in s.placements {
    print(p.name, p.plan.names.sites, p.plan.names.origins, p.plan.paths.map { ($0.propagation, $0.jitter, $0.access)}, p.plan.candidates.count)
    print(p.plan.deployments)
    print(p.plan.billing)
  }
}

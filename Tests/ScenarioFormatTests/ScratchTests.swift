import ScenarioFormat
import Testing

@Test func starterReads() {
  let outcome = MarkedScenario(StarterScenario.text(name: "hello")).read()
  print(outcome.rendered)
  #expect(outcome.spec != nil)
}
@Test func show() {
  let outcome = MarkedScenario("""
  scenario: a
  sed: 5
  queues: {}
  duration: 12
  clients:
    a: {cities: x, access: {4g: 0.6}, arrivals: {poisson: {rate: -3/s}}, calls: [f, f], retry: {attempts: 0}}
  functions:
    f: {work: {lognormal: {median: 5 ms, p99: 1 ms}}, memory: 128 MS, work2: 1}
  placements:
    v: {g: {platform: lambda, at: nearest regin}}
  """).read()
  print(outcome.rendered)
  print(ScenarioSchema.json().count)
}

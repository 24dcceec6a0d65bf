package import Catalog
internal import ServerlessModel

/// Turns a decoded scenario into plans: looks every name up once and judges what the user will run.
package enum ScenarioCompiler {
  /// Most requests of clients over all placements and replications that run without `allowLarge`.
  package static let requestLimit = 2.0e9

  /// The names that the catalog does not know, and the impossible combinations, in what could be decoded of a
  /// scenario with errors, so that all of it can be mended at once. Where a decoding error has been found already
  /// nothing is added.
  package static func furtherProblems(
    of partial: ScenarioSpec, _ catalog: Catalog, besides known: [Diagnostic]
  ) -> [Diagnostic] {
    let problems = Problems()
    ReferenceRule.check(partial, problems)
    let lookup = Lookup(catalog: catalog, problems: problems, sites: partial.sites)
    _ = Demand(partial, lookup)
    for placement in partial.placements { _ = PlacementResolution(placement, of: partial, lookup) }
    let lines = Set(known.compactMap { $0.mark.map { [$0.source, $0.line] } })
    return problems.list.filter { found in
      found.severity == .error && found.mark.map { !lines.contains([$0.source, $0.line]) } ?? false
    }
  }

  /// Compiles all placements.
  ///
  /// - Parameter allowLarge: lets a scenario pass that needs more than `requestLimit` requests.
  package static func compile(_ spec: ScenarioSpec, _ catalog: Catalog, allowLarge: Bool = false)
    -> Compilation
  {
    let problems = Problems()
    ReferenceRule.check(spec, problems)
    CallRule.check(spec, problems)
    TimeRule.check(spec, problems)
    let lookup = Lookup(catalog: catalog, problems: problems, sites: spec.sites)
    let demand = Demand(spec, lookup)
    let functions = spec.placements.map { PlacementResolution($0, of: spec, lookup) }
    let faults = spec.faults.compactMap { ResolvedFault($0, of: spec, lookup) }
    guard !problems.hasErrors else { return Compilation(scenario: nil, diagnostics: problems.list) }

    let expected = demand.expectedRequests(within: spec.duration.value)
    RequestLimitRule.check(expected, spec, allowLarge: allowLarge, problems)
    guard !problems.hasErrors else { return Compilation(scenario: nil, diagnostics: problems.list) }

    var used = [Bool](repeating: false, count: faults.count)
    let placements = functions.map { resolution in
      var compiler = PlacementCompiler(spec, demand: demand, resolution, lookup)
      compiler.compile(faults: faults, used: &used)
      LoadRule.check(compiler.load(), of: resolution, problems)
      return CompiledScenario.Placement(name: resolution.name.value, plan: compiler.plan)
    }
    for (fault, isUsed) in zip(faults, used) where !isUsed {
      problems.warning(
        "idle-fault", at: fault.mark,
        "this fault touches nothing that any placement uses, so it changes nothing")
    }
    guard !problems.hasErrors else { return Compilation(scenario: nil, diagnostics: problems.list) }
    let scenario = CompiledScenario(
      name: spec.name.value, description: spec.description, seed: spec.seed, replications: spec.replications,
      duration: spec.duration.value, warmUp: spec.warmUp.value, catalogVersion: catalog.version,
      placements: placements, clientNames: spec.clients.map(\.name.value),
      functionNames: spec.functions.map(\.name.value), objectives: spec.objectives, costs: spec.costs,
      expectedRequests: expected)
    return Compilation(scenario: scenario, diagnostics: problems.list)
  }
}

/// Every name that refers to something of the scenario must be defined in it, and everything must be placed.
///
/// What is written counts, whether or not it could be read: a scenario with errors gets no false ones on top.
enum ReferenceRule {
  static func check(_ spec: ScenarioSpec, _ problems: Problems) {
    func names(_ section: String) -> [String] { spec.written[section] ?? [] }
    let (functions, stores, gateways) = (names("functions"), names("stores"), names("gateways"))
    let (clients, placements) = (names("clients"), names("placements"))

    func require(_ name: Marked<String>, in known: [String], _ kind: String) {
      guard !known.contains(name.value) else { return }
      let nearest = Suggestion.nearest(to: name.value, among: known)
      problems.error(
        "unknown-reference", at: name.mark,
        "there is no \(kind) '\(name.value.shortened)' in this scenario"
          + (nearest == nil ? "; known: \(Suggestion.list(known))" : ""), suggestion: nearest)
    }

    for store in spec.stores where functions.contains(store.name.value) {
      problems.error(
        "ambiguous-name", at: store.name.mark,
        "'\(store.name.value.shortened)' names a function and a store; placements need different names")
    }
    let named = spec.clients.map(\.name) + spec.functions.map(\.name) + spec.sites.map(\.name)
    for name in named where name.value == "all" {
      problems.error(
        "reserved-name", at: name.mark, "'all' is what results call all of them together; choose another name")
    }
    for population in spec.clients {
      for call in population.calls { require(call.name, in: functions, "function") }
    }
    for function in spec.functions {
      if let front = function.front { require(front, in: gateways, "gateway") }
      for step in function.steps {
        switch step.kind {
        case .read(let operation), .write(let operation): require(operation.store, in: stores, "store")
        case .call(let call): require(call.function, in: functions, "function")
        case .forward(let name): require(name, in: functions, "function")
        case .work, .wait: break
        }
      }
    }
    for placement in spec.placements {
      for deployment in placement.functions {
        if let front = deployment.front { require(front, in: gateways, "gateway") }
      }
      checkComplete(placement, spec, problems)
    }
    for objective in spec.objectives {
      if let name = objective.clients { require(name, in: clients, "client population") }
      if let name = objective.placement { require(name, in: placements, "placement") }
    }
    for name in spec.costs.placementReferences { require(name, in: placements, "placement") }
  }

  private static func checkComplete(_ placement: PlacementSpec, _ spec: ScenarioSpec, _ problems: Problems) {
    let name = placement.name.value.shortened
    for function in spec.functions
    where !placement.written.contains(function.name.value) {
      problems.error(
        "not-placed", at: placement.name.mark,
        "the placement '\(name)' does not place the function '\(function.name.value.shortened)'; every"
          + " placement places"
          + " every function")
    }
    for store in spec.stores where store.site == nil {
      guard !placement.written.contains(store.name.value) else { continue }
      problems.error(
        "not-placed", at: placement.name.mark,
        "the placement '\(name)' does not place the store '\(store.name.value.shortened)'; give it 'at'"
          + " here or in 'stores'"
      )
    }
  }
}

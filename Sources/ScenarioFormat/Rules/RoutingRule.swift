/// Where places are given by population, everybody who calls must be sent somewhere.
enum RoutingRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ spec: ScenarioSpec, _ lookup: Lookup) {
    guard case .routed(let places, otherwise: nil) = deployment.place else { return }
    let function = deployment.function.name.value
    for (index, clients) in spec.clients.enumerated() where places[index] == nil {
      guard clients.calls.contains(where: { $0.name.value == function && $0.weight > 0 }) else { continue }
      lookup.problems.error(
        "no-route", at: deployment.spec.placeMark,
        "nothing says where the requests of '\(clients.name.value.shortened)' go; name the population here, or give"
          + " 'else'")
    }
    let caller = spec.functions.first { other in
      other.steps.contains { step in
        switch step.kind {
        case .call(let call): call.function.value == function
        case .forward(let name): name.value == function
        case .work, .wait, .read, .write: false
        }
      }
    }
    guard let caller else { return }
    lookup.problems.error(
      "no-route", at: deployment.spec.placeMark,
      "the function '\(caller.name.value.shortened)' calls '\(function.shortened)' too, and is no client population;"
        + " say with 'else' where its calls go")
  }
}

internal import Catalog

/// API fronts of the cloud stand in regions and take payloads up to a limit.
enum GatewayRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ gateway: GatewaySpec, _ lookup: Lookup) {
    guard let name = gateway.service, let service = lookup.catalog.front(name.value) else { return }
    let front = gateway.name.value.shortened
    if !isRegional(deployment.place) {
      lookup.problems.error(
        "impossible-front", at: deployment.spec.placeMark,
        "the gateway '\(front)' (\(service.name)) stands in regions, and this function does not run in"
          + " one; write"
          + " 'front: none' here, or place it in a region")
    } else if let other = foreignProvider(deployment, service) {
      lookup.problems.error(
        "impossible-front", at: deployment.spec.placeMark,
        "the gateway '\(front)' (\(service.name)) is a service of \(service.provider), and this function runs in a"
          + " region of \(other); write 'front: none' here, or place it with \(service.provider)",
        notes: ["source: \(service.provenance.sentence)"])
    }
    let most = max(deployment.function.request, deployment.function.response)
    if Double(most) > service.payloadMaximumMegabytes * 1e6 {
      lookup.problems.error(
        "platform-limit", at: deployment.spec.function.mark,
        "a payload of \(NodeReader.short(Double(most) / 1e6)) MB is too large for the gateway"
          + " '\(front)' (\(service.name));"
          + " the most is \(NodeReader.short(service.payloadMaximumMegabytes)) MB",
        notes: ["source: \(service.provenance.sentence)"])
    }
    checkPatience(deployment, gateway, service, lookup)
  }

  /// Another provider than the front's that a function can run with; nil if there is none.
  private static func foreignProvider(
    _ deployment: PlacementResolution.Deployment, _ service: FrontService
  ) -> String? {
    if service.provider == "any" { return nil }
    let own = deployment.platform.text(.provider) ?? "any"
    if own != "any" && own != service.provider { return own }
    var other: String?
    _ = every(deployment.place, kinds: WhereSpec.NearestKind.allCases) { place in
      if place.provider != service.provider { other = place.provider }
      return other == nil
    }
    return other
  }

  /// A front that gives up before the function has usually answered. Its own time-out can be raised on purpose.
  private static func checkPatience(
    _ deployment: PlacementResolution.Deployment, _ gateway: GatewaySpec, _ service: FrontService, _ lookup: Lookup
  ) {
    let patience = gateway.timeout?.value ?? Int64(saturating: service.timeoutSeconds * 1e9)
    let usual = deployment.build.usualTime(of: deployment.function)
    guard usual > Double(patience) else { return }
    let message =
      "the gateway '\(gateway.name.value.shortened)' (\(service.name)) gives up after \(TimeRule.text(patience)), and"
      + " half of the invocations of '\(deployment.function.name.value.shortened)' take longer; write 'front: none', or"
      + " give the gateway a longer 'timeout'"
    if gateway.timeout == nil {
      lookup.problems.error(
        "platform-limit", at: deployment.spec.function.mark, message,
        notes: ["source: \(service.provenance.sentence)"])
    } else {
      lookup.problems.warning("timeout", at: deployment.spec.function.mark, message)
    }
  }

  private static func isRegional(_ place: ResolvedPlace) -> Bool {
    every(place, kinds: [.region, .zone]) { $0.kind == .region || $0.kind == .zone }
  }

  /// Whether a function can only run at sites of some kinds, or that pass a test where they are known by name.
  private static func every(
    _ place: ResolvedPlace, kinds: [WhereSpec.NearestKind], _ passes: (Place) -> Bool
  ) -> Bool {
    switch place {
    case .ordered(let places), .failover(let places, _), .among(let places, _, _): places.allSatisfy(passes)
    case .parent: true
    case .routed(let places, let otherwise):
      places.values.allSatisfy { every($0, kinds: kinds, passes) }
        && otherwise.map { every($0, kinds: kinds, passes) } ?? true
    case .weighted(let places): places.allSatisfy { passes($0.place) }
    case .nearest(let kind): kinds.contains(kind.value)
    case .points: false
    }
  }
}

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
    func isRegional(_ place: Place) -> Bool { place.kind == .region || place.kind == .zone }
    return switch place {
    case .ordered(let places), .failover(let places, _), .among(let places, _, _):
      places.allSatisfy(isRegional)
    case .parent: true
    case .routed(let places, let otherwise):
      places.values.allSatisfy(Self.isRegional) && otherwise.map(Self.isRegional) ?? true
    case .weighted(let places): places.allSatisfy { isRegional($0.place) }
    case .nearest(let kind): kind.value == .region || kind.value == .zone
    case .points: false
    }
  }
}

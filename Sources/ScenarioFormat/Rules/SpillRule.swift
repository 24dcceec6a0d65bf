internal import Catalog

/// Requests that find no room must not come back to where they found none, and somebody must be able to be full.
enum SpillRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ lookup: Lookup) {
    guard case .ordered(let places) = deployment.place, places.count == 1, let first = places.first else { return }
    var passed = [(first.code, deployment.platform.name)]
    for spill in deployment.spills {
      guard let next = target(of: spill.place, after: passed.last?.0, lookup) else { return }
      if passed.contains(where: { $0 == (next, spill.platform.name) }) {
        let way = (passed.map(\.0) + [next]).joined(separator: " → ")
        lookup.problems.error(
          "spill-cycle", at: spill.spec.placeMark,
          "a request that finds no room would come back to '\(next.shortened)', which was full: \(way); leave this"
            + " site out, or spill to another")
        return
      }
      passed.append((next, spill.platform.name))
    }
  }

  /// The site, where it does not depend on the caller.
  private static func target(of place: ResolvedPlace, after before: String?, _ lookup: Lookup) -> String? {
    switch place {
    case .ordered(let places): places.first?.code
    case .parent: before.flatMap(lookup.knownSite)?.parentRegion
    default: nil
    }
  }
}

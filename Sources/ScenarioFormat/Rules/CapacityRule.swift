internal import Catalog

/// A site with a capacity must have room for an instance, and for all those that always run.
enum CapacityRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ lookup: Lookup) {
    guard !deployment.isIdeal else { return }
    let minimum = max(1, deployment.standing)
    for place in deployment.place.named {
      let capacity = lookup.ownSites.capacity(of: place, lookup.catalog)
      let needs: [(String, Double, Double?)] = [
        ("vCPUs", deployment.instanceProcessors, capacity.vcpus),
        ("MB of memory", deployment.instanceMemory, capacity.memory),
        ("places for instances", 1, capacity.slots.map(Double.init)),
      ]
      for case (let what, let need, let has?) in needs {
        guard need * Double(minimum) > has else { continue }
        let name = deployment.function.name.value.shortened
        let who = minimum == 1 ? "an instance of '\(name)' needs" : "\(minimum) instances of '\(name)' need"
        lookup.problems.error(
          "site-capacity", at: deployment.spec.placeMark,
          "\(who) \(NodeReader.short(need * Double(minimum))) \(what), and the site '\(place.code.shortened)' has"
            + " \(NodeReader.short(has)); take a smaller size, fewer of them, or give the site more in 'sites'",
          notes: lookup.catalog.host(place.kind.rawValue).map { ["source: \($0.provenance.sentence)"] } ?? [])
        break
      }
    }
  }

  /// Refuses a placement whose groups can never all have their minimum at a site.
  static func check(all deployments: [PlacementResolution.Deployment?], _ lookup: Lookup) {
    let ways = deployments.compactMap { $0 }.flatMap { first in
      (first.variants.isEmpty ? [first] : first.variants).flatMap { [$0] + $0.spills }
    }.filter { $0.standing > 0 && !$0.isIdeal }
    var sites: [Place] = []
    for place in ways.flatMap(\.place.named) where !sites.contains(where: { $0.code == place.code }) {
      sites.append(place)
    }
    for site in sites {
      var here: [PlacementResolution.Deployment] = []
      for way in ways where way.place.named.contains(where: { $0.code == site.code }) {
        // A spill to the same platform shares the pool that is there.
        if !here.contains(where: { $0.isPool(of: way) }) { here.append(way) }
      }
      guard here.count > 1, let last = here.last else { continue }
      let capacity = lookup.ownSites.capacity(of: site, lookup.catalog)
      let needs: [(String, Double, Double?)] = [
        ("vCPUs", here.reduce(0) { $0 + Double($1.standing) * $1.instanceProcessors }, capacity.vcpus),
        ("MB of memory", here.reduce(0) { $0 + Double($1.standing) * $1.instanceMemory }, capacity.memory),
        ("instances", here.reduce(0) { $0 + Double($1.standing) }, capacity.slots.map(Double.init)),
      ]
      for case (let what, let need, let has?) in needs where need > has {
        lookup.problems.error(
          "site-capacity", at: last.spec.placeMark,
          "what always runs at '\(site.code.shortened)' (the minimum sizes of"
            + " \(Suggestion.list(here.map(\.function.name.value)))) needs \(NodeReader.short(need)) \(what), and the"
            + " site has \(NodeReader.short(has)): some would never start; lower a minimum, or give the site more in"
            + " 'sites'")
        break
      }
    }
  }
}

extension PlacementResolution.Deployment {
  fileprivate func isPool(of other: Self) -> Bool {
    function.name.value == other.function.name.value && variant == other.variant
  }

  /// Instances that always run at each of its sites.
  fileprivate var standing: Int {
    if group != nil { return GroupBounds(spec.platform.group, spec.platform, platform).minimum }
    return spec.platform.group.provisioned?.value.minimum ?? spec.platform.group.minimum?.value ?? 0
  }
}

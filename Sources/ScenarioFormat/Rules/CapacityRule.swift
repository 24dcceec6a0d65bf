internal import Catalog

/// A site with a capacity must have room for an instance, and for all those that always run.
enum CapacityRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ lookup: Lookup) {
    guard !deployment.isIdeal else { return }
    let (spec, platform) = (deployment.spec.platform, deployment.platform)
    let wanted = platform.isManaged
      ? GroupBounds(spec.group, spec, platform).minimum
      : spec.group.minimum?.value ?? spec.group.provisioned?.value.minimum ?? 1
    let minimum = max(1, wanted)
    for place in deployment.place.named {
      let capacity = lookup.ownSites.capacity(of: place, lookup.catalog)
      let needs: [(String, Double, Double?)] = [
        ("vCPUs", deployment.instanceProcessors, capacity.vcpus),
        ("MB of memory", deployment.instanceMemory, capacity.memory), ("slots", 1, capacity.slots.map(Double.init)),
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
}

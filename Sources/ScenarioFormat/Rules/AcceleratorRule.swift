internal import Catalog

/// A function that needs GPUs runs only where some are to be had.
enum AcceleratorRule {
  static func check(_ deployment: PlacementResolution.Deployment, _ lookup: Lookup) {
    guard let wanted = deployment.function.gpus, wanted.value > 0, !deployment.isIdeal else { return }
    let mark = deployment.spec.function.mark
    let (platform, name) = (deployment.platform, deployment.function.name.value.shortened)
    let need = "'\(name)' needs \(wanted.value) GPU\(wanted.value == 1 ? "" : "s")"
    let own = deployment.place.named.compactMap { lookup.ownSites[$0.code] }
    if let short = own.first(where: { $0.isOnPremises && $0.gpus < wanted.value }) {
      lookup.problems.error(
        "no-gpu", at: mark,
        "\(need), and the site '\(short.place.code.shortened)' has \(short.gpus); make it 'like' a host that has enough"
          + " (snowball-edge-gpu)")
      return
    }
    if !own.isEmpty && own.allSatisfy(\.isOnPremises) && own.count == deployment.place.named.count { return }
    if let instance = deployment.group?.instance {
      let count = instance.acceleratorKind == .gpu ? instance.accelerators : 0
      guard count < wanted.value else { return }
      let fitting = lookup.catalog.instances.filter { $0.acceleratorKind == .gpu && $0.accelerators >= wanted.value }
      lookup.problems.error(
        "no-gpu", at: deployment.spec.platform.group.instance?.mark ?? mark,
        "\(need), and an instance of '\(instance.name)' has \(count); types that have enough:"
          + " \(Suggestion.list(fitting.map(\.name)))",
        notes: ["source: \(instance.provenance.sentence)"])
      return
    }
    if let most = platform.number(.gpuMaximum) {
      guard Double(wanted.value) > most else { return }
      lookup.problems.error(
        "platform-limit", at: mark,
        "\(need), and \(most == 0 ? "none is sold on" : "the most is \(NodeReader.short(most)) on")"
          + " '\(platform.name)'; choose a server group with an 'instance' that has some (g4dn.xlarge)",
        notes: platform.value(.gpuMaximum).map { ["source: \($0.provenance.sentence)"] } ?? [])
      return
    }
    lookup.problems.error(
      "no-gpu", at: mark,
      "\(need), and the catalog knows of none on '\(platform.name)'; choose a server group with an 'instance' that has"
        + " some (g4dn.xlarge), or a site 'like' a host that does (snowball-edge-gpu)")
  }
}

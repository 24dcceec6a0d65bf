/// One of several ways in which the same function runs at the same time: a canary beside the stable version.
package struct VariantSpec: Sendable {
  /// As result files show it, after the platform.
  package var name: Marked<String>
  /// Share of the requests, 0 … 1.
  package var share: Double
  package var deployment: DeploymentSpec

  static let shape = Shape.named(.object(table))
  static let table = DeploymentSpec.base.extended(
    "a variant",
    with: [
      .required("share", .ratio, "share of the requests; the shares of all variants sum to 1"),
      Key("spill", SpillSpec.shape, "where a request goes on to that finds no room"),
    ], without: [])
}

/// Where a request goes that finds no room.
package struct SpillSpec: Sendable {
  /// `at` is a site, the word `parent`, or the nearest of a kind or of a list.
  package var deployment: DeploymentSpec
  /// Whether anything but the place differs from the deployment that overflows.
  package var isOwn: Bool

  static let shape = Shape.either([.name, .object(table), .list(.either([.name, .object(table)]))])
  static let table = DeploymentSpec.base.extended("where requests go on to", with: [], without: ["front"])
  /// Most sites that one request is passed along.
  static let longest = 16
}

extension KeyTable {
  /// The same keys for another subject: some more first, some left out, and no key twice.
  func extended(_ subject: String, with more: [Key], without names: [String]) -> KeyTable {
    KeyTable(subject, later: later, hints: hints, more + keys.filter { !names.contains($0.name) })
  }
}

extension NodeReader {
  /// Reads the variants of a function: each has the keys of its own and, below them, those around `split`.
  func variants(_ function: Marked<String>, _ node: Located, around outer: Located) -> [VariantSpec]? {
    guard let entries = named(node, of: "variants") else { return nil }
    guard entries.count >= 2 else {
      problems.error(
        "too-few-variants", at: node.mark, "there is nothing to split between; name at least two variants")
      return nil
    }
    let shared = inherited(from: outer, except: ["split"])
    var variants: [VariantSpec] = []
    for (name, value) in entries {
      guard let map = mapping(value, VariantSpec.table), let share = map.read("share", ratio) else { return nil }
      let own = (value.entries ?? []).filter { $0.key.value != "share" }
      guard let deployment = deployment(function, Self.overlaid(own, on: shared, at: value.mark)) else { return nil }
      variants.append(VariantSpec(name: name, share: share.value, deployment: deployment))
    }
    let sum = variants.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) <= 1e-6 else {
      problems.error(
        "shares", at: node.mark, "the shares sum to \(Self.short(sum)); the shares of variants sum to 1")
      return nil
    }
    return variants
  }

  /// Reads where requests go on to, in order.
  func spills(_ function: Marked<String>, _ node: Located, around outer: Located) -> [SpillSpec]? {
    let elements = node.elements ?? [node]
    guard !elements.isEmpty, elements.count <= SpillSpec.longest else {
      problems.error(
        "out-of-range", at: node.mark,
        "\(elements.count) sites to go on to; 1 to \(SpillSpec.longest) belong here")
      return nil
    }
    let shared = inherited(from: outer, except: ["split", "spill", "front", "at"])
    var spills: [SpillSpec] = []
    for element in elements {
      var own = element.entries ?? []
      if element.entries == nil {
        own = [Located.Entry(key: Marked("at", at: element.mark), value: element)]
      } else if mapping(element, SpillSpec.table) == nil {
        return nil
      }
      guard let deployment = deployment(function, Self.overlaid(own, on: shared, at: element.mark)) else { return nil }
      switch deployment.place {
      case .site, .nearest, .nearestOf(_, nil): break
      default:
        problems.error(
          "spill-place", at: deployment.placeMark,
          "a request goes on to one site: name a site, 'parent', 'nearest' and a kind, or {at: {nearest: [sites]}}")
        return nil
      }
      spills.append(SpillSpec(deployment: deployment, isOwn: own.contains { $0.key.value != "at" }))
    }
    return spills
  }

  private func inherited(from outer: Located, except names: [String]) -> [Located.Entry] {
    (outer.entries ?? []).filter { DeploymentSpec.table[$0.key.value] != nil && !names.contains($0.key.value) }
  }

  private static func overlaid(_ own: [Located.Entry], on shared: [Located.Entry], at mark: SourceMark) -> Located {
    let missing = shared.filter { entry in !own.contains { $0.key.value == entry.key.value } }
    return Located(.mapping(own + missing), at: mark)
  }
}

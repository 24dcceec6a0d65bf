/// One way to place the application: which function runs on which platform where, and where the stores are.
package struct PlacementSpec: Sendable {
  package var name: Marked<String>
  package var functions: [DeploymentSpec]
  package var stores: [StorePlacementSpec]

  /// The entries of a placement are functions and stores; both shapes are accepted under any name.
  static let shape = Shape.named(.object(DeploymentSpec.table))
}

/// Where a function runs, and what differs there.
package struct DeploymentSpec: Sendable {
  package var function: Marked<String>
  package var platform: PlatformSpec
  package var place: WhereSpec
  package var placeMark: SourceMark
  package var runtime: Marked<String>?
  package var memory: Marked<Double>?
  package var package: Marked<Int64>?
  package var front: Marked<String>?
  package var hasFront: Bool
  package var timeout: Marked<Int64>?
  package var reserved: Marked<Int>?

  static let table = KeyTable(
    "the placement of a function", later: ["replicas", "minimum", "provisioned"],
    [
      Key("platform", PlatformSpec.shape, "the platform of the catalog, or {like: …} with overrides"),
      .required(
        "at", WhereSpec.shape, "a site, 'nearest' and a kind, a list to fail over, or sites with weights"),
      Key("runtime", .name, "instead of the function's"),
      Key("memory", .quantity(.memory), "instead of the function's"),
      Key("package", .quantity(.bytes), "instead of the function's"),
      Key("front", .either([.name, .choice(["none"])]), "instead of the function's"),
      Key("timeout", .quantity(.duration), "instead of the function's"),
      Key("reserved", .count(minimum: 1), "instead of the function's"),
    ])
}

/// Where a store is in one placement.
package struct StorePlacementSpec: Sendable {
  package var store: Marked<String>
  package var site: Marked<String>

  static let table = KeyTable("the placement of a store", [.required("at", .name, "the site where it is")])
}

extension NodeReader {
  /// Reads one placement; functions and stores tell their entries apart.
  package func placement(
    _ name: Marked<String>, _ node: Located, functions: [String], stores: [String]
  ) -> PlacementSpec? {
    guard let entries = named(node, of: "functions and stores") else { return nil }
    if entries.isEmpty {
      problems.error(
        "empty-section", at: node.mark, "this placement places nothing; every placement places every function"
      )
    }
    var placement = PlacementSpec(name: name, functions: [], stores: [])
    for (entry, value) in entries {
      if functions.contains(entry.value) {
        if let deployment = deployment(entry, value) { placement.functions.append(deployment) }
      } else if stores.contains(entry.value) {
        let site = mapping(value, StorePlacementSpec.table)?.read("at", self.name)
        if let site { placement.stores.append(StorePlacementSpec(store: entry, site: site)) }
      } else {
        let known = functions + stores
        problems.error(
          "unknown-reference", at: entry.mark,
          "'\(entry.value.shortened)' is neither a function nor a store of this scenario; known:"
            + " \(Suggestion.list(known))",
          suggestion: Suggestion.nearest(to: entry.value, among: known))
      }
    }
    return placement
  }

  private func deployment(_ function: Marked<String>, _ node: Located) -> DeploymentSpec? {
    guard let map = mapping(node, DeploymentSpec.table) else { return nil }
    if !map.has("platform") {
      map.fail("missing-key", "the placement of a function needs the key 'platform' (such as lambda)")
    }
    let platform = map.read("platform", platform)
    let place = map.read("at", place)
    let front = map.read("front") { orNone($0, self.name) }
    guard let platform, let place else { return nil }
    return DeploymentSpec(
      function: function, platform: platform, place: place, placeMark: map.node("at")?.mark ?? map.mark,
      runtime: map.read("runtime", self.name), memory: map.read("memory", memory),
      package: map.read("package", bytes),
      front: front ?? nil, hasFront: map.has("front"), timeout: map.read("timeout", positiveDuration),
      reserved: map.read("reserved") { count($0, from: 1, to: 1_000_000) })
  }
}

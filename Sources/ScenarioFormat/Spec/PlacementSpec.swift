/// One way to place the application: which function runs on which platform where, and where the stores are.
package struct PlacementSpec: Sendable {
  package var name: Marked<String>
  package var functions: [DeploymentSpec]
  package var stores: [StorePlacementSpec]
  /// The functions and stores that have an entry, whether or not it could be read.
  package var written: [String] = []

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
  /// Where a request goes on to that finds no room, in order.
  package var spills: [SpillSpec] = []
  /// The ways in which the function runs side by side; empty for one. Then this is the first of them.
  package var variants: [VariantSpec] = []

  static let table = base.extended(
    "the placement of a function",
    with: [
      Key("split", VariantSpec.shape, "variants of the function by name, each with its share of the requests"),
      Key("spill", SpillSpec.shape, "where a request goes on to that finds no room: a site, or several in order"),
    ], without: [])
  /// The keys of a deployment by itself.
  static let base = KeyTable(
    "a deployment", later: ["replicas"], hints: PlatformSpec.hints(for: "it belongs to the platform"),
    [
      Key("platform", PlatformSpec.shape, "the platform of the catalog, or {like: …} with overrides"),
      Key(
        "at", WhereSpec.shape,
        "a site, 'nearest' or 'every' and a kind, a list to fail over, sites with weights, or places by population"),
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
    placement.written = entries.map(\.name.value)
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

  /// Reads the placement of a function.
  func deployment(_ function: Marked<String>, _ node: Located) -> DeploymentSpec? {
    guard let map = mapping(node, DeploymentSpec.table) else { return nil }
    if map.has("split") {
      let variants = map.read("split") { self.variants(function, $0, around: node) }
      guard let variants, var first = variants.first?.deployment else { return nil }
      first.variants = variants
      return first
    }
    if !map.has("at") { map.fail("missing-key", "the placement of a function needs the key 'at' (a site, …)") }
    if !map.has("platform") {
      map.fail("missing-key", "the placement of a function needs the key 'platform' (such as lambda)")
    }
    let platform = map.read("platform", platform)
    let place = map.read("at", place)
    let front = map.read("front") { orNone($0, self.name) }
    guard let platform, let place else { return nil }
    let spills = map.read("spill") { self.spills(function, $0, around: node) }
    if map.has("spill"), spills == nil { return nil }
    return DeploymentSpec(
      function: function, platform: platform, place: place, placeMark: map.node("at")?.mark ?? map.mark,
      runtime: map.read("runtime", self.name), memory: map.read("memory", memory),
      package: map.read("package", bytes),
      front: front ?? nil, hasFront: map.has("front"), timeout: map.read("timeout", positiveDuration),
      reserved: map.read("reserved") { count($0, from: 1, to: 1_000_000) }, spills: spills ?? [])
  }
}

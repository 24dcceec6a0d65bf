/// A scenario as written: every section decoded, names not yet looked up.
package struct ScenarioSpec: Sendable {
  package var name: Marked<String>
  package var description: String
  package var seed: UInt64
  /// Length of a run and of the warm-up within it, ns.
  package var duration: Marked<Int64>
  package var warmUp: Marked<Int64>
  package var replications: Int
  package var catalog: Marked<String>
  package var clients: [ClientsSpec] = []
  package var functions: [FunctionSpec] = []
  package var stores: [StoreSpec] = []
  package var sites: [SiteSpec] = []
  /// The names of every section's entries, whether or not they could be read.
  package var written: [String: [String]] = [:]
  package var gateways: [GatewaySpec] = []
  package var placements: [PlacementSpec] = []
  package var faults: [FaultSpec] = []
  package var objectives: [ObjectiveSpec] = []
  package var costs = CostsSpec()

  static let table = KeyTable(
    "a scenario", later: ["queues", "streams", "topics", "schedules", "workflows", "fleets", "environments"],
    [
      .required("scenario", .name, "name of the scenario, and of its directory of results"),
      Key("description", .text, "the question that the scenario asks"),
      Key("seed", .count(minimum: 0), "seed of all randomness (1)"),
      Key("duration", .quantity(.duration), "simulated time of a run (1 h)"),
      Key("warmup", .quantity(.duration), "time at the start that is simulated but not measured (none)"),
      Key("replications", .count(minimum: 1), "independent runs of every placement (4)"),
      Key("catalog", .name, "the catalog of places, platforms and prices (world-2021)"),
      Key("defaults", .object(defaults), "keys that the entries of a section share"),
      .required("clients", .named(.object(ClientsSpec.table)), "who calls"),
      .required("functions", .named(.object(FunctionSpec.table)), "what is called"),
      Key("stores", .named(.object(StoreSpec.table)), "where functions keep data"),
      Key("gateways", .named(.object(GatewaySpec.table)), "API fronts"),
      Key("sites", .named(.object(SiteSpec.table)), "sites of one's own, and capacities of the catalog's"),
      .required("placements", .named(PlacementSpec.shape), "the ways to place it; the first is the baseline"),
      Key("faults", .list(.object(FaultSpec.table)), "what breaks and when"),
      Key("objectives", .list(.object(ObjectiveSpec.table)), "what is wanted"),
      Key("costs", CostsSpec.shape, "fixed costs a month, and what owning costs"),
    ])
  static let defaults = KeyTable(
    "the defaults",
    [
      Key("clients", .object(ClientsSpec.table.partial), "keys of every client population"),
      Key("functions", .object(FunctionSpec.table.partial), "keys of every function"),
      Key("stores", .object(StoreSpec.table.partial), "keys of every store"),
      Key("gateways", .object(GatewaySpec.table.partial), "keys of every gateway"),
    ])

  /// Decodes a tree. Everything that is wrong goes into `problems`; the result is of use only without errors.
  /// Files of samples are looked for in `directory` (with a slash at its end).
  package static func decode(_ root: Located, directory: String = "", _ problems: Problems) -> ScenarioSpec? {
    let reader = NodeReader(problems, directory: directory)
    guard let map = reader.mapping(Defaults.merged(root, problems), table) else { return nil }
    let start = SourceMark(line: 1, column: 1)
    var spec = ScenarioSpec(
      name: map.read("scenario", reader.fileName) ?? Marked("scenario", at: start),
      description: map.read("description", reader.text)?.value ?? "",
      seed: UInt64(map.read("seed") { reader.count($0, to: 9_007_199_254_740_992) }?.value ?? 1),
      duration: map.read("duration", reader.positiveDuration) ?? Marked(3_600_000_000_000, at: start),
      warmUp: map.read("warmup", reader.duration) ?? Marked(0, at: start),
      replications: map.read("replications") { reader.count($0, from: 1, to: 10_000) }?.value ?? 4,
      catalog: map.read("catalog", reader.name) ?? Marked("world-2021", at: start))
    spec.clients = reader.section(map, "clients", "client populations", reader.clients)
    spec.functions = reader.section(map, "functions", "functions", reader.function)
    spec.stores = reader.section(map, "stores", "stores", reader.store)
    spec.gateways = reader.section(map, "gateways", "gateways", reader.gateway)
    spec.sites = reader.section(map, "sites", "sites", reader.site)
    for section in ["clients", "functions", "stores", "gateways", "placements"] {
      spec.written[section] = keys(of: map.node(section))
    }
    let (functions, stores) = (spec.written["functions"] ?? [], spec.written["stores"] ?? [])
    spec.placements = reader.section(map, "placements", "placements") { name, node in
      reader.placement(name, node, functions: functions, stores: stores)
    }
    spec.faults = map.read("faults") { reader.entries($0, of: "faults")?.compactMap(reader.fault) } ?? []
    spec.objectives =
      map.read("objectives") { reader.entries($0, of: "objectives")?.compactMap(reader.objective) } ?? []
    spec.costs = reader.costs(map)
    return spec
  }

  /// Decodes only what a bill needs of a tree: the name of the catalog, and the costs.
  package static func decodeCosts(_ root: Located, _ problems: Problems) -> CostsSpec {
    let reader = NodeReader(problems)
    return reader.mapping(root, table).map(reader.costs) ?? CostsSpec()
  }

  private static func keys(of node: Located?) -> [String] { node?.entries?.map(\.key.value) ?? [] }
}

extension NodeReader {
  /// Reads the costs, if there are any.
  fileprivate func costs(_ map: MappingReader) -> CostsSpec {
    var costs = CostsReader(self)
    return map.node("costs").map { costs.costs($0) } ?? CostsSpec()
  }

  /// Most entries of a section: beyond it a file is generated by mistake.
  private static let mostEntries = 1_000

  /// Reads the entries of a section, in their order.
  fileprivate func section<Spec>(
    _ map: MappingReader, _ key: String, _ what: String, _ body: (Marked<String>, Located) -> Spec?
  ) -> [Spec] {
    guard let node = map.node(key), let entries = named(node, of: what) else { return [] }
    if entries.isEmpty {
      problems.error("empty-section", at: node.mark, "there are no \(what) here; give at least one")
    }
    guard entries.count <= Self.mostEntries else {
      problems.error(
        "too-many-entries", at: node.mark,
        "there are \(entries.count) \(what) here; a section has at most \(Self.mostEntries)")
      return []
    }
    return entries.compactMap { body($0.name, $0.value) }
  }

  /// The elements of a list, not too many.
  fileprivate func entries(_ node: Located, of what: String) -> [Located]? {
    guard let elements = list(node, of: what) else { return nil }
    guard elements.count <= Self.mostEntries else {
      problems.error(
        "too-many-entries", at: node.mark,
        "there are \(elements.count) \(what) here; a list has at most \(Self.mostEntries)")
      return nil
    }
    return elements
  }

  /// A name that can be a directory's: letters, digits, '-', '_' and '.', not a '.' first.
  fileprivate func fileName(_ node: Located) -> Marked<String>? {
    guard let name = name(node) else { return nil }
    let isPlain = name.value.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_.".unicodeScalars.contains(scalar)
    }
    guard isPlain, name.value.first != ".", name.value.first != "-" else {
      problems.error(
        "name", at: name.mark,
        "'\(name.value.shortened)' cannot name a directory of results; use letters, digits, '-', '_' and '.'")
      return nil
    }
    return name
  }
}

/// Where something runs.
package indirect enum WhereSpec: Sendable {
  /// At one site.
  case site(Marked<String>)
  /// At the site of a kind, perhaps in an area, that is nearest to each caller.
  case nearest(Kind)
  /// At all sites of a kind, perhaps in an area; each caller goes to the nearest.
  case every(Kind)
  /// At all of these; each caller goes to the nearest that is healthy.
  case nearestOf([Marked<String>], HealthSpec?)
  /// At the first of these; callers that fail over go on to the next.
  case ordered([Marked<String>])
  /// At the first of these that is healthy, as the name service knows.
  case failover([Marked<String>], HealthSpec)
  /// At one of these, drawn by weight for each request.
  case weighted([WeightedName])
  /// At one of so many identical points of presence in the callers' own metropolis, drawn uniformly.
  case points(Marked<Int>)
  /// As each client population has it; `otherwise` for all that are not named.
  case routed([Routed], otherwise: WhereSpec?)

  /// A kind of sites, perhaps only those in a country or on a continent.
  package struct Kind: Sendable {
    /// The kind, and the country or continent; nil for anywhere.
    package var kind: Marked<NearestKind>
    /// As written.
    package var area: Marked<String>?
  }

  /// Where one population is served.
  package struct Routed: Sendable {
    /// The population's name.
    package var clients: Marked<String>
    /// Where it is served; never by population again.
    package var place: WhereSpec
  }

  static let shape = Shape.either([
    .name, .list(.name), .object(points), .object(nearestOf), .object(failover), .object(routed),
    .named(.number),
  ])
  /// The places that do not tell populations apart.
  private static let plain = Shape.either([
    .name, .list(.name), .object(points), .object(nearestOf), .object(failover), .named(.number),
  ])
  static let points = KeyTable(
    "points of presence", [.required("points", .count(minimum: 1), "how many identical points of presence")])
  static let nearestOf = KeyTable(
    "active sites",
    [
      .required("nearest", .list(.name), "sites that all serve; each caller goes to the nearest"),
      Key("check", .object(HealthSpec.check), "health checks that lead callers around an outage"),
      Key("ttl", .quantity(.duration), "how long callers keep an answer of the name service"),
    ])
  static let failover = KeyTable(
    "an active and a passive site",
    [
      .required("active", .name, "the site that serves"),
      .required("passive", .either([.name, .list(.name)]), "who takes over when it is down, in this order"),
      Key("check", .object(HealthSpec.check), "the health checks that notice it"),
      Key("ttl", .quantity(.duration), "how long callers keep an answer of the name service"),
    ])
  static let routed = KeyTable(
    "places by client population",
    [
      .required("clients", .named(plain), "where each population is served"),
      Key("else", plain, "where all others are, and functions that call this one"),
    ])

  /// The kinds of sites that "nearest" can look for.
  package enum NearestKind: String, Sendable, CaseIterable {
    case region
    case edge
    case regionalEdgeCache = "regional-edge-cache"
    case carrierZone = "carrier-zone"
    case localZone = "local-zone"
    case zone
    case outpost
    case gateway

    /// The words for the kind, short forms included.
    static let words: [(String, NearestKind)] =
      allCases.map { ($0.rawValue, $0) } + [
        ("rec", .regionalEdgeCache), ("regional edge cache", .regionalEdgeCache),
      ]
  }
}

/// How a name service learns that a site is down, and how soon callers do. What is not given is the catalog's.
package struct HealthSpec: Sendable {
  /// Time between two checks, ns, and how many in a row decide.
  package var every: Int64?
  package var failures: Int?
  /// Where the checks come from; empty = from every region.
  package var checkers: [Marked<String>] = []
  /// How long callers keep an answer, ns.
  package var timeToLive: Int64?

  static let check = KeyTable(
    "health checks",
    [
      Key("every", .quantity(.duration), "time between two checks"),
      Key("failures", .count(minimum: 1), "checks in a row that decide"),
      Key("from", .either([.name, .list(.name)]), "sites that the checks come from (every region)"),
    ])
}

extension NodeReader {
  /// Reads a place to run at.
  package func place(_ node: Located) -> WhereSpec? {
    switch node.content {
    case .scalar:
      guard let name = name(node) else { return nil }
      for (word, make) in [("nearest", WhereSpec.nearest), ("every", WhereSpec.every)]
      where name.value == word || name.value.hasPrefix(word + " ") {
        return kind(name, after: word).map(make)
      }
      return .site(name)
    case .sequence: return sites(node).map(WhereSpec.ordered)
    case .mapping(let entries):
      let keys = entries.map(\.key.value)
      if keys.contains("points") {
        let reader = mapping(node, WhereSpec.points)
        return reader?.read("points") { count($0, from: 1, to: 100_000) }.map(WhereSpec.points)
      }
      if keys.contains("nearest") { return nearestOf(node) }
      if keys.contains("active") || keys.contains("passive") { return failover(node) }
      if keys.contains("clients") { return routed(node) }
      return weightedNames(node, "site").map(WhereSpec.weighted)
    }
  }

  private func sites(_ node: Located) -> [Marked<String>]? {
    guard let elements = list(node, of: "sites", orSingle: true) else { return nil }
    let sites = elements.compactMap(name)
    guard sites.count == elements.count else { return nil }
    guard !sites.isEmpty else {
      problems.error("empty-list", at: node.mark, "the list is empty; name at least one site")
      return nil
    }
    guard Set(sites.map(\.value)).count == sites.count else {
      problems.error("repeated-name", at: node.mark, "a site is listed twice; name each site once")
      return nil
    }
    return sites
  }

  private func nearestOf(_ node: Located) -> WhereSpec? {
    guard let map = mapping(node, WhereSpec.nearestOf), let sites = map.read("nearest", sites) else { return nil }
    let isWatched = map.has("check") || map.has("ttl")
    return .nearestOf(sites, isWatched ? health(map) : nil)
  }

  private func failover(_ node: Located) -> WhereSpec? {
    guard let map = mapping(node, WhereSpec.failover), let active = map.read("active", name),
      let passive = map.read("passive", sites)
    else { return nil }
    if let same = passive.first(where: { $0.value == active.value }) {
      problems.error(
        "repeated-name", at: same.mark, "a site cannot take over from itself; name another one as 'passive'")
      return nil
    }
    return .failover([active] + passive, health(map))
  }

  private func health(_ map: MappingReader) -> HealthSpec {
    var health = HealthSpec()
    health.timeToLive = map.read("ttl", duration)?.value
    if let check = map.read("check", { mapping($0, HealthSpec.check) }) {
      health.every = check.read("every", positiveDuration)?.value
      health.failures = check.read("failures") { count($0, from: 1, to: 100) }?.value
      health.checkers = check.read("from", sites) ?? []
    }
    return health
  }

  private func routed(_ node: Located) -> WhereSpec? {
    guard let map = mapping(node, WhereSpec.routed),
      let entries = map.read("clients", { named($0, of: "client populations") })
    else { return nil }
    let routes = entries.compactMap { entry in
      plainPlace(entry.value).map { WhereSpec.Routed(clients: entry.name, place: $0) }
    }
    let otherwise = map.read("else", plainPlace)
    guard routes.count == entries.count, !map.has("else") || otherwise != nil else { return nil }
    return .routed(routes, otherwise: otherwise)
  }

  private func plainPlace(_ node: Located) -> WhereSpec? {
    guard let place = place(node) else { return nil }
    if case .routed = place {
      problems.error(
        "wrong-kind", at: node.mark, "populations are told apart once; a place belongs here: a site, a kind, a list")
      return nil
    }
    return place
  }

  private func kind(_ name: Marked<String>, after word: String) -> WhereSpec.Kind? {
    let rest = String(name.value.dropFirst(word.count).drop { $0 == " " })
    let parts = rest.split(separator: " ")
    let split = parts.firstIndex(of: "in")
    let wanted = parts[..<(split ?? parts.count)].joined(separator: " ")
    guard let kind = WhereSpec.NearestKind.words.first(where: { $0.0 == wanted })?.1 else {
      let known = WhereSpec.NearestKind.allCases.map(\.rawValue)
      problems.error(
        "unknown-kind", at: name.mark,
        "'\(wanted.shortened)' is not a kind of site; after '\(word)' comes one of: \(Suggestion.list(known))",
        suggestion: Suggestion.nearest(to: wanted, among: known).map { "\(word) \($0)" })
      return nil
    }
    guard let split else { return WhereSpec.Kind(kind: Marked(kind, at: name.mark), area: nil) }
    let area = parts[(split + 1)...].joined(separator: " ")
    guard !area.isEmpty else {
      problems.error(
        "unknown-area", at: name.mark, "after 'in' comes a country or a continent, as in '\(word) region in europe'")
      return nil
    }
    return WhereSpec.Kind(kind: Marked(kind, at: name.mark), area: Marked(area, at: name.mark))
  }
}

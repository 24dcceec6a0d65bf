internal import Catalog

/// A site as one caller reaches it: directly, or by way of another place.
struct ReachedSite {
  let place: Place
  /// The edge location before a regional edge cache, or a carrier zone's parent region.
  let via: Place?
}

/// Where a function runs, with sites looked up.
indirect enum ResolvedPlace {
  /// In the order of preference.
  case ordered([Place])
  /// The first that is healthy.
  case failover([Place], HealthSpec)
  case weighted([(place: Place, weight: Double)])
  case nearest(Marked<WhereSpec.NearestKind>)
  /// The nearest of these to each caller; `isEverywhere` = the function is installed at all of them.
  case among([Place], HealthSpec?, isEverywhere: Bool)
  /// The region that the site before belongs to: of overflow only.
  case parent
  case points(Int)
  /// By position of the client population; the last holds for the others.
  case routed([Int: ResolvedPlace], otherwise: ResolvedPlace?)

  init?(_ entry: DeploymentSpec, _ platform: Platform, of spec: ScenarioSpec, _ lookup: Lookup) {
    self.init(entry.place, platform, of: spec, lookup)
  }

  /// The place of what takes over a site's overflow.
  init?(spill entry: DeploymentSpec, _ platform: Platform, of spec: ScenarioSpec, _ lookup: Lookup) {
    guard case .site(let name) = entry.place, name.value == "parent" else {
      self.init(entry.place, platform, of: spec, lookup)
      return
    }
    self = .parent
  }

  private init?(_ place: WhereSpec, _ platform: Platform, of spec: ScenarioSpec, _ lookup: Lookup) {
    func site(_ name: Marked<String>) -> Place? {
      guard let place = lookup.site(name) else { return nil }
      return Self.hosted(place, by: platform, name, lookup)
    }
    func sites(_ names: [Marked<String>]) -> [Place]? {
      let places = names.compactMap(site)
      return places.count == names.count ? places : nil
    }
    switch place {
    case .site(let name):
      guard let place = site(name) else { return nil }
      self = .ordered([place])
    case .ordered(let names):
      guard let places = sites(names) else { return nil }
      self = .ordered(places)
    case .failover(let names, let health):
      guard let places = sites(names), health.checkers.allSatisfy({ lookup.site($0) != nil }) else { return nil }
      self = .failover(places, health)
    case .nearestOf(let names, let health):
      guard let places = sites(names), (health?.checkers ?? []).allSatisfy({ lookup.site($0) != nil }) else {
        return nil
      }
      self = .among(places, health, isEverywhere: true)
    case .weighted(let weighted):
      let places = weighted.compactMap { item in site(item.name).map { ($0, item.weight) } }
      guard places.count == weighted.count else { return nil }
      self = .weighted(places.filter { $0.1 > 0 })
    case .nearest(let kind):
      guard Self.canBeNearest(kind.kind, platform, lookup) else { return nil }
      guard let area = kind.area else {
        self = .nearest(kind.kind)
        return
      }
      guard let places = lookup.places(kind.kind.value, in: area, for: platform) else { return nil }
      self = .among(places, nil, isEverywhere: false)
    case .every(let kind):
      guard Self.canBeNearest(kind.kind, platform, lookup),
        let places = lookup.places(kind.kind.value, in: kind.area, at: kind.kind.mark, for: platform)
      else { return nil }
      self = .among(places, nil, isEverywhere: true)
    case .points(let count):
      self = .points(count.value)
    case .routed(let routes, let otherwise):
      guard let routed = Self.routed(routes, otherwise, platform, spec, lookup) else { return nil }
      self = routed
    }
  }

  private static func routed(
    _ routes: [WhereSpec.Routed], _ otherwise: WhereSpec?, _ platform: Platform, _ spec: ScenarioSpec,
    _ lookup: Lookup
  ) -> ResolvedPlace? {
    var places: [Int: ResolvedPlace] = [:]
    var isWhole = true
    for route in routes {
      let place = ResolvedPlace(route.place, platform, of: spec, lookup)
      let known = spec.clients.map(\.name.value)
      guard let clients = known.firstIndex(of: route.clients.value) else {
        isWhole = false
        if spec.written["clients"]?.contains(route.clients.value) == true { continue }
        let nearest = Suggestion.nearest(to: route.clients.value, among: known)
        lookup.problems.error(
          "unknown-reference", at: route.clients.mark,
          "there is no client population '\(route.clients.value.shortened)' in this scenario"
            + (nearest == nil ? "; known: \(Suggestion.list(known))" : ""), suggestion: nearest)
        continue
      }
      if let place { places[clients] = place } else { isWhole = false }
    }
    let rest = otherwise.map { ResolvedPlace($0, platform, of: spec, lookup) }
    if case .some(.none) = rest { return nil }
    return isWhole ? .routed(places, otherwise: rest ?? nil) : nil
  }

  /// The place for a client population, or for callers that are functions (nil).
  func forClients(_ clients: Int?) -> ResolvedPlace? {
    guard case .routed(let places, let otherwise) = self else { return self }
    return clients.flatMap { places[$0] } ?? otherwise
  }

  /// All sites that it names.
  var named: [Place] {
    switch self {
    case .ordered(let places), .failover(let places, _), .among(let places, _, _): places
    case .weighted(let places): places.map(\.place)
    case .nearest, .parent, .points: []
    case .routed(let places, let otherwise):
      places.sorted { $0.key < $1.key }.flatMap(\.value.named) + (otherwise?.named ?? [])
    }
  }

  private static func hosted(_ place: Place, by platform: Platform, _ name: Marked<String>, _ lookup: Lookup)
    -> Place?
  {
    if platform.runs(at: place) || (place.kind == .edge && platform.runsBehindEdges(of: place)) {
      return place
    }
    let network = platform.text(.network).map { " of \($0)" } ?? ""
    let provider = platform.text(.provider).map { $0 == "any" ? "" : " (\($0))" } ?? ""
    lookup.problems.error(
      "impossible-site", at: name.mark,
      "the platform '\(platform.name)' does not run at '\(name.value.shortened)'"
        + " (\(place.kind.phrase)); it runs at:"
        + " \(Suggestion.list(platform.siteKinds.map(\.rawValue)))\(network)\(provider)",
      notes: platform.value(.sites).map { ["source: \($0.provenance.sentence)"] } ?? [])
    return nil
  }

  private static func canBeNearest(
    _ kind: Marked<WhereSpec.NearestKind>, _ platform: Platform, _ lookup: Lookup
  ) -> Bool {
    let kinds = platform.siteKinds
    guard kinds.contains(kind.value.placeKind) || (kind.value == .edge && kinds.contains(.regionalEdgeCache))
    else {
      lookup.problems.error(
        "impossible-site", at: kind.mark,
        "the platform '\(platform.name)' does not run at \(kind.value.placeKind.phrase); it runs at:"
          + " \(Suggestion.list(kinds.map(\.rawValue)))",
        notes: platform.value(.sites).map { ["source: \($0.provenance.sentence)"] } ?? [])
      return false
    }
    let isAtEdge = kinds.contains(kind.value.placeKind)
    let hosts = isAtEdge
      ? lookup.hosts.places(of: kind.value.placeKind, for: platform) : lookup.hosts.edgesInFront(of: platform)
    guard hosts.isEmpty else { return true }
    guard kind.value == .outpost || kind.value == .gateway else {
      lookup.problems.error(
        "impossible-site", at: kind.mark,
        "there is no \(kind.value.placeKind.rawValue) for '\(platform.name)' in \(lookup.catalog.name); choose another"
          + " 'catalog' or another platform")
      return false
    }
    lookup.problems.error(
      "no-such-site", at: kind.mark,
      "there is no site of the kind '\(kind.value.rawValue)'; the catalog has none: give some in 'sites'")
    return false
  }
}

extension WhereSpec.NearestKind {
  /// The catalog's kind.
  var placeKind: PlaceKind {
    switch self {
    case .region: .region
    case .edge: .edge
    case .regionalEdgeCache: .regionalEdgeCache
    case .carrierZone: .carrierZone
    case .localZone: .localZone
    case .zone: .zone
    case .outpost: .outpost
    case .gateway: .gateway
    }
  }
}

extension Platform {
  /// Whether requests that come to this edge location are served at a regional edge cache behind it.
  func runsBehindEdges(of edge: Place) -> Bool {
    guard edge.kind == .edge, siteKinds.contains(.regionalEdgeCache), !siteKinds.contains(.edge) else {
      return false
    }
    return edge.provider == (text(.provider) ?? edge.provider)
  }
}

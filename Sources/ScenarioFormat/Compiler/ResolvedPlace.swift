internal import Catalog

/// A site as one caller reaches it: directly, or by way of another place.
struct ReachedSite {
  let place: Place
  /// The edge location before a regional edge cache, or a carrier zone's parent region.
  let via: Place?
}

/// Where a function runs, with sites looked up.
enum ResolvedPlace {
  /// In the order of preference.
  case ordered([Place])
  case weighted([(place: Place, weight: Double)])
  case nearest(Marked<WhereSpec.NearestKind>)
  case points(Int)

  init?(_ entry: DeploymentSpec, _ platform: Platform, _ lookup: Lookup) {
    func site(_ name: Marked<String>) -> Place? {
      guard let place = lookup.site(name) else { return nil }
      return Self.hosted(place, by: platform, name, lookup)
    }
    switch entry.place {
    case .site(let name):
      guard let place = site(name) else { return nil }
      self = .ordered([place])
    case .ordered(let names):
      let places = names.compactMap(site)
      guard places.count == names.count else { return nil }
      self = .ordered(places)
    case .weighted(let weighted):
      let places = weighted.compactMap { item in site(item.name).map { ($0, item.weight) } }
      guard places.count == weighted.count else { return nil }
      self = .weighted(places.filter { $0.1 > 0 })
    case .nearest(let kind):
      guard Self.canBeNearest(kind, platform, lookup) else { return nil }
      self = .nearest(kind)
    case .points(let count):
      self = .points(count.value)
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
    if kinds.contains(kind.value.placeKind) || (kind.value == .edge && kinds.contains(.regionalEdgeCache)) {
      let isAtEdge = kinds.contains(kind.value.placeKind)
      let hosts = isAtEdge
        ? lookup.hosts.places(of: kind.value.placeKind, for: platform) : lookup.hosts.edgesInFront(of: platform)
      if !hosts.isEmpty { return true }
      lookup.problems.error(
        "impossible-site", at: kind.mark,
        "there is no \(kind.value.placeKind.rawValue) for '\(platform.name)' in \(lookup.catalog.name); choose another"
          + " 'catalog' or another platform")
      return false
    }
    lookup.problems.error(
      "impossible-site", at: kind.mark,
      "the platform '\(platform.name)' does not run at \(kind.value.placeKind.phrase); it runs at:"
        + " \(Suggestion.list(kinds.map(\.rawValue)))",
      notes: platform.value(.sites).map { ["source: \($0.provenance.sentence)"] } ?? [])
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

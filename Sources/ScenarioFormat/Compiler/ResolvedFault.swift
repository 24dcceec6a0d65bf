internal import Catalog

/// A fault with its names looked up.
struct ResolvedFault {
  /// One end that a fault may touch.
  enum End: Equatable {
    case clients(Int)
    case city(String)
    case site(Place)
    case kind(WhereSpec.NearestKind)
  }

  /// What breaks.
  enum Kind {
    case partition([End], [End], isForward: Bool)
    case outage(Place, isSilent: Bool)
    case degradation([End], [End], latency: Double, loss: Double)
  }

  let kind: Kind
  let mark: SourceMark
  let from: Int64
  let to: Int64

  init?(_ fault: FaultSpec, of spec: ScenarioSpec, _ lookup: Lookup) {
    mark = fault.mark
    from = fault.from.value
    to = fault.from.value + fault.length.value
    func ends(_ names: [Marked<String>]) -> [End]? {
      let ends = names.compactMap { Self.end($0, of: spec, lookup) }
      return ends.count == names.count ? ends : nil
    }
    switch fault.kind {
    case .partition(let first, let second, let isForward):
      guard let a = ends(first), let b = ends(second) else { return nil }
      kind = .partition(a, b, isForward: isForward)
    case .degradation(let first, let second, let latency, let loss):
      guard let a = ends(first), let b = ends(second) else { return nil }
      kind = .degradation(a, b, latency: latency, loss: loss)
    case .outage(let name, let isSilent):
      guard let site = lookup.site(name) else { return nil }
      kind = .outage(site, isSilent: isSilent)
    }
  }

  /// A population of the scenario, a kind of sites, a site or a city of the catalog, in this order.
  private static func end(_ name: Marked<String>, of spec: ScenarioSpec, _ lookup: Lookup) -> End? {
    if let clients = spec.clients.firstIndex(where: { $0.name.value == name.value }) {
      return .clients(clients)
    }
    let word = name.value.hasPrefix("nearest ") ? String(name.value.dropFirst("nearest ".count)) : name.value
    if let kind = WhereSpec.NearestKind.words.first(where: { $0.0 == word }) { return .kind(kind.1) }
    if let site = lookup.knownSite(name.value) { return .site(site) }
    if let city = lookup.catalog.city(name.value) { return .city(city.key) }
    let known =
      spec.clients.map(\.name.value) + WhereSpec.NearestKind.allCases.map(\.rawValue)
      + lookup.catalog.regions.map(\.code) + lookup.catalog.cities.map(\.key)
    let nearest = Suggestion.nearest(to: name.value, among: known)
    lookup.problems.error(
      "unknown-end", at: name.mark,
      "'\(name.value.shortened)' is no client population, kind of sites, site or city"
        + (nearest == nil
          ? "; a side is for example us-east-1, nearest edge, lisbon, or a client population" : ""),
      suggestion: nearest)
    return nil
  }
}

internal import Catalog

/// Looks names up in the catalog; an unknown one is reported with what was probably meant.
struct Lookup {
  let catalog: Catalog
  let problems: Problems
  let hosts: HostIndex
  /// The scenario's own sites and capacities.
  let ownSites: SiteBook

  init(catalog: Catalog, problems: Problems, sites: [SiteSpec]) {
    self.catalog = catalog
    self.problems = problems
    ownSites = SiteBook(sites, catalog, problems)
    hosts = HostIndex(catalog: catalog, own: ownSites.places)
  }

  /// A city by its key.
  func city(_ name: Marked<String>) -> City? {
    if let city = catalog.city(name.value) { return city }
    unknown(
      name, "city", known: catalog.cities.flatMap { [$0.key] + $0.also },
      hint: "'perigee catalog cities' lists them")
    return nil
  }

  /// A site of the scenario or of the catalog, if it is one.
  func knownSite(_ name: String) -> Place? { ownSites[name]?.place ?? catalog.site(name) }

  /// A site by its name.
  func site(_ name: Marked<String>) -> Place? {
    if let site = knownSite(name.value) { return site }
    let known =
      ownSites.places.map(\.code) + catalog.regions.map(\.code) + catalog.localZones.map(\.code)
      + catalog.carrierZones.map(\.code)
      + catalog.edges.map(\.code) + catalog.edges.map(\.qualifiedCode)
    unknown(
      name, "site", known: known,
      hint:
        "a site is a region (us-east-1), a zone (us-east-1a), an edge location (GRU, cloudflare/GRU), or a"
        + " carrier or local zone of \(catalog.name)",
      elsewhere: { $0.site(name.value) != nil })
    return nil
  }

  /// The places of a kind that a platform runs at, in a country or on a continent.
  func places(
    _ kind: WhereSpec.NearestKind, in area: Marked<String>?, at mark: SourceMark? = nil, for platform: Platform
  ) -> [Place]? {
    let isBehind = kind == .edge && !platform.siteKinds.contains(.edge)
    let all = isBehind ? hosts.edgesInFront(of: platform) : hosts.places(of: kind.placeKind, for: platform)
    guard let area else {
      if all.isEmpty {
        problems.error(
          "no-such-site", at: mark, "'\(platform.name)' runs at no \(kind.rawValue) of \(catalog.name)")
      }
      return all.isEmpty ? nil : all
    }
    let wanted = Catalog.slug(area.value)
    let found = all.filter { place in
      guard let here = catalog.area(of: place) else { return false }
      return here.continent?.rawValue == wanted || Catalog.slug(here.country) == wanted
    }
    if !found.isEmpty { return found }
    var known: [String] = []
    for place in all {
      guard let here = catalog.area(of: place) else { continue }
      for name in [here.continent?.rawValue, Catalog.slug(here.country)].compactMap({ $0 })
      where !known.contains(name) { known.append(name) }
    }
    let nearest = Suggestion.nearest(to: wanted, among: known)
    problems.error(
      "unknown-area", at: area.mark,
      "'\(platform.name)' runs at no \(kind.rawValue) in '\(area.value.shortened)'"
        + (nearest == nil ? "; it does in: \(Suggestion.list(known.sorted()))" : ""),
      suggestion: nearest)
    return nil
  }

  /// A platform by its name.
  func platform(_ name: Marked<String>) -> Platform? {
    if let platform = catalog.platform(name.value) { return platform }
    unknown(
      name, "platform", known: catalog.platforms.map(\.name), meant: catalog.platform(alsoKnownAs: name.value)?.name,
      hint: nil, elsewhere: { $0.platform(name.value) != nil || $0.platform(alsoKnownAs: name.value) != nil })
    return nil
  }

  /// A runtime by its name.
  func runtime(_ name: Marked<String>) -> Runtime? {
    if let runtime = catalog.runtime(name.value) { return runtime }
    let families = catalog.runtimes.flatMap(\.also)
    unknown(name, "runtime", known: families + catalog.runtimes.map(\.name), hint: nil)
    return nil
  }

  /// An access technology by its name; `none` is one without delay.
  func access(_ name: Marked<String>) -> AccessTechnology? {
    if let access = catalog.accessTechnology(name.value) { return access }
    unknown(name, "access network", known: catalog.accessTechnologies.map(\.name), hint: nil)
    return nil
  }

  /// A front service by its name.
  func front(_ name: Marked<String>) -> FrontService? {
    if let front = catalog.front(name.value) { return front }
    unknown(name, "gateway service", known: catalog.fronts.map(\.name) + ["none"], hint: nil)
    return nil
  }

  /// A store service by its name.
  func store(_ name: Marked<String>) -> StoreService? {
    if let service = catalog.service(name.value) { return service }
    unknown(name, "store service", known: catalog.services.map(\.name), hint: nil)
    return nil
  }

  /// Checks the key of a mobile carrier.
  func carrier(_ name: Marked<String>) {
    var known: [String] = []
    for zone in catalog.carrierZones where !known.contains(zone.carrier) { known.append(zone.carrier) }
    if !known.contains(name.value) { unknown(name, "carrier", known: known, hint: nil) }
  }

  /// Reports a name that is not there, with the one that was `meant`, else the nearest one, and with the built-in
  /// catalog that has it.
  private func unknown(
    _ name: Marked<String>, _ kind: String, known: [String], meant: String? = nil, hint: String?,
    elsewhere: ((Catalog) -> Bool)? = nil
  ) {
    guard !problems.isFull else { return }
    let nearest = meant ?? Suggestion.nearest(to: name.value, among: known)
    let other = meant == nil ? elsewhere.flatMap { catalog.builtInElsewhere($0) } : nil
    let rest = nearest != nil ? "" : hint.map { "; \($0)" } ?? "; known: \(Suggestion.list(known))"
    problems.error(
      "unknown-\(kind.split(separator: " ").joined(separator: "-"))", at: name.mark,
      "there is no \(kind) '\(name.value.shortened)' in \(catalog.name)\(rest)", suggestion: nearest,
      notes: other.map { ["\($0) has it: write 'catalog: \($0)'"] } ?? [])
  }
}

internal import Catalog

/// Looks names up in the catalog; an unknown one is reported with what was probably meant.
struct Lookup {
  let catalog: Catalog
  let problems: Problems
  let hosts: HostIndex

  init(catalog: Catalog, problems: Problems) {
    self.catalog = catalog
    self.problems = problems
    hosts = HostIndex(catalog: catalog)
  }

  /// A city by its key.
  func city(_ name: Marked<String>) -> City? {
    if let city = catalog.city(name.value) { return city }
    unknown(
      name, "city", known: catalog.cities.flatMap { [$0.key] + $0.also },
      hint: "'perigee catalog cities' lists them")
    return nil
  }

  /// A site by its name.
  func site(_ name: Marked<String>) -> Place? {
    if let site = catalog.site(name.value) { return site }
    let known =
      catalog.regions.map(\.code) + catalog.localZones.map(\.code) + catalog.carrierZones.map(\.code)
      + catalog.edges.map(\.code) + catalog.edges.map(\.qualifiedCode)
    unknown(
      name, "site", known: known,
      hint:
        "a site is a region (us-east-1), a zone (us-east-1a), an edge location (GRU, cloudflare/GRU), or a"
        + " carrier or local zone of \(catalog.name)")
    return nil
  }

  /// A platform by its name.
  func platform(_ name: Marked<String>) -> Platform? {
    if let platform = catalog.platform(name.value) { return platform }
    unknown(name, "platform", known: catalog.platforms.map(\.name), hint: nil)
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

  private func unknown(_ name: Marked<String>, _ kind: String, known: [String], hint: String?) {
    guard !problems.isFull else { return }
    let nearest = Suggestion.nearest(to: name.value, among: known)
    let rest = nearest != nil ? "" : hint.map { "; \($0)" } ?? "; known: \(Suggestion.list(known))"
    problems.error(
      "unknown-\(kind.split(separator: " ").joined(separator: "-"))", at: name.mark,
      "there is no \(kind) '\(name.value.shortened)' in \(catalog.name)\(rest)", suggestion: nearest)
  }
}

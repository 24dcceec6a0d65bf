internal import Catalog

/// The scenario's own sites, and what it says of the catalog's.
struct SiteBook {
  /// One site with its names looked up.
  struct Entry {
    let place: Place
    /// What joins it to the world; nil for a wire without delay.
    let uplink: AccessFigures?
    /// Nil for no limit.
    let vcpus: Double?
    let memoryMegabytes: Double?
    let slots: Int?
    let gpus: Int

    /// Whether its owner chooses the hardware.
    var isOnPremises: Bool { place.kind == .gateway || place.kind == .outpost }
  }

  private var entries: [String: Entry] = [:]
  /// The scenario's own, in its order.
  private(set) var places: [Place] = []

  init(_ specs: [SiteSpec], _ catalog: Catalog, _ problems: Problems) {
    for spec in specs {
      let reader = SiteReader(spec: spec, catalog: catalog, problems: problems)
      guard let entry = reader.entry() else { continue }
      if entry.place.code == spec.name.value, catalog.site(spec.name.value) == nil { places.append(entry.place) }
      entries[entry.place.code] = entry
    }
  }

  subscript(name: String) -> Entry? { entries[name] }

  /// What is known of the capacity of a place: the scenario's word, else the host that all places of its kind have.
  func capacity(of place: Place, _ catalog: Catalog) -> (vcpus: Double?, memory: Double?, slots: Int?) {
    if let own = entries[place.code] { return (own.vcpus, own.memoryMegabytes, own.slots) }
    guard let host = catalog.host(place.kind.rawValue) else { return (nil, nil, nil) }
    return (host.vcpus, host.memoryMegabytes, host.slots)
  }
}

/// Looks the names of one site up.
private struct SiteReader {
  let spec: SiteSpec
  let catalog: Catalog
  let problems: Problems

  func entry() -> SiteBook.Entry? {
    let host = spec.like.flatMap(host)
    if spec.like != nil && host == nil { return nil }
    let technology = spec.uplink.flatMap(technology)
    if spec.uplink != nil && technology == nil { return nil }
    guard let (place, continent) = known() ?? own(host) else { return nil }
    if place.kind == .gateway && spec.uplink == nil {
      problems.warning(
        "no-uplink", at: spec.name.mark,
        "the gateway '\(spec.name.value.shortened)' has no 'uplink', so its way to the world has no limit of bandwidth"
          + " and no latency of its own; name the access network that it has (4g, fibre, …)")
    }
    let common = catalog.site(place.code) == nil ? nil : catalog.host(place.kind.rawValue)
    return SiteBook.Entry(
      place: place,
      uplink: technology.map { $0.figures(on: continent).with(down: spec.uplinkDown, up: spec.uplinkUp) },
      vcpus: spec.vcpus?.value ?? host?.vcpus ?? common?.vcpus,
      memoryMegabytes: spec.memory?.value ?? host?.memoryMegabytes ?? common?.memoryMegabytes,
      slots: spec.slots?.value ?? host?.slots ?? common?.slots,
      gpus: host.map { $0.acceleratorKind == .gpu ? $0.accelerators : 0 } ?? 0)
  }

  /// A site of the catalog, of which only the capacity is said anew.
  private func known() -> (Place, Continent?)? {
    guard let place = catalog.site(spec.name.value) else { return nil }
    for (key, mark) in [
      ("kind", spec.kind?.mark), ("city", spec.city?.mark), ("latitude", spec.latitude?.mark),
      ("parent", spec.parent?.mark),
    ] {
      guard let mark else { continue }
      problems.error(
        "known-site", at: mark,
        "'\(spec.name.value.shortened)' is a site of the catalog, which knows its '\(key)'; only its capacity and"
          + " uplink can be given, or take another name")
    }
    return (place, catalog.area(of: place)?.continent)
  }

  private func own(_ host: HostModel?) -> (Place, Continent?)? {
    let region = spec.parent.flatMap(region)
    if spec.parent != nil && region == nil { return nil }
    guard let kind = spec.kind?.value.placeKind ?? host?.kind else {
      let nearest = Suggestion.nearest(
        to: spec.name.value,
        among: catalog.regions.map(\.code) + catalog.carrierZones.map(\.code) + catalog.localZones.map(\.code))
      problems.error(
        "missing-key", at: spec.name.mark,
        "the catalog has no site '\(spec.name.value.shortened)', and one of the scenario's own needs a 'kind'"
          + " (outpost, gateway, …) or 'like' and a host", suggestion: nearest)
      return nil
    }
    guard let (coordinates, continent) = position(region) else { return nil }
    let place = Place(
      kind: kind, code: spec.name.value, coordinates: coordinates,
      provider: kind == .localZone || kind == .edge ? region?.provider ?? "" : "", parentRegion: region?.code)
    return (place, continent)
  }

  private func position(_ region: Region?) -> (Coordinates, Continent?)? {
    if let latitude = spec.latitude, let longitude = spec.longitude {
      return (Coordinates(latitude: latitude.value, longitude: longitude.value), region?.continent)
    }
    if let name = spec.city {
      if let city = catalog.city(name.value) { return (city.coordinates, city.continent) }
      unknown(name, "city", catalog.cities.flatMap { [$0.key] + $0.also })
      return nil
    }
    problems.error(
      "missing-key", at: spec.name.mark,
      "the site '\(spec.name.value.shortened)' is nowhere; give 'city', or 'latitude' and 'longitude'")
    return nil
  }

  private func host(_ name: Marked<String>) -> HostModel? {
    if let host = catalog.host(name.value) { return host }
    unknown(name, "host", catalog.hosts.map(\.name))
    return nil
  }

  private func technology(_ name: Marked<String>) -> AccessTechnology? {
    if let technology = catalog.accessTechnology(name.value) { return technology }
    unknown(name, "access network", catalog.accessTechnologies.map(\.name))
    return nil
  }

  private func region(_ name: Marked<String>) -> Region? {
    if let region = catalog.region(name.value) { return region }
    unknown(name, "region", catalog.regions.map(\.code))
    return nil
  }

  private func unknown(_ name: Marked<String>, _ kind: String, _ known: [String]) {
    let nearest = Suggestion.nearest(to: name.value, among: known)
    problems.error(
      "unknown-\(kind.split(separator: " ").joined(separator: "-"))", at: name.mark,
      "there is no \(kind) '\(name.value.shortened)' in \(catalog.name)"
        + (nearest == nil ? "; known: \(Suggestion.list(known))" : ""), suggestion: nearest)
  }
}

internal import Catalog

/// Someone who calls: a population's origin, or a function at a site.
struct Caller {
  let place: Place
  /// The mobile carrier whose network the caller is in.
  let carrier: String?
}

/// Finds the sites that are nearest to a caller, by round trip.
struct Proximity {
  let catalog: Catalog
  let hosts: HostIndex

  /// Round trip from a caller to a site, ms.
  func milliseconds(_ caller: Place, _ site: ReachedSite) -> Double {
    guard let via = site.via else {
      return catalog.roundTrip(between: caller, and: site.place).medianMilliseconds
    }
    return catalog.roundTrip(between: caller, and: via).medianMilliseconds
      + catalog.roundTrip(between: via, and: site.place).medianMilliseconds
  }

  /// How a caller reaches a site that is named: carrier zones by way of their parent region, except from
  /// their own carrier's network; caches behind the edge by way of the edge location named.
  func reached(_ place: Place, by caller: Caller, on platform: Platform) -> ReachedSite {
    switch place.kind {
    case .carrierZone: carrierZone(place, by: caller)
    case .edge where platform.runsBehindEdges(of: place): behind(place, platform)
    default: ReachedSite(place: place, via: nil)
    }
  }

  /// The nearest sites of a kind that a platform runs at, nearest first.
  func nearest(_ kind: WhereSpec.NearestKind, to caller: Caller, on platform: Platform, count: Int)
    -> [ReachedSite]
  {
    let sites: [ReachedSite]
    switch kind {
    case .carrierZone:
      sites = hosts.places(of: .carrierZone, for: platform).map { carrierZone($0, by: caller) }
    case .edge where !platform.siteKinds.contains(.edge):
      var caches: [ReachedSite] = []
      for edge in around(caller.place, hosts.edgesInFront(of: platform)) {
        let cache = behind(edge, platform)
        if !caches.contains(where: { $0.place.code == cache.place.code }) { caches.append(cache) }
      }
      sites = caches
    default:
      let all = hosts.places(of: kind.placeKind, for: platform)
      sites = around(caller.place, all).map { ReachedSite(place: $0, via: nil) }
    }
    return Array(byRoundTrip(sites, from: caller).prefix(count))
  }

  /// Some places as a caller reaches them, nearest first, each site once.
  func sorted(_ places: [Place], for caller: Caller, on platform: Platform) -> [ReachedSite] {
    var sites: [ReachedSite] = []
    for place in around(caller.place, places) {
      let site = reached(place, by: caller, on: platform)
      if !sites.contains(where: { $0.place.code == site.place.code }) { sites.append(site) }
    }
    return byRoundTrip(sites, from: caller)
  }

  /// The dozen nearest as the crow flies: among them are the nearest by round trip.
  private func around(_ place: Place, _ sites: [Place]) -> [Place] {
    let kilometres = sites.map { place.coordinates.greatCircleKilometres(to: $0.coordinates) }
    return Self.order(kilometres, codes: sites.map(\.code)).prefix(12).map { sites[$0] }
  }

  private func byRoundTrip(_ sites: [ReachedSite], from caller: Caller) -> [ReachedSite] {
    let times = sites.map { milliseconds(caller.place, $0) }
    return Self.order(times, codes: sites.map(\.place.code)).map { sites[$0] }
  }

  /// The indices of some places in the order of their distances; of equal ones, in that of their codes.
  private static func order(_ distances: [Double], codes: [String]) -> [Int] {
    distances.indices.sorted { first, second in
      if distances[first] != distances[second] { return distances[first] < distances[second] }
      return codes[first] < codes[second]
    }
  }

  private func behind(_ edge: Place, _ platform: Platform) -> ReachedSite {
    let caches = hosts.places(of: .regionalEdgeCache, for: platform)
    guard let cache = catalog.nearest(around(edge, caches), to: edge).first else {
      return ReachedSite(place: edge, via: nil)
    }
    return ReachedSite(place: cache, via: edge)
  }

  private func carrierZone(_ place: Place, by caller: Caller) -> ReachedSite {
    let zone = catalog.carrierZones.first { $0.code == place.code }
    if let carrier = caller.carrier, zone?.carrier == carrier { return ReachedSite(place: place, via: nil) }
    return ReachedSite(place: place, via: zone.flatMap { catalog.region($0.parentRegion)?.place })
  }
}

internal import Catalog
internal import Stochastics

/// Who calls from where, the same for every placement.
struct Demand {
  /// Callers of one population in one place with one access network.
  struct Origin {
    /// Position of the population in the scenario.
    let clients: Int
    /// City or site.
    let place: Place
    let access: AccessFigures?
    /// Whether the callers are subscribers of the population's carrier, so that its zones are near.
    let isMobile: Bool
    /// Share of the population, 0 … 1.
    let share: Double
    /// Of the city's standard time to UTC, minutes.
    let utcOffsetMinutes: Int
    /// Whether the callers sit at a site themselves.
    let isAtSite: Bool
  }

  /// One arrival process and the origins that share it.
  struct Source {
    let clients: Int
    /// What tells its stream of luck from others.
    let identity: String
    let arrivals: ArrivalsSpec
    /// Share of the population's arrivals.
    let share: Double
    let utcOffsetMinutes: Int
    let origins: [Origin]
  }

  private(set) var sources: [Source] = []

  init(_ spec: ScenarioSpec, _ lookup: Lookup) {
    for (index, clients) in spec.clients.enumerated() {
      if let carrier = clients.carrier { lookup.carrier(carrier) }
      let origins = Self.origins(of: clients, index, lookup)
      guard !origins.isEmpty else { continue }
      sources += Self.sources(of: clients, index, origins)
    }
  }

  private static func origins(of clients: ClientsSpec, _ index: Int, _ lookup: Lookup) -> [Origin] {
    if let name = clients.site {
      guard let place = lookup.site(name) else { return [] }
      return [
        Origin(
          clients: index, place: place, access: nil, isMobile: false, share: 1,
          utcOffsetMinutes: place.parentRegion.flatMap { lookup.catalog.region($0)?.utcOffsetMinutes } ?? 0,
          isAtSite: true)
      ]
    }
    let networks = networks(of: clients, lookup)
    let total = clients.cities.reduce(0) { $0 + $1.weight }
    var origins: [Origin] = []
    for weighted in clients.cities {
      guard let city = lookup.city(weighted.name), weighted.weight > 0 else { continue }
      for (technology, share) in networks {
        origins.append(
          Origin(
            clients: index, place: city.place, access: technology?.figures(on: city.continent),
            isMobile: technology?.isMobile ?? false, share: weighted.weight / total * share,
            utcOffsetMinutes: city.utcOffsetMinutes, isAtSite: false))
      }
    }
    return origins
  }

  private static func networks(of clients: ClientsSpec, _ lookup: Lookup) -> [(AccessTechnology?, Double)] {
    var networks: [(AccessTechnology?, Double)] = clients.access.isEmpty ? [(nil, 1)] : []
    for weighted in clients.access {
      if weighted.name.value == "none" {
        networks.append((nil, weighted.weight))
      } else if let technology = lookup.access(weighted.name) {
        networks.append((technology, weighted.weight))
      }
    }
    if let carrier = clients.carrier, !networks.isEmpty, !networks.contains(where: { $0.0?.isMobile == true })
    {
      lookup.problems.error(
        "carrier-access", at: carrier.mark,
        "a carrier's subscribers need mobile access; give 'access' a mobile network such as 4g or 5g")
    }
    return networks
  }

  private static func sources(of clients: ClientsSpec, _ index: Int, _ origins: [Origin]) -> [Source] {
    let name = "clients/" + clients.name.value
    guard case .daily = clients.arrivals else {
      return [
        Source(
          clients: index, identity: name, arrivals: clients.arrivals, share: 1, utcOffsetMinutes: 0,
          origins: origins)
      ]
    }
    var offsets: [Int] = []
    for origin in origins where !offsets.contains(origin.utcOffsetMinutes) {
      offsets.append(origin.utcOffsetMinutes)
    }
    return offsets.map { offset in
      let here = origins.filter { $0.utcOffsetMinutes == offset }
      let share = here.reduce(0) { $0 + $1.share }
      return Source(
        clients: index, identity: "\(name)@\(offset)", arrivals: clients.arrivals, share: share,
        utcOffsetMinutes: offset, origins: here)
    }
  }

  /// Requests that all sources send on average from time 0 to `horizon` (ns).
  func expectedRequests(within horizon: Int64) -> Double {
    sources.reduce(0) { $0 + $1.expectedRequests(within: horizon) }
  }
}

extension Demand.Source {
  /// Requests on average from time 0 to `horizon` (ns).
  func expectedRequests(within horizon: Int64) -> Double {
    let seconds = Double(horizon) / 1e9
    switch arrivals {
    case .poisson(let rate): return rate.value * share * seconds
    case .periodic(let every, let phase): return max(0, Double(horizon - phase) / Double(every.value))
    case .renewal(let law):
      // A law may be so heavy that it has no mean; half of its gaps are shorter than the median.
      let gap = law.value.mean.isFinite ? law.value.mean : law.value.quantile(0.5)
      return Double(horizon) / max(gap, 1)
    case .bursts(let quiet, let busy, let quietFor, let busyFor):
      let (calm, loud) = (Double(quietFor), Double(busyFor))
      return (quiet.value * calm + busy.value * loud) / (calm + loud) * seconds
    case .batches(let batches):
      return batches.reduce(0) { $1.at.value < horizon ? $0 + Double($1.count.value) : $0 }
    case .timestamps(let instants): return Double(instants.count { $0.value < horizon })
    case .daily, .steps: return rateSteps().expectedArrivals(within: horizon)
    }
  }

  /// Mean arrivals per second over the run.
  func meanRate(within horizon: Int64) -> Double {
    expectedRequests(within: horizon) / (Double(horizon) / 1e9)
  }
}

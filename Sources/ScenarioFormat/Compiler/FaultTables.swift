internal import Catalog
internal import ServerlessModel

/// Turns faults into intervals of trouble on the paths of a plan and outages of its sites.
struct FaultTables {
  let sites: [PlacementCompiler.SiteNote]
  let paths: [PlacementCompiler.PathNote]
  let origins: [Demand.Origin]

  /// Fills `faults` and `siteEvents`; marks the faults that touch something.
  func apply(_ faults: [ResolvedFault], to plan: inout Plan, used: inout [Bool]) {
    for path in paths.indices {
      var rows: [FaultInterval] = []
      for (index, fault) in faults.enumerated() {
        let touched = intervals(of: fault, on: paths[path])
        if !touched.isEmpty { used[index] = true }
        rows += touched
      }
      plan.paths[path].firstFault = Int32(plan.faults.count)
      plan.paths[path].faultCount = Int32(rows.count)
      plan.faults += Self.ordered(rows)
    }
    for (index, fault) in faults.enumerated() {
      guard case .outage(let place, _) = fault.kind else { continue }
      for site in sites.indices {
        guard let zone = zone(of: place, at: sites[site]) else { continue }
        used[index] = true
        plan.siteEvents.append(SiteEvent(site: Int32(site), zone: zone, from: fault.from, to: fault.to))
      }
    }
    plan.siteEvents = plan.siteEvents.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
  }

  /// When a site cannot be reached from enough of the places that check it: when outages keep it down, or partitions
  /// leave no more than `share` of the checkers a way there and back.
  func sicknesses(
    of site: Int32, _ faults: [ResolvedFault], checkedFrom checkers: [Place], share: Double
  ) -> [(from: Int64, to: Int64)] {
    let cuts = faults.compactMap { fault -> (fault: ResolvedFault, cut: [Bool])? in
      let cut = checkers.map { hides(site, from: $0, fault) }
      return cut.contains(true) ? (fault, cut) : nil
    }
    let bounds = Set(cuts.flatMap { [$0.fault.from, $0.fault.to] }).sorted()
    var sick: [(from: Int64, to: Int64)] = []
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      let present = cuts.filter { $0.fault.from <= from && from < $0.fault.to }
      let seeing = checkers.indices.filter { checker in !present.contains { $0.cut[checker] } }
      guard !present.isEmpty, Double(seeing.count) <= share * Double(checkers.count) else { continue }
      if sick.last?.to == from { sick[sick.count - 1].to = to } else { sick.append((from, to)) }
    }
    return sick
  }

  /// Whether a fault keeps the checks of a place from a site, or their answers from coming back.
  private func hides(_ site: Int32, from checker: Place, _ fault: ResolvedFault) -> Bool {
    let (target, origin) = (sites[Int(site)], Self.note(checker))
    switch fault.kind {
    case .outage(let place, _): return isDown(place, at: target)
    case .partition(let a, let b, _):
      if target.place?.code == checker.code { return false }
      func lies(_ note: PlacementCompiler.SiteNote, on side: [ResolvedFault.End]) -> Bool {
        side.contains { matches($0, note) }
      }
      return (lies(origin, on: a) && lies(target, on: b)) || (lies(origin, on: b) && lies(target, on: a))
    case .degradation: return false
    }
  }

  private static func ordered(_ rows: [FaultInterval]) -> [FaultInterval] {
    rows.enumerated().sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
  }

  private func intervals(of fault: ResolvedFault, on path: PlacementCompiler.PathNote) -> [FaultInterval] {
    func row(_ kind: FaultKind) -> FaultInterval { FaultInterval(kind: kind, from: fault.from, to: fault.to) }
    switch fault.kind {
    case .partition(let a, let b, let isForward):
      let isAlong = crosses(path, from: a, to: b)
      let isAgainst = crosses(path, from: b, to: a)
      guard isAlong || isAgainst else { return [] }
      if !isForward { return [row(.cutForward), row(.cutBackward)] }
      return (isAlong ? [row(.cutForward)] : []) + (isAgainst ? [row(.cutBackward)] : [])
    case .degradation(let a, let b, let latency, let loss):
      guard crosses(path, from: a, to: b) || crosses(path, from: b, to: a) else { return [] }
      return [FaultInterval(kind: .degrade, from: fault.from, to: fault.to, factor: latency, loss: loss)]
    case .outage(let place, let isSilent):
      if isDown(place, at: sites[Int(path.site)]) || path.via?.code == place.code {
        return [row(isSilent ? .silent : .refuse)]
      }
      guard let caller = path.caller, isDown(place, at: sites[Int(caller)]) else { return [] }
      return [row(.silent)]
    }
  }

  /// Whether a path leads from one of the first ends to one of the second.
  private func crosses(
    _ path: PlacementCompiler.PathNote, from near: [ResolvedFault.End], to far: [ResolvedFault.End]
  ) -> Bool {
    near.contains { startsAt($0, path) } && far.contains { leads(to: $0, path) }
  }

  private func startsAt(_ end: ResolvedFault.End, _ path: PlacementCompiler.PathNote) -> Bool {
    if let caller = path.caller { return matches(end, sites[Int(caller)]) }
    guard let index = path.origin else { return false }
    let origin = origins[index]
    switch end {
    case .clients(let clients): return origin.clients == clients
    case .city(let city): return !origin.isAtSite && origin.place.code == city
    case .site, .kind: return origin.isAtSite && matches(end, Self.note(origin.place))
    }
  }

  private func leads(to end: ResolvedFault.End, _ path: PlacementCompiler.PathNote) -> Bool {
    if matches(end, sites[Int(path.site)]) { return true }
    guard let via = path.via else { return false }
    return matches(end, Self.note(via))
  }

  private static func note(_ place: Place) -> PlacementCompiler.SiteNote {
    PlacementCompiler.SiteNote(place: place, kind: SiteKind(place.kind))
  }

  private func matches(_ end: ResolvedFault.End, _ site: PlacementCompiler.SiteNote) -> Bool {
    switch end {
    case .clients, .city: false
    case .site(let place): isDown(place, at: site)
    case .kind(let kind): Self.kinds(kind).contains(site.kind)
    }
  }

  /// Functions "at the edge" may run at the caches behind it.
  private static func kinds(_ kind: WhereSpec.NearestKind) -> [SiteKind] {
    switch kind {
    case .edge: [.edge, .regionalEdgeCache, .point]
    case .region: [.region]
    case .regionalEdgeCache: [.regionalEdgeCache]
    case .carrierZone: [.carrierZone]
    case .localZone: [.localZone]
    case .zone: [.zone]
    case .outpost: [.outpost]
    case .gateway: [.gateway]
    }
  }

  /// Whether a site is the place, or a zone of the region that the place is.
  private func isDown(_ place: Place, at site: PlacementCompiler.SiteNote) -> Bool {
    guard let here = site.place else { return false }
    return here.code == place.code || (here.kind == .zone && here.parentRegion == place.code)
  }

  /// The zone of the site that an outage of the place takes down: `none` for all of it, `nil` for nothing.
  private func zone(of place: Place, at site: PlacementCompiler.SiteNote) -> Int32? {
    if isDown(place, at: site) { return ServerlessModel.none }
    guard place.kind == .zone, let here = site.place, here.kind == .region, here.code == place.parentRegion,
      let letter = place.code.utf8.last, letter >= UInt8(ascii: "a")
    else { return nil }
    return Int32(letter - UInt8(ascii: "a"))
  }
}

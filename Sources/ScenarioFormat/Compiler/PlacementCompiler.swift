internal import Catalog
internal import ServerlessModel
internal import SimulationKernel
internal import Stochastics

/// Builds the plan of one placement: every table row by row, from the callers to the stores they end at.
struct PlacementCompiler {
  let spec: ScenarioSpec
  let demand: Demand
  let resolution: PlacementResolution
  let lookup: Lookup
  let proximity: Proximity
  var plan = Plan()

  /// What stands behind the rows of the plan; read by faults, bills and rules.
  private(set) var sites: [SiteNote] = []
  private(set) var paths: [PathNote] = []
  private(set) var origins: [Demand.Origin] = []
  /// What each deployment of the plan was made from.
  private(set) var deployed: [PlacementResolution.Deployment] = []
  /// Routes that a name service looks after.
  var watched: [(route: Int, health: HealthSpec)] = []
  private var siteRows: [String: Int32] = [:]
  private var pathRows: [PathKey: Int32] = [:]
  private var deploymentRows: [DeploymentKey: Int32] = [:]
  private var frontRows: [DeploymentKey: Int32] = [:]
  var accountRows: [AccountKey: Int32] = [:]
  var rateRows: [AccountKey: Int32] = [:]
  private var templates: [TemplateKey: Template] = [:]
  private var localPrograms: [Int: (first: Int32, count: Int32)] = [:]
  private var callRoutes: [DeploymentKey: Int32] = [:]
  private var storeRows: [Int: Int32] = [:]
  /// Rows of the links of the sites that have an uplink, and the paths that cross some.
  var linkRows: [String: UplinkRows] = [:]
  var linkedPaths: [Int32: Int32] = [:]
  /// Deployments that take concurrency from what the functions of an account share.
  private(set) var reservations: [Reservation] = []

  /// A site of the plan and the place it stands for; points of presence have none.
  struct SiteNote {
    let place: Place?
    let kind: SiteKind
  }

  /// The two ends of a path.
  struct PathNote {
    let origin: Int?
    let caller: Int32?
    let site: Int32
    let via: Place?
  }

  private struct PathKey: Hashable {
    let origin: Int?
    let caller: Int32?
    let site: Int32
    let via: String?
    let isIdeal: Bool
  }

  private struct DeploymentKey: Hashable {
    let item: Int
    let site: Int32
    var variant = 0
  }

  private struct TemplateKey: Hashable {
    let function: Int
    let variant: Int
    let region: String?
  }

  /// What the deployments of a function in one region have in common.
  struct Template {
    var row: DeploymentPlan
    var group: GroupPlan?
    var accountLimit: Int?
    var meters: [DeploymentMeter]
  }

  init(_ spec: ScenarioSpec, demand: Demand, _ resolution: PlacementResolution, _ lookup: Lookup) {
    self.spec = spec
    self.demand = demand
    self.resolution = resolution
    self.lookup = lookup
    proximity = Proximity(catalog: lookup.catalog, hosts: lookup.hosts)
  }

  /// Fills the plan. Marks in `used` the faults that touch a path or a site of it.
  mutating func compile(faults: [ResolvedFault], used: inout [Bool]) {
    plan.seed = spec.seed
    plan.horizon = spec.duration.value
    plan.warmUp = spec.warmUp.value
    plan.interval = Self.interval(of: spec.duration.value)
    plan.functionCount = spec.functions.count
    plan.names.placement = resolution.name.value
    plan.names.functions = spec.functions.map(\.name.value)
    plan.clients = spec.clients.map(Self.behaviour)
    plan.names.clients = spec.clients.map(\.name.value)
    for source in demand.sources { add(source) }
    installEverywhere()
    var next = 0
    while next < plan.deployments.count {
      compileSteps(of: next)
      next += 1
    }
    reserveConcurrency()
    plan.instanceProcessors = deployed.map(\.instanceProcessors)
    for row in plan.candidates.indices {
      plan.candidates[row].links = linkedPaths[plan.candidates[row].path] ?? ServerlessModel.none
    }
    let tables = FaultTables(sites: sites, paths: paths, origins: origins)
    tables.apply(faults, to: &plan, used: &used)
    addHealth(faults, tables, used: &used)
    plan.billing.pathsUp = paths.indices.map { transfer(on: paths[$0], isUp: true) }
    plan.billing.pathsDown = paths.indices.map { transfer(on: paths[$0], isUp: false) }
    note(paths.compactMap(unpricedTransfer))
  }

  /// Width of an interval of the time series, ns: a minute, or as many minutes as keep a run within 1,440
  /// intervals (a day of single minutes).
  private static func interval(of duration: Int64) -> Int64 {
    let minute: Int64 = 60_000_000_000
    return (max(0, duration - 1) / (1_440 * minute) + 1) * minute
  }

  // MARK: - Sites and paths

  mutating func site(for place: Place) -> Int32 {
    if let row = siteRows[place.code] { return row }
    let kind = SiteKind(place.kind)
    let zones = place.kind == .region ? max(1, lookup.catalog.region(place.code)?.zoneCount ?? 1) : 1
    return addSite(name: place.code, SiteNote(place: place, kind: kind), zoneCount: zones)
  }

  mutating func pointSite(_ index: Int) -> Int32 {
    let name = "point-\(index + 1)"
    if let row = siteRows[name] { return row }
    return addSite(name: name, SiteNote(place: nil, kind: .point), zoneCount: 1)
  }

  private mutating func addSite(name: String, _ note: SiteNote, zoneCount: Int) -> Int32 {
    let row = Int32(plan.sites.count)
    var sitePlan = SitePlan(kind: note.kind, zoneCount: Int32(zoneCount))
    if let place = note.place { setCapacity(of: &sitePlan, at: place) }
    plan.sites.append(sitePlan)
    plan.names.sites.append(name)
    sites.append(note)
    siteRows[name] = row
    return row
  }

  /// The path from an origin; points of presence share one, whatever their number.
  mutating func path(fromOrigin origin: Int, to site: Int32, via: Place?, isIdeal: Bool) -> Int32 {
    let isPoint = sites[Int(site)].kind == .point
    let key = PathKey(
      origin: origin, caller: nil, site: isPoint ? -1 : site, via: via?.code, isIdeal: isIdeal)
    if let row = pathRows[key] { return row }
    let from = origins[origin]
    let to = sites[Int(site)].place
    let isInside = from.isAtSite && from.access == nil && (to == nil || to?.code == from.place.code)
    let target = ReachedSite(place: to ?? from.place, via: via)
    let row = addPath(
      from: from.place, to: target, access: from.access, isInside: isInside,
      PathNote(origin: origin, caller: nil, site: site, via: via))
    pathRows[key] = row
    return row
  }

  /// The path from a site where a function runs.
  mutating func path(fromSite caller: Int32, to site: Int32, via: Place?, isIdeal: Bool) -> Int32 {
    let key = PathKey(origin: nil, caller: caller, site: site, via: via?.code, isIdeal: isIdeal)
    if let row = pathRows[key] { return row }
    let note = PathNote(origin: nil, caller: caller, site: site, via: via)
    let from = sites[Int(caller)].place
    let to = sites[Int(site)].place
    let row: Int32
    if let from, let to, !(isIdeal && caller == site) {
      row = addPath(from: from, to: ReachedSite(place: to, via: via), access: nil, isInside: false, note)
    } else {
      row = addPath(PathPlan(propagation: 0), note)
    }
    pathRows[key] = row
    return row
  }

  private mutating func addPath(
    from place: Place, to site: ReachedSite, access: AccessFigures?, isInside: Bool, _ note: PathNote
  ) -> Int32 {
    guard !isInside else { return addPath(PathPlan(propagation: 0), note) }
    let milliseconds = proximity.milliseconds(place, site)
    let ratio = lookup.catalog.roundTrip(between: place, and: site.place).jitterP90Ratio
    var path = PathPlan(propagation: Int64((milliseconds / 2 * 1e6).rounded()))
    // Exponential on top of the median: its 90th percentile is ln(10) means.
    let jitterMean = milliseconds * 1e6 * max(0, ratio - 1) / 2.302585092994046
    if jitterMean >= 1 { path.jitter = plan.sampler(.exponential(mean: jitterMean)) }
    var patience = milliseconds
    let uplinks = site.place.code == place.code ? [] : [place.code, site.place.code].map { lookup.ownSites[$0]?.uplink }
    if let via = site.via { path.beyondTermination = beyond(via, site.place, of: path) }
    if let access {
      path.access = sampler(medianMilliseconds: access.rttMedianMilliseconds, p99: access.rttP99Milliseconds)
      // 8 bits a byte over Mbit/s: 8,000 ÷ Mbit/s ns.
      path.upNanosecondsPerByte = access.upMbps > 0 ? 8_000 / access.upMbps : 0
      path.downNanosecondsPerByte = access.downMbps > 0 ? 8_000 / access.downMbps : 0
      path.loss = access.lossRatio
      patience += access.rttMedianMilliseconds
    }
    if let uplink = uplinks.first ?? nil { join(&path, by: uplink, isTarget: false, &patience) }
    if let uplink = uplinks.last ?? nil { join(&path, by: uplink, isTarget: true, &patience) }
    path.retransmissionTimeout = 200_000_000 + Int64((patience * 1e6).rounded())
    let row = addPath(path, note)
    addLinks(of: row, from: (place.code, uplinks.first ?? nil), to: (site.place.code, uplinks.last ?? nil))
    return row
  }

  private mutating func addPath(_ path: PathPlan, _ note: PathNote) -> Int32 {
    plan.paths.append(path)
    paths.append(note)
    return Int32(plan.paths.count - 1)
  }

  /// A lognormal given by median and 99th percentile, ms; nothing when both are zero.
  mutating func sampler(medianMilliseconds median: Double, p99: Double) -> Sampler {
    guard median > 0 else { return .none }
    return plan.sampler(.lognormal(median: median * 1e6, p99: max(p99, median) * 1e6))
  }

  // MARK: - Rows that are shared

  /// The deployment of a function at a site; new ones get their steps later.
  mutating func deployment(of function: Int, _ resolved: PlacementResolution.Deployment, at site: Int32)
    -> Int32
  {
    let key = DeploymentKey(item: function, site: site, variant: resolved.variant)
    if let row = deploymentRows[key] { return row }
    let row = Int32(plan.deployments.count)
    deploymentRows[key] = row
    let place = sites[Int(site)].place
    let templateKey = TemplateKey(function: function, variant: resolved.variant, region: place?.parentRegion)
    let template = templates[templateKey] ?? makeTemplate(function, resolved, at: site)
    templates[templateKey] = template
    var made = template.row
    made.site = site
    setSiteShare(of: &made, resolved)
    setAccount(of: &made, resolved, limit: template.accountLimit)
    if made.footprint > 0, let memory = resolved.memoryPerSite {
      // The strictest of the functions at a site says how much memory it has.
      let known = plan.sites[Int(site)].memoryCapacity
      plan.sites[Int(site)].memoryCapacity = known == 0 ? memory : min(known, memory)
      if case .greedyDual = resolved.spec.platform.keepAlive { plan.sites[Int(site)].eviction = .greedyDual }
    }
    if let capacity = resolved.instancesPerSite {
      // The strictest of the functions at a site says how many instances it keeps.
      let known = plan.sites[Int(site)].instanceCapacity
      let wanted = Int32(clamping: capacity)
      plan.sites[Int(site)].instanceCapacity = known == 0 ? wanted : min(known, wanted)
    }
    if let group = template.group {
      let spec = resolved.spec.platform.group
      made.group = addGroup(group, schedule: spec.schedule, every: spec.schedulePeriod)
      made.lifetime = none
    }
    let ready = readyGroup(resolved)
    // A minimum counts towards the maximum; where nothing is left of it, all instances are kept ready.
    var rest = made
    if resolved.spec.platform.group.provisioned == nil, made.maximumInstances < .max, let ready {
      rest.maximumInstances = max(0, made.maximumInstances - ready.plan.minimum)
    }
    let overflows = ready != nil && rest.maximumInstances > 0
    if overflows { made.overflow = row + 1 }
    if let ready {
      made.group = addGroup(ready.plan, schedule: ready.schedule, every: nil)
      made.allocates = made.account
      (made.scaling, made.keepAlive, made.account, made.lifetime) = (.managed, .max, none, none)
      made.billsActiveTime = false
      made.maximumInstances = ready.plan.maximum
    }
    let name = resolved.platform.name + (resolved.label.map { "/" + $0 } ?? "")
    note(unpriced(of: resolved, at: site))
    noteStanding(resolved.platform, at: site)
    deployed += overflows ? [resolved, resolved] : [resolved]
    append(made, ready == nil ? name : "\(name) (ready)",
      ready == nil ? template.meters : readyMeters(of: resolved, at: site))
    if overflows { append(rest, name, template.meters) }
    // Where instances are kept ready, those on demand come after them.
    let demanded = overflows ? row + 1 : row
    setPings(of: resolved, demanded)
    if let count = resolved.reserved ?? resolved.spec.platform.group.provisioned?.value.most {
      reservations.append(
        Reservation(
          deployment: demanded, ready: ready == nil ? none : row, resolved: resolved, function: function,
          region: place?.parentRegion ?? "", count: count))
    }
    return row
  }

  /// Keeps what has no price, each once.
  mutating func note(_ unpriced: [String]) {
    for thing in unpriced where !plan.billing.unpriced.contains(thing) { plan.billing.unpriced.append(thing) }
  }

  /// Keeps what stands in a region all month, once for each region.
  private mutating func noteStanding(_ platform: Platform, at site: Int32) {
    guard let name = platform.text(.standingMeter), let region = sites[Int(site)].place?.parentRegion else { return }
    let meter = CountMeter(meter: name, region: region)
    if !plan.billing.standing.contains(meter) { plan.billing.standing.append(meter) }
  }

  private mutating func append(_ row: DeploymentPlan, _ platform: String, _ meters: [DeploymentMeter]) {
    plan.deployments.append(row)
    plan.names.platforms.append(platform)
    plan.billing.deployments.append(meters)
  }

  /// Gives a deployment its steps. Programs that never leave the instance are the same at every site.
  mutating func compileSteps(of index: Int) {
    let function = Int(plan.deployments[index].function)
    let isLocal = spec.functions[function].steps.allSatisfy { !$0.leavesInstance }
    if isLocal, let program = localPrograms[function] {
      plan.deployments[index].firstStep = program.first
      plan.deployments[index].stepCount = program.count
      return
    }
    addSteps(of: index)
    guard isLocal else { return }
    localPrograms[function] = (plan.deployments[index].firstStep, plan.deployments[index].stepCount)
  }

  mutating func front(_ gateway: Int, at site: Int32) -> Int32 {
    let key = DeploymentKey(item: gateway, site: site)
    if let row = frontRows[key] { return row }
    let row = Int32(plan.fronts.count)
    frontRows[key] = row
    addFront(spec.gateways[gateway], at: site)
    return row
  }

  mutating func store(_ index: Int, _ store: PlacementResolution.Store) -> Int32 {
    if let row = storeRows[index] { return row }
    let row = Int32(plan.stores.count)
    plan.stores.append(StorePlan(site: site(for: store.site)))
    plan.names.stores.append(store.spec.name.value)
    storeRows[index] = row
    return row
  }

  /// The route of calls from a site to a function.
  mutating func callRoute(to function: Int, from site: Int32, isIdeal: Bool) -> Int32 {
    let key = DeploymentKey(item: function * 2 + (isIdeal ? 1 : 0), site: site)
    if let row = callRoutes[key] { return row }
    let row = addCallRoute(to: function, from: site, isIdeal: isIdeal)
    callRoutes[key] = row
    return row
  }

  mutating func append(origin: Demand.Origin, _ row: OriginPlan) {
    origins.append(origin)
    plan.origins.append(row)
    plan.names.origins.append(origin.place.code)
  }

}

extension SiteKind {
  /// The model's kind for the catalog's.
  init(_ kind: PlaceKind) {
    switch kind {
    case .region: self = .region
    case .zone: self = .zone
    case .localZone: self = .localZone
    case .carrierZone: self = .carrierZone
    case .regionalEdgeCache: self = .regionalEdgeCache
    case .edge: self = .edge
    case .outpost: self = .outpost
    case .gateway, .device: self = .gateway
    case .city: self = .point
    }
  }
}

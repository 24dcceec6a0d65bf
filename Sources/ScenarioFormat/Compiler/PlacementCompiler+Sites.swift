internal import Catalog
internal import ServerlessModel
internal import Stochastics

/// Capacities and uplinks of sites, and what a name service knows of them.
extension PlacementCompiler {
  /// Fills in what the instances at a place share.
  func setCapacity(of site: inout SitePlan, at place: Place) {
    let capacity = lookup.ownSites.capacity(of: place, lookup.catalog)
    if let slots = capacity.slots { site.instanceCapacity = Int32(clamping: slots) }
    if let memory = capacity.memory { site.memoryCapacity = max(1, Int64(saturating: memory)) }
    if let vcpus = capacity.vcpus { site.processorCapacity = max(1, Int64(saturating: vcpus * 1_000)) }
  }

  /// What an instance takes of its site's memory and processors, where these are limited.
  func setSiteShare(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) {
    let site = plan.sites[Int(row.site)]
    if site.memoryCapacity > 0, row.footprint == 0 {
      row.footprint = max(1, Int64(saturating: resolved.instanceMemory))
    }
    if site.processorCapacity > 0 { row.processors = max(1, Int64(saturating: resolved.instanceProcessors * 1_000)) }
  }

  /// One-way propagation between the edge, where connections end, and the site behind it, ns. Who comes by way of a
  /// carrier zone's region has the connection end in the zone.
  func beyond(_ via: Place, _ site: Place, of path: PathPlan) -> Int64 {
    guard via.kind == .edge else { return 0 }
    let milliseconds = lookup.catalog.roundTrip(between: via, and: site).medianMilliseconds
    return min(path.propagation, Int64(saturating: (milliseconds / 2 * 1e6).rounded()))
  }

  /// Adds the uplink of a path's site, or of its caller's.
  ///
  /// A path has one access law: a second one adds its median, and the narrower bandwidth counts.
  mutating func join(_ path: inout PathPlan, by uplink: AccessFigures, isTarget: Bool, _ patience: inout Double) {
    if path.access.isNone {
      path.access = sampler(medianMilliseconds: uplink.rttMedianMilliseconds, p99: uplink.rttP99Milliseconds)
    } else {
      path.propagation += Int64(saturating: (uplink.rttMedianMilliseconds / 2 * 1e6).rounded())
    }
    // Bytes towards the site come down its link.
    let (up, down) = isTarget ? (uplink.downMbps, uplink.upMbps) : (uplink.upMbps, uplink.downMbps)
    if up > 0 { path.upNanosecondsPerByte = max(path.upNanosecondsPerByte, 8_000 / up) }
    if down > 0 { path.downNanosecondsPerByte = max(path.downNanosecondsPerByte, 8_000 / down) }
    path.loss = 1 - (1 - path.loss) * (1 - uplink.lossRatio)
    patience += uplink.rttMedianMilliseconds
  }

  /// Makes the deployments at sites that no caller happens to be nearest to: they stand there all the same.
  mutating func installEverywhere() {
    for function in resolution.deployments.indices {
      guard let first = resolution.deployments[function] else { continue }
      for resolved in first.variants.isEmpty ? [first] : first.variants {
        for place in resolved.place.installed {
          let reached = proximity.reached(place, by: Caller(place: place, carrier: nil), on: resolved.platform)
          _ = deployment(of: function, resolved, at: site(for: reached.place))
        }
      }
    }
  }

  /// Turns outages and partitions into what the name service believes: a check notices only after so many failures
  /// in a row, and believes in health again after as many successes.
  mutating func addHealth(_ faults: [ResolvedFault], _ tables: FaultTables, used: inout [Bool]) {
    let figures = lookup.catalog.healthChecks
    for (row, health) in watched {
      let route = plan.routes[row]
      let every = health.every ?? Int64(saturating: figures.intervalSeconds * 1e9)
      let (delay, isEndless) = every.multipliedReportingOverflow(by: Int64(health.failures ?? figures.failures))
      let named = health.checkers.compactMap { lookup.knownSite($0.value) }
      let checkers = named.isEmpty ? lookup.catalog.regions.map(\.place) : named
      let first = Int32(plan.sicknesses.count)
      for offset in 0..<route.candidateCount where !isEndless {
        let candidate = plan.candidates[Int(route.firstCandidate + offset)]
        let site = plan.deployments[Int(candidate.deployment)].site
        let zones = plan.sites[Int(site)].zoneCount
        func sicknesses(_ faults: [ResolvedFault]) -> [(from: Int64, to: Int64)] {
          tables.sicknesses(of: site, zoneCount: zones, faults, checkedFrom: checkers, share: figures.share)
        }
        let times = sicknesses(faults)
        for index in faults.indices where !used[index] {
          let others = sicknesses(faults.indices.filter { $0 != index }.map { faults[$0] })
          used[index] = !others.elementsEqual(times, by: ==)
        }
        for time in times where time.to - time.from > delay {
          plan.sicknesses.append(
            SicknessPlan(
              candidate: offset, from: Self.later(time.from, by: delay), to: Self.later(time.to, by: delay)))
        }
      }
      plan.routes[row].health = Int32(plan.healths.count)
      plan.healths.append(
        HealthPlan(
          timeToLive: health.timeToLive ?? Int64(saturating: figures.timeToLiveSeconds * 1e9),
          firstSickness: first, sicknessCount: Int32(plan.sicknesses.count) - first))
    }
  }

  private static func later(_ time: Int64, by delay: Int64) -> Int64 {
    let (sum, isEndless) = time.addingReportingOverflow(delay)
    return isEndless ? .max : sum
  }
}

extension PlacementResolution.Deployment {
  /// Memory of an instance, MB, and its vCPUs.
  var instanceMemory: Double { group?.memoryMegabytes ?? build.memoryMegabytes }
  var instanceProcessors: Double {
    group?.vcpus ?? platform.vcpus(memoryMegabytes: build.memoryMegabytes)
  }
}

extension ResolvedPlace {
  /// The sites at which a function is installed whether or not anybody calls there.
  var installed: [Place] {
    switch self {
    case .among(let places, _, isEverywhere: true), .failover(let places, _): places
    case .routed(let places, let otherwise):
      places.sorted { $0.key < $1.key }.flatMap(\.value.installed) + (otherwise?.installed ?? [])
    case .among, .ordered, .weighted, .nearest, .parent, .points: []
    }
  }
}

internal import Catalog
internal import ServerlessModel
internal import SimulationKernel
internal import Stochastics

/// When instances end, what keeps them warm, and how their code comes to them.
extension PlacementCompiler {
  /// The keep-alive, or the policy that stands for it.
  mutating func setLifetime(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) {
    let (overrides, platform) = (resolved.spec.platform, resolved.platform)
    var policy = LifetimePlan(.fixed)
    policy.maximumAge =
      overrides.maximumAge ?? platform.number(.maximumAge).map { Int64(saturating: $0 * 1e9) } ?? .max
    row.keepAlive = platform.number(.keepAlive).map { Int64(saturating: ($0 * 1e9).rounded()) } ?? .max
    var isPlain = policy.maximumAge == .max
    func draw(from law: Distribution) {
      policy.kind = .law
      policy.law = plan.sampler(law)
      isPlain = false
    }
    switch overrides.keepAlive {
    case .fixed(let time): row.keepAlive = time
    case .law(let law): draw(from: law)
    case .measured(let name): if let law = lookup.catalog.keepAliveLaw(name.value)?.law { draw(from: law) }
    case .hybrid(let spec):
      policy.kind = .hybrid
      policy.histogram = HistogramPlan(spec)
      isPlain = false
    case .greedyDual:
      policy.kind = .greedyDual
      isPlain = false
    case nil:
      let name = platform.number(.keepAlive) == nil ? platform.text(.keepAliveLaw) : nil
      if let name, let law = lookup.catalog.keepAliveLaw(name)?.law { draw(from: law) }
    }
    if resolved.memoryPerSite != nil { row.footprint = resolved.footprint }
    guard !isPlain else { return }
    row.lifetime = Int32(plan.lifetimes.count)
    plan.lifetimes.append(policy)
  }

  /// Restores from a snapshot: the sandbox, the restore itself, and the snapshot's bytes.
  mutating func setRestore(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) {
    let platform = resolved.platform
    if let restore = resolved.spec.platform.snapshot?.restore {
      row.runtimeInit = plan.sampler(restore.value)
      return
    }
    row.runtimeInit = sampler(
      medianMilliseconds: platform.number(.snapshotMedian) ?? 0, p99: platform.number(.snapshotP99) ?? 0)
    if let speed = platform.number(.snapshotBandwidth), speed > 0 {
      let bytes = resolved.build.memoryMegabytes * 1_048_576
      row.download = Int64(saturating: bytes * 8_000 / speed)
    }
  }

  /// The download of the package, whole or what of an image is needed at first, and the cache that shortens it.
  mutating func setDownload(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) {
    let (platform, build) = (resolved.platform, resolved.build)
    guard let speed = platform.number(.downloadBandwidth), speed > 0 else { return }
    let share = build.packageKind == .image ? platform.number(.imageShare) ?? 1 : 1
    let bits = Double(build.packageBytes) * share * 8
    row.download = Int64(saturating: bits * 1_000 / speed)
    let cache = resolved.spec.platform.packageCache
    guard let found = cache?.share ?? platform.number(.cacheShare), found > 0 else { return }
    let near = cache?.bandwidth ?? platform.number(.cacheBandwidth).map { $0 * 1e6 } ?? .infinity
    let cached = Int64(saturating: bits * (1 - found) * 1_000 / speed + bits * found * 1e9 / near)
    row.packageCache = Int32(plan.packageCaches.count)
    plan.packageCaches.append(PackageCachePlan(cachedDownload: cached, retention: cache?.keep ?? .max))
  }

  /// The pings of a deployment; the first round comes after one interval.
  mutating func setPings(of resolved: PlacementResolution.Deployment, _ deployment: Int32) {
    guard let ping = resolved.spec.platform.ping else { return }
    var row = PingPlan(deployment: deployment, every: ping.every.value, first: ping.every.value)
    row.count = Int32(clamping: ping.instances)
    row.work = ping.work
    let site = plan.names.sites[Int(plan.deployments[Int(deployment)].site)]
    row.entity = Mix.identity(of: "ping/\(resolved.function.name.value)@\(site)")
    plan.pings.append(row)
  }
}

extension HistogramPlan {
  /// The plan of a policy as it was written.
  init(_ spec: HistogramSpec) {
    self.init()
    bin = spec.bin
    binCount = Int32(clamping: (spec.range - 1) / spec.bin + 1)
    (head, tail, margin) = (spec.head, spec.tail, spec.margin)
    (variation, beyond) = (spec.variation, spec.beyond)
    samples = Int32(clamping: spec.samples)
    fallback = spec.fallback
  }
}

extension PlacementResolution.Deployment {
  /// Whether new instances are restored from a snapshot.
  var restores: Bool { spec.platform.snapshot?.isUsed ?? false }

  /// Memory for the instances of all functions at a site, MB.
  var memoryPerSite: Int64? {
    if case .greedyDual(let memory) = spec.platform.keepAlive { return Int64(saturating: memory.value) }
    return (spec.platform.memoryPerSite?.value ?? platform.number(.memoryPerSite)).map { Int64(saturating: $0) }
  }

  /// Memory that an instance takes of it, MB.
  var footprint: Int64 {
    let size = spec.platform.footprint?.value ?? platform.number(.footprint) ?? build.memoryMegabytes
    return max(1, Int64(saturating: size.rounded(.up)))
  }

  /// Most instances of all functions that a site keeps.
  var instancesPerSite: Int? {
    spec.platform.instancesPerSite ?? platform.number(.instancesPerSite).map { Int($0) }
  }

  /// Ephemeral storage beyond what comes with an instance, MB.
  var billedEphemeralMegabytes: Int64 {
    max(0, Int64(saturating: (function.ephemeral?.value ?? 0) - (platform.number(.ephemeralIncluded) ?? 0)))
  }

  /// The memory that is billed, MB.
  var billedMegabytes: Int64 {
    let memory = build.memoryMegabytes.rounded()
    guard let step = platform.number(.billedMemoryStep), step > 0 else { return Int64(memory) }
    return Int64(saturating: (memory / step).rounded(.up) * step)
  }
}

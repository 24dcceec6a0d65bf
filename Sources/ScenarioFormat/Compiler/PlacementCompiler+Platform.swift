internal import Catalog
internal import ServerlessModel
internal import Stochastics

extension PlacementCompiler {
  /// What a function on its platform is like at every site of the given one's region.
  mutating func makeTemplate(
    _ function: Int, _ resolved: PlacementResolution.Deployment, at site: Int32
  ) -> Template {
    let region = sites[Int(site)].place?.parentRegion
    let limit =
      resolved.spec.platform.concurrency
      ?? resolved.platform.number(.accountConcurrency, region: region).map { Int($0) }
    var row = makeDeployment(function, resolved, at: site)
    let group = setGroup(of: &row, resolved)
    return Template(
      row: row, group: group, accountLimit: limit, meters: meters(of: resolved, at: site))
  }

  private mutating func makeDeployment(
    _ function: Int, _ resolved: PlacementResolution.Deployment, at site: Int32
  ) -> DeploymentPlan {
    let platform = resolved.platform
    let overrides = resolved.spec.platform
    let build = resolved.build
    let region = sites[Int(site)].place?.parentRegion
    var row = DeploymentPlan(function: Int32(function), site: site)
    row.selection = selection(overrides.selection?.rawValue ?? platform.text(.selection) ?? "")
    row.overlapsHandshake = overrides.overlapsHandshake ?? platform.flag(.overlapsHandshake)
    row.billsInitialisation = platform.flag(.billsInitialisation)
    row.requestsPerInstance = Int32(
      clamping: overrides.requestsPerInstance?.value ?? platform.number(.requestsPerInstance).map { Int($0) }
        ?? 1)
    row.billsActiveTime = platform.flag(.billsActiveTime) && row.requestsPerInstance > 1
    row.maximumInstances = Int32(clamping: resolved.maximumInstances)
    setLifetime(of: &row, resolved)
    row.workFactor = build.workFactor
    row.timeout = build.timeout
    row.cpuLimit = build.cpuLimit
    row.memoryMegabytes = resolved.billedMegabytes
    row.ephemeralMegabytes = resolved.billedEphemeralMegabytes
    row.billingGranularity =
      platform.number(.billingGranularity).map { Int64(($0 * 1e6).rounded()) } ?? 1_000_000
    row.minimumBilled = platform.number(.billingMinimum).map { Int64(($0 * 1e6).rounded()) } ?? 0
    switch overrides.whenFull {
    case .throttle: break
    case .queue(let capacity): (row.whenFull, row.queueCapacity) = (.queue, Int32(clamping: capacity))
    case nil where platform.text(.whenFull) == "queue":
      row.whenFull = .queue
      row.queueCapacity = platform.number(.queueMaximum).map { Int32(clamping: Int64(saturating: $0)) } ?? .max
    case nil: break
    }
    row.recursionLimit = overrides.recursion.map { Int32(clamping: $0.value) } ?? 0
    setScaling(of: &row, overrides.scaling, platform, region)
    setStart(of: &row, resolved)
    return row
  }

  private func selection(_ word: String) -> InstanceSelection {
    switch PlatformSpec.Selection(rawValue: word) {
    case .newest: .newest
    case .oldest: .oldest
    case .leastRecentlyUsed: .leastRecentlyUsed
    case .random: .random
    case .mostRecentlyUsed, nil: .mostRecentlyUsed
    }
  }

  private func setScaling(
    of row: inout DeploymentPlan, _ scaling: PlatformSpec.Scaling?, _ platform: Platform, _ region: String?
  ) {
    func number(_ property: PlatformProperty) -> Double { platform.number(property, region: region) ?? 0 }
    switch scaling {
    case .unlimited: return
    case .ramp(let burst, let add, let every):
      (row.scaling, row.scalingInitial, row.scalingAdd) = (
        .ramp, Int32(clamping: burst), Int32(clamping: add)
      )
      row.scalingEvery = every
    case .stepwise(let add, let every):
      (row.scaling, row.scalingInitial, row.scalingAdd) = (
        .stepwise, Int32(clamping: add), Int32(clamping: add)
      )
      row.scalingEvery = every
    case nil:
      switch platform.text(.scaling) {
      case "ramp": row.scaling = .ramp
      case "stepwise": row.scaling = .stepwise
      default: return
      }
      row.scalingAdd = Int32(number(.scalingAdd))
      row.scalingInitial = Int32(platform.number(.scalingInitial, region: region) ?? number(.scalingAdd))
      row.scalingEvery = Int64(number(.scalingEvery) * 1e9)
    }
  }

  /// Cold start, overheads and the first invocation.
  private mutating func setStart(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) {
    let platform = resolved.platform
    let overrides = resolved.spec.platform
    let build = resolved.build
    func lognormal(_ median: PlatformProperty, _ p99: PlatformProperty) -> (Double, Double) {
      (platform.number(median) ?? 0, platform.number(p99) ?? 0)
    }
    if let overhead = overrides.overhead {
      row.overhead = plan.sampler(overhead.value)
    } else {
      let (median, p99) = lognormal(.overheadMedian, .overheadP99)
      row.overhead = sampler(medianMilliseconds: median, p99: p99)
    }
    if let coldStart = overrides.coldStart {
      row.sandbox = plan.sampler(coldStart.value)
    } else {
      let (median, p99) = lognormal(.sandboxMedian, .sandboxP99)
      row.sandbox = sampler(medianMilliseconds: median, p99: p99)
      if resolved.restores {
        setRestore(of: &row, resolved)
      } else {
        setDownload(of: &row, resolved)
        if let runtimeInit = build.runtimeInit { row.runtimeInit = plan.sampler(runtimeInit) }
      }
    }
    if !resolved.restores, let initialisation = resolved.function.initialisation {
      row.functionInit = plan.sampler(initialisation.value)
    }
    if let firstWork = resolved.function.firstWork { row.firstWork = plan.sampler(firstWork.value) }
    if let first = overrides.firstInvocation {
      row.firstInvocation = plan.sampler(first.value)
    } else if overrides.coldStart == nil, resolved.function.firstWork == nil, let start = build.start {
      row.firstInvocation = plan.sampler(.constant(start.firstInvocationMilliseconds * 1e6))
    }
  }

  /// Adds the front of a gateway at a site.
  mutating func addFront(_ gateway: GatewaySpec, at site: Int32) {
    var row = FrontPlan(site: site)
    let service = gateway.service.flatMap { lookup.catalog.front($0.value) }
    if let overhead = gateway.overhead {
      row.overhead = plan.sampler(overhead.value)
    } else if let service {
      row.overhead = sampler(
        medianMilliseconds: service.overheadMedianMilliseconds, p99: service.overheadP99Milliseconds)
    }
    if let rate = gateway.rate?.value ?? service?.ratePerSecond, rate > 0 {
      row.nanosecondsPerToken = max(1, Int64((1e9 / rate).rounded()))
      row.burst =
        gateway.burst.map { Int64($0.value) } ?? service.map { Int64($0.burst) }
        ?? max(1, Int64(rate.rounded()))
    }
    row.timeout = gateway.timeout?.value ?? service.map { Int64($0.timeoutSeconds * 1e9) } ?? .max
    plan.fronts.append(row)
    plan.names.fronts.append(gateway.name.value)
    plan.billing.fronts.append(meter(of: service, at: site))
  }

  // MARK: - Steps

  /// Compiles what a deployment does; may add deployments of the functions it calls.
  mutating func addSteps(of index: Int) {
    let function = Int(plan.deployments[index].function)
    let site = plan.deployments[index].site
    let isIdeal = deployed[index].isIdeal
    var rows: [StepPlan] = []
    var meters: [CountMeter?] = []
    for step in spec.functions[function].steps {
      let (row, meter) = compiled(step, at: site, isIdeal: isIdeal)
      rows.append(row)
      meters.append(meter)
    }
    plan.deployments[index].firstStep = Int32(plan.steps.count)
    plan.deployments[index].stepCount = Int32(rows.count)
    plan.deployments[index].invokes = rows.contains { $0.kind == .call || $0.kind == .forward }
    plan.steps += rows
    plan.billing.steps += meters
  }

  private mutating func compiled(_ step: StepSpec, at site: Int32, isIdeal: Bool) -> (StepPlan, CountMeter?) {
    switch step.kind {
    case .work(let law):
      var row = StepPlan(kind: .work)
      row.sampler = plan.sampler(law.value)
      return (row, nil)
    case .wait(let law):
      var row = StepPlan(kind: .wait)
      row.sampler = plan.sampler(law.value)
      return (row, nil)
    case .read(let operation): return compiled(operation, kind: .read, at: site, isIdeal: isIdeal)
    case .write(let operation): return compiled(operation, kind: .write, at: site, isIdeal: isIdeal)
    case .call(let call):
      var row = invocation(.call, of: call.function.value, from: site, isIdeal: isIdeal)
      row.count = Int32(call.count)
      row.parallel = call.isParallel
      return (row, nil)
    case .forward(let name): return (invocation(.forward, of: name.value, from: site, isIdeal: isIdeal), nil)
    }
  }

  private mutating func invocation(_ kind: StepKind, of name: String, from site: Int32, isIdeal: Bool)
    -> StepPlan
  {
    var row = StepPlan(kind: kind)
    guard let function = spec.functions.firstIndex(where: { $0.name.value == name }) else { return row }
    row.route = callRoute(to: function, from: site, isIdeal: isIdeal)
    row.requestBytes = spec.functions[function].request
    row.responseBytes = spec.functions[function].response
    return row
  }

  private mutating func compiled(
    _ operation: StepSpec.Operation, kind: StepKind, at site: Int32, isIdeal: Bool
  ) -> (StepPlan, CountMeter?) {
    var row = StepPlan(kind: kind)
    guard let index = spec.stores.firstIndex(where: { $0.name.value == operation.store.value }),
      let resolved = resolution.stores[index]
    else { return (row, nil) }
    let store = resolved.spec
    let service = resolved.service
    row.store = self.store(index, resolved)
    let target = plan.stores[Int(row.store)].site
    row.path = path(fromSite: site, to: target, via: nil, isIdeal: isIdeal)
    let size = operation.size ?? store.item
    let isRead = kind == .read
    if let law = isRead ? store.read : store.write {
      row.sampler = plan.sampler(law.value)
    } else if isRead {
      row.sampler = sampler(
        medianMilliseconds: service.readMedianMilliseconds, p99: service.readP99Milliseconds)
    } else {
      row.sampler = sampler(
        medianMilliseconds: service.writeMedianMilliseconds, p99: service.writeP99Milliseconds)
    }
    row.count = Int32(operation.count)
    row.parallel = operation.isParallel
    row.requestBytes = isRead ? 0 : size
    row.responseBytes = isRead ? size : 0
    row.timeout = store.timeout
    row.attempts = Int32(store.attempts)
    let unit = (isRead ? service.readUnitKilobytes : service.writeUnitKilobytes) * 1_024
    row.units = unit > 0 ? max(1, Int64(saturating: (Double(size) / unit).rounded(.up))) : 1
    note([unpriced(service, at: target)].compactMap(\.self))
    return (row, meter(of: service, isRead: isRead, at: target))
  }
}

extension PlacementResolution.Deployment {
  /// Reserved concurrency.
  var reserved: Int? { spec.platform.reserved ?? spec.reserved?.value ?? function.reserved?.value }

  /// Most instances of the function at a site: the scenario's, the reserved concurrency's and the platform's.
  var maximumInstances: Int {
    let overrides = spec.platform
    let perInstance =
      overrides.requestsPerInstance?.value ?? platform.number(.requestsPerInstance).map { Int($0) } ?? 1
    let reserved = reserved.map { ($0 + perInstance - 1) / perInstance }
    let limits = [overrides.maximumInstances ?? platform.number(.instancesMaximum).map { Int($0) }, reserved]
    return limits.compactMap { $0 }.min() ?? Int(Int32.max)
  }
}

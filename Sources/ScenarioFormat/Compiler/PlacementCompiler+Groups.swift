internal import Catalog
internal import ServerlessModel
internal import Stochastics

/// Groups of instances that the platform starts and stops.
extension PlacementCompiler {
  /// What the deployments of a managed function have in common; its group's handle is set for each of them.
  mutating func setGroup(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment) -> GroupPlan? {
    guard let build = resolved.group else { return nil }
    let platform = resolved.platform
    let spec = resolved.spec.platform.group
    let bounds = GroupBounds(spec, resolved.spec.platform, platform)
    var group = GroupPlan()
    row.scaling = .managed
    row.keepAlive = .max
    row.lifetime = none
    row.requestsPerInstance = Int32(clamping: build.slots)
    row.workFactor = build.workFactor
    row.maximumInstances = Int32(clamping: bounds.maximum)
    if resolved.spec.platform.whenFull == nil { row.whenFull = .queue }
    group.minimum = Int32(clamping: bounds.minimum)
    group.maximum = Int32(clamping: bounds.maximum)
    group.initial = Int32(clamping: bounds.initial)
    group.sharedCores = build.isSharing ? build.vcpus : 0
    let word = spec.balancer?.value.rawValue ?? platform.text(.balancer) ?? ""
    group.balancer = LoadBalancing(GroupSpec.Balancer(rawValue: word), isSharing: build.isSharing)
    group.milliVCPUs = Int64((build.vcpus * 1000).rounded())
    group.megabytes = Int64(build.memoryMegabytes.rounded())
    group.billingMinimum = nanoseconds(platform, .instanceBillingMinimum) ?? 0
    group.scaler = scaler(spec, platform)
    setWarmPool(of: &group, resolved)
    setHealth(of: &group, spec, platform)
    setSpot(of: &group, spec, platform)
    if let credits = build.instance?.credits, build.vcpus > 0 {
      (group.credits.vcpus, group.credits.perHour, group.credits.maximum) = (
        build.vcpus, credits.perHour, credits.maximum
      )
      group.credits.unlimited = spec.credits.map { $0.value == .unlimited } ?? credits.isUnlimited
      group.credits.launch = group.credits.unlimited ? 0 : credits.atLaunch
    }
    return group
  }

  private func nanoseconds(_ platform: Platform, _ property: PlatformProperty) -> Int64? {
    platform.number(property).map { Int64(saturating: $0 * 1e9) }
  }

  private mutating func setWarmPool(of group: inout GroupPlan, _ resolved: PlacementResolution.Deployment) {
    let overrides = resolved.spec.platform
    guard let pool = overrides.group.warmPool else { return }
    group.warmCount = Int32(clamping: pool.count)
    let boot = overrides.coldStart?.value.mean ?? (resolved.platform.number(.sandboxMedian) ?? 0) * 1e6
    group.warmStart = plan.sampler(pool.start?.value ?? .constant(boot / 10))
  }

  private mutating func setHealth(of group: inout GroupPlan, _ spec: GroupSpec, _ platform: Platform) {
    group.checkInterval = spec.health?.every ?? nanoseconds(platform, .healthEvery) ?? 0
    group.checkThreshold = Int32(
      clamping: spec.health?.threshold ?? platform.number(.healthThreshold).map { Int($0) } ?? 2)
    if let failures = spec.health?.failures { group.failure = plan.sampler(failures.value) }
  }

  private mutating func setSpot(of group: inout GroupPlan, _ spec: GroupSpec, _ platform: Platform) {
    guard let spot = spec.spot?.value else { return }
    let mean = (platform.number(.spotInterruption) ?? 0) * 1e9
    if let law = spot.interruption {
      group.interruption = plan.sampler(law.value)
    } else if mean > 0 {
      group.interruption = plan.sampler(.exponential(mean: mean))
    }
    group.notice = spot.notice ?? nanoseconds(platform, .spotNotice) ?? 0
    group.onDemandBase = Int32(clamping: spot.onDemand)
  }

  // MARK: - Rules

  private mutating func scaler(_ spec: GroupSpec, _ platform: Platform) -> ScalerPlan {
    var scaler = ScalerPlan()
    func number(_ property: PlatformProperty) -> Double? { platform.number(property) }
    scaler.kind = ScalerKind(platform.text(.rule) ?? "fixed")
    scaler.metric = ScalingMetric(
      platform.text(.ruleMetric).flatMap(ScalingRule.Metric.init(rawValue:)) ?? .utilization)
    scaler.target = number(.ruleTarget) ?? scaler.target
    scaler.period = max(1, nanoseconds(platform, .ruleEvery) ?? scaler.period)
    scaler.outPeriods = Int32(clamping: Int(number(.ruleOutPeriods) ?? 1))
    scaler.inPeriods = Int32(clamping: Int(number(.ruleInPeriods) ?? 1))
    scaler.coolOut = nanoseconds(platform, .ruleCoolOut) ?? 0
    scaler.coolIn = nanoseconds(platform, .ruleCoolIn) ?? 0
    scaler.alertShare = number(.ruleShare) ?? scaler.alertShare
    scaler.stableWindow = nanoseconds(platform, .ruleStable) ?? scaler.stableWindow
    scaler.panicWindow = nanoseconds(platform, .rulePanic) ?? scaler.panicWindow
    scaler.panicThreshold = number(.ruleThreshold) ?? scaler.panicThreshold
    if let zero = nanoseconds(platform, .ruleZeroAfter), zero > 0 { scaler.zeroAfter = zero }
    if scaler.kind == .panic { scaler.target *= number(.ruleShare) ?? 1 }
    if let rule = spec.rule?.value { apply(rule, to: &scaler, platform) }
    return scaler
  }

  private mutating func apply(_ rule: ScalingRule, to scaler: inout ScalerPlan, _ platform: Platform) {
    switch rule {
    case .fixed: scaler.kind = .fixed
    case .target(let target):
      (scaler.kind, scaler.metric, scaler.target) = (.target, ScalingMetric(target.metric), target.value.value)
      apply(target.timing, to: &scaler)
    case .steps(let steps):
      (scaler.kind, scaler.metric) = (.step, ScalingMetric(steps.metric))
      scaler.firstStep = Int32(plan.scalerSteps.count)
      scaler.stepCount = Int32(steps.ladder.count)
      plan.scalerSteps += Self.ladder(steps.ladder)
      apply(steps.timing, to: &scaler)
    case .alert(let alert):
      scaler.kind = .alert
      scaler.target = alert.rate ?? scaler.target
      scaler.alertShare = alert.share ?? scaler.alertShare
      apply(alert.timing, to: &scaler)
    case .panic(let panic):
      if scaler.kind != .panic || panic.concurrency != nil || panic.utilization != nil {
        scaler.target = (panic.concurrency ?? platform.number(.ruleTarget) ?? 100) * (panic.utilization ?? 0.7)
      }
      if scaler.kind != .panic { scaler.period = 2_000_000_000 }
      scaler.kind = .panic
      scaler.stableWindow = panic.stable ?? scaler.stableWindow
      scaler.panicWindow = panic.window ?? scaler.panicWindow
      scaler.panicThreshold = panic.threshold ?? scaler.panicThreshold
      apply(panic.timing, to: &scaler)
    case .jobs(let every):
      scaler.kind = .jobs
      scaler.period = every ?? scaler.period
    }
  }

  /// The steps of a ladder: one that is open above ends where the next begins.
  private static func ladder(_ steps: [ScalingRule.Step]) -> [ScalerStep] {
    steps.map { step in
      let from = step.from ?? -.infinity
      let next = steps.compactMap(\.from).filter { $0 > from }.min()
      return ScalerStep(
        from: from, below: step.below ?? next ?? .infinity, change: Int32(clamping: step.change))
    }
  }

  private func apply(_ timing: ScalingRule.Timing, to scaler: inout ScalerPlan) {
    scaler.period = timing.every ?? scaler.period
    scaler.outPeriods = timing.outPeriods.map { Int32(clamping: $0) } ?? scaler.outPeriods
    scaler.inPeriods = timing.inPeriods.map { Int32(clamping: $0) } ?? scaler.inPeriods
    scaler.coolOut = timing.coolOut ?? scaler.coolOut
    scaler.coolIn = timing.coolIn ?? scaler.coolIn
    scaler.addLimit = timing.addLimit.map { Int32(clamping: $0) } ?? scaler.addLimit
    scaler.zeroAfter = timing.zeroAfter ?? scaler.zeroAfter
  }

  // MARK: - Rows

  /// Adds a group and its schedule; returns its handle.
  mutating func addGroup(
    _ template: GroupPlan, schedule: [GroupSpec.Schedule], every period: Int64?
  ) -> Int32 {
    let handle = Int32(plan.groups.count)
    var group = template
    group.scaler.firstSchedule = Int32(plan.schedules.count)
    group.scaler.scheduleCount = Int32(schedule.count)
    group.scaler.schedulePeriod = period ?? 86_400_000_000_000
    for entry in schedule {
      let minimum = Int32(clamping: entry.minimum.value)
      let maximum = entry.maximum.map { Int32(clamping: $0) } ?? max(group.maximum, minimum)
      plan.schedules.append(GroupSchedule(group: handle, at: entry.at, minimum: minimum, maximum: maximum))
    }
    plan.groups.append(group)
    return handle
  }

  /// The group of a function's provisioned or minimum instances; `nil` if it has none.
  func readyGroup(_ resolved: PlacementResolution.Deployment) -> (plan: GroupPlan, schedule: [GroupSpec.Schedule])? {
    let spec = resolved.spec.platform.group
    guard resolved.group == nil else { return nil }
    var group = GroupPlan()
    group.balancer = .shared
    group.billingMinimum = 0
    group.milliVCPUs = 0
    group.megabytes = Int64(resolved.build.memoryMegabytes.rounded())
    if let provisioned = spec.provisioned?.value {
      group.minimum = Int32(clamping: provisioned.minimum)
      group.maximum = Int32(clamping: provisioned.maximum)
      group.initial = group.minimum
      if let target = provisioned.target {
        (group.scaler.kind, group.scaler.metric, group.scaler.target) = (.target, .utilization, target)
        (group.scaler.outPeriods, group.scaler.inPeriods) = (3, 15)
      }
      return (group, provisioned.schedule)
    }
    guard let minimum = spec.minimum?.value, minimum > 0 else { return nil }
    (group.minimum, group.maximum) = (Int32(clamping: minimum), Int32(clamping: minimum))
    group.initial = group.minimum
    return (group, [])
  }
}

extension LoadBalancing {
  /// The model's balancer for the scenario's word; instances that share their vCPUs have no common line.
  init(_ word: GroupSpec.Balancer?, isSharing: Bool) {
    switch word {
    case .shared, nil: self = isSharing ? .leastOutstanding : .shared
    case .roundRobin: self = .roundRobin
    case .leastOutstanding: self = .leastOutstanding
    case .consistentHash: self = .consistentHash
    }
  }
}

extension ScalingMetric {
  /// The model's metric for the scenario's.
  init(_ metric: ScalingRule.Metric) {
    switch metric {
    case .cpu: self = .cpu
    case .utilization: self = .utilization
    case .cpuOrUtilization: self = .cpuOrUtilization
    case .concurrency: self = .concurrency
    case .requestRate: self = .requestRate
    }
  }
}

extension ScalerKind {
  /// The rule that a catalog entry names.
  init(_ word: String) {
    switch word {
    case "target": self = .target
    case "alert": self = .alert
    case "panic": self = .panic
    case "jobs": self = .jobs
    default: self = .fixed
    }
  }
}

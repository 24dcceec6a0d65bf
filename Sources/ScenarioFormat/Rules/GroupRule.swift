internal import Catalog

/// What is wrong with a group of instances before anything is simulated: sizes that are not sold, bounds that
/// contradict each other, rules that swing for ever.
struct GroupRule {
  let build: GroupBuild?
  let function: FunctionSpec
  let entry: DeploymentSpec
  let platform: Platform
  let lookup: Lookup

  private var group: GroupSpec { entry.platform.group }
  private var problems: Problems { lookup.problems }

  func check() {
    guard let build else { return checkFunctionPlatform() }
    checkSize(build)
    checkBounds()
    checkSharing(build)
    checkSpot()
    if let credits = group.credits, build.instance?.credits == nil {
      let type = build.instance?.name ?? platform.name
      problems.error(
        "credits", at: credits.mark, "'\(type)' has no CPU credits; burstable types are those of the T families")
    }
    if let provisioned = group.provisioned {
      problems.error(
        "provisioned", at: provisioned.mark,
        "'\(platform.name)' starts and stops its instances by a rule; give 'minimum' instead of 'provisioned'")
    }
    refuseLifetimes()
    if case .stepwise = entry.platform.scaling { refuseFunctionScaling() }
    if case .ramp = entry.platform.scaling { refuseFunctionScaling() }
    checkWarmPool()
    ScalingRuleCheck(
      rule: group.rule, bounds: GroupBounds(group, entry.platform, platform), build: build,
      boot: entry.platform.coldStart?.value.mean ?? (platform.number(.sandboxMedian) ?? 0) * 1e6, problems: problems
    ).check()
  }

  /// Stopped instances are kept by groups of servers; tasks start from an image.
  private func checkWarmPool() {
    guard let pool = group.warmPool, platform.behaviour == .container else { return }
    problems.error(
      "not-offered", at: pool.mark,
      "'\(platform.name)' keeps no stopped tasks; a 'warmPool' belongs to server groups (ec2, elastic-beanstalk)")
  }

  private func refuseFunctionScaling() {
    problems.error(
      "scaling", at: entry.platform.name.mark,
      "'burst', 'add' and 'every' say how fast requests may start instances; on '\(platform.name)' a rule does:"
        + " \(Suggestion.list(ScalingRule.names)) or fixed")
  }

  private var name: SourceMark { entry.platform.name.mark }

  /// What is said of instances that requests start means nothing where a rule starts them.
  private func refuseLifetimes() {
    let overrides = entry.platform
    let given: [(String, Bool, String)] = [
      ("keepAlive", overrides.keepAlive != nil, "its rule ends them, at the earliest after 'zeroAfter'"),
      ("maximumAge", overrides.maximumAge != nil, "its rule ends them"),
      ("ping", overrides.ping != nil, "its 'minimum' keeps some warm"),
      ("snapshot", overrides.snapshot != nil, "give 'coldStart' for their start"),
      ("concurrency", overrides.concurrency != nil, "its 'maximum' and 'requestsPerInstance' limit it"),
      ("reserved", overrides.reserved != nil || entry.reserved != nil, "its 'maximum' limits it"),
    ]
    for (key, isGiven, instead) in given where isGiven {
      problems.error(
        "managed", at: name, "'\(platform.name)' starts and stops its instances itself, so '\(key)' is not for it;"
          + " \(instead)")
    }
  }

  /// On a function platform requests start instances; only ready ones can be added.
  private func checkFunctionPlatform() {
    guard !platform.isManaged else { return }
    let given: [(String, SourceMark?)] = [
      ("instance", group.instance?.mark), ("size", group.size?.mark), ("scaling", group.rule?.mark),
      ("balancer", group.balancer?.mark), ("sharing", group.sharing?.mark), ("spot", group.spot?.mark),
      ("credits", group.credits?.mark), ("maximum", group.maximum?.mark), ("initial", group.initial?.mark),
      ("schedule", group.schedule.first?.minimum.mark), ("warmPool", group.warmPool.map { _ in name }),
      ("health", group.health.map { _ in name }), ("scheduleEvery", group.schedulePeriod.map { _ in name }),
    ]
    for case (let key, let mark?) in given {
      problems.error(
        "not-managed", at: mark,
        "'\(key)' belongs to server groups and container clusters; requests start the instances of '\(platform.name)'")
    }
    let ready = platform.words(.keepsReady)
    let way = ready.contains("provisioned") ? "; it keeps instances ready with 'provisioned'"
      : ready.contains("minimum") ? "; it keeps instances ready with 'minimum'" : ""
    for case (let key, let mark?) in [
      ("provisioned", group.provisioned?.mark), ("minimum", group.minimum?.mark),
    ] where !ready.contains(key) && !platform.isIdeal {
      problems.error(
        "not-offered", at: mark, "'\(platform.name)' does not offer '\(key)' instances\(way)",
        notes: platform.value(.keepsReady).map { ["source: \($0.provenance.sentence)"] } ?? [])
    }
    checkMinimum()
    guard let provisioned = group.provisioned else { return }
    checkSchedule(provisioned.value.schedule)
    let reserved = entry.platform.reserved ?? entry.reserved?.value ?? function.reserved?.value
    if let reserved, provisioned.value.most > reserved {
      problems.error(
        "bounds", at: provisioned.mark,
        "\(provisioned.value.most) provisioned instances are more than the reserved concurrency of \(reserved)")
    }
  }

  /// The instances kept ready are among those that the function may have.
  private func checkMinimum() {
    guard let minimum = group.minimum else { return }
    let own = entry.platform.maximumInstances
    let limit = own == nil ? platform.limit(.instancesMaximum) : nil
    guard let most = own ?? limit.map({ Int($0.value) }), minimum.value > most else { return }
    problems.error(
      "bounds", at: minimum.mark, "the minimum of \(minimum.value) instances is above the maximum of \(most)",
      notes: limit.map { ["source: \($0.provenance.sentence)"] } ?? [])
  }

  private func checkSize(_ build: GroupBuild) {
    if let instance = group.instance {
      if !platform.words(.instances).isEmpty, let type = build.instance, !platform.offers(type) {
        problems.error(
          "instance", at: instance.mark,
          "'\(platform.name)' has no '\(type.name)'; it has: \(Suggestion.list(platform.words(.instances)))",
          notes: platform.value(.instances).map { ["source: \($0.provenance.sentence)"] } ?? [])
      } else if platform.behaviour == .container {
        problems.error(
          "instance", at: instance.mark, "tasks on '\(platform.name)' have a 'size' (vcpu, memory), no instance type")
      }
    }
    if let size = group.size { checkTaskSize(size) }
    let memory = (entry.memory ?? function.memory)?.value ?? 0
    if memory > build.memoryMegabytes {
      problems.error(
        "platform-limit", at: entry.function.mark,
        "\(NodeReader.short(memory)) MB of memory do not fit into an instance of"
          + " \(NodeReader.short(build.memoryMegabytes)) MB (\(build.instance?.name ?? "its size"))",
        notes: (build.instance?.provenance).map { ["source: \($0.sentence)"] } ?? [])
    }
  }

  private func checkTaskSize(_ size: Marked<GroupSpec.Size>) {
    let (vcpus, memory) = (size.value.vcpus, size.value.memory)
    guard vcpus > 0 else {
      return problems.error("not-positive", at: size.mark, "a task without vCPUs does no work; give a number above 0")
    }
    let sizes = platform.taskSizes
    guard !sizes.isEmpty, !sizes.contains(where: { $0.vcpus == vcpus && $0.memory == memory })
    else { return }
    func distance(_ other: TaskSize) -> Double {
      let memories = max(other.memory, memory) / min(other.memory, memory)
      return max(other.vcpus, vcpus) / min(other.vcpus, vcpus) * memories
    }
    let nearest = sizes.min { distance($0) < distance($1) }
    let text = nearest.map { "{vcpu: \(NodeReader.short($0.vcpus)), memory: \(NodeReader.short($0.memory)) MB}" } ?? ""
    problems.error(
      "platform-limit", at: size.mark,
      "'\(platform.name)' has no size of \(NodeReader.short(vcpus)) vCPU with \(NodeReader.short(memory)) MB;"
        + " the nearest is \(text)",
      notes: platform.value(.sizes).map { ["source: \($0.provenance.sentence)"] } ?? [])
  }

  private func checkBounds() {
    let bounds = GroupBounds(group, entry.platform, platform)
    if bounds.maximum < bounds.minimum {
      let mark = (group.minimum ?? group.maximum)?.mark ?? entry.platform.name.mark
      problems.error(
        "bounds", at: mark, "the minimum of \(bounds.minimum) instances is above the maximum of \(bounds.maximum)")
    } else if let initial = group.initial, initial.value < bounds.minimum || initial.value > bounds.maximum {
      problems.error(
        "bounds", at: initial.mark,
        "\(initial.value) initial instances are outside the bounds of \(bounds.minimum) to \(bounds.maximum)")
    } else if bounds.initial == 0, bounds.isFixed {
      problems.error(
        "no-capacity", at: (group.initial ?? group.minimum)?.mark ?? entry.platform.name.mark,
        "a fixed group of 0 instances serves nobody; give a minimum above 0, or a scaling rule")
    }
    checkSchedule(group.schedule)
    for entry in group.schedule { check(entry, bounds) }
    checkReturn(bounds)
  }

  /// Only a rule, or a lower maximum, makes a group smaller: a lower minimum alone does not.
  private func checkReturn(_ bounds: GroupBounds) {
    guard bounds.isFixed else { return }
    var size = bounds.initial
    for entry in group.schedule.sorted(by: { $0.at < $1.at }) {
      if entry.maximum == nil, entry.minimum.value < size { return warn(entry) }
      size = min(max(size, entry.minimum.value), entry.maximum ?? .max)
    }
  }

  private func warn(_ entry: GroupSpec.Schedule) {
    problems.warning(
      "schedule", at: entry.minimum.mark,
      "a fixed group keeps its size when its minimum falls to \(entry.minimum.value); give this entry a 'maximum' too,"
        + " or the group a rule")
  }

  /// What a capacity that follows the clock and a group have in common.
  private func checkSchedule(_ schedule: [GroupSpec.Schedule]) {
    for entry in schedule {
      guard let maximum = entry.maximum, maximum < entry.minimum.value else { continue }
      problems.error(
        "bounds", at: entry.minimum.mark, "the minimum of \(entry.minimum.value) is above the maximum of \(maximum)")
    }
  }

  private func check(_ entry: GroupSpec.Schedule, _ bounds: GroupBounds) {
    if entry.maximum == nil, entry.minimum.value > bounds.maximum {
      problems.error(
        "bounds", at: entry.minimum.mark,
        "the minimum of \(entry.minimum.value) from then on is above the group's maximum of \(bounds.maximum); raise"
          + " that, or give this entry a 'maximum'")
    }
    let period = group.schedulePeriod ?? 86_400_000_000_000
    guard entry.at >= period else { return }
    problems.error(
      "schedule", at: entry.minimum.mark,
      "this entry holds from \(NodeReader.short(Double(entry.at) / 3.6e12)) h on, and the schedule begins again every"
        + " \(NodeReader.short(Double(period) / 3.6e12)) h; give an earlier time, or a longer 'scheduleEvery'")
  }

  private func checkSharing(_ build: GroupBuild) {
    if group.sharing?.value == true, let step = function.steps.first(where: \.invokes) {
      problems.error(
        "sharing", at: step.mark,
        "requests that share an instance's vCPUs cannot invoke other functions; leave 'sharing' out, or the step")
    }
    if build.isSharing, let balancer = group.balancer, balancer.value == .shared {
      problems.error(
        "sharing", at: balancer.mark,
        "a shared line belongs to instances with slots: write 'sharing: false', or use round-robin, least-outstanding"
          + " or consistent-hash")
    }
  }

  private func checkSpot() {
    guard let spot = group.spot else { return }
    let bounds = GroupBounds(group, entry.platform, platform)
    if (platform.number(.spotInterruption) ?? 0) <= 0 {
      problems.error("not-offered", at: spot.mark, "'\(platform.name)' sells no spot capacity")
    } else if spot.value.onDemand >= bounds.maximum {
      problems.warning(
        "spot", at: spot.mark,
        "\(spot.value.onDemand) instances on demand come before those on spot capacity, and there are"
          + " \(bounds.maximum) at most, so none is on spot")
    }
  }
}

/// The bounds of a group: the scenario's, else the platform's.
struct GroupBounds {
  let minimum: Int
  let maximum: Int
  let initial: Int
  let isFixed: Bool

  init(_ group: GroupSpec, _ overrides: PlatformSpec, _ platform: Platform) {
    if let rule = group.rule?.value {
      if case .fixed = rule { isFixed = true } else { isFixed = false }
    } else {
      isFixed = (platform.text(.rule) ?? "fixed") == "fixed"
    }
    let most = group.maximum?.value ?? overrides.maximumInstances
    let usual = platform.number(.instancesMinimum).map { Int($0) } ?? 1
    minimum = group.minimum?.value ?? min(usual, most ?? usual)
    let catalogMost = platform.number(.instancesMaximum).map { Int($0) } ?? Int(Int32.max)
    maximum = most ?? max(catalogMost, group.minimum == nil ? usual : min(minimum, catalogMost))
    initial = group.initial?.value ?? minimum
  }
}

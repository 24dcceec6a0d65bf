internal import Catalog

/// What an instance of a group is made of: the type or size chosen, resolved to numbers.
struct GroupBuild {
  let instance: InstanceType?
  let vcpus: Double
  let memoryMegabytes: Double
  /// Requests that an instance serves at once.
  let slots: Int
  /// Whether they share its vCPUs instead of having slots.
  let isSharing: Bool

  /// Duration of work = CPU time on one full vCPU × this: a slot's share of the vCPUs, one at most.
  var workFactor: Double {
    let share = vcpus / Double(max(1, slots))
    return isSharing || share >= 1 || share <= 0 ? 1 : 1 / share
  }

  /// - Returns: `nil` for platforms on which requests start the instances, and where a name is unknown.
  init?(_ entry: DeploymentSpec, _ function: FunctionSpec, _ platform: Platform, _ lookup: Lookup) {
    guard platform.isManaged else { return nil }
    let overrides = entry.platform
    let named = overrides.group.instance
    if let named, lookup.instance(named) == nil { return nil }
    let usual = overrides.group.size == nil ? platform.text(.instanceDefault) : nil
    instance = (named?.value ?? usual).flatMap { lookup.catalog.instance($0) }
    let memory = (entry.memory ?? function.memory)?.value
    let size = overrides.group.size?.value
    let fitting = Self.smallest(of: platform.taskSizes, with: memory ?? 0)
    vcpus = size?.vcpus ?? instance?.vcpus ?? fitting?.vcpus ?? platform.number(.vcpu) ?? 1
    memoryMegabytes =
      size?.memory ?? instance?.memoryMegabytes ?? fitting?.memory ?? platform.number(.memoryMaximum) ?? memory ?? 512
    let isLocal = function.steps.allSatisfy { !$0.invokes }
    isSharing = (overrides.group.sharing?.value ?? platform.flag(.sharing)) && isLocal
    let workers = max(1, (platform.number(.workersPerVCPU) ?? 1) * vcpus)
    let limit = platform.number(.requestsPerInstance).map { Int($0) }
    // Those who share the vCPUs need no slots: as many as come, unless the platform has a limit.
    let places = platform.flag(.sharing) == isSharing ? limit : nil
    slots = overrides.requestsPerInstance?.value ?? places ?? (isSharing ? Int(Int32.max) : Int(workers))
  }

  /// The smallest size that has so much memory, MB.
  private static func smallest(of sizes: [TaskSize], with memory: Double) -> TaskSize? {
    sizes.filter { $0.memory >= memory }.min { ($0.vcpus, $0.memory) < ($1.vcpus, $1.memory) } ?? sizes.last
  }
}

extension StepSpec {
  /// Whether the step invokes another function.
  var invokes: Bool {
    switch kind {
    case .call, .forward: true
    default: false
    }
  }
}

extension Lookup {
  /// An instance type by its name.
  func instance(_ name: Marked<String>) -> InstanceType? {
    if let instance = catalog.instance(name.value) { return instance }
    let known = catalog.instances.map(\.name)
    let nearest = Suggestion.nearest(to: name.value, among: known)
    problems.error(
      "unknown-instance", at: name.mark,
      "there is no instance type '\(name.value.shortened)' in \(catalog.name)"
        + (nearest == nil ? "; 'perigee catalog instances' lists them" : ""), suggestion: nearest)
    return nil
  }
}

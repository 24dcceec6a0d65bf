package import Stochastics

/// What a scenario says of instances that the platform starts and stops: servers, containers, provisioned ones.
package struct GroupSpec: Sendable {
  /// Instance type of the catalog.
  package var instance: Marked<String>?
  /// vCPUs and memory of a task.
  package var size: Marked<Size>?
  /// Fewest instances.
  package var minimum: Marked<Int>?
  /// Most instances.
  package var maximum: Marked<Int>?
  /// Instances at the start.
  package var initial: Marked<Int>?
  /// How the size changes.
  package var rule: Marked<ScalingRule>?
  /// Bounds that hold from certain times on.
  package var schedule: [Schedule] = []
  /// The schedule is repeated after so many ns.
  package var schedulePeriod: Int64?
  /// Who gets the next request.
  package var balancer: Marked<Balancer>?
  /// Whether requests share the vCPUs of their instance.
  package var sharing: Marked<Bool>?
  /// Stopped instances in reserve.
  package var warmPool: WarmPool?
  /// Checks and failures.
  package var health: Health?
  /// Spot capacity, `nil` = on demand.
  package var spot: Marked<Spot>?
  /// What burstable instances do without credits.
  package var credits: Marked<Credits>?
  /// Instances that a function platform keeps ready.
  package var provisioned: Marked<Provisioned>?

  /// vCPUs and memory, MB, of a task.
  package struct Size: Sendable {
    /// vCPUs.
    package var vcpus: Double
    /// MB.
    package var memory: Double
  }

  /// Who gets the next request.
  package enum Balancer: String, Sendable, CaseIterable {
    case shared
    case roundRobin = "round-robin"
    case leastOutstanding = "least-outstanding"
    case consistentHash = "consistent-hash"
  }

  /// From an instant of the schedule's period on, ns, other bounds hold.
  package struct Schedule: Sendable {
    /// ns from the start of the period.
    package var at: Int64
    /// Fewest instances from then on.
    package var minimum: Marked<Int>
    /// Most instances from then on; `nil` = as before.
    package var maximum: Int?
  }

  /// Instances kept stopped, and the time from there into service.
  package struct WarmPool: Sendable {
    /// Where it is written.
    package var mark: SourceMark
    /// Instances kept.
    package var count: Int
    /// Law of the time into service.
    package var start: Marked<Distribution>?
  }

  /// Health checks, and the law of the time to a failure.
  package struct Health: Sendable {
    /// Distance of the checks, ns.
    package var every: Int64?
    /// Checks in a row that must fail.
    package var threshold: Int?
    /// Law of the time to a failure.
    package var failures: Marked<Distribution>?
  }

  /// Spot capacity: instances that are not spot, law of the time to an interruption, notice, ns.
  package struct Spot: Sendable {
    /// Instances that are not spot.
    package var onDemand = 0
    /// Law of the time to a notice.
    package var interruption: Marked<Distribution>?
    /// From the notice to the end, ns.
    package var notice: Int64?
  }

  /// What happens to a burstable instance without credits.
  package enum Credits: String, Sendable, CaseIterable {
    case standard, unlimited
  }

  /// Instances of a function kept ready: a number, or bounds and a target of their utilisation.
  package struct Provisioned: Sendable {
    /// Fewest instances kept ready.
    package var minimum: Int
    /// Most instances kept ready.
    package var maximum: Int
    /// Utilisation that target tracking keeps.
    package var target: Double?
    /// Bounds that hold from certain times on.
    package var schedule: [Schedule] = []
  }

  static let keys: [Key] = [
    Key("instance", .name, "instance type of a server group (m5.large)"),
    Key("size", .object(sizeTable), "vCPUs and memory of a task, as the platform sells them"),
    Key("minimum", .count(minimum: 0), "fewest instances; of a function platform: instances kept ready"),
    Key("maximum", .count(minimum: 1), "most instances"),
    Key("initial", .count(minimum: 0), "instances at the start, ready (the minimum)"),
    Key("schedule", .list(.object(scheduleTable)), "other bounds from certain times on"),
    Key("scheduleEvery", .quantity(.duration), "the schedule is repeated after this (24 h)"),
    Key("balancer", .choice(Balancer.allCases.map(\.rawValue)), "who gets the next request"),
    Key("sharing", .flag, "whether the requests of an instance share its vCPUs equally instead of having slots"),
    Key("warmPool", .object(warmTable), "instances kept stopped, to come into service sooner"),
    Key("health", .object(healthTable), "health checks and failures of instances"),
    Key("spot", .either([.flag, .object(spotTable)]), "spot capacity, which is interrupted"),
    Key("credits", .choice(Credits.allCases.map(\.rawValue)), "without CPU credits (T2: standard, else unlimited)"),
    Key(
      "provisioned", .either([.count(minimum: 1), .object(provisionedTable)]),
      "instances of a function kept ready; further requests are served on demand"),
  ]
  static let sizeTable = KeyTable(
    "a task size",
    [
      .required("vcpu", .number, "vCPUs of a task"), .required("memory", .quantity(.memory), "memory of a task"),
    ])
  static let scheduleTable = KeyTable(
    "an entry of the schedule",
    [
      .required("at", .quantity(.duration), "when it begins to hold, from the start of the schedule's period"),
      .required("minimum", .count(minimum: 0), "fewest instances from then on"),
      Key("maximum", .count(minimum: 0), "most instances from then on (as before)"),
    ])
  static let warmTable = KeyTable(
    "a warm pool",
    [
      .required("size", .count(minimum: 1), "instances kept stopped"),
      Key("start", .law, "time from the warm pool into service (a tenth of the boot's mean)"),
    ])
  static let healthTable = KeyTable(
    "health checks",
    [
      Key("every", .quantity(.duration), "distance of the checks"),
      Key("threshold", .count(minimum: 1), "checks in a row that must fail"),
      Key("failures", .law, "time in service until an instance fails (never)"),
    ])
  static let spotTable = KeyTable(
    "spot capacity",
    [
      Key("onDemand", .count(minimum: 0), "instances that are not spot: the first ones (0)"),
      Key("interruption", .law, "time in service until an instance is told to go"),
      Key("notice", .quantity(.duration), "from the notice until it is gone"),
    ])
  static let provisionedTable = KeyTable(
    "provisioned instances",
    [
      .required("minimum", .count(minimum: 0), "fewest instances kept ready"),
      Key("maximum", .count(minimum: 1), "most instances kept ready (the minimum)"),
      Key("target", .ratio, "utilisation that target tracking keeps (no tracking)"),
      Key("schedule", .list(.object(scheduleTable)), "other bounds from certain times on"),
    ])
}

extension NodeReader {
  /// Reads what a platform says of its group of instances.
  func group(_ map: MappingReader) -> GroupSpec {
    var group = GroupSpec()
    group.instance = map.read("instance", name)
    group.size = map.read("size", size)
    group.minimum = map.read("minimum") { count($0, to: 1_000_000) }
    group.maximum = map.read("maximum") { count($0, from: 1, to: 1_000_000) }
    group.initial = map.read("initial") { count($0, to: 1_000_000) }
    group.schedule = map.read("schedule", schedule) ?? []
    group.schedulePeriod = map.read("scheduleEvery", positiveDuration)?.value
    group.balancer = map.read("balancer") { marked($0, choice($0, words(GroupSpec.Balancer.self))) }
    group.sharing = map.read("sharing") { marked($0, flag($0)) }
    group.warmPool = map.read("warmPool", warmPool)
    group.health = map.read("health", health)
    group.spot = map.read("spot", spot) ?? nil
    group.credits = map.read("credits") { marked($0, choice($0, words(GroupSpec.Credits.self))) }
    group.provisioned = map.read("provisioned", provisioned)
    return group
  }

  private func marked<Value>(_ node: Located, _ value: Value?) -> Marked<Value>? {
    value.map { Marked($0, at: node.mark) }
  }

  private func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> [(String, Word)]
  where Word.RawValue == String {
    Word.allCases.map { ($0.rawValue, $0) }
  }

  private func size(_ node: Located) -> Marked<GroupSpec.Size>? {
    guard let map = mapping(node, GroupSpec.sizeTable), let vcpus = map.read("vcpu", number),
      let memory = map.read("memory", memory)
    else { return nil }
    return Marked(GroupSpec.Size(vcpus: vcpus.value, memory: memory.value), at: node.mark)
  }

  private func schedule(_ node: Located) -> [GroupSpec.Schedule]? {
    list(node, of: "entries with a time")?.compactMap { entry in
      guard let map = mapping(entry, GroupSpec.scheduleTable), let at = map.read("at", duration),
        let minimum = map.read("minimum", { count($0, to: 1_000_000) })
      else { return nil }
      return GroupSpec.Schedule(
        at: at.value, minimum: minimum, maximum: map.read("maximum") { count($0, to: 1_000_000) }?.value)
    }
  }

  private func warmPool(_ node: Located) -> GroupSpec.WarmPool? {
    guard let map = mapping(node, GroupSpec.warmTable),
      let size = map.read("size", { count($0, from: 1, to: 1_000_000) })
    else { return nil }
    return GroupSpec.WarmPool(mark: node.mark, count: size.value, start: map.read("start", law))
  }

  private func health(_ node: Located) -> GroupSpec.Health? {
    guard let map = mapping(node, GroupSpec.healthTable) else { return nil }
    return GroupSpec.Health(
      every: map.read("every", positiveDuration)?.value,
      threshold: map.read("threshold") { count($0, from: 1, to: 1_000) }?.value,
      failures: map.read("failures", law))
  }

  /// Spot capacity; the inner `nil` = it is written that there is none.
  private func spot(_ node: Located) -> Marked<GroupSpec.Spot>?? {
    guard node.entries != nil else {
      return flag(node).map { $0 ? Marked(GroupSpec.Spot(), at: node.mark) : nil }
    }
    guard let map = mapping(node, GroupSpec.spotTable) else { return nil }
    let spot = GroupSpec.Spot(
      onDemand: map.read("onDemand") { count($0, to: 1_000_000) }?.value ?? 0,
      interruption: map.read("interruption", law), notice: map.read("notice", duration)?.value)
    return .some(Marked(spot, at: node.mark))
  }

  private func provisioned(_ node: Located) -> Marked<GroupSpec.Provisioned>? {
    guard node.entries != nil else {
      return count(node, from: 1, to: 1_000_000)?.map { GroupSpec.Provisioned(minimum: $0, maximum: $0) }
    }
    guard let map = mapping(node, GroupSpec.provisionedTable),
      let minimum = map.read("minimum", { count($0, to: 1_000_000) })
    else { return nil }
    let maximum = map.read("maximum") { count($0, from: 1, to: 1_000_000) }
    if let maximum, maximum.value < minimum.value {
      problems.error(
        "bounds", at: maximum.mark, "the maximum of \(maximum.value) is below the minimum of \(minimum.value)")
      return nil
    }
    let target = map.read("target", ratio)
    if let target, target.value == 0 {
      problems.error("not-positive", at: target.mark, "a target of 0 asks for infinitely many instances")
      return nil
    }
    return Marked(
      GroupSpec.Provisioned(
        minimum: minimum.value, maximum: maximum?.value ?? max(1, minimum.value), target: target?.value,
        schedule: map.read("schedule", schedule) ?? []),
      at: node.mark)
  }
}

import Stochastics

/// Instances that the platform, not a request, starts and stops: a server group, a container cluster, the provisioned
/// or minimum instances of a function. One for each deployment whose `group` points here.
package struct GroupPlan: BitwiseCopyable, Sendable {
  /// Who gets the next request.
  package var balancer: LoadBalancing = .shared
  /// Keys that the requests of a consistent-hash balancer carry, each equally often.
  package var keyCount: Int32 = 1000
  /// vCPUs of an instance that its requests share equally, each of them at most one; 0 = a slot has its own share.
  package var sharedCores: Double = 0
  /// Instances at the start, ready, and the bounds that no rule leaves.
  package var initial: Int32 = 1
  /// Fewest instances.
  package var minimum: Int32 = 1
  /// Most instances.
  package var maximum: Int32 = 1
  /// How the size changes.
  package var scaler = ScalerPlan()
  /// Instances kept started but stopped, and how long one of them takes to come into service, ns.
  package var warmCount: Int32 = 0
  /// Law of the time from the warm pool into service, ns.
  package var warmStart: Sampler = .none
  /// Time in service until an instance fails silently, ns; `.none` = never.
  package var failure: Sampler = .none
  /// Distance of health checks, ns (0 = none), and how many in a row must fail until it is replaced.
  package var checkInterval: Int64 = 0
  /// Checks in a row that must fail.
  package var checkThreshold: Int32 = 2
  /// Time in service until a spot instance is told to go, ns; `.none` = nothing is spot.
  package var interruption: Sampler = .none
  /// From the interruption notice until the instance is gone, ns.
  package var notice: Int64 = 120_000_000_000
  /// Instances that are not spot: the first ones.
  package var onDemandBase: Int32 = 0
  /// CPU credits, if any.
  package var credits = CreditPlan()
  /// Instance time is billed from the launch, in multiples of `billingStep`, at least `billingMinimum`; ns.
  package var billingMinimum: Int64 = 0
  /// Step of the bill, ns.
  package var billingStep: Int64 = 1_000_000_000
  /// Size of an instance, 1/1,000 vCPU and MB: for the bill.
  package var milliVCPUs: Int64 = 0
  /// Memory, MB.
  package var megabytes: Int64 = 0

  package init() {}
}

/// Who gets the next request.
package enum LoadBalancing: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// One line before all instances: whoever is free takes the next.
  case shared
  /// In turn, each instance with a line of its own.
  case roundRobin
  /// The instance with the fewest requests in execution and in its line.
  case leastOutstanding
  /// By the request's key: the highest hash of key and instance wins, so that a new instance takes over its share
  /// of the keys only.
  case consistentHash
}

/// CPU credits of burstable instances. One credit is one vCPU at full speed for a minute.
package struct CreditPlan: BitwiseCopyable, Sendable {
  /// vCPUs of an instance; 0 = it has no credits.
  package var vcpus: Double = 0
  /// Credits earned in an hour.
  package var perHour: Double = 0
  /// Most credits kept.
  package var maximum: Double = 0
  /// Launch credits: spent before the others, and beyond the most that are kept.
  package var launch: Double = 0
  /// Whether it goes on at full speed without credits, for a charge.
  package var unlimited = false

  /// vCPUs that the earned credits sustain: the baseline of all vCPUs together.
  package var sustained: Double { perHour / 60 }

  package init() {}
}

/// What a scaling rule looks at.
package enum ScalingMetric: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Share of the vCPUs of the instances in service that is in use, mean over the period: what EC2 and ECS call CPU
  /// utilisation. A request that waits for a store uses none.
  case cpu
  /// Busy slots ÷ slots of the instances in service, mean over the period.
  case utilization
  /// The larger of these two: full places count where the vCPUs are idle.
  case cpuOrUtilization
  /// Requests in execution or waiting, per instance in service, mean over the period.
  case concurrency
  /// Requests per second and instance in service, over the period.
  case requestRate
}

/// The rule by which a group's size changes.
package enum ScalerKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Never, but for schedules.
  case fixed
  /// Towards a target of a metric, in proportion.
  case target
  /// By steps (`Plan.scalerSteps`), according to how far a metric is off.
  case step
  /// By a share of the maximum as long as the rate of all requests is above the target; back to the minimum after.
  case alert
  /// Knative's pod autoscaler: concurrency over a stable and a panic window.
  case panic
  /// As many instances as the jobs that run or wait need.
  case jobs
}

/// Parameters of a scaling rule.
package struct ScalerPlan: BitwiseCopyable, Sendable {
  /// Which rule.
  package var kind: ScalerKind = .fixed
  /// What it looks at.
  package var metric: ScalingMetric = .utilization
  /// What it keeps, or the bound of an alert, 1/s.
  package var target: Double = 0.7
  /// Distance of the evaluations, ns.
  package var period: Int64 = 60_000_000_000
  /// Periods in a row that must call for more, or for less, before the size changes.
  package var outPeriods: Int32 = 1
  /// Periods in a row that call for less.
  package var inPeriods: Int32 = 1
  /// Scaling in is considered when the metric is below this share of the target.
  package var inShare: Double = 0.9
  /// Scaling out is considered when the metric is above this share of the target.
  package var outShare: Double = 1
  /// Rest after scaling out, and after scaling in, ns.
  package var coolOut: Int64 = 0
  /// Rest after scaling in, ns.
  package var coolIn: Int64 = 0
  /// Most instances added, or taken away, by one evaluation.
  package var addLimit: Int32 = .max
  /// Most instances taken away at once.
  package var removeLimit: Int32 = .max
  /// Rows of `Plan.scalerSteps`.
  package var firstStep: Int32 = 0
  /// How many steps.
  package var stepCount: Int32 = 0
  /// Share of the maximum added while an alert fires.
  package var alertShare: Double = 0.2
  /// Windows of the panic rule, ns; it panics when the short window calls for `panicThreshold` times the size.
  package var stableWindow: Int64 = 60_000_000_000
  /// The short window, ns.
  package var panicWindow: Int64 = 6_000_000_000
  /// Times the size at which it panics.
  package var panicThreshold: Double = 2
  /// Most that the panic rule multiplies, or divides, the size by in one evaluation.
  package var upRate: Double = 1000
  /// Most it divides the size by.
  package var downRate: Double = 2
  /// Time without requests after which a group with a minimum of 0 goes to 0, ns; `Int64.max` = never.
  package var zeroAfter: Int64 = .max
  /// Rows of `Plan.schedules`, repeated every `schedulePeriod` ns (0 = once).
  package var firstSchedule: Int32 = 0
  /// How many entries.
  package var scheduleCount: Int32 = 0
  /// Length of the schedule, ns.
  package var schedulePeriod: Int64 = 0

  package init() {}
}

/// One step of a step rule: holds when the metric is at least `from` and below `below`.
package struct ScalerStep: BitwiseCopyable, Sendable {
  /// Holds from here on.
  package var from: Double
  /// Holds below this.
  package var below: Double
  /// Instances to add; negative to take away.
  package var change: Int32

  package init(from: Double, below: Double, change: Int32) {
    self.from = from
    self.below = below
    self.change = change
  }
}

/// From an instant on, other bounds hold for a group.
package struct GroupSchedule: BitwiseCopyable, Sendable {
  /// Row of `Plan.groups`.
  package var group: Int32
  /// ns from the start of the schedule's period.
  package var at: Int64
  /// Fewest instances.
  package var minimum: Int32
  /// Most instances.
  package var maximum: Int32

  package init(group: Int32, at: Int64, minimum: Int32, maximum: Int32) {
    self.group = group
    self.at = at
    self.minimum = minimum
    self.maximum = maximum
  }
}

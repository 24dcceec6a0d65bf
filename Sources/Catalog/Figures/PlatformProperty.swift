/// Everything that can be said of a platform, with the one unit it is said in.
package enum PlatformProperty: String, Sendable, CaseIterable {
  /// Another platform whose properties hold where this one states none.
  case like
  /// `function` or `isolate`.
  case behaviour
  /// `aws`, `cloudflare`, …, or `any` for software that runs anywhere.
  case provider
  /// Kinds of places that can host it, separated by spaces.
  case sites
  /// Whose edge it runs at: `cloudfront` or `cloudflare`.
  case network
  case memoryMinimum = "memory_minimum"
  case memoryMaximum = "memory_maximum"
  case memoryStep = "memory_step"
  case memoryDefault = "memory_default"
  /// The only memory sizes that it sells, MB, separated by spaces, in ascending order.
  case memorySizes = "memory_sizes"
  /// Memory that comes with one full vCPU, MB. Absent where the share does not depend on memory.
  case megabytesPerVCPU = "megabytes_per_vcpu"
  /// Processor speed of one full vCPU, MHz, where `processor_speeds` gives the share that comes with a memory.
  case megahertzPerVCPU = "megahertz_per_vcpu"
  /// vCPUs whatever the memory.
  case vcpu
  case timeoutMaximum = "timeout_maximum"
  case timeoutDefault = "timeout_default"
  /// Longest CPU time of one execution, ms.
  case cpuTimeMaximum = "cpu_time_maximum"
  case packageMaximum = "package_maximum"
  case imageMaximum = "image_maximum"
  /// Share of a container image's bytes that an instance needs before it can start, 0 … 1; absent: all.
  case imageShare = "image_share"
  /// Share of a package's bytes that an instance finds in its site's cache once another has loaded it, 0 … 1.
  case cacheShare = "cache_share"
  case cacheBandwidth = "cache_bandwidth"
  /// Ephemeral storage of an instance: what comes with it, and the most that can be asked for.
  case ephemeralIncluded = "ephemeral_included"
  case ephemeralMaximum = "ephemeral_maximum"
  case requestMaximum = "request_maximum"
  case responseMaximum = "response_maximum"
  /// Requests per second that an account may send to a region.
  case requestRateMaximum = "request_rate_maximum"
  /// Time over which these requests are counted; a second unless told otherwise.
  case requestRateWindow = "request_rate_window"
  /// Whether a function may call others (1) or not (0).
  case outboundCalls = "outbound_calls"
  case accountConcurrency = "account_concurrency"
  /// Name of the account whose concurrency it shares with other platforms of the provider; absent: its own name.
  case account
  /// Concurrency that reservations must leave to the functions without one.
  case unreservedMinimum = "unreserved_minimum"
  case instancesMaximum = "instances_maximum"
  /// Most GPUs of an instance; 0 = none is sold.
  case gpuMaximum = "gpu_maximum"
  /// Most instances of all functions that a site keeps.
  case instancesPerSite = "instances_per_site"
  /// Memory for the instances of all functions that a site has.
  case memoryPerSite = "memory_per_site"
  /// Memory that an instance takes of it; absent: the function's memory.
  case footprint
  case requestsPerInstance = "requests_per_instance"
  case requestsPerInstanceMaximum = "requests_per_instance_maximum"
  /// `throttle` or `queue`: what happens to a request without room, and how many wait at most.
  case whenFull = "when_full"
  case queueMaximum = "queue_maximum"
  /// Executions of a function in one chain of calls at which the chain is stopped.
  case recursionMaximum = "recursion_maximum"
  /// Idle time after which an instance goes, s. Absent: never.
  case keepAlive = "keep_alive"
  /// Measured law of the keep-alive, by its name in `keep_alive_laws`, instead of the constant.
  case keepAliveLaw = "keep_alive_law"
  /// Age after which an instance is replaced, s. Absent: never.
  case maximumAge = "maximum_age"
  /// Which idle instance serves: as the scenario language names it.
  case selection
  /// `unlimited`, `ramp` or `stepwise`.
  case scaling
  case scalingInitial = "scaling_initial"
  case scalingAdd = "scaling_add"
  case scalingEvery = "scaling_every"
  /// The platform's own latency of an invocation, ms; lognormal.
  case overheadMedian = "overhead_median"
  case overheadP99 = "overhead_p99"
  /// Time to get a sandbox or an isolate, before any code is there, ms; lognormal.
  case sandboxMedian = "sandbox_median"
  case sandboxP99 = "sandbox_p99"
  /// Speed at which a package arrives at a new sandbox and is loaded.
  case downloadBandwidth = "download_bandwidth"
  /// Restore from a snapshot instead of runtime and function initialisation: time, ms, lognormal, and speed by size.
  case snapshotMedian = "snapshot_median"
  case snapshotP99 = "snapshot_p99"
  case snapshotBandwidth = "snapshot_bandwidth"
  /// Families of runtimes that can be restored.
  case snapshotRuntimes = "snapshot_runtimes"
  /// What cannot be had together with a restore: `provisioned`, `ephemeral` (more than what is included).
  case snapshotExcludes = "snapshot_excludes"
  /// Whether a new instance starts its runtime (1, the default for functions) or not (0).
  case runtimeStarts = "runtime_starts"
  /// Whether a start overlaps the caller's TLS handshake.
  case overlapsHandshake = "overlaps_handshake"
  /// Instance types that a server group may have, by name or family, and the one it has unless told otherwise.
  case instances
  case instanceDefault = "instance_default"
  /// Task sizes as `vCPU:memory|memory` or `vCPU:least-most/step`, MB, separated by spaces.
  case sizes
  /// Requests that an instance serves at once for each of its vCPUs.
  case workersPerVCPU = "workers_per_vcpu"
  /// Whether the requests of an instance share its vCPUs equally (1) or have slots (0).
  case sharing
  /// `shared`, `round-robin`, `least-outstanding` or `consistent-hash`.
  case balancer
  /// Instances at least, and whether a function platform keeps some ready: `minimum`, `provisioned`.
  case instancesMinimum = "instances_minimum"
  case keepsReady = "keeps_ready"
  /// The rule of a group's size: `fixed`, `target`, `steps`, `alert`, `panic` or `jobs`, and its parameters.
  case rule
  /// `cpu`, `utilization`, `cpu-or-utilization`, `concurrency` or `request-rate`.
  case ruleMetric = "rule_metric"
  case ruleTarget = "rule_target"
  case ruleEvery = "rule_every"
  case ruleOutPeriods = "rule_out_periods"
  case ruleInPeriods = "rule_in_periods"
  case ruleCoolOut = "rule_cool_out"
  case ruleCoolIn = "rule_cool_in"
  case ruleShare = "rule_share"
  case ruleStable = "rule_stable"
  case rulePanic = "rule_panic"
  case ruleThreshold = "rule_threshold"
  case ruleZeroAfter = "rule_zero_after"
  /// Health checks: distance, and how many in a row must fail.
  case healthEvery = "health_every"
  case healthThreshold = "health_threshold"
  /// Spot capacity: mean time to an interruption, and the notice.
  case spotInterruption = "spot_interruption"
  case spotNotice = "spot_notice"
  /// Least time of an instance that is billed.
  case instanceBillingMinimum = "instance_billing_minimum"
  /// Families of runtimes, separated by spaces, or `any`.
  case runtimes
  case architectures
  case billingGranularity = "billing_granularity"
  case billingMinimum = "billing_minimum"
  case billsInitialisation = "bills_initialisation"
  /// Whether an instance that serves several requests at once is billed once for all of them.
  case billsActiveTime = "bills_active_time"
  /// Memory is billed in multiples of this.
  case billedMemoryStep = "billed_memory_step"
  /// Processor speed that comes with a memory and is billed, as `MB:MHz` separated by spaces, in ascending order.
  case processorSpeeds = "processor_speeds"
  /// Service whose rows of the price list hold.
  case priceKey = "price_key"
  /// Prefix of the meters that it counts.
  case meter
  /// Meter of hours that each region where it is used stands for, whatever the usage.
  case standingMeter = "standing_meter"
  /// Names by which others know it, separated by spaces; a scenario that uses one is told the right one.
  case also

  /// The unit of its numbers; nil for a word; empty for a bare number such as a flag.
  package var unit: String? {
    switch self {
    case .instances, .instanceDefault, .sizes, .balancer, .keepsReady, .rule, .ruleMetric: nil
    case .ruleEvery, .ruleCoolOut, .ruleCoolIn, .ruleStable, .rulePanic, .ruleZeroAfter, .healthEvery,
      .spotInterruption, .spotNotice, .instanceBillingMinimum:
      "s"
    case .workersPerVCPU, .instancesMinimum, .ruleOutPeriods, .ruleInPeriods, .healthThreshold: "count"
    case .sharing, .ruleTarget, .ruleShare, .ruleThreshold: ""
    case .like, .also, .behaviour, .provider, .sites, .network, .selection, .scaling, .runtimes, .architectures,
      .priceKey, .meter, .standingMeter, .keepAliveLaw, .whenFull, .snapshotRuntimes, .snapshotExcludes, .account,
      .processorSpeeds, .memorySizes:
      nil
    case .memoryMinimum, .memoryMaximum, .memoryStep, .memoryDefault, .megabytesPerVCPU, .packageMaximum,
      .imageMaximum, .requestMaximum, .responseMaximum, .ephemeralIncluded, .ephemeralMaximum, .memoryPerSite,
      .footprint, .billedMemoryStep:
      "MB"
    case .timeoutMaximum, .timeoutDefault, .keepAlive, .maximumAge, .scalingEvery, .requestRateWindow: "s"
    case .cpuTimeMaximum, .overheadMedian, .overheadP99, .sandboxMedian, .sandboxP99, .billingGranularity,
      .billingMinimum, .snapshotMedian, .snapshotP99:
      "ms"
    case .requestRateMaximum: "1/s"
    case .megahertzPerVCPU: "MHz"
    case .vcpu, .accountConcurrency, .gpuMaximum, .unreservedMinimum, .instancesMaximum, .instancesPerSite,
      .requestsPerInstance, .requestsPerInstanceMaximum, .queueMaximum, .recursionMaximum, .scalingInitial, .scalingAdd:
      "count"
    case .downloadBandwidth, .cacheBandwidth, .snapshotBandwidth: "Mbit/s"
    case .imageShare, .cacheShare, .outboundCalls, .runtimeStarts, .overlapsHandshake, .billsInitialisation,
      .billsActiveTime:
      ""
    }
  }
}

extension PlatformProperty {
  /// Whether its numbers are shares from 0 to 1.
  var isShare: Bool { self == .imageShare || self == .cacheShare }
}

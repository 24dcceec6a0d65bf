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
  /// Memory that comes with one full vCPU, MB. Absent where the share does not depend on memory.
  case megabytesPerVCPU = "megabytes_per_vcpu"
  /// vCPUs whatever the memory.
  case vcpu
  case timeoutMaximum = "timeout_maximum"
  case timeoutDefault = "timeout_default"
  /// Longest CPU time of one execution, ms.
  case cpuTimeMaximum = "cpu_time_maximum"
  case packageMaximum = "package_maximum"
  case imageMaximum = "image_maximum"
  case requestMaximum = "request_maximum"
  case responseMaximum = "response_maximum"
  case requestRateMaximum = "request_rate_maximum"
  /// Whether a function may call others (1) or not (0).
  case outboundCalls = "outbound_calls"
  case accountConcurrency = "account_concurrency"
  case instancesMaximum = "instances_maximum"
  case requestsPerInstance = "requests_per_instance"
  /// Idle time after which an instance goes, s. Absent: never.
  case keepAlive = "keep_alive"
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
  /// Whether a new instance starts its runtime (1, the default for functions) or not (0).
  case runtimeStarts = "runtime_starts"
  /// Whether a start overlaps the caller's TLS handshake.
  case overlapsHandshake = "overlaps_handshake"
  /// Families of runtimes, separated by spaces, or `any`.
  case runtimes
  case architectures
  case billingGranularity = "billing_granularity"
  case billingMinimum = "billing_minimum"
  case billsInitialisation = "bills_initialisation"
  /// Service whose rows of the price list hold.
  case priceKey = "price_key"
  /// Prefix of the meters that it counts.
  case meter

  /// The unit of its numbers; nil for a word; empty for a bare number such as a flag.
  package var unit: String? {
    switch self {
    case .like, .behaviour, .provider, .sites, .network, .selection, .scaling, .runtimes, .architectures,
      .priceKey, .meter:
      nil
    case .memoryMinimum, .memoryMaximum, .memoryStep, .memoryDefault, .megabytesPerVCPU, .packageMaximum,
      .imageMaximum, .requestMaximum, .responseMaximum:
      "MB"
    case .timeoutMaximum, .timeoutDefault, .keepAlive, .scalingEvery: "s"
    case .cpuTimeMaximum, .overheadMedian, .overheadP99, .sandboxMedian, .sandboxP99, .billingGranularity,
      .billingMinimum:
      "ms"
    case .requestRateMaximum: "1/s"
    case .vcpu, .accountConcurrency, .instancesMaximum, .requestsPerInstance, .scalingInitial, .scalingAdd:
      "count"
    case .downloadBandwidth: "Mbit/s"
    case .outboundCalls, .runtimeStarts, .overlapsHandshake, .billsInitialisation: ""
    }
  }
}

import Stochastics

/// Which idle instance serves the next request.
package enum InstanceSelection: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// By time of creation.
  case newest, oldest
  /// By time of last use.
  case mostRecentlyUsed, leastRecentlyUsed
  case random
}

/// An API front: a token bucket, a time-out and a latency of its own, at a site.
package struct FrontPlan: BitwiseCopyable, Sendable {
  package var site: Int32
  /// Time that the front adds to a request, ns.
  package var overhead: Sampler = .none
  /// Token bucket: time to earn a token, ns (0 = no limit), and how many it holds.
  package var nanosecondsPerToken: Int64 = 0
  package var burst: Int64 = 0
  /// Longest wait for the function behind it, ns.
  package var timeout: Int64 = .max

  package init(site: Int32) { self.site = site }
}

/// A limit on concurrency that the functions of a region share.
package struct AccountPlan: BitwiseCopyable, Sendable {
  package var concurrencyLimit: Int32

  package init(concurrencyLimit: Int32) { self.concurrencyLimit = concurrencyLimit }
}

/// Requests in a time that a platform takes at a site's region, whatever their concurrency: a token bucket.
package struct RateLimitPlan: BitwiseCopyable, Sendable {
  /// Time to earn a token, ns, and how many the bucket holds.
  package var nanosecondsPerToken: Int64
  package var burst: Int64

  package init(nanosecondsPerToken: Int64, burst: Int64) {
    self.nanosecondsPerToken = nanosecondsPerToken
    self.burst = burst
  }
}

/// How fast a pool's instances may grow.
package enum ScalingKind: UInt8, BitwiseCopyable, Sendable {
  case unlimited
  /// `initial` instances at once, then `add` more in each `every`; what is not used is not carried over.
  /// (AWS Lambda since November 2023: 1,000 every 10 s for each function.)
  case stepwise
  /// A ceiling of `initial` that rises by `add` every `every` once the ceiling has been hit.
  /// (AWS Lambda before: 3,000, then 500 a minute.)
  case ramp
  /// Requests start no instance: the platform does (see `GroupPlan`).
  case managed
}

/// What happens to a request that finds no instance and no room for one.
package enum FullPolicy: UInt8, BitwiseCopyable, Sendable {
  case throttle
  case queue
}

/// One function on one platform at one site: a pool of instances.
package struct DeploymentPlan: BitwiseCopyable, Sendable {
  package var function: Int32
  package var site: Int32
  package var account: Int32 = none
  /// Account whose concurrency the instances of a group take up as long as they are there, in use or not.
  package var allocates: Int32 = none
  /// Row of `Plan.rateLimits`.
  package var rateLimit: Int32 = none
  /// Row of `Plan.groups`, for instances that the platform starts and stops.
  package var group: Int32 = none
  /// Deployment at the same site that takes what finds no room here (on-demand beside provisioned instances).
  package var overflow: Int32 = none
  package var selection: InstanceSelection = .mostRecentlyUsed
  package var whenFull: FullPolicy = .throttle
  package var scaling: ScalingKind = .unlimited
  /// Whether a new instance starts while the caller's TLS handshake is still under way (isolates).
  package var overlapsHandshake = false
  package var billsInitialisation = false
  /// Whether an instance's time is billed while it serves anything, once for all requests that it serves at a time,
  /// instead of the time of each request.
  package var billsActiveTime = false
  package var scalingInitial: Int32 = 0
  package var scalingAdd: Int32 = 0
  package var scalingEvery: Int64 = 0
  /// Most requests that wait when `whenFull` is `queue`.
  package var queueCapacity: Int32 = .max
  /// Most instances of this pool (reserved concurrency ÷ requests per instance).
  package var maximumInstances: Int32 = .max
  package var requestsPerInstance: Int32 = 1
  /// Idle time after which an instance is reclaimed, ns.
  package var keepAlive: Int64 = .max
  /// Row of `lifetimes`: what ends idle instances instead of `keepAlive` alone.
  package var lifetime: Int32 = none
  /// Memory that an instance takes of its site's `memoryCapacity`, MB; 0 = it does not count.
  package var footprint: Int64 = 0
  /// Processors that an instance takes of its site's `processorCapacity`, thousandths of a vCPU; 0 = none.
  package var processors: Int64 = 0
  /// Row of `packageCaches`: what shortens `download` once a package has been there.
  package var packageCache: Int32 = none
  /// Invocations of this function in one chain of calls at which the platform stops the chain; 0 = never.
  package var recursionLimit: Int32 = 0
  /// Platform's own latency of any invocation, ns.
  package var overhead: Sampler = .none
  /// Cold start: sandbox, code download, runtime initialisation, function initialisation, ns.
  package var sandbox: Sampler = .none
  package var download: Int64 = 0
  package var runtimeInit: Sampler = .none
  package var functionInit: Sampler = .none
  /// Extra time of an instance's first invocation, ns.
  package var firstInvocation: Sampler = .none
  /// Work of an instance's first invocation instead of the first `work` step, ns; `.none` = the same work.
  package var firstWork: Sampler = .none
  /// Duration of work = CPU time on one full vCPU × this.
  package var workFactor: Double = 1
  /// Longest execution, ns.
  package var timeout: Int64 = .max
  /// Most CPU time of an execution, ns.
  package var cpuLimit: Int64 = .max
  package var memoryMegabytes: Int64 = 128
  /// Ephemeral storage that is billed, MB.
  package var ephemeralMegabytes: Int64 = 0
  /// Executions are billed in multiples of this, ns, and at least `minimumBilled`.
  package var billingGranularity: Int64 = 1_000_000
  package var minimumBilled: Int64 = 0
  /// Bytes of the answer (to a caller that is a function; clients' sizes are in `TargetPlan`).
  package var firstStep: Int32 = 0
  package var stepCount: Int32 = 0
  /// Whether a step invokes another function, so that the length of an execution is not known when it starts.
  package var invokes = false

  package init(function: Int32, site: Int32) {
    self.function = function
    self.site = site
  }

  /// The account whose concurrency its requests, or its instances, take up.
  package var sharedAccount: Int32 { account >= 0 ? account : allocates }
}

/// What a function does, step by step.
package enum StepKind: UInt8, BitwiseCopyable, Sendable {
  /// CPU time drawn from `sampler`, scaled by the deployment's `workFactor`.
  case work
  /// Idle time drawn from `sampler`.
  case wait
  case read
  case write
  /// Invokes another function and waits for its answer.
  case call
  /// Hands the request over: this instance is released, the answer comes from the other function.
  case forward
}

/// One step of a program. Programs are compiled per deployment, so paths are resolved.
package struct StepPlan: BitwiseCopyable, Sendable {
  package var kind: StepKind
  package var sampler: Sampler = .none
  /// How many times, one after another or, if `parallel`, all at once.
  package var count: Int32 = 1
  package var parallel = false
  /// Row of `stores` (read, write).
  package var store: Int32 = none
  /// Path to the store (read, write).
  package var path: Int32 = none
  /// Row of `routes` (call, forward).
  package var route: Int32 = none
  package var requestBytes: Int64 = 0
  package var responseBytes: Int64 = 0
  /// Longest wait for one attempt of a call or an operation, ns, and attempts in all.
  package var timeout: Int64 = .max
  package var attempts: Int32 = 1
  /// Billable units of one read or write (item size ÷ unit size, rounded up).
  package var units: Int64 = 1

  package init(kind: StepKind) { self.kind = kind }
}

/// A store as functions see it in this version: a service at a site, with the latency of its operations.
package struct StorePlan: BitwiseCopyable, Sendable {
  package var site: Int32

  package init(site: Int32) { self.site = site }
}

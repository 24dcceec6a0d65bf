import Stochastics

/// What ends an idle instance where one constant keep-alive does not say it all.
package enum LifetimeKind: UInt8, BitwiseCopyable, Sendable {
  /// After the deployment's `keepAlive`.
  case fixed
  /// After a time drawn from `law` anew each time an instance becomes idle.
  case law
  /// By the function's own history of idle times: `LifetimePlan.histogram`.
  case hybrid
  /// Only when its site needs the memory: the lowest priority = clock + frequency × cost ÷ size goes first.
  case greedyDual
}

/// The hybrid histogram policy (Shahrad et al., "Serverless in the Wild", USENIX ATC 2020), without its time-series
/// forecast for functions whose idle times lie beyond the histogram.
package struct HistogramPlan: BitwiseCopyable, Sendable {
  /// Width of a bin, ns, and number of bins: their product is the range.
  package var bin: Int64 = 60_000_000_000
  package var binCount: Int32 = 240
  /// Percentiles of the idle times, 0 … 1, between which the next request is expected.
  package var head: Double = 0.05
  package var tail: Double = 0.99
  /// By which share the time before the pre-warming shrinks and the time after it grows.
  package var margin: Double = 0.1
  /// Fewest idle times for a verdict.
  package var samples: Int32 = 10
  /// Least coefficient of variation of the bins' counts: a flat histogram says nothing.
  package var variation: Double = 2
  /// Greatest share of idle times beyond the range.
  package var beyond: Double = 0.5
  /// Keep-alive without a verdict, ns.
  package var fallback: Int64 = 600_000_000_000

  package init() {}
}

/// A policy of instance life times, shared by any number of deployments.
package struct LifetimePlan: BitwiseCopyable, Sendable {
  /// What ends an idle instance.
  package var kind: LifetimeKind
  /// Idle times, ns, where `kind` is `law`.
  package var law: Sampler = .none
  /// Age after which an instance is not used again, ns: it goes when it becomes idle.
  package var maximumAge: Int64 = .max
  /// Parameters where `kind` is `hybrid`.
  package var histogram = HistogramPlan()

  package init(_ kind: LifetimeKind) { self.kind = kind }
}

/// Invocations on a schedule that keep instances warm: the function sees that it is a ping and returns at once. They
/// are executed and billed, and no client waits for them.
package struct PingPlan: BitwiseCopyable, Sendable {
  /// Row of `deployments`.
  package var deployment: Int32
  /// Time between two rounds, ns, and when the first one comes.
  package var every: Int64
  package var first: Int64
  /// Pings of a round, all at once: each needs an instance of its own.
  package var count: Int32 = 1
  /// How long the function takes to notice, ns.
  package var work: Int64 = 1_000_000
  /// Identity of its stream of luck.
  package var entity: UInt64 = 0

  package init(deployment: Int32, every: Int64, first: Int64) {
    self.deployment = deployment
    self.every = every
    self.first = first
  }
}

/// A cache of packages at a site: the first instance downloads, later ones find part of the bytes near by.
package struct PackageCachePlan: BitwiseCopyable, Sendable {
  /// What `DeploymentPlan.download` is for an instance that finds the cache filled, ns.
  package var cachedDownload: Int64
  /// How long the cache keeps a package that nobody asks for, ns.
  package var retention: Int64

  package init(cachedDownload: Int64, retention: Int64 = .max) {
    self.cachedDownload = cachedDownload
    self.retention = retention
  }
}

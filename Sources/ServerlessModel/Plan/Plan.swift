import Stochastics

/// Everything one placement needs to run, compiled: flat tables of plain values addressed by `Int32` handles.
///
/// Times are integer nanoseconds, sizes integer bytes. `-1` as a handle means "none". Names live only in `names`.
package struct Plan: Sendable {
  /// Seed of all random streams.
  package var seed: UInt64 = 1
  /// When the run stops, ns.
  package var horizon: Int64 = 0
  /// Requests sent before this instant are simulated but not measured, ns.
  package var warmUp: Int64 = 0
  /// Width of an interval of the time series, ns.
  package var interval: Int64 = 60_000_000_000
  /// Compiled probability laws; every `Sampler` of the plan points in here.
  package var samplers = SamplerTables()

  package var sites: [SitePlan] = []
  package var clients: [ClientsPlan] = []
  package var origins: [OriginPlan] = []
  package var sources: [SourcePlan] = []
  package var targets: [TargetPlan] = []
  package var rateSteps: [RateStep] = []
  package var instants: [Int64] = []
  package var routes: [RoutePlan] = []
  package var candidates: [CandidatePlan] = []
  package var healths: [HealthPlan] = []
  package var sicknesses: [SicknessPlan] = []
  package var paths: [PathPlan] = []
  package var faults: [FaultInterval] = []
  /// Links that messages share, and which of them each way crosses.
  package var links: [LinkPlan] = []
  package var linkUses: [LinkUsePlan] = []
  package var siteEvents: [SiteEvent] = []
  package var fronts: [FrontPlan] = []
  package var deployments: [DeploymentPlan] = []
  /// vCPUs of an instance of each deployment: read when results are printed, never by the event loop. The requests
  /// that an instance has at once do not share them (groups apart).
  package var instanceProcessors: [Double] = []
  package var accounts: [AccountPlan] = []
  package var rateLimits: [RateLimitPlan] = []
  /// Life-time policies, warming pings and package caches.
  package var lifetimes: [LifetimePlan] = []
  package var pings: [PingPlan] = []
  package var packageCaches: [PackageCachePlan] = []
  /// Groups of instances, the steps of their rules, and their schedules.
  package var groups: [GroupPlan] = []
  /// Steps of all step rules.
  package var scalerSteps: [ScalerStep] = []
  /// Entries of all schedules.
  package var schedules: [GroupSchedule] = []
  package var steps: [StepPlan] = []
  package var stores: [StorePlan] = []
  package var functionCount = 0
  package var names = PlanNames()
  package var billing = BillingPlan()

  package init() {}

  /// Adds a law, in nanoseconds, and returns its handle.
  package mutating func sampler(_ law: Distribution) -> Sampler { samplers.add(law) }
}

/// The strings of a plan: read when results are printed, never by the event loop.
package struct PlanNames: Sendable {
  package var placement = ""
  package var sites: [String] = []
  package var clients: [String] = []
  /// City (or site) of each origin.
  package var origins: [String] = []
  package var functions: [String] = []
  /// Platform name of each deployment; after a slash its variant, and `(ready)` after instances kept ready.
  package var platforms: [String] = []
  package var stores: [String] = []
  package var fronts: [String] = []
  /// Site of each link, and whether it leads into the site.
  package var links: [(site: String, isInward: Bool)] = []

  package init() {}

  /// What tells a deployment apart from others of its function at the same site: `/variant`, ` (ready)`, both or
  /// neither.
  package func part(of deployment: Int) -> String {
    guard deployment < platforms.count else { return "" }
    return String(platforms[deployment].drop { $0 != "/" && $0 != " " })
  }
}

/// A handle that points at nothing.
package let none: Int32 = -1

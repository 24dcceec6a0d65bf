import ServerlessModel
import SimulationKernel

extension PlanBuilder {
  /// Gives some of the deployments of a plan life-time policies, pings, package caches and a share of their site's
  /// memory, by luck that leaves the rest of the plan as it is.
  mutating func addPolicies(_ luck: Luck) {
    func unit(_ row: Int, _ purpose: UInt64) -> Double {
      luck.nested(UInt64(row) + 9_000_000).bits(purpose).unitInterval
    }
    var law = LifetimePlan(.law)
    law.law = plan.sampler(.exponential(mean: 4e9))
    law.maximumAge = s(15)
    var hybrid = LifetimePlan(.hybrid)
    hybrid.histogram.bin = s(0.2)
    hybrid.histogram.binCount = 20
    hybrid.histogram.samples = 2
    hybrid.histogram.variation = 0.5
    hybrid.histogram.fallback = s(2)
    plan.lifetimes = [LifetimePlan(.fixed), law, hybrid, LifetimePlan(.greedyDual)]
    plan.packageCaches = [PackageCachePlan(cachedDownload: ms(10), retention: s(20))]
    for row in plan.sites.indices where unit(row, 1) < 0.3 {
      plan.sites[row].memoryCapacity = 100 + Int64(unit(row, 2) * 900)
      plan.sites[row].eviction = unit(row, 3) < 0.5 ? .greedyDual : .leastRecentlyUsed
    }
    for row in plan.deployments.indices where plan.deployments[row].group < 0 && unit(row, 4) < 0.6 {
      plan.deployments[row].lifetime = Int32(unit(row, 5) * 4)
      if unit(row, 6) < 0.7 { plan.deployments[row].footprint = 100 }
      if unit(row, 7) < 0.3 {
        plan.deployments[row].packageCache = 0
        plan.deployments[row].download = ms(200)
      }
      guard unit(row, 8) < 0.3 else { continue }
      var ping = PingPlan(deployment: Int32(row), every: s(500), first: s(3))
      ping.count = 2
      plan.pings.append(ping)
    }
  }
}

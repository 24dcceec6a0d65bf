import ServerlessModel
import Statistics

/// What the counts of a deployment are in the unit of a meter.
extension Metering {
  /// Usage of a deployment in the unit of a meter.
  ///
  /// - Parameter instances: how many instances there were over the measured time.
  static func use(
    _ quantity: DeploymentQuantity, _ plan: Plan, _ row: Int, _ counts: DeploymentCounts, _ instances: LevelHistogram
  ) -> (Int128, String) {
    let deployment = plan.deployments[row]
    let group = deployment.group >= 0 ? plan.groups[Int(deployment.group)] : GroupPlan()
    func time(_ isSpot: Bool) -> Int128 { (isSpot ? counts.spotBilledTime : counts.billedTime) / 1_000_000 }
    func billed(times factor: Int64) -> Int128 {
      product(product(Int128(counts.billedGranules), deployment.billingGranularity / 1_000_000), factor)
    }
    switch quantity {
    case .instanceTime: return (time(false), "ms")
    case .spotInstanceTime: return (time(true), "ms")
    case .instanceProcessors(let spot): return (product(time(spot), Int64(group.milliVCPUs)), "vCPU-us")
    case .instanceMemory(let spot): return (product(time(spot), Int64(group.megabytes)), "MB-ms")
    case .surplusCredits: return (Int128(counts.surplusCredits) / 1_000_000, "vCPU-ms")
    case .invocations: return (Int128(counts.invocations) + Int128(counts.pings), "request")
    case .processorTime: return (Int128(counts.cpuTime) / 1_000, "us")
    case .memoryTime: return (billed(times: Int64(deployment.memoryMegabytes)), "MB-ms")
    case .ephemeralTime: return (billed(times: Int64(deployment.ephemeralMegabytes)), "MB-ms")
    case .allocatedTime(let thousandths): return (billed(times: thousandths), "vCPU-us")
    case .clockTime(let megahertz): return (billed(times: megahertz), "GHz-us")
    case .keptProcessors(let thousandths): return (product(instances.area / 1_000_000, thousandths), "vCPU-us")
    case .keptMemory: return (product(instances.area / 1_000_000, Int64(deployment.memoryMegabytes)), "MB-ms")
    case .restoredMemory:
      return (product(Int128(counts.startsMeasured), Int64(deployment.memoryMegabytes)), "MB")
    }
  }

  /// A product of numbers that are not negative; the largest number where it is beyond 128 bits.
  private static func product(_ first: Int128, _ second: Int64) -> Int128 {
    let (product, overflow) = first.multipliedReportingOverflow(by: Int128(second))
    return overflow ? .max : product
  }
}

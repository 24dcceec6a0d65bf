import Experiments
import Pricing
import ServerlessModel

/// Meters without a price: what the cost of ownership needs to know about a run.
extension Metering {
  /// The informative readings of a placement.
  static func usage(of result: ExperimentResult, placement: Int) -> [MeterReading] {
    let plan = result.plans[placement]
    let totals = result.totals[placement]
    let measured = (plan.horizon - plan.warmUp) * Int64(result.replicationCount)
    var readings: [MeterReading] = []
    func add(
      _ meter: String, site: String = "", region: String = "", _ quantity: Int128, _ unit: String,
      period: MeterReading.Period? = nil
    ) {
      guard quantity > 0 else { return }
      readings.append(
        MeterReading(
          placement: plan.names.placement, meter: meter, site: site, region: region,
          quantity: quantity, unit: unit, period: period ?? .measured(nanoseconds: measured)))
    }
    add(UsageMeter.requests, totals.series.reduce(0) { $0 + Int128($1.served) }, "request")
    add(UsageMeter.functions, Int128(plan.functionCount), "function", period: .month)
    for (row, all) in plan.billing.deployments.enumerated() {
      let meters = all.filter { !$0.meter.hasPrefix(MeterReading.usagePrefix) }
      let counts = totals.deployments[row]
      let site = plan.names.sites[Int(plan.deployments[row].site)]
      let region = meters.first?.region ?? ""
      add(
        meters.isEmpty ? UsageMeter.unbilledCPU : UsageMeter.cpu, site: site, region: region,
        Int128(counts.cpuTime) / 1_000, "us")
      guard !meters.isEmpty else { continue }
      add(
        UsageMeter.memory, site: site, region: region,
        Int128(counts.executionTime) / 1_000_000 * Int128(plan.deployments[row].memoryMegabytes), "MB-ms")
      for meter in meters where meter.quantity.isHeld {
        let (quantity, unit) = use(meter.quantity, plan, row, counts, totals.instanceLevels[row])
        add(
          MeterReading.idlePrefix + meter.meter, site: site, region: meter.region,
          idle(of: quantity, plan, row, counts), unit)
      }
    }
    add(UsageMeter.bytes, totals.traffic.reduce(0) { $0 + Int128($1.bytesUp) + Int128($1.bytesDown) }, "B")
    return readings
  }

  /// What of an amount that is paid for by the instance and its time was not used: the share of the instances'
  /// processor time, or, where their processors are not known, of their places, in which nothing ran.
  private static func idle(
    of quantity: Int128, _ plan: Plan, _ row: Int, _ counts: DeploymentCounts
  ) -> Int128 {
    let deployment = plan.deployments[row]
    let processors = deployment.group >= 0 ? Int128(plan.groups[Int(deployment.group)].milliVCPUs) : 0
    let paid = Int128(counts.billedTime) + Int128(counts.spotBilledTime)
    let capacity =
      processors > 0 ? paid * processors / 1_000 : paid * Int128(max(deployment.requestsPerInstance, 1))
    let busy = min(Int128(processors > 0 ? counts.cpuTime : counts.executionTime), capacity)
    guard capacity > 0 else { return 0 }
    // In millionths; whole millions first, so that no product goes beyond 128 bits.
    let share = 1_000_000 - busy * 1_000_000 / capacity
    return quantity / 1_000_000 * share + quantity % 1_000_000 * share / 1_000_000
  }
}

extension DeploymentQuantity {
  /// Whether it is paid for while an instance is there, used or not.
  fileprivate var isHeld: Bool {
    switch self {
    case .instanceTime, .spotInstanceTime, .instanceProcessors, .instanceMemory: true
    case .invocations, .memoryTime, .processorTime, .ephemeralTime, .restoredMemory, .surplusCredits,
      .allocatedTime, .clockTime, .keptProcessors, .keptMemory:
      false
    }
  }
}

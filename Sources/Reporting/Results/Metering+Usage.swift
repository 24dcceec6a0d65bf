import Experiments
import Pricing
import ServerlessModel

/// Meters without a price: what the cost of ownership needs to know about a run.
extension Metering {
  /// The informative readings of a placement.
  static func usage(of result: ExperimentResult, placement: Int) -> [MeterReading] {
    let plan = result.plans[placement]
    let totals = result.totals[placement]
    let measured = (plan.horizon - plan.warmUp) * Int64(result.replications.count)
    var readings: [MeterReading] = []
    func add(
      _ meter: String, site: String = "", region: String = "", _ quantity: Int128, _ unit: String,
      period: MeterReading.Period? = nil
    ) {
      guard quantity > 0 else { return }
      readings.append(
        MeterReading(
          placement: plan.names.placement, meter: meter, site: site, region: region,
          quantity: Int64(clamping: quantity), unit: unit, period: period ?? .measured(nanoseconds: measured)))
    }
    add(UsageMeter.requests, totals.series.reduce(0) { $0 + Int128($1.served) }, "request")
    add(UsageMeter.functions, Int128(plan.functionCount), "function", period: .month)
    for (row, meters) in plan.billing.deployments.enumerated() {
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
    }
    add(UsageMeter.bytes, totals.traffic.reduce(0) { $0 + Int128($1.bytesUp) + Int128($1.bytesDown) }, "B")
    return readings
  }
}

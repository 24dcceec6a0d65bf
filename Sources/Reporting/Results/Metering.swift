import Experiments
import Pricing
import ServerlessModel

/// Turns the counts of an experiment into meter readings.
package enum Metering {
  /// The readings of every placement, in the order of the placements; meters without usage are left out.
  package static func readings(of result: ExperimentResult) -> [MeterReading] {
    result.plans.indices.flatMap { readings(of: result, placement: $0) }
  }

  private static func readings(of result: ExperimentResult, placement: Int) -> [MeterReading] {
    let plan = result.plans[placement]
    let totals = result.totals[placement]
    let measured = (plan.horizon - plan.warmUp) * Int64(result.replicationCount)
    var readings: [MeterReading] = []
    func add(
      _ meter: String, site: String, region: String, route: String = "", destination: String = "",
      _ quantity: some BinaryInteger, _ unit: String, _ period: MeterReading.Period? = nil
    ) {
      guard quantity > 0 else { return }
      readings.append(
        MeterReading(
          placement: plan.names.placement, meter: meter, site: site, region: region,
          route: Route(rawValue: route) ?? .unrouted, destination: destination, quantity: quantity,
          unit: unit, period: period ?? .measured(nanoseconds: measured)))
    }
    for meter in plan.billing.standing {
      add(meter.meter, site: "", region: meter.region, BillingMonth.hours, "hour", .month)
    }
    for (row, meters) in plan.billing.deployments.enumerated() {
      let deployment = plan.deployments[row]
      let counts = totals.deployments[row]
      for meter in meters {
        let (quantity, unit) = use(meter.quantity, plan, row, counts, totals.instanceLevels[row])
        add(meter.meter, site: plan.names.sites[Int(deployment.site)], region: meter.region, quantity, unit)
      }
    }
    for (row, meter) in plan.billing.fronts.enumerated() {
      let site = plan.names.sites[Int(plan.fronts[row].site)]
      let counts = totals.fronts[row]
      switch meter {
      case nil: continue
      case .requests(let meter):
        // A throttled call is not billed.
        add(meter.meter, site: site, region: meter.region, counts.requests - counts.throttles, "request")
      case .capacity(let prefix, let region):
        guard counts.requests > 0 else { continue }
        add("\(prefix).hours", site: site, region: region, BillingMonth.hours, "hour", .month)
        add("\(prefix).lcu-hours", site: site, region: region, capacityUnits(counts), "LCU-us")
      }
    }
    for (row, meter) in plan.billing.steps.enumerated() {
      guard let meter, plan.steps[row].store >= 0 else { continue }
      let site = plan.names.sites[Int(plan.stores[Int(plan.steps[row].store)].site)]
      add(meter.meter, site: site, region: meter.region, totals.steps[row].units, "unit")
    }
    for (row, traffic) in totals.traffic.enumerated() {
      for (meter, bytes) in [
        (plan.billing.pathsUp[row], traffic.bytesUp), (plan.billing.pathsDown[row], traffic.bytesDown),
      ] {
        guard let meter else { continue }
        add(
          meter.meter, site: "", region: meter.region, route: meter.route, destination: meter.destination,
          bytes, "B")
      }
      // What arrives at a point of presence is a request to the content network as well.
      if let meter = plan.billing.pathsDown[row], meter.route == Route.edge.rawValue {
        add("cloudfront.requests", site: "", region: meter.region, traffic.messagesUp, "request")
      }
    }
    return gathered(readings + usage(of: result, placement: placement))
  }

  /// Capacity units of an Application Load Balancer, in millionths of a unit-second: one is 25 new connections a second
  /// or a gigabyte an hour, whichever is more. Connections that close after a minute without a request (the balancer's
  /// default) never make active connections, of which a unit has 3,000, the greater measure; and up to ten rules are
  /// free.
  ///
  /// Source: https://handbook.vantage.sh/aws/services/elb-pricing (2025).
  static func capacityUnits(_ counts: FrontCounts) -> Int128 {
    max(Int128(counts.connections) * 1_000_000 / 25, Int128(counts.bytes) * 3_600_000_000 / 1_073_741_824)
  }

  /// Adds up readings of the same meter, site and route, in order of first appearance.
  private static func gathered(_ readings: [MeterReading]) -> [MeterReading] {
    var result: [MeterReading] = []
    var places: [String: Int] = [:]
    for reading in readings {
      let key = [reading.meter, reading.site, reading.region, reading.route.rawValue, reading.destination]
        .joined(separator: "\u{0}")
      guard let place = places[key] else {
        places[key] = result.count
        result.append(reading)
        continue
      }
      let known = result[place]
      result[place] = MeterReading(
        placement: known.placement, meter: known.meter, site: known.site, region: known.region,
        route: known.route,
        destination: known.destination, quantity: known.quantity + reading.quantity, unit: known.unit,
        period: known.period)
    }
    return result
  }
}

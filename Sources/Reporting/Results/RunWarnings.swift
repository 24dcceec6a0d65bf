import Experiments
import Pricing
import ServerlessModel
import Statistics

/// What a reader of the results should be warned about.
package enum RunWarnings {
  /// One line for each warning.
  package static func text(of result: ExperimentResult) -> String {
    let lines = result.plans.indices.flatMap {
      unpriced(result, $0) + samples(result, $0) + saturation(result, $0) + crowding(result, $0)
        + transient(result, $0)
    }
    return lines.map { "warning: \($0)\n" }.joined()
  }

  /// One line for each region whose price stands in for a missing one, with the meters that it is used for.
  package static func text(of bill: Bill) -> String {
    var gaps: [(region: String, standIn: String, meters: [String])] = []
    for line in bill.lines where !line.standIn.isEmpty {
      let known = gaps.firstIndex { $0.region == line.region && $0.standIn == line.standIn }
      if known == nil { gaps.append((line.region, line.standIn, [])) }
      let position = known ?? gaps.count - 1
      if !gaps[position].meters.contains(line.meter) { gaps[position].meters.append(line.meter) }
    }
    return gaps.map { gap in
      "warning: no price for \(Neutral.terminal(gap.region)) of \(listed(gap.meters)); that of"
        + " \(Neutral.terminal(gap.standIn)) stands in\n"
    }.joined()
  }

  /// The first few of some names.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(mostNames).map { Neutral.terminal($0) }.joined(separator: ", ")
    return names.count > mostNames ? "\(shown) and \(names.count - mostNames) more" : shown
  }

  private static let mostNames = 3

  /// What is used and is on no bill, because the price list has no price of it.
  private static func unpriced(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    return plan.billing.unpriced.map { thing in
      "\(Neutral.terminal(plan.names.placement)): \(Neutral.terminal(thing)) has no price in the catalog; the bill"
        + " leaves it out"
    }
  }

  /// Percentiles that rest on too few requests; of many populations the first few.
  private static func samples(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    let name = Neutral.terminal(plan.names.placement)
    let poor = plan.clients.indices.compactMap { clients -> String? in
      let count = result.sections(of: placement, Scope(clients: clients)).reduce(0) { $0 + $1.count }
      let first = Percentiles.reported.first { $0 <= 0.99 && !SampleSize.enough(for: $0, count: count) }
      return first.map {
        "\(name): \(Neutral.terminal(plan.names.clients[clients])) has \(count) answers, too few for"
          + " p\(Int($0 * 100)) (\(SampleSize.needed(for: $0)) are needed); run longer or with more replications"
      }
    }
    guard poor.count > mostNames else { return poor }
    return poor.prefix(mostNames) + ["\(name): \(poor.count - mostNames) more populations have too few answers as well"]
  }

  /// Pools that never caught up with their demand.
  private static func saturation(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    return plan.deployments.indices.compactMap { row in
      let deployment = plan.deployments[row]
      guard deployment.whenFull == .queue, deployment.maximumInstances < .max else { return nil }
      let capacity = Double(deployment.maximumInstances) * Double(deployment.requestsPerInstance)
      let busy = (result.totals[placement].runningLevels[row].mean ?? 0) / capacity
      guard busy > 0.999 else { return nil }
      let pool = pool(deployment, plan.names)
      return "\(Neutral.terminal(plan.names.placement)): \(pool) was busy all the time: more arrives than it can serve,"
        + " so waiting times grow with the length of the run"
    }
  }

  /// Instances of function platforms whose requests compute more at once than their vCPUs could.
  private static func crowding(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    let totals = result.totals[placement]
    return plan.deployments.indices.compactMap { row in
      let deployment = plan.deployments[row]
      guard deployment.group < 0, deployment.requestsPerInstance > 1 else { return nil }
      let level = totals.instanceLevels[row]
      let instanceTime = (level.mean ?? 0) * Double(level.duration)
      let (used, had) = (Double(totals.deployments[row].cpuTime) / instanceTime, plan.instanceProcessors[row])
      guard used.isFinite, used > max(1, had) else { return nil }
      let pool = pool(deployment, plan.names)
      return "\(Neutral.terminal(plan.names.placement)): the requests of an instance of \(pool) use"
        + " \(NumberFormat.fixed(used, digits: 1)) vCPUs at once, and it has \(NumberFormat.fixed(had, digits: 1)):"
        + " they do not slow each other down in this model, so latency and cost are too low; give the platform fewer"
        + " 'requestsPerInstance'"
    }
  }

  /// A function and where it runs, in words.
  private static func pool(_ deployment: DeploymentPlan, _ names: PlanNames) -> String {
    let function = Neutral.terminal(names.functions[Int(deployment.function)])
    return "'\(function)' at \(Neutral.terminal(names.sites[Int(deployment.site)]))"
  }

  /// An initial transient that the warm-up does not cover: the point that MSER-5 finds in the mean latency over time
  /// lies behind it, and leaving out what is before that point moves the mean by more than a hundredth.
  ///
  /// Only where nothing but the start moves the latency: constant arrival rates, no faults.
  private static func transient(_ result: ExperimentResult, _ placement: Int) -> [String] {
    let plan = result.plans[placement]
    let isSteady = plan.sources.allSatisfy { $0.kind != .instants && ($0.kind != .poisson || $0.rowCount == 1) }
    guard isSteady, plan.faults.isEmpty, plan.siteEvents.isEmpty else { return [] }
    let means = intervalMeans(result, placement)
    let warmUp = Int((plan.warmUp + plan.interval - 1) / plan.interval)
    guard let settled = WarmUp.mser5(means), settled > warmUp, settled < means.count else { return [] }
    let (all, rest) = (mean(means[warmUp...]), mean(means[settled...]))
    guard abs(all - rest) > 0.01 * rest else { return [] }
    let minutes = Int64(settled) * plan.interval / 60_000_000_000
    return [
      "\(Neutral.terminal(plan.names.placement)): the mean latency still settles after the warm-up; set 'warmup' to"
        + " \(minutes) min or more (leaving that out moves the mean by"
        + " \(NumberFormat.fixed(100 * abs(all - rest) / rest, digits: 1)) %)"
    ]
  }

  /// Mean latency of the requests sent in each interval of the time series, ns; empty where some interval has none.
  private static func intervalMeans(_ result: ExperimentResult, _ placement: Int) -> [Double] {
    let plan = result.plans[placement]
    let rows = result.totals[placement].intervals
    let count = plan.clients.isEmpty ? 0 : rows.count / plan.clients.count
    let means = (0..<count).map { interval in
      let counts = plan.clients.indices.map { rows[$0 * count + interval].counts }
      let served = counts.reduce(0) { $0 + $1.served }
      return Double(counts.reduce(0) { $0 + $1.latencySum }) / Double(served)
    }
    return means.allSatisfy(\.isFinite) ? means : []
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
}

import Experiments
import Pricing
import ServerlessModel
import Statistics

extension ResultTable {
  /// `summary.csv`: a row per placement.
  static func summary(of result: ExperimentResult, bill: Bill, ownership: OwnershipStatement) -> ResultTable {
    var table = ResultTable(.summary)
    for placement in result.plans.indices {
      let outcome = OutcomeCounts(result, placement)
      let mean = result.meanLatency(of: placement)
      let sections = result.sections(of: placement)
      let percentiles = [0.5, 0.95, 0.99].map { result.percentile($0, of: sections).estimate }
      let availability = result.availability(of: placement)
      let cold = result.coldStartRatio(of: placement, deployments: Array(result.plans[placement].deployments.indices))
      table.append(
        [
          .text(result.plans[placement].names.placement), .integer(outcome.sent), .integer(outcome.ended.served),
          .integer(outcome.ended.throttled), .integer(outcome.ended.timedOut), .integer(outcome.ended.refused),
          .integer(outcome.ended.lost), .integer(outcome.inFlight), .optional(availability.estimate),
          .optional(mean.estimate),
        ] + mean.endCells + percentiles.map { Cell.optional($0) } + [
          .optional(cold.estimate), .decimal(bill.totals[placement].amount.usd),
          .decimal(ownership.totals[placement].amount.usd),
          ownership.totals[placement].energyPerRequest.map { .decimal($0) } ?? .none,
          ownership.totals[placement].carbonPerRequest.map { .decimal($0) } ?? .none,
        ])
    }
    return table
  }

  /// `availability.csv` of one placement: a row per population and interval, the warm-up included.
  static func availability(of result: ExperimentResult, placement: Int) -> ResultTable {
    var table = ResultTable(.availability)
    let plan = result.plans[placement]
    let rows = result.totals[placement].intervals
    let count = rows.count / max(1, plan.clients.count)
    for clients in plan.clients.indices {
      for interval in 0..<count {
        let row = rows[clients * count + interval]
        let ended = row.counts.ended
        table.append([
          .text(plan.names.placement), .text(plan.names.clients[clients]),
          .integer(Int64(interval) * (plan.interval / 60_000_000_000)), .integer(row.sent),
          .integer(row.counts.served), .integer(row.counts.throttled), .integer(row.counts.timedOut),
          .integer(row.counts.refused), .integer(row.counts.lost),
          ended == 0 ? .none : .number(Double(row.counts.served) / Double(ended)),
        ])
      }
    }
    return table
  }

  /// `timeline.csv` of one placement: its state at the end of every interval, averaged over the replications.
  static func timeline(of result: ExperimentResult, placement: Int) -> ResultTable {
    var table = ResultTable(.timeline)
    let replications = Double(result.replicationCount)
    let plan = result.plans[placement]
    let totals = result.totals[placement]
    let count = totals.timeline.count
    for interval in 0..<count {
      var sum = IntervalCounts()
      for clients in plan.clients.indices { sum.merge(totals.intervals[clients * count + interval]) }
      let sample = totals.timeline[interval]
      let served = Double(sum.counts.served)
      table.append([
        .text(plan.names.placement), .integer(Int64(interval) * plan.interval / 1_000_000_000),
        .number(Double(sum.sent) / replications), .number(served / replications),
        .number(Double(sum.counts.cold) / replications),
        served == 0 ? .none : .number(Double(sum.counts.latencySum) / served / 1e6),
        .number(Double(sample.running) / replications), .number(Double(sample.instances) / replications),
        .number(Double(sample.waiting) / replications),
      ])
    }
    return table
  }
}

/// How the measured requests of a placement ended.
package struct OutcomeCounts {
  package let sent: Int64
  package let ended: SeriesCounts
  package var inFlight: Int64 { sent - ended.ended }

  package init(_ result: ExperimentResult, _ placement: Int) {
    var ended = SeriesCounts()
    for series in result.totals[placement].series { ended.merge(series) }
    self.ended = ended
    sent = result.totals[placement].measuredSent
  }
}

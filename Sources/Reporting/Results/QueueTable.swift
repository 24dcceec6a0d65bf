import Experiments
import ServerlessModel

extension ResultTable {
  /// `queues.csv`: a row per deployment at which a request was turned away, passed on or had to wait, and per
  /// direction of a site's uplink where messages waited; a placement without any has none.
  static func queues(of result: ExperimentResult) -> ResultTable {
    var table = ResultTable(.queues)
    for (placement, plan) in result.plans.enumerated() {
      for (row, counts) in result.totals[placement].deployments.enumerated() {
        guard counts.throttles > 0 || counts.spilled > 0 || counts.queuePeak > 0 else { continue }
        let deployment = plan.deployments[row]
        table.append([
          .text(plan.names.placement), .text(plan.names.functions[Int(deployment.function)]),
          .text(plan.names.sites[Int(deployment.site)]), .text(plan.names.platforms[row]),
          .integer(counts.throttles), .integer(counts.spilled), .integer(counts.waited),
          .optional(Double(counts.waitingTime) / Double(counts.waited) / 1e6), .integer(counts.queuePeak),
        ])
      }
      for (row, counts) in result.totals[placement].links.enumerated() where counts.waited > 0 {
        let link = plan.names.links[row]
        table.append([
          .text(plan.names.placement), .text(""), .text(link.site),
          .text(link.isInward ? "uplink, to the site" : "uplink, from the site"), .integer(0), .integer(0),
          .integer(counts.waited), .optional(Double(counts.waitingTime) / Double(counts.waited) / 1e6), .none,
        ])
      }
    }
    return table
  }
}

extension TableSchema {
  /// `queues.csv`.
  package static let queues = TableSchema(
    name: "queues",
    description:
      "One row per deployment that was full at some time: who was turned away, passed on to the next site, or waited;"
      + " and one per direction of an uplink at which messages waited.",
    columns: [
      .placement, .function, .site,
      .word("platform", "The platform, and after a slash the variant; or the uplink of the site."),
      .count("throttled_count", "Requests turned away for lack of room."),
      .count("spilled_count", "Requests passed on to the next site for lack of room."),
      .count("waited_count", "Requests that waited for room and got it, or messages that waited for the uplink."),
      .milliseconds("wait_mean_ms", "Mean wait of those."),
      .count("queue_peak_count", "Most requests in the line at one time, warm-up included; not known of uplinks."),
    ])
}

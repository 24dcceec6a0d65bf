import Experiments
import ServerlessModel
import Statistics

extension ResultTable {
  /// `latency.csv`: percentiles of each population, function and site, and of each population as a whole.
  static func latency(of result: ExperimentResult) -> ResultTable {
    var table = ResultTable(.latency)
    for (placement, plan) in result.plans.enumerated() {
      func add(_ clients: String, _ function: String, _ site: String, _ sections: [LatencyHistogram]) {
        let count = sections.reduce(0) { $0 + $1.count }
        guard count > 0 else { return }
        for q in Percentiles.reported {
          let interval = result.percentile(q, of: sections)
          let enough = SampleSize.enough(for: q, count: count)
          table.append(
            [
              .text(plan.names.placement), .text(clients), .text(function), .text(site), Percentiles.cell(q),
              .optional(interval.estimate),
            ] + (enough ? interval.endCells : [.none, .none]))
        }
      }
      let map = result.maps[placement]
      let series = Dictionary(grouping: map.series.indices.filter { map.hasOwnHistogram[$0] }) { index in
        Int(map.series[index].clients) * plan.functionCount + Int(map.series[index].function)
      }
      add("all", "all", "all", result.sections(of: placement))
      for clients in plan.clients.indices {
        let name = plan.names.clients[clients]
        add(name, "all", "all", result.sections(of: placement, Scope(clients: clients)))
        for function in 0..<plan.functionCount {
          let scope = Scope(clients: clients, function: function)
          add(name, plan.names.functions[function], "all", result.sections(of: placement, scope))
          for index in series[clients * plan.functionCount + function] ?? [] {
            let row = map.series[index]
            add(
              name, plan.names.functions[function] + row.variant, plan.names.sites[Int(row.site)],
              result.samples.map { $0.placements[placement].seriesHistograms[index] })
          }
        }
      }
    }
    return table
  }

  /// `composition.csv`: the mean components of the requests within bands of percentiles.
  static func composition(of result: ExperimentResult) -> ResultTable {
    var table = ResultTable(.composition)
    for (placement, plan) in result.plans.enumerated() {
      let groups = result.totals[placement].compositions
      var all = Composition()
      for group in groups { all.merge(group) }
      addBands("all", "all", all, plan, to: &table)
      for clients in plan.clients.indices {
        for function in 0..<plan.functionCount {
          addBands(
            plan.names.clients[clients], plan.names.functions[function],
            groups[clients * plan.functionCount + function],
            plan, to: &table)
        }
      }
    }
    return table
  }

  private static let bands: [(name: String, low: Double, high: Double)] = [
    ("all", 0, 1), ("p0-p50", 0, 0.5), ("p50-p90", 0.5, 0.9), ("p90-p99", 0.9, 0.99), ("p99-p100", 0.99, 1),
  ]

  private static func addBands(
    _ clients: String, _ function: String, _ composition: Composition, _ plan: Plan,
    to table: inout ResultTable
  ) {
    for band in bands {
      let (count, means) = composition.band(from: band.low, to: band.high)
      guard count > 0 else { continue }
      let total = means.reduce(0, +)
      for component in Component.allCases {
        let mean = means[component.rawValue]
        table.append([
          .text(plan.names.placement), .text(clients), .text(function), .text(band.name),
          .text(component.label),
          .number(mean / 1e6), .optional(mean / total),
        ])
      }
    }
  }

  /// `cold_starts.csv`: a row per deployment.
  static func coldStarts(of result: ExperimentResult) -> ResultTable {
    var table = ResultTable(.coldStarts)
    for (placement, plan) in result.plans.enumerated() {
      let totals = result.totals[placement]
      func add(_ function: String, _ site: String, _ rows: [Int]) {
        var counts = DeploymentCounts()
        for row in rows { counts.merge(totals.deployments[row]) }
        let ratio = result.coldStartRatio(of: placement, deployments: rows)
        let instances = rows.reduce(0.0) { $0 + (totals.instanceLevels[$1].mean ?? 0) }
        let running = rows.reduce(0.0) { $0 + (totals.runningLevels[$1].mean ?? 0) }
        var cells: [Cell] = [
          .text(plan.names.placement), .text(function), .text(site), .integer(counts.invocations),
          .integer(counts.coldStarts), .optional(ratio.estimate),
        ]
        cells += ratio.endCells
        cells.append(.optional(Double(counts.initTime) / Double(counts.coldStarts) / 1e6))
        cells += [.number(instances), .number(running), .integer(counts.runningPeak)]
        cells.append(.optional(Double(counts.lifespanSum) / Double(counts.instancesEnded) / 1e9))
        table.append(cells)
      }
      for function in 0..<plan.functionCount {
        let rows = plan.deployments.indices.filter { Int(plan.deployments[$0].function) == function }
        guard !rows.isEmpty else { continue }
        add(plan.names.functions[function], "all", rows)
        guard (2...SeriesMap.mostSites).contains(rows.count) else { continue }
        for row in rows {
          let site = plan.names.sites[Int(plan.deployments[row].site)]
          add(plan.names.functions[function] + plan.names.part(of: row), site, [row])
        }
      }
    }
    return table
  }
}

extension Component {
  /// The component as the result files name it.
  package var label: String {
    switch self {
    case .coldStart: "cold start"
    default: "\(self)"
    }
  }
}

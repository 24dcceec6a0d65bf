import ServerlessModel
import Statistics

/// Which requests an estimate is about.
package struct Scope: Sendable, Equatable {
  /// A population, or all of them.
  package var clients: Int?
  /// A function, or all of them.
  package var function: Int?

  package init(clients: Int? = nil, function: Int? = nil) {
    self.clients = clients
    self.function = function
  }
}

extension ExperimentResult {
  /// Level of all confidence intervals.
  package static let confidence = 0.95

  /// The rows `group × sectionCount + section` of each section, within a scope.
  private func groups(in scope: Scope) -> [Int] {
    let functionCount = plans[0].functionCount
    let functions = (0..<functionCount).filter { $0 == scope.function ?? $0 }
    let populations = plans[0].clients.indices.filter { $0 == scope.clients ?? $0 }
    return populations.flatMap { clients in functions.map { clients * functionCount + $0 } }
  }

  /// One histogram of latency for each section (replication, batch of the only one, or several of very many).
  package func sections(of placement: Int, _ scope: Scope = Scope()) -> [LatencyHistogram] {
    let rows = groups(in: scope)
    return samples.flatMap { sample in
      let run = sample.placements[placement]
      return (0..<run.sectionCount).map { section in
        var merged = LatencyHistogram()
        for group in rows { merged.merge(run.groupHistograms[group * run.sectionCount + section]) }
        return merged
      }
    }
  }

  /// Served and ended requests of each section.
  package func sectionCounts(of placement: Int, _ scope: Scope = Scope()) -> [SectionCounts] {
    let rows = groups(in: scope)
    return samples.flatMap { sample in
      let run = sample.placements[placement]
      return (0..<run.sectionCount).map { section in
        rows.reduce(into: SectionCounts()) { $0.merge(run.sections[$1 * run.sectionCount + section]) }
      }
    }
  }

  /// Mean latency, ms, over all requests of the scope.
  package func meanLatency(of placement: Int, _ scope: Scope = Scope(), level: Double = confidence)
    -> ConfidenceInterval
  {
    let counts = sectionCounts(of: placement, scope)
    let served = counts.reduce(0) { $0 + $1.served }
    let sum = counts.reduce(0) { $0 + $1.latencySum }
    let means = counts.filter { $0.served > 0 }.map { Double($0.latencySum) / Double($0.served) / 1e6 }
    return .around(
      served == 0 ? .nan : Double(sum) / Double(served) / 1e6, spreadOf: means, level: level,
      possible: 0 ... .infinity)
  }

  /// A latency percentile, ms: of the pooled requests, with the spread of the sections.
  package func percentile(_ q: Double, of sections: [LatencyHistogram], level: Double = confidence)
    -> ConfidenceInterval
  {
    var pooled = LatencyHistogram()
    for section in sections { pooled.merge(section) }
    guard let estimate = pooled.quantile(q) else { return .around(.nan, spreadOf: [], level: level) }
    let values = sections.compactMap { $0.quantile(q) }.map { Double($0) / 1e6 }
    return .around(Double(estimate) / 1e6, spreadOf: values, level: level, possible: 0 ... .infinity)
  }

  /// Share of the ended requests that were served.
  package func availability(of placement: Int, _ scope: Scope = Scope()) -> ConfidenceInterval {
    .share(
      sectionCounts(of: placement, scope).map { ($0.served, $0.served + $0.failed) }, level: Self.confidence)
  }

  /// Share of the invocations of one deployment, or of all of them, that were cold.
  package func coldStartRatio(of placement: Int, deployments: [Int]) -> ConfidenceInterval {
    .share(
      samples.map { sample in
        let rows = sample.placements[placement].deployments
        return deployments.reduce((0, 0)) { ($0.0 + rows[$1].coldStarts, $0.1 + rows[$1].invocations) }
      }, level: Self.confidence)
  }

  /// Difference of mean latency to the baseline, ms: request by request where placements share their luck, of the
  /// sections' means where they do not.
  package func meanDifference(of placement: Int, clients: Int? = nil, level: Double = confidence)
    -> ConfidenceInterval
  {
    guard isPaired else {
      let here = sectionCounts(of: placement, Scope(clients: clients))
      let there = sectionCounts(of: 0, Scope(clients: clients))
      let differences = zip(here, there).compactMap { here, there -> Double? in
        guard here.served > 0, there.served > 0 else { return nil }
        return Double(here.latencySum) / Double(here.served) / 1e6 - Double(there.latencySum)
          / Double(there.served) / 1e6
      }
      let estimate = differences.isEmpty ? .nan : differences.reduce(0, +) / Double(differences.count)
      return .around(estimate, spreadOf: differences, level: level)
    }
    guard placement > 0 else { return .around(.nan, spreadOf: [], level: level) }
    return PostStratification(self, placement: placement, clients: clients).meanDifference(level: level)
  }

  /// The paired comparison of each section.
  package func pairedSections(of placement: Int, clients: Int? = nil) -> [PairedCounts] {
    guard placement > 0, isPaired else { return [] }
    let strata = strata(of: clients)
    return samples.flatMap { sample in
      let rows = sample.paired[placement - 1]
      let sectionCount = sample.placements[0].sectionCount
      return (0..<sectionCount).map { section in
        var merged = PairedCounts()
        for stratum in strata { merged.merge(rows[stratum * sectionCount + section]) }
        return merged
      }
    }
  }

  /// The strata of the demand that belong to a population, or all of them.
  func strata(of clients: Int?) -> [Int] {
    let plan = plans[0]
    let perRoute = Strata(plan: plan).perRoute
    return plan.sources.flatMap { source -> [Int] in
      guard clients == nil || Int(source.clients) == clients else { return [] }
      return (0..<source.originCount).flatMap { origin -> [Int] in
        let first = Int(plan.origins[Int(source.firstOrigin + origin)].firstRoute) * perRoute
        return Array(first..<first + Int(source.targetCount) * perRoute)
      }
    }
  }
}

/// Which candidates belong to which series: a population, a function it calls, a variant of it, and a site.
package struct SeriesMap: Sendable {
  /// One series.
  package struct Series: Hashable, Sendable {
    package var clients: Int32
    package var function: Int32
    package var site: Int32
    /// `/` and the name of the variant where the function is split, else empty.
    package var variant = ""
  }

  /// A group that is served from more sites than this has no histogram for each of them.
  package static let mostSites = 64

  /// In order of first appearance among the origins' routes.
  package private(set) var series: [Series] = []
  package private(set) var seriesOfCandidate: [Int32]
  package private(set) var hasOwnHistogram: [Bool] = []

  package init(plan: Plan) {
    seriesOfCandidate = Array(repeating: none, count: plan.candidates.count)
    var known: [Series: Int32] = [:]
    for source in plan.sources {
      for origin in 0..<source.originCount {
        for target in 0..<source.targetCount {
          let route = plan.routes[Int(plan.origins[Int(source.firstOrigin + origin)].firstRoute + target)]
          let function = plan.targets[Int(source.firstTarget + target)].function
          for offset in 0..<route.candidateCount {
            var candidate = Int(route.firstCandidate + offset)
            while candidate >= 0 {
              let row = plan.candidates[candidate]
              let site = plan.deployments[Int(row.deployment)].site
              let variant = String(plan.names.part(of: Int(row.deployment)).prefix { $0 != " " })
              let key = Series(clients: source.clients, function: function, site: site, variant: variant)
              if known[key] == nil {
                known[key] = Int32(series.count)
                series.append(key)
              }
              seriesOfCandidate[candidate] = known[key] ?? none
              candidate = Int(row.spill)
            }
          }
        }
      }
    }
    var sitesOfGroup: [Int32: Int] = [:]
    for item in series { sitesOfGroup[item.clients * Int32(plan.functionCount) + item.function, default: 0] += 1 }
    hasOwnHistogram = series.map {
      (2...Self.mostSites).contains(sitesOfGroup[$0.clients * Int32(plan.functionCount) + $0.function] ?? 0)
    }
  }
}

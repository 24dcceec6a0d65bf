import ScenarioFormat
import Testing

/// The warning of many small sites appears on the right side of the crossover: below it k sites of one server are
/// better than one far site of k servers, above it they queue more than the way is worth.
@Suite struct EdgeInversionRuleTests {
  /// Service rate 1/s, sites, extra round trip s, utilisation of the crossover (Erlang C).
  static let cases: [(rate: Double, sites: Double, trip: Double, crossover: Double)] = [
    (13, 2, 0.01, 0.1279),
    (13, 2, 0.05, 0.4924),
    (13, 2, 0.15, 0.7759),
    (13, 5, 0.025, 0.2467),
    (13, 5, 0.08, 0.5248),
    (13, 10, 0.01, 0.115),
    (13, 10, 0.05, 0.3944),
    (13, 10, 0.15, 0.6669),
    (13, 50, 0.025, 0.2452),
    (13, 50, 0.08, 0.5098),
    (100, 2, 0.01, 0.618),
    (100, 2, 0.05, 0.905),
    (100, 2, 0.15, 0.9672),
    (100, 5, 0.025, 0.7396),
    (100, 5, 0.08, 0.9061),
    (100, 10, 0.01, 0.5018),
    (100, 10, 0.05, 0.8418),
    (100, 10, 0.15, 0.9425)
  ]

  @Test(arguments: cases.indices)
  func estimatesCrossWhereTheoryDoes(_ index: Int) {
    let model = Self.cases[index]
    func excess(_ utilisation: Double) -> Double {
      let arrivals = utilisation * model.rate
      return LoadRule.waitingTime(arrivals, 1 / model.rate, 1)
        - LoadRule.waitingTime(arrivals * model.sites, 1 / model.rate, model.sites) - model.trip
    }
    #expect(excess(model.crossover - 0.001) < 0)
    #expect(excess(model.crossover + 0.001) > 0)
  }
}

import Experiments
import ServerlessModel
import Testing

/// Placements compared request by request.
struct PairingTests {
  /// When all are served the paired difference is the difference of the means: here the way there and back.
  @Test(arguments: [1, 4])
  func theDifferenceIsThatOfTheMeans(_ replications: Int) async throws {
    let plans = [SmallPlans.plan(oneWay: 10, populations: 2), SmallPlans.plan(oneWay: 40, populations: 2)]
    let result = try await SmallPlans.run(plans, replications: replications)
    #expect(result.isPaired)
    let difference = result.meanDifference(of: 1)
    #expect(abs(difference.estimate - 60) < 0.05)
    for clients in [nil, 0, 1] as [Int?] {
      let means = [0, 1].map { result.meanLatency(of: $0, Scope(clients: clients)).estimate }
      let paired = result.meanDifference(of: 1, clients: clients)
      // Those still on their way at the horizon are in neither pair nor, sometimes, both means.
      #expect(abs(paired.estimate - (means[1] - means[0])) < 0.2)
    }
    let sections = result.pairedSections(of: 1)
    #expect(sections.count == (replications == 1 ? Experiment.batches : replications))
    #expect(sections.allSatisfy { $0.slower == $0.pairs && $0.faster == 0 })
    let pairs = sections.reduce(0) { $0 + $1.pairs }
    let sent = result.totals[0].measuredSent
    #expect(pairs <= sent && pairs > sent - Int64(replications) * 60)
  }

  /// The same luck makes the interval of the difference at least five times narrower than luck of one's own.
  @Test func pairedIntervalsAreNarrow() async throws {
    let plans = [SmallPlans.plan(oneWay: 10), SmallPlans.plan(oneWay: 40, workFactor: 3)]
    let paired = try await SmallPlans.run(plans).meanDifference(of: 1)
    let alone = try await SmallPlans.run(plans, independent: true)
    #expect(!alone.isPaired)
    let independent = alone.meanDifference(of: 1)
    #expect(abs(independent.estimate - paired.estimate) < 5)
    #expect(independent.halfWidth > 5 * paired.halfWidth)
    #expect(paired.isBounded && paired.halfWidth > 0)
  }

  /// Requests that only one placement serves are told apart from pairs.
  @Test func unpairedRequestsAreCounted() async throws {
    let plans = [SmallPlans.plan(oneWay: 10), SmallPlans.plan(oneWay: 10, rate: 20, limit: 1)]
    let result = try await SmallPlans.run(plans, replications: 3)
    var total = PairedCounts()
    for section in result.pairedSections(of: 1) { total.merge(section) }
    let throttled = result.totals[1].series.reduce(0) { $0 + $1.throttled }
    #expect(throttled > 10)
    #expect(total.onlyBaseline >= throttled && total.onlyBaseline <= throttled + 60)
    #expect(total.onlyHere == 0)
    // What both serve they serve alike, but for the cold starts that only the larger pool has.
    #expect(total.slower == 0)
  }

  @Test func aPlacementEqualsItself() async throws {
    let plan = SmallPlans.plan(oneWay: 10)
    let difference = try await SmallPlans.run([plan, plan, plan]).meanDifference(of: 2)
    #expect(difference.estimate == 0)
    #expect(difference.halfWidth == 0)
  }
}

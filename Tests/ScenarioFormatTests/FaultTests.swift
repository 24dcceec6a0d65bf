import ScenarioFormat
import ServerlessModel
import Testing

@Suite struct FaultTests {
  /// The plan of the small scenario with a store in Virginia and one fault.
  private func plan(_ fault: String, clients: String = "cities: lisbon, access: fibre") throws -> Plan {
    let text =
      ScenarioTexts.small(replacing: "work: 5 ms", with: "steps: [{read: table}]")
      .replacingFirst("cities: lisbon, access: fibre", with: clients)
      + "\nstores: {table: {service: dynamodb, at: us-east-1}}\nfaults: [{\(fault), from: 1 min, for: 2"
      + " min}]\n"
    return try Compiled.scenario(text).placements[0].plan
  }

  private func kinds(_ plan: Plan, path: Int) -> [FaultKind] {
    let row = plan.paths[path]
    return plan.faults[Int(row.firstFault)..<Int(row.firstFault + row.faultCount)].map(\.kind)
  }

  @Test func aPartitionCutsOnlyThePathsBetweenItsSides() throws {
    let plan = try plan("partition: {between: [eu-west-1, us-east-1]}")
    #expect(kinds(plan, path: 0).isEmpty)
    #expect(kinds(plan, path: 1) == [.cutForward, .cutBackward])
    let fault = plan.faults[0]
    #expect(fault.from == 60_000_000_000 && fault.to == 180_000_000_000)
  }

  @Test func aOneWayPartitionCutsOneDirection() throws {
    #expect(
      kinds(try plan("partition: {between: [eu-west-1, us-east-1], direction: forward}"), path: 1) == [
        .cutForward
      ])
    #expect(
      kinds(try plan("partition: {between: [us-east-1, eu-west-1], direction: forward}"), path: 1) == [
        .cutBackward
      ])
  }

  @Test(arguments: ["users", "lisbon", "[tokyo, users]"])
  func aSideMayBeClientsOrACity(side: String) throws {
    #expect(
      kinds(try plan("partition: {between: [\(side), region]}"), path: 0) == [.cutForward, .cutBackward])
  }

  @Test func anOutageRefusesItsCallersAndEndsItsInstances() throws {
    let loud = try plan("outage: {site: eu-west-1, answer: refuse}")
    #expect(kinds(loud, path: 0) == [.refuse] && kinds(loud, path: 1) == [.silent])
    #expect(loud.siteEvents.map(\.zone) == [ServerlessModel.none])
    let quiet = try plan("outage: {site: us-east-1}")
    #expect(kinds(quiet, path: 0).isEmpty && kinds(quiet, path: 1) == [.silent])
  }

  @Test func aZoneTakesItsShareOfARegionDown() throws {
    let plan = try plan("outage: {site: eu-west-1b}")
    #expect(kinds(plan, path: 0).isEmpty && plan.siteEvents.map(\.zone) == [1])
  }

  @Test func aDegradationSlowsBothWays() throws {
    let plan = try plan("degradation: {between: [us-east-1, eu-west-1], latency: 3, loss: 5 %}")
    #expect(kinds(plan, path: 1) == [.degrade] && plan.faults[0].factor == 3 && plan.faults[0].loss == 0.05)
  }

  @Test func edgeMeansTheCachesBehindItToo() throws {
    let text =
      ScenarioTexts.small(
        replacing: "platform: lambda, at: eu-west-1", with: "platform: lambda@edge, at: nearest edge")
      + "\nfaults: [{partition: {between: [users, nearest edge]}, from: 1 min, for: 1 min}]\n"
    let plan = try Compiled.scenario(text).placements[0].plan
    #expect(kinds(plan, path: 0) == [.cutForward, .cutBackward])
  }

  @Test func intervalsOfAPathAreInOrderOfTheirStart() throws {
    let text =
      ScenarioTexts.small + """

        faults:
          - {partition: {between: [users, region]}, from: 20 min, for: 1 min}
          - {degradation: {between: [users, region], latency: 2}, from: 5 min, for: 1 min}
          - {outage: {site: eu-west-1}, from: 10 min, for: 1 min}
        """
    let plan = try Compiled.scenario(text).placements[0].plan
    let starts = plan.faults.map(\.from)
    #expect(starts.count == 4 && starts == starts.sorted())
  }

  /// What the name service sees of a fault from 1 min to 3 min, by checks that need 20 s.
  private func sicknesses(_ fault: String, from checkers: String = "") throws -> [SicknessPlan] {
    let text =
      ScenarioTexts.small(
        replacing: "at: eu-west-1",
        with: "at: {active: eu-west-1, passive: us-east-1, check: {every: 10 s, failures: 2\(checkers)}}")
      + "\nfaults: [{\(fault), from: 1 min, for: 2 min}]\n"
    return try Compiled.scenario(text).placements[0].plan.sicknesses
  }

  /// Checks come from every region unless told otherwise: a site that all of them, or nearly all, cannot reach is
  /// sick; one that a single region cannot reach is not.
  @Test func checksSeePartitionsThatCutThemOff() throws {
    for fault in ["outage: {site: eu-west-1}", "partition: {between: [region, eu-west-1]}",
      "partition: {between: [eu-west-1, region], direction: forward}"]
    {
      let seen = try sicknesses(fault).filter { $0.candidate == 0 }
      #expect(seen.map(\.from) == [80_000_000_000] && seen.map(\.to) == [200_000_000_000], "\(fault)")
    }
    #expect(try sicknesses("partition: {between: [users, eu-west-1]}").isEmpty)
    let between = "partition: {between: [us-east-1, eu-west-1]}"
    #expect(try sicknesses(between).isEmpty)
    #expect(try sicknesses(between, from: ", from: us-east-1").map(\.candidate) == [0])
    #expect(try sicknesses(between, from: ", from: [us-east-1, us-west-2]").isEmpty)
  }
}

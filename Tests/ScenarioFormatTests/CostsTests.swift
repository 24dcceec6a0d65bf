import ScenarioFormat
import Testing

@Suite struct CostsTests {
  private func read(_ costs: String) -> (costs: CostsSpec?, rendered: String) {
    let text = "scenario: c\nclients: {}\nfunctions: {}\nplacements: {}\ncosts: \(costs)\n"
    let outcome = ScenarioReader.readCosts(name: "c.yaml", bytes: Array(text.utf8))
    return (outcome.costs, outcome.rendered)
  }

  @Test func everyKindOfCostIsRead() throws {
    let (read, rendered) = read(
      """
      {support: 300 USD, fee: {month: 10 EUR, line: support, environments: [production, test]}, horizon: 3,
        currencies: {EUR: 1.5 USD}, environments: [production, staging], staff: {rate: 80 EUR, test: 0},
        energy: {tariff: 0.2 USD, pue: 1.2}, instances: {web: {type: m5.large, count: 2, hours: 365}},
        hardware: {rack: {count: 4, vcpus: 64, price: 1000 EUR, life: 5, storage: 2 TB, bandwidth: 100 Mbit/s}}}
      """)
    let costs = try #require(read, "\(rendered)")
    #expect(costs.amounts.map(\.perMonth) == [300, 15])
    #expect(costs.amounts.map(\.line) == [nil, "support"] && costs.amounts[1].environments == ["production", "test"])
    #expect(costs.environments?.map(\.name) == ["production", "staging"])
    #expect(
      costs.figures.map { "\($0.item)=\($0.value)" } == [
        "horizon=3.0", "staff.rate=120.0", "staff.test=0.0", "energy.tariff=0.2", "energy.pue=1.2",
      ])
    #expect(costs.hardware[0].price == 1_500 && costs.hardware[0].storageTerabytes == 2)
    #expect(costs.hardware[0].bandwidthMegabits == 100 && costs.capacity[0].hours == 365)
  }

  @Test(arguments: [
    ("{support: -3 USD}", "'-3 USD' is negative"),
    ("{support: 3 YEN}", "there is no rate for the currency 'YEN'"),
    ("{currencies: {EUR: 0 USD}, support: 3 EUR}", "one EUR is worth more than nothing"),
    ("{environments: [production, tset]}", "did you mean 'test'?"),
    ("{environments: {tests: {usage: 0.1}}}", "did you mean 'test'?"),
    ("{environments: {test: {usage: 120 %}}}", "is above 1; a share is between 0 and 1"),
    ("{staff: {support: -1}}", "'-1' is negative"), ("{enrgy: {pue: 1.2}}", "did you mean 'energy'?"),
    ("{energy: {pue: 0.9}}", "a PUE is 1 or more"), ("{horizon: 0}", "a number above zero"),
    ("{hardware: {rack: {vcpus: 4}}}", "needs the key 'count'"),
    ("{hardware: {rack: {count: 1, vcpus: 0}}}", "a number above zero"),
    ("{hardware: {rack: {count: 1, vcpus: 1, maintenance: 150 %}}}", "is above 1"),
    ("{instances: {web: {type: m5.large, hours: 731}}}", "a month of a bill has 730 hours"),
    ("{fee: {month: 1 USD, line: power}}", "'power' is not known here"), ("{}", "there are no costs here"),
  ])
  func mistakesAreShown(costs: String, expected: String) {
    let (read, rendered) = read(costs)
    #expect(read == nil)
    #expect(rendered.contains(expected), "\(rendered)")
    #expect(rendered.hasPrefix("c.yaml:5:"))
  }
}

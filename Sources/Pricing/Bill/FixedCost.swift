/// An amount a month that no meter counts: given by whoever asks for the bill, such as a support contract.
package struct FixedCost: Equatable, Sendable {
  /// What it is for.
  package let name: String
  /// Dollars a month.
  package let amount: Money
  /// The placements that bear it; empty for all.
  package let placements: [String]

  /// A cost.
  package init(name: String, amount: Money, placements: [String]) {
    self.name = name
    self.amount = amount
    self.placements = placements
  }

  /// Its line on a placement's bill.
  func line(placement: String) -> CostLine {
    CostLine(
      placement: placement, service: name, meter: "costs", route: .unrouted, region: "", kind: .fixed, tier: "all",
      quantity: ExactDecimal(1), unit: "month", unitPrice: "\(amount.usd) USD per month", amount: amount,
      source: "the scenario", asOf: "", note: "")
  }
}

/// A month's usage of one meter, written by hand.
package struct UsageItem: Equatable, Sendable {
  /// The account whose tiers and allowances it shares.
  package let account: String
  /// A meter's name, or `SERVICE/DIMENSION` of the price list.
  package let meter: String
  /// The way of a message, for meters that depend on it.
  package let route: Route
  /// The price region.
  package let region: String
  /// The price region at the other end of an inter-region route; empty otherwise.
  package let destination: String
  /// The usage of a month, in `unit`.
  package let quantity: ExactDecimal
  /// The unit: the meter's, or one that converts into it.
  package let unit: String

  /// An item.
  package init(
    account: String, meter: String, route: Route = .unrouted, region: String, destination: String = "",
    quantity: ExactDecimal, unit: String
  ) {
    self.account = account
    self.meter = meter
    self.route = route
    self.region = region
    self.destination = destination
    self.quantity = quantity
    self.unit = unit
  }
}

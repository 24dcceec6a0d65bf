import Catalog

/// A fee per month that an account pays as soon as it uses a service at all.
package struct Subscription: Sendable {
  /// The meters that show the service is used begin with one of these.
  package let meterPrefixes: [String]
  /// The stable name of the fee's own line.
  package let meter: String
  /// The service, as the price book spells it.
  package let service: String
  /// The price book's dimension.
  package let dimension: String
}

/// How usage becomes priced quantities: everything about a price that is no amount.
package struct PriceRules: Sendable {
  /// Every meter that has a name of its own.
  package let meters: [PriceRule]
  /// What is given away.
  package let allowances: [Allowance]
  /// Fees that come with a service.
  package let subscriptions: [Subscription]
  /// What users know of a service, and what it makes of it.
  package let services: [UsageService]
  /// Published discounts.
  package let discounts: [PublishedDiscount]
  private let places: [Place: Int]

  private struct Place: Hashable {
    let meter: String
    let route: Route
  }

  /// Reads the rules of a catalog.
  ///
  /// - Throws: `PriceProblem` for the first row that cannot be used.
  package init(_ catalog: Catalog) throws(PriceProblem) {
    var meters: [PriceRule] = []
    var places: [Place: Int] = [:]
    for row in catalog.priceMeters {
      let rule = try PriceRule(row)
      places[Place(meter: rule.meter, route: rule.route)] = meters.count
      meters.append(rule)
    }
    var allowances: [Allowance] = []
    for row in catalog.priceAllowances { allowances.append(try Allowance(row)) }
    for row in catalog.priceMeters where !row.allowance.isEmpty {
      guard allowances.contains(where: { $0.name == row.allowance }) else {
        throw .column(
          row: "\(row.location): \(row.meter)", column: "allowance", text: row.allowance,
          wanted: "the name of a row of price_allowances.csv")
      }
    }
    var subscriptions: [Subscription] = []
    for row in catalog.priceSubscriptions where !subscriptions.contains(where: { $0.meter == row.meter }) {
      let prefixes = catalog.priceSubscriptions.filter { $0.meter == row.meter }.map(\.meterPrefix)
      subscriptions.append(
        Subscription(
          meterPrefixes: prefixes, meter: row.meter, service: row.service, dimension: row.dimension))
    }
    var discounts: [PublishedDiscount] = []
    for row in catalog.priceDiscounts { discounts.append(try PublishedDiscount(row)) }
    self.meters = meters
    self.allowances = allowances
    self.subscriptions = subscriptions
    self.discounts = discounts
    services = try UsageService.all(catalog.priceFactors, known: Set(meters.map(\.meter)))
    self.places = places
  }

  /// The rule for a meter on a route.
  package func rule(meter: String, route: Route) -> PriceRule? {
    places[Place(meter: meter, route: route)].map { meters[$0] }
  }

  /// The allowance of a name.
  func allowance(_ name: String) -> Allowance? { allowances.first { $0.name == name } }
}

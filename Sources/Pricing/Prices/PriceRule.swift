/// The way a message takes, where its price depends on it.
package enum Route: String, Sendable, CaseIterable {
  /// The meter has nothing to do with routes.
  case unrouted = ""
  /// From a region to the internet.
  case internet
  /// From a region to another region of the same provider.
  case interRegion = "inter-region"
  /// From one zone of a region to another.
  case interZone = "inter-zone"
  /// From a point of presence to the internet.
  case edge
}

/// Which row of the price book prices a meter.
package struct PriceRule: Sendable {
  /// Over what a provider adds usage up before it applies tiers, and whose price it takes.
  package enum Aggregation: Sendable {
    /// Each price region by itself.
    case perRegion
    /// The whole account together, at the price published for this region.
    case account(region: String)
  }

  /// The stable name of the meter.
  package let meter: String
  /// The route it applies to.
  package let route: Route
  /// The service, as the price book spells it.
  package let service: String
  /// The price book's dimensions to try, best first; `{region}` and `{destination}` stand for the reading's
  /// own.
  package let dimensions: [String]
  /// The unit that the price book bills in.
  package let unit: String
  /// The units a reading may be in, and how many of the billed unit one makes.
  package let conversions: [UnitConversion]
  /// What is added up before tiers apply.
  package let aggregation: Aggregation
  /// The allowance that covers the first units; nil for none.
  package let allowance: String?

  /// The rule for a meter on a route.
  package static func of(meter: String, route: Route) -> PriceRule? {
    table.first { $0.meter == meter && $0.route == route }
  }
}

/// How many of a billed unit one unit of a meter makes: `multiply` ÷ `divide`.
package struct UnitConversion: Sendable {
  /// The meter's unit.
  package let unit: String
  /// The numerator.
  package let multiply: Int64
  /// The denominator.
  package let divide: Int64

  /// Plain counts, under the names that meters use.
  static let count = ["", "request", "requests", "unit", "units"].map {
    UnitConversion(unit: $0, multiply: 1, divide: 1)
  }
  /// Memory held for a time. A gigabyte is 1,024 MB of memory, as the providers' own examples count.
  static let memoryTime = [
    UnitConversion(unit: "MB-ms", multiply: 1, divide: 1_024_000),
    UnitConversion(unit: "GB-second", multiply: 1, divide: 1),
  ]
  /// Bytes. A gigabyte on a bill is 2³⁰ bytes, as the providers' own examples count.
  static let volume = [
    UnitConversion(unit: "B", multiply: 1, divide: 1_073_741_824),
    UnitConversion(unit: "GB", multiply: 1, divide: 1),
  ]
  /// Processor time.
  static let processorTime = [
    UnitConversion(unit: "ms", multiply: 1, divide: 1),
    UnitConversion(unit: "us", multiply: 1, divide: 1_000),
    UnitConversion(unit: "ns", multiply: 1, divide: 1_000_000),
  ]
}

/// A fee per month that an account pays as soon as it uses a service at all.
package struct Subscription: Sendable {
  /// The meters that show the service is used begin with this.
  package let meterPrefix: String
  /// The stable name of the fee's own line.
  package let meter: String
  /// The service, as the price book spells it.
  package let service: String
  /// The price book's dimension.
  package let dimension: String

  /// The known subscriptions.
  package static let table: [Subscription] = [
    Subscription(
      meterPrefix: "workers.", meter: "workers.subscription", service: "Cloudflare Workers Paid",
      dimension: "subscription")
  ]
}

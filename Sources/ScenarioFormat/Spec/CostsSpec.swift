/// The section `costs`: amounts that no meter counts, and what differs from the catalog's figures of ownership.
package struct CostsSpec: Sendable {
  /// Amounts a month under names of the user's.
  package var amounts: [AmountSpec] = []
  /// Figures given instead of the catalog's: the catalog's item and the value.
  package var figures: [FigureSpec] = []
  /// Environments that are given; nil = the catalog's.
  package var environments: [EnvironmentSpec]?
  /// Machines that are owned, and instances that are rented by the hour.
  package var hardware: [HardwareSpec] = []
  package var capacity: [CapacitySpec] = []
  /// Discounts on the provider's list prices.
  package var discounts: [DiscountSpec] = []

  package init() {}

  /// All names of placements that a cost refers to.
  package var placementReferences: [Marked<String>] {
    amounts.flatMap(\.placements) + hardware.flatMap(\.placements) + capacity.flatMap(\.placements)
      + discounts.flatMap(\.placements)
  }

  static let shape = Shape.object(table)
  static let table = KeyTable(
    "the costs", others: AmountSpec.shape,
    [
      Key("currencies", .named(.quantity(.money)), "dollars for one of another currency: {EUR: 1.08 USD}"),
      Key("horizon", .number, "years over which the cost of ownership is looked at (5)"),
      Key("environments", EnvironmentSpec.shape, "the environments and how much of production each has"),
      Key("staff", .object(FigureSpec.staff), "hours a month for each function, and what an hour costs"),
      Key("energy", .object(FigureSpec.energy), "price and making of electricity"),
      Key("hardware", .named(.object(HardwareSpec.table)), "machines that are owned"),
      Key("discounts", DiscountSpec.shape, "what is cheaper than its list price, by names"),
      Key("instances", .named(.object(CapacitySpec.table)), "machines that are rented by the hour, used or not"),
    ])
}

/// An amount a month.
package struct AmountSpec: Sendable {
  /// What it is for.
  package var name: Marked<String>
  /// US dollars a month.
  package var perMonth: Double
  /// The placements that bear it; empty = all.
  package var placements: [Marked<String>] = []
  /// The line of the cost of ownership that it belongs to; nil = licences.
  package var line: String?
  /// The environments that bear it; empty = production.
  package var environments: [String] = []

  static let shape = Shape.either([.quantity(.money), .text, .object(table)])
  static let table = KeyTable(
    "a cost", shorthand: "month",
    [
      .required("month", CostsReader.amount, "amount a month"),
      Key("placements", CostsReader.names, "the placements that bear it (all)"),
      Key("line", .choice(CostsReader.lines), "the line of the cost of ownership (licences)"),
      Key("environments", .list(.choice(EnvironmentSpec.names)), "the environments that bear it (production)"),
    ])
}

/// A figure of the catalog's ownership table, given by the scenario.
package struct FigureSpec: Sendable {
  /// The item, as in the catalog's table `ownership`.
  package var item: String
  /// The value in the unit of that table.
  package var value: Double

  static let staff = KeyTable(
    "the staff",
    [
      Key("rate", CostsReader.amount, "what an hour of work costs"),
      Key("support", .number, "hours a month for support and maintenance of a function"),
      Key("development", .number, "hours a month for developing a function further"),
      Key("test", .number, "hours a month for testing and quality of a function"),
      Key("governance", .number, "hours a month for governance and compliance of a function"),
      Key("server", .number, "hours a month for each owned machine"),
    ])
  static let energy = KeyTable(
    "the energy",
    [
      Key("tariff", CostsReader.amount, "price of a kilowatt-hour"),
      Key("pue", .number, "energy of the building for each unit of the machines', from 1"),
      Key("carbon", .number, "grams of CO2 equivalent for a kilowatt-hour"),
    ])
}

/// How much of production an environment has.
package struct EnvironmentSpec: Sendable {
  /// One of `names`.
  package var name: String
  /// Shares of production's usage, capacity and hours; nil = the catalog's.
  package var usage: Double?
  package var capacity: Double?
  package var hours: Double?

  static let names = ["production", "staging", "test", "development"]
  static let shape = Shape.either([
    .list(.choice(names)),
    .object(KeyTable("the environments", names.map { Key($0, .object(table), "how much of production it has") })),
  ])
  static let table = KeyTable(
    "an environment",
    [
      Key("usage", .ratio, "share of production's requests"),
      Key("capacity", .ratio, "share of production's machines and instances"),
      Key("hours", .ratio, "share of production's hours of support and governance"),
    ])
}

/// Machines that are owned: bought, powered, housed and looked after.
package struct HardwareSpec: Sendable {
  /// The name, the placements that stand on them (empty = all), how many, and the processors of one.
  package var name: Marked<String>
  package var placements: [Marked<String>] = []
  package var count: Int
  package var vcpus: Double
  /// US dollars for one; nil = the catalog's.
  package var price: Double?
  /// Figures given instead of the catalog's: the catalog's item and the value.
  package var figures: [FigureSpec] = []
  /// Racks filled, terabytes of disk, Mbit/s of transit.
  package var racks: Double = 0
  package var storageTerabytes: Double = 0
  package var bandwidthMegabits: Double = 0
  /// Share of the processors in use; nil = what the simulation measured.
  package var utilisation: Double?

  static let table = KeyTable(
    "hardware",
    [
      Key("placements", CostsReader.names, "the placements that stand on it (all)"),
      .required("count", .count(minimum: 1), "how many machines"),
      .required("vcpus", .number, "processors of one machine"),
      Key("price", CostsReader.amount, "purchase price of one machine"),
      Key("life", .number, "years after which it is replaced"),
      Key("replacement", .ratio, "share of the machines replaced each year because they fail"),
      Key("interest", .ratio, "cost of the capital, a year"),
      Key("maintenance", .ratio, "maintenance contract a year, as a share of the purchase price"),
      Key("idle", .number, "watts of a machine that does nothing"),
      Key("full", .number, "watts of a machine at full load"),
      Key("racks", .number, "racks that it fills (0: housed elsewhere)"),
      Key("space", CostsReader.amount, "rent of a rack a month"),
      Key("network", CostsReader.amount, "network equipment of a rack"),
      Key("storage", .quantity(.bytes), "disks bought with it"),
      Key("disk", CostsReader.amount, "purchase price of a terabyte of disk"),
      Key("bandwidth", .quantity(.bandwidth), "transit that is paid for by the month"),
      Key("transit", CostsReader.amount, "price of a Mbit/s of transit a month"),
      Key("utilisation", .ratio, "share of the processors in use (as simulated)"),
    ])
}

/// Instances that are rented by the hour whether they are used or not.
package struct CapacitySpec: Sendable {
  /// The name, the placements that run on them (empty = all), the instance type and the region of its price.
  package var name: Marked<String>
  package var placements: [Marked<String>] = []
  package var type: Marked<String>
  package var region: Marked<String>
  /// How many, hours a month of each, processors of one.
  package var count: Int
  package var hours: Double
  package var vcpus: Double?
  /// US dollars an hour; nil = the catalog's.
  package var price: Double?

  static let table = KeyTable(
    "instances",
    [
      Key("placements", CostsReader.names, "the placements that run on them (all)"),
      .required("type", .name, "the instance type, such as m5.large"),
      Key("region", .name, "the region whose price holds (us-east-1)"),
      Key("count", .count(minimum: 1), "how many (1)"),
      Key("hours", .number, "hours a month, at most 730 (730)"),
      Key("vcpus", .number, "processors of one, to tell what is idle"),
      Key("price", CostsReader.amount, "price of an hour, instead of the catalog's"),
    ])
}

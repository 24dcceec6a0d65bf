/// A discount that an account has: what is promised, and what it makes cheaper.
package struct DiscountSpec: Sendable {
  /// A share off the list price of the meters that begin with `prefix`.
  package struct Rate: Sendable {
    /// The beginning of the meters' names.
    package let prefix: Marked<String>
    /// From 0 to 1.
    package let off: Double
  }

  /// Where the shares off come from: given here, or published under a name.
  package struct Rates: Sendable {
    /// What is given here.
    package let given: [Rate]
    /// The name of a published discount of the catalog.
    package let plan: Marked<String>?
  }

  /// How the discount comes about.
  package enum Kind: Sendable {
    /// Capacity that can be taken back, for a share of the usage.
    case spot(Rates, share: Double)
    /// US dollars promised for every hour.
    case savingsPlan(Rates, hourly: Double)
    /// So many units of a meter, all month, for a fee: US dollars an hour for each, and at the beginning of so many
    /// years.
    case reserved(Marked<String>, region: String, count: Double, hourly: Double, upfront: Double, years: Double)
    /// A quantity of a meter a month, at a share off.
    case committed(Marked<String>, region: String, quantity: Marked<String>, off: Double)
  }

  /// What the user calls it.
  package let name: Marked<String>
  /// The placements that have it; empty for all.
  package let placements: [Marked<String>]
  /// The environments that have it; empty for production.
  package let environments: [Marked<String>]
  /// How it comes about.
  package let kind: Kind

  /// Discounts by their names.
  package static let shape = Shape.named(.object(table))
  static let table = KeyTable(
    "a discount", isChoice: true,
    [
      Key("spot", .object(spot), "capacity that can be taken back"),
      Key("savingsPlan", .object(savingsPlan), "money promised for every hour, against usage"),
      Key("reserved", .object(reserved), "units paid for all month, used or not"),
      Key("committed", .object(committed), "usage promised for a month, at a share off"),
    ])
  private static let places = Key("placements", .either([.name, .list(.name)]), "the placements that have it (all)")
  private static let environments = Key(
    "environments", .either([.choice(EnvironmentSpec.names), .list(.choice(EnvironmentSpec.names))]),
    "the environments that have it (production)")
  private static let plan = Key("plan", .name, "a published discount: 'perigee catalog discounts'")
  private static let off = Key("off", .named(.ratio), "share off the list price by the beginning of the meters' names")
  static let spot = KeyTable(
    "a spot discount",
    [plan, off, Key("share", .ratio, "share of the usage that runs on it (all)"), places, environments])
  static let savingsPlan = KeyTable(
    "a savings plan",
    [plan, off, .required("hourly", .quantity(.money), "dollars promised for every hour"), places, environments])
  static let reserved = KeyTable(
    "a reservation",
    [
      .required("meter", .text, "what is reserved, such as EC2 on-demand Linux/t3.medium"),
      Key("region", .name, "the region that it holds in (all)"),
      Key("count", .number, "how many (1)"),
      Key("hourly", .quantity(.money), "dollars an hour for each (0 USD)"),
      Key("upfront", .quantity(.money), "dollars for each at the beginning (0 USD)"),
      Key("years", .number, "years that the beginning pays for (1)"), places, environments,
    ])
  static let committed = KeyTable(
    "a committed use",
    [
      .required("meter", .text, "what is promised"),
      Key("region", .name, "the region that it holds in (all)"),
      .required("quantity", .text, "how much a month, with its unit"),
      .required("off", .ratio, "share off the list price"), places, environments,
    ])
}

extension NodeReader {
  /// Reads discounts by their names.
  package func discounts(_ node: Located) -> [DiscountSpec] {
    (named(node, of: "discounts") ?? []).compactMap { discount($0.name, $0.value) }
  }

  private func discount(_ name: Marked<String>, _ node: Located) -> DiscountSpec? {
    guard let map = mapping(node, DiscountSpec.table), let (word, value) = map.choice else { return nil }
    switch word {
    case "spot":
      guard let own = mapping(value, DiscountSpec.spot), let rates = rates(own) else { return nil }
      return make(name, own, .spot(rates, share: own.read("share", ratio)?.value ?? 1))
    case "savingsPlan":
      guard let own = mapping(value, DiscountSpec.savingsPlan), let rates = rates(own),
        let hourly = own.read("hourly", { quantity($0, .money) })
      else { return nil }
      return make(name, own, .savingsPlan(rates, hourly: hourly.value))
    case "reserved": return mapping(value, DiscountSpec.reserved).flatMap { reserved(name, $0) }
    default: return mapping(value, DiscountSpec.committed).flatMap { committed(name, $0) }
    }
  }

  private func reserved(_ name: Marked<String>, _ map: MappingReader) -> DiscountSpec? {
    guard let meter = map.read("meter", text) else { return nil }
    let years = map.read("years", number)
    if let years, years.value <= 0 {
      problems.error("not-positive", at: years.mark, "a number of years above zero belongs here")
      return nil
    }
    let money = { (key: String) in map.read(key) { quantity($0, .money) }?.value ?? 0 }
    return make(
      name, map,
      .reserved(
        meter, region: map.read("region", self.name)?.value ?? "", count: map.read("count", number)?.value ?? 1,
        hourly: money("hourly"), upfront: money("upfront"), years: years?.value ?? 1))
  }

  private func committed(_ name: Marked<String>, _ map: MappingReader) -> DiscountSpec? {
    guard let meter = map.read("meter", text), let quantity = map.read("quantity", text),
      let off = map.read("off", ratio)
    else { return nil }
    let region = map.read("region", self.name)?.value ?? ""
    return make(name, map, .committed(meter, region: region, quantity: quantity, off: off.value))
  }

  private func rates(_ map: MappingReader) -> DiscountSpec.Rates? {
    let given = (map.read("off") { named($0, of: "shares off") } ?? []).compactMap { entry in
      ratio(entry.value).map { DiscountSpec.Rate(prefix: entry.name, off: $0.value) }
    }
    let plan = map.read("plan", name)
    guard plan != nil || !given.isEmpty else {
      map.fail("missing-key", "this needs 'off' (shares off by meters) or 'plan' (a published discount)")
      return nil
    }
    return DiscountSpec.Rates(given: given, plan: plan)
  }

  private func make(_ name: Marked<String>, _ map: MappingReader, _ kind: DiscountSpec.Kind) -> DiscountSpec {
    func names(_ key: String) -> [Marked<String>] {
      map.read(key) { list($0, of: key, orSingle: true)?.compactMap(self.name) } ?? []
    }
    let environments = names("environments")
    for one in environments where !EnvironmentSpec.names.contains(one.value) {
      problems.error(
        "unknown-environment", at: one.mark,
        Suggestion.missing("environment", one.value, among: EnvironmentSpec.names))
    }
    return DiscountSpec(name: name, placements: names("placements"), environments: environments, kind: kind)
  }
}

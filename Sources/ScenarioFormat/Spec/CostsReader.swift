internal import Catalog

/// Reads the section `costs`: a reader of nodes that knows the section's currencies.
struct CostsReader {
  /// An amount in dollars, or in a currency that the section has a rate for.
  static let amount = Shape.either([.quantity(.money), .text])
  static let names = Shape.either([.name, .list(.name)])
  /// The lines of the cost of ownership.
  static let lines = [
    "energy", "network", "storage", "processing", "licences", "support", "development", "governance", "idle", "capital",
  ]

  private let reader: NodeReader
  private var problems: Problems { reader.problems }
  /// Dollars for one of each currency.
  private var rates: [(name: String, rate: Double)] = []

  init(_ reader: NodeReader) { self.reader = reader }

  /// Reads the section.
  mutating func costs(_ node: Located) -> CostsSpec {
    var spec = CostsSpec()
    guard let map = reader.mapping(node, CostsSpec.table) else { return spec }
    if node.entries?.isEmpty == true {
      problems.error("empty-section", at: node.mark, "there are no costs here; give at least one")
    }
    readRates(map)
    if let years = map.read("horizon", positive) {
      spec.figures.append(FigureSpec(item: "horizon", value: years.value))
    }
    spec.environments = map.read("environments", environments)
    if let staff = map.read("staff", { reader.mapping($0, FigureSpec.staff) }) {
      spec.figures += figures(staff, FigureSpec.staff, prefix: "staff", money: ["rate"])
    }
    if let energy = map.read("energy", { reader.mapping($0, FigureSpec.energy) }) {
      spec.figures += figures(energy, FigureSpec.energy, prefix: "energy", money: ["tariff"])
    }
    spec.hardware = section(map, "hardware", hardware)
    spec.capacity = section(map, "instances", capacity)
    spec.discounts = map.read("discounts", reader.discounts) ?? []
    for entry in node.entries ?? [] where CostsSpec.table[entry.key.value] == nil {
      guard let name = reader.checkedName(entry.key), let cost = amountEntry(name, entry.value) else { continue }
      spec.amounts.append(cost)
    }
    return spec
  }

  private mutating func readRates(_ map: MappingReader) {
    let entries = map.read("currencies") { reader.named($0, of: "currencies") } ?? []
    for entry in entries {
      guard let rate = reader.quantity(entry.value, .money) else { continue }
      guard rate.value > 0 else {
        problems.error("not-positive", at: rate.mark, "one \(entry.name.value.shortened) is worth more than nothing")
        continue
      }
      rates.append((entry.name.value, rate.value))
    }
  }

  private func section<Spec>(
    _ map: MappingReader, _ key: String, _ body: (Marked<String>, Located) -> Spec?
  ) -> [Spec] {
    (map.read(key) { reader.named($0, of: key) } ?? []).compactMap { body($0.name, $0.value) }
  }

  /// An amount in US dollars.
  private func money(_ node: Located) -> Marked<Double>? {
    guard let text = node.text, let start = text.lastIndex(where: { $0 == " " || $0.isNumber }) else {
      return reader.quantity(node, .money)
    }
    let unit = String(text[text.index(after: start)...])
    guard unit != "USD", !unit.isEmpty, unit.allSatisfy(\.isLetter) else { return reader.quantity(node, .money) }
    guard let rate = rates.first(where: { $0.name == unit }) else {
      problems.error(
        "unknown-currency", at: node.mark,
        "there is no rate for the currency '\(unit.shortened)'; write USD, or its rate in costs.currencies, such as"
          + " currencies: {\(unit.shortened): 1.1 USD}; known: USD"
          + rates.map { ", " + $0.name }.joined())
      return nil
    }
    let number = String(text[...start])
    let plain = Located(.scalar(.init(text: number + " USD", isQuoted: false)), at: node.mark)
    return reader.quantity(plain, .money)?.map { $0 * rate.rate }
  }

  private func positive(_ node: Located) -> Marked<Double>? {
    guard let number = reader.number(node) else { return nil }
    guard number.value > 0 else {
      problems.error("not-positive", at: node.mark, "a number above zero belongs here")
      return nil
    }
    return number
  }

  private func placements(_ map: MappingReader) -> [Marked<String>] {
    map.read("placements") {
      reader.list($0, of: "placements", orSingle: true)?.compactMap(reader.name)
    } ?? []
  }

  private func amountEntry(_ name: Marked<String>, _ node: Located) -> AmountSpec? {
    guard let entries = node.entries else {
      return money(node).map { AmountSpec(name: name, perMonth: $0.value) }
    }
    // A misspelt section is a mapping too.
    if !entries.contains(where: { $0.key.value == "month" }),
      let nearest = Suggestion.nearest(to: name.value, among: CostsSpec.table.names)
    {
      problems.error(
        "unknown-key", at: name.mark, "'\(name.value.shortened)' is not a key of the costs", suggestion: nearest)
      return nil
    }
    guard let map = reader.mapping(node, AmountSpec.table), let month = map.read("month", money) else { return nil }
    var cost = AmountSpec(name: name, perMonth: month.value, placements: placements(map))
    cost.line = map.read("line") { reader.choice($0, Self.lines.map { ($0, $0) }) }
    cost.environments =
      map.read("environments") { reader.list($0, of: "environments", orSingle: true)?.compactMap(environmentName) }
      ?? []
    return cost
  }

  private func environmentName(_ node: Located) -> String? {
    reader.choice(node, EnvironmentSpec.names.map { ($0, $0) })
  }

  private func environments(_ node: Located) -> [EnvironmentSpec]? {
    if node.elements != nil {
      return reader.list(node, of: "environments")?.compactMap(environmentName).map { EnvironmentSpec(name: $0) }
    }
    let table = KeyTable("the environments", EnvironmentSpec.names.map { Key($0, .object(EnvironmentSpec.table), "") })
    guard let map = reader.mapping(node, table) else { return nil }
    return EnvironmentSpec.names.compactMap { name in
      guard let own = map.read(name, { reader.mapping($0, EnvironmentSpec.table) }) else { return nil }
      return EnvironmentSpec(
        name: name, usage: own.read("usage", reader.ratio)?.value, capacity: own.read("capacity", reader.ratio)?.value,
        hours: own.read("hours", reader.ratio)?.value)
    }
  }

  /// The figures of a mapping whose keys are items of the catalog's table.
  private func figures(
    _ map: MappingReader, _ table: KeyTable, prefix: String, money keys: [String]
  ) -> [FigureSpec] {
    table.names.compactMap { key in
      guard let value = map.read(key, keys.contains(key) ? money : reader.number) else { return nil }
      guard key != "pue" || value.value >= 1 else {
        problems.error("out-of-range", at: value.mark, "a PUE is 1 or more: the building needs what its machines need")
        return nil
      }
      return FigureSpec(item: "\(prefix).\(key)", value: value.value)
    }
  }

  private func hardware(_ name: Marked<String>, _ node: Located) -> HardwareSpec? {
    guard let map = reader.mapping(node, HardwareSpec.table),
      let count = map.read("count", { reader.count($0, from: 1, to: 1_000_000) }),
      let vcpus = map.read("vcpus", positive)
    else { return nil }
    var spec = HardwareSpec(name: name, placements: placements(map), count: count.value, vcpus: vcpus.value)
    spec.price = map.read("price", money)?.value
    let keys = ["life", "idle", "full", "replacement", "interest", "maintenance", "space", "network", "disk", "transit"]
    for key in keys {
      let value: Marked<Double>? = map.read(key) { node in
        switch key {
        case "life": positive(node)
        case "idle", "full": reader.number(node)
        case "replacement", "interest", "maintenance": reader.ratio(node)
        default: money(node)
        }
      }
      if let value { spec.figures.append(FigureSpec(item: "hardware.\(key)", value: value.value)) }
    }
    spec.racks = map.read("racks", reader.number)?.value ?? 0
    spec.storageTerabytes = (map.read("storage") { reader.quantity($0, .bytes) }?.value ?? 0) / 1e12
    spec.bandwidthMegabits = (map.read("bandwidth") { reader.quantity($0, .bandwidth) }?.value ?? 0) / 1e6
    spec.utilisation = map.read("utilisation", reader.ratio)?.value
    return spec
  }

  private func capacity(_ name: Marked<String>, _ node: Located) -> CapacitySpec? {
    guard let map = reader.mapping(node, CapacitySpec.table), let type = map.read("type", reader.name) else {
      return nil
    }
    let hours = map.read("hours", reader.number)
    if let hours, hours.value > 730 {
      problems.error("out-of-range", at: hours.mark, "a month of a bill has 730 hours; \(hours.value) is more")
      return nil
    }
    return CapacitySpec(
      name: name, placements: placements(map), type: type,
      region: map.read("region", reader.name) ?? Marked("us-east-1", at: map.mark),
      count: map.read("count") { reader.count($0, from: 1, to: 1_000_000) }?.value ?? 1,
      hours: hours?.value ?? 730, vcpus: map.read("vcpus", positive)?.value, price: map.read("price", money)?.value)
  }
}

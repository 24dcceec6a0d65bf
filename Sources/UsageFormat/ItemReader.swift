internal import Catalog
internal import Pricing
internal import ScenarioFormat

/// Reads the items of a usage file: a service with its natural inputs, or a meter with a quantity.
struct ItemReader {
  private let reader: NodeReader
  private let book: PriceBook
  private let region: String
  private let isStrict: Bool
  private var problems: Problems { reader.problems }

  private static let common = [
    Key("region", .name, "the price region (the file's)"),
    Key("account", .name, "items of one account share its tiers and its free tier (main)"),
  ]
  private static let meterTable = KeyTable(
    "an item of a meter",
    [
      .required("meter", .text, "a meter, or SERVICE/DIMENSION of the price list"),
      .required("quantity", .text, "how much in a month, with its unit"),
      Key("route", .choice(Route.allCases.map(\.rawValue).filter { !$0.isEmpty }), "the way of a transfer"),
      Key("destination", .name, "the region at the other end of an inter-region route"),
    ] + common)

  init(_ reader: NodeReader, _ book: PriceBook, region: String, isStrict: Bool) {
    self.reader = reader
    self.book = book
    self.region = region
    self.isStrict = isStrict
  }

  /// What one item uses, meter by meter; nothing when it has errors.
  func items(_ node: Located) -> [UsageItem] {
    guard !problems.isFull else { return [] }
    if node[key: "service"] != nil { return serviceItems(node) }
    guard node.entries == nil || node[key: "meter"] != nil else {
      problems.error(
        "missing-key", at: node.mark,
        "an item needs 'service' (such as lambda, with its inputs) or 'meter' (with a quantity)")
      return []
    }
    return meterItem(node).map { [$0] } ?? []
  }

  private func meterItem(_ node: Located) -> UsageItem? {
    guard let map = reader.mapping(node, Self.meterTable), let meter = map.read("meter", reader.text),
      let text = map.read("quantity", reader.text)
    else { return nil }
    let routes = Route.allCases.map { ($0.rawValue, $0) }.filter { !$0.0.isEmpty }
    let route = map.read("route") { reader.choice($0, routes) } ?? .unrouted
    guard let rule = rule(meter, route) else { return nil }
    guard let (number, unit) = QuantityText.split(text.value) else {
      problems.error(
        "quantity", at: text.mark,
        "'\(text.value)' is not a quantity; write a number, zero or more, and a unit, such as '1000 \(rule.unit)'")
      return nil
    }
    let item = item(map, rule, map.read("destination", reader.name)?.value ?? "", number, unit)
    return check(item, at: text.mark)
  }

  private func rule(_ meter: Marked<String>, _ route: Route) -> PriceRule? {
    if let rule = book.rule(meter: meter.value, route: route) { return rule }
    let routes = book.rules.meters.filter { $0.meter == meter.value }.map(\.route.rawValue)
    guard routes.isEmpty else {
      problems.error(
        "unknown-meter", at: meter.mark,
        "the meter '\(meter.value)' needs a 'route': \(Suggestion.list(routes.filter { !$0.isEmpty }))")
      return nil
    }
    let nearest = Suggestion.nearest(to: meter.value, among: book.meterNames)
    problems.error(
      "unknown-meter", at: meter.mark,
      "there is no meter and no price '\(meter.value)'"
        + (nearest == nil ? "; 'perigee catalog meters' and 'perigee catalog prices' list them" : ""),
      suggestion: nearest)
    return nil
  }

  private func serviceItems(_ node: Located) -> [UsageItem] {
    guard let word = node[key: "service"], let name = reader.text(word) else { return [] }
    let services = book.rules.services
    guard let service = services.first(where: { $0.name == name.value }) else {
      problems.error(
        "unknown-service", at: name.mark,
        Suggestion.missing("service", name.value, among: services.map(\.name)))
      return []
    }
    let inputs = service.inputs
    let keys = inputs.map { Key($0.name, .text, UsageQuantity.wanted($0.kind)) }
    let table = KeyTable("an item of \(service.name)", [Key("service", .name, "the service")] + keys + Self.common)
    guard let map = reader.mapping(node, table) else { return [] }
    var values: [String: ExactDecimal] = [:]
    for input in inputs {
      guard let text = map.read(input.name, reader.text) else { continue }
      guard let value = UsageQuantity.value(text.value, input.kind) else {
        problems.error(
          "quantity", at: text.mark,
          "'\(text.value)' is not what '\(input.name)' takes; write \(UsageQuantity.wanted(input.kind))")
        return []
      }
      values[input.name] = value
    }
    return meters(of: service, values, map)
  }

  /// The meters that the inputs advance; inputs that advance none are an error.
  private func meters(
    of service: UsageService, _ values: [String: ExactDecimal], _ map: MappingReader
  ) -> [UsageItem] {
    var items: [UsageItem] = []
    var unused = Set(values.keys)
    for meter in service.meters {
      guard meter.factors.contains(where: { values[$0.input] != nil }),
        let (quantity, unit) = service.quantity(of: meter, values),
        let rule = book.rule(meter: meter.name, route: .unrouted)
          ?? book.rules.meters.first(where: { $0.meter == meter.name })
      else { continue }
      for factor in meter.factors { unused.remove(factor.input) }
      if let item = check(item(map, rule, "", quantity, unit), at: map.mark) { items.append(item) }
    }
    for input in service.inputs where unused.contains(input.name) {
      let needed = service.meters.filter { $0.factors.contains { $0.input == input.name } }
        .flatMap(\.factors).filter { $0.fallback == nil && values[$0.input] == nil }.map(\.input)
      let reason = needed.isEmpty ? "is beyond any bill" : "needs also \(Suggestion.list(unique(needed)))"
      problems.error("unused-input", at: map.mark(of: input.name), "'\(input.name)' of \(service.name) \(reason)")
    }
    if values.isEmpty {
      problems.error(
        "missing-key", at: map.mark,
        "this says nothing about what was used; inputs: \(Suggestion.list(service.inputs.map(\.name)))")
    }
    return items
  }

  private func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func item(
    _ map: MappingReader, _ rule: PriceRule, _ destination: String, _ quantity: ExactDecimal, _ unit: String
  ) -> UsageItem {
    UsageItem(
      account: map.read("account", reader.name)?.value ?? "main", meter: rule.meter, route: rule.route,
      region: map.read("region", reader.name)?.value ?? region, destination: destination, quantity: quantity,
      unit: unit.isEmpty ? rule.unit : unit)
  }

  /// Whether the item can be priced by itself; says why not, or what stands in.
  private func check(_ item: UsageItem, at mark: SourceMark) -> UsageItem? {
    do {
      let bill = try book.bill(for: [item], PriceBook.Terms(isStrict: isStrict))
      if let note = bill.lines.lazy.map(\.note).first(where: { !$0.isEmpty }) {
        problems.warning("stand-in", at: mark, "\(item.meter): \(note)")
      }
      return item
    } catch {
      problems.error("price", at: mark, "\(error)")
      return nil
    }
  }
}

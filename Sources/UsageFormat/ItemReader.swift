internal import Catalog
internal import Pricing
internal import ScenarioFormat

/// Reads the items of a usage file: a service with its natural inputs, or a meter with a quantity.
struct ItemReader {
  /// What holds for the items of a file.
  struct Setting {
    /// The price region of items that do not name one.
    let region: String
    /// Length of the month, seconds.
    let month: ExactDecimal
    /// Whether another region's price that stands in for a missing one is an error.
    let isStrict: Bool
  }

  private let reader: NodeReader
  private let book: PriceBook
  private let setting: Setting
  private let guide: UsageGuide
  private var problems: Problems { reader.problems }

  static let common = [
    Key("region", .name, "the price region (the file's)"),
    Key("account", .name, "items of one account share its tiers and its free tier (main)"),
  ]
  private static let destination = Key("destination", .name, "the region at the other end of an inter-region route")
  static let meterTable = KeyTable(
    "an item of a meter",
    [
      .required("meter", .text, "a meter, or SERVICE/DIMENSION of the price list"),
      .required("quantity", .name, "how much in a month, with its unit"),
      Key("route", .choice(Route.allCases.map(\.rawValue).filter { !$0.isEmpty }), "the way of a transfer"),
      destination,
    ] + common)

  init(_ reader: NodeReader, _ book: PriceBook, _ setting: Setting) {
    self.reader = reader
    self.book = book
    self.setting = setting
    guide = UsageGuide(book: book)
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
    if let word = node[key: "meter"], let name = reader.text(word), let hint = guide.misplaced(meter: name.value) {
      problems.error("unknown-meter", at: name.mark, hint)
      return nil
    }
    guard let map = reader.mapping(node, Self.meterTable), let meter = map.read("meter", reader.text),
      let text = map.read("quantity", reader.text)
    else { return nil }
    let routes = Route.allCases.map { ($0.rawValue, $0) }.filter { !$0.0.isEmpty }
    let route = map.read("route") { reader.choice($0, routes) } ?? .unrouted
    guard let rule = rule(meter, route),
      let quantity = MeterQuantity(text, of: rule, month: setting.month, problems)
    else { return nil }
    return check(item(place(map), rule, quantity.number, quantity.unit), at: text.mark)
  }

  private func rule(_ meter: Marked<String>, _ route: Route) -> PriceRule? {
    if let rule = book.rule(meter: meter.value, route: route) { return rule }
    let routes = book.rules.meters.filter { $0.meter == meter.value }.map(\.route.rawValue)
    guard routes.isEmpty else {
      let known = Suggestion.list(routes.filter { !$0.isEmpty })
      problems.error(
        "unknown-meter", at: meter.mark,
        routes == [""]
          ? "the meter '\(meter.value)' has no routes; leave 'route' out"
          : "the meter '\(meter.value)' needs a 'route': \(known)")
      return nil
    }
    problems.error("unknown-meter", at: meter.mark, guide.unknown(meter: meter.value))
    return nil
  }

  private func serviceItems(_ node: Located) -> [UsageItem] {
    guard let word = node[key: "service"], let name = reader.text(word) else { return [] }
    guard let service = book.rules.services.first(where: { $0.name == name.value }) else {
      problems.error("unknown-service", at: name.mark, guide.unknown(service: name.value))
      return []
    }
    guard let map = reader.mapping(node, Self.table(of: service)) else { return [] }
    var inputs = UsageService.Inputs(month: setting.month)
    for input in service.inputs {
      guard let text = map.read(input.name, reader.text) else { continue }
      if input.kind == .name {
        inputs.names[input.name] = text.value
        continue
      }
      guard let value = UsageQuantity.value(text.value, input.kind, month: setting.month) else {
        problems.error(
          "quantity", at: text.mark,
          "'\(text.value)' is not what '\(input.name)' takes; write \(UsageQuantity.wanted(input.kind))")
        return []
      }
      inputs.values[input.name] = value
    }
    return meters(of: service, inputs, map)
  }

  /// The keys of an item of a service.
  static func table(of service: UsageService) -> KeyTable {
    let keys = service.inputs.map { Key($0.name, .name, UsageQuantity.wanted($0.kind)) }
    let ends = service.meters.contains { $0.route == .interRegion } ? [destination] : []
    let name = Key.required("service", .choice([service.name]), "the service")
    return KeyTable("an item of \(service.name)", [name] + keys + ends + common)
  }

  /// The meters that the inputs advance; inputs that advance none are an error.
  private func meters(
    of service: UsageService, _ inputs: UsageService.Inputs, _ map: MappingReader
  ) -> [UsageItem] {
    guard !inputs.values.isEmpty || !inputs.names.isEmpty else {
      // What is written and cannot be read has been reported.
      guard !service.inputs.contains(where: { map.has($0.name) }) else { return [] }
      problems.error(
        "missing-key", at: map.mark,
        "this says nothing about what was used; inputs: \(Suggestion.list(service.inputs.map(\.name)))")
      return []
    }
    var items: [UsageItem] = []
    let place = place(map)
    var unused = Set(inputs.values.keys).union(inputs.names.keys)
    for meter in service.meters {
      guard meter.isUsed(by: inputs), let (quantity, unit) = service.quantity(of: meter, inputs),
        let name = meter.name(with: inputs)
      else { continue }
      for factor in meter.factors { unused.remove(factor.input) }
      guard let rule = book.rule(meter: name, route: meter.route) else {
        report(meter, name, inputs, map)
        return []
      }
      guard let item = check(item(place, rule, quantity, unit), at: map.mark) else { continue }
      if meter.isMeasure, let rival = items.firstIndex(where: { $0.meter == item.meter }) {
        if item.quantity > items[rival].quantity { items[rival] = item }
      } else {
        items.append(item)
      }
    }
    for input in service.inputs where unused.contains(input.name) {
      let needed = service.meters.filter { $0.factors.contains { $0.input == input.name } }
        .flatMap(\.factors).filter { $0.fallback == nil && !inputs.has($0.input) }.map(\.input)
      let reason = needed.isEmpty ? "is beyond any bill" : "needs also \(Suggestion.list(unique(needed)))"
      problems.error("unused-input", at: map.mark(of: input.name), "'\(input.name)' of \(service.name) \(reason)")
    }
    return items
  }

  /// A word that should stand in a meter's name makes none.
  private func report(
    _ meter: UsageService.Meter, _ name: String, _ inputs: UsageService.Inputs, _ map: MappingReader
  ) {
    guard let input = meter.factors.first(where: { $0.kind == .name })?.input, let word = inputs.names[input] else {
      return problems.error("unknown-meter", at: map.mark, guide.unknown(meter: name))
    }
    problems.error("unknown-name", at: map.mark(of: input), guide.unknown(word, for: input, in: meter.name))
  }

  private func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Where something was used, and by whom.
  private struct UsagePlace {
    let account: String
    let region: String
    let destination: String
  }

  /// Where an item was used; regions that nobody knows are an error.
  private func place(_ map: MappingReader) -> UsagePlace {
    func region(_ key: String) -> String? {
      guard let name = map.read(key, reader.name) else { return nil }
      if key != "destination" || name.value != UsageGuide.elsewhere { guide.checkRegion(name, problems) }
      return name.value
    }
    return UsagePlace(
      account: map.read("account", reader.name)?.value ?? "main", region: region("region") ?? setting.region,
      destination: (map.knows("destination") ? region("destination") : nil) ?? "")
  }

  private func item(_ place: UsagePlace, _ rule: PriceRule, _ quantity: ExactDecimal, _ unit: String) -> UsageItem {
    UsageItem(
      account: place.account, meter: rule.meter, route: rule.route, region: place.region,
      destination: rule.route == .interRegion ? place.destination : "", quantity: quantity,
      unit: unit.isEmpty ? rule.unit : unit)
  }

  /// Whether the item can be priced by itself; says why not, or what stands in.
  private func check(_ item: UsageItem, at mark: SourceMark) -> UsageItem? {
    do {
      let bill = try book.bill(for: [item], PriceBook.Terms(isStrict: setting.isStrict))
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

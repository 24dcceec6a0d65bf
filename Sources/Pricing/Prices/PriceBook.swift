/// All prices, by service, dimension and region, and where to look when a region has none.
package struct PriceBook: Sendable {
  /// Regions whose price is tried, in this order, when a region has none of its own and no neighbour was
  /// named; after them all others in the order of the price list.
  package static let standIns = ["global", "us-east-1", "edge:United States"]

  private struct Name: Hashable {
    let service: String
    let dimension: String
  }

  /// The prices of one dimension, region by region.
  private struct Dimension {
    /// The dimension in full.
    let name: String
    var regions: [String] = []
    var schedules: [String: [PriceSchedule]] = [:]
  }

  /// How usage becomes priced quantities.
  package let rules: PriceRules
  /// The services of the price list, in its order.
  package let services: [String]
  private let dimensions: [Name: Dimension]
  private let names: [String: [String]]
  private let neighbours: [String: [String]]
  private let priceRegions: [String: String]

  /// A schedule and where it comes from.
  package struct Match: Sendable {
    /// The prices to apply.
    package let schedule: PriceSchedule
    /// The region they are published for.
    package let region: String
  }

  /// Collects the rows into schedules.
  ///
  /// - Parameters:
  ///   - neighbours: for a region, the regions whose prices stand in for missing ones, best first.
  ///   - priceRegions: for a region as a reading has it, the region as the price list has it.
  /// - Throws: `PriceProblem.tiers` for the first price, in the order of the rows, whose tiers do not join.
  package init(
    _ entries: [PriceEntry], rules: PriceRules, neighbours: [String: [String]] = [:],
    priceRegions: [String: String] = [:]
  ) throws(PriceProblem) {
    var rows: [Name: [String: [PriceEntry]]] = [:]
    var dimensions: [Name: Dimension] = [:]
    var order: [Name] = []
    var services: [String] = []
    var names: [String: [String]] = [:]
    for entry in entries {
      let name = Name(service: entry.service, dimension: entry.dimension)
      if dimensions[name] == nil {
        dimensions[name] = Dimension(name: entry.dimension)
        order.append(name)
        if names[entry.service] == nil { services.append(entry.service) }
        names[entry.service, default: []].append(entry.dimension)
      }
      if rows[name]?[entry.region] == nil { dimensions[name]?.regions.append(entry.region) }
      rows[name, default: [:]][entry.region, default: []].append(entry)
    }
    for name in order {
      for region in dimensions[name]?.regions ?? [] {
        let schedules = try PriceSchedule.schedules(rows[name]?[region] ?? [])
        dimensions[name]?.schedules[region] = schedules
      }
    }
    for name in order {
      let plain = Name(service: name.service, dimension: PriceEntry.plain(name.dimension))
      if dimensions[plain] == nil { dimensions[plain] = dimensions[name] }
    }
    self.dimensions = dimensions
    self.services = services
    self.names = names
    self.rules = rules
    self.neighbours = neighbours
    self.priceRegions = priceRegions
  }

  /// The dimensions of a service, in the order of the price list; nil for a service that it does not have.
  package func dimensions(of service: String) -> [String]? { names[service] }

  /// Every region that has a price, that a price stands in for, or that is found under another name.
  package var knownRegions: [String] {
    var regions: [String] = []
    var known: Set<String> = []
    let priced = services.flatMap { service in
      (names[service] ?? []).flatMap { dimensions[Name(service: service, dimension: $0)]?.regions ?? [] }
    }
    for region in priced + neighbours.keys.sorted() + priceRegions.keys.sorted() where known.insert(region).inserted {
      regions.append(region)
    }
    return regions
  }

  /// Every name that a meter can have: those of the rules, then each price's own.
  package var meterNames: [String] {
    rules.meters.map(\.meter)
      + services.flatMap { service in (names[service] ?? []).map { "\(service)/\(PriceEntry.plain($0))" } }
  }

  /// The region under which a reading's region is found in the price list.
  func priceRegion(_ region: String) -> String { priceRegions[region] ?? region }

  /// The schedule for a region, or for the best stand-in; within a region the first known dimension wins, and within a
  /// dimension the prices of the usage's own unit.
  ///
  /// `{region}` in a dimension stands for the region being tried, `{destination}` for the one given.
  package func match(
    service: String, dimensions wanted: [String], region: String, destination: String = "", unit: String
  ) -> Match? {
    let kind = BillingUnit(unit).kind
    func match(in candidate: String) -> Match? {
      for pattern in wanted {
        let name = pattern.replacing("{region}", with: candidate).replacing("{destination}", with: destination)
        let schedules = dimensions[Name(service: service, dimension: name)]?.schedules[candidate] ?? []
        let usable = schedules.filter { BillingUnit($0.unit).kind == kind }
        if let schedule = usable.first(where: { $0.unit == unit }) ?? usable.first {
          return Match(schedule: schedule, region: candidate)
        }
      }
      return nil
    }
    for candidate in [region] + (neighbours[region] ?? []) + Self.standIns {
      if let found = match(in: candidate) { return found }
    }
    for pattern in wanted {
      for candidate in dimensions[Name(service: service, dimension: pattern)]?.regions ?? [] {
        if let found = match(in: candidate) { return found }
      }
    }
    return nil
  }

  /// The rule of a meter's name: one of the rules, or for `SERVICE/DIMENSION` the price of that name itself.
  ///
  /// The beginning of a dimension, in whole words, will do where no other begins like it. A price that a rule covers
  /// has that rule's allowance and rounding, however it is named. The rule of `spot.` and the name of a meter is that
  /// meter's for spot capacity.
  package func rule(meter: String, route: Route) -> PriceRule? {
    if meter.hasPrefix(MeterReading.spotPrefix) {
      let base = String(meter.dropFirst(MeterReading.spotPrefix.count))
      return base.hasPrefix(MeterReading.spotPrefix) ? nil : rule(meter: base, route: route)?.spot
    }
    if let rule = rules.rule(meter: meter, route: route) { return rule }
    guard route == .unrouted else { return nil }
    for slash in meter.indices where meter[slash] == "/" {
      let service = String(meter[..<slash])
      let dimension = String(meter[meter.index(after: slash)...])
      if let rule = rule(service: service, dimension: dimension) { return rule }
      let longer = (names[service] ?? []).filter { $0.hasPrefix("\(dimension) ") }
      if longer.count == 1, !dimension.isEmpty { return rule(service: service, dimension: longer[0]) }
    }
    return nil
  }

  /// The rule of a price by its service and dimension.
  package func rule(service: String, dimension: String) -> PriceRule? {
    guard let known = dimensions[Name(service: service, dimension: dimension)], let region = known.regions.first,
      let schedule = known.schedules[region]?.first
    else { return nil }
    let named = rules.meters.first { rule in
      rule.service == service && rule.dimensions.contains(known.name)
    }
    return named
      ?? PriceRule(
        meter: "\(service)/\(PriceEntry.plain(known.name))", route: .unrouted, service: service,
        dimensions: [known.name], unit: schedule.unit, accountRegion: nil, allowance: nil, firstTier: .free,
        tiersStartAfterFree: false, block: nil)
  }
}

extension PriceBook {
  /// How a bill is drawn up.
  package struct Terms: Sendable {
    /// Costs that no meter counts.
    package var fixed: [FixedCost] = []
    /// What the provider gives away.
    package var freeTier = FreeTier.always
    /// What is cheaper than its list price.
    package var discounts: [Discount] = []
    /// Whether a price that stands in for a missing one is an error.
    package var isStrict = false

    /// The terms of a bill.
    package init(
      fixed: [FixedCost] = [], freeTier: FreeTier = .always, discounts: [Discount] = [], isStrict: Bool = false
    ) {
      self.fixed = fixed
      self.freeTier = freeTier
      self.discounts = discounts
      self.isStrict = isStrict
    }
  }

  /// Prices a month of every placement from its meters.
  ///
  /// A placement is an alternative: it has an account of its own, with its own tiers and allowances.
  /// - Parameter placements: the order of the placements on the bill, with those that use nothing; any that
  ///   only the readings name follow.
  /// - Throws: `PricingError` for the first reading that cannot be priced.
  package func bill(
    for readings: [MeterReading], placements: [String] = [], fixed: [FixedCost] = [],
    freeTier: FreeTier = .always, discounts: [Discount] = [], isStrict: Bool = false
  ) throws(PricingError) -> Bill {
    var usages: [Usage] = []
    for reading in readings where !reading.isInformative { usages.append(try usage(of: reading)) }
    let terms = Terms(fixed: fixed, freeTier: freeTier, discounts: discounts, isStrict: isStrict)
    return try bill(for: usages, accounts: placements + readings.map(\.placement), terms)
  }

  /// Prices a month of usage that was written by hand, account by account.
  ///
  /// - Throws: `PricingError` for the first item that cannot be priced.
  package func bill(for items: [UsageItem], _ terms: Terms) throws(PricingError) -> Bill {
    var usages: [Usage] = []
    for item in items { usages.append(try usage(of: item)) }
    return try bill(for: usages, accounts: items.map(\.account), terms)
  }

  private func bill(for all: [Usage], accounts: [String], _ terms: Terms) throws(PricingError) -> Bill {
    var usages = try Usage.merged(all)
    Usage.shareAllowances(among: &usages, freeTier: terms.freeTier, rules: rules)
    var placements: [String] = []
    var known: Set<String> = []
    for account in accounts where known.insert(account).inserted { placements.append(account) }
    var lines: [CostLine] = []
    let byPlacement = Dictionary(grouping: usages, by: \.key.placement)
    for placement in placements {
      let own = byPlacement[placement] ?? []
      var listed: [CostLine] = []
      for usage in own {
        listed += try usageLines(for: usage, terms)
      }
      lines += try discounted(listed, placement: placement, terms)
      for subscription in rules.subscriptions
      where own.contains(where: { usage in
        usage.quantity > .zero && subscription.meterPrefixes.contains { usage.key.meter.hasPrefix($0) }
      }) {
        lines.append(try subscriptionLine(for: subscription, placement: placement))
      }
      for cost in terms.fixed where cost.placements.isEmpty || cost.placements.contains(placement) {
        lines.append(cost.line(placement: placement))
      }
    }
    return Bill(lines: lines, placements: placements)
  }

  /// A usage's stretches, each a line.
  private func usageLines(for usage: Usage, _ terms: Terms) throws(PricingError) -> [CostLine] {
    let rule = usage.rule
    let spot = rule.isSpot ? spotMatch(for: usage) : nil
    let found =
      spot
      ?? match(
        service: rule.service, dimensions: rule.dimensions, region: usage.key.region,
        destination: usage.key.destination, unit: rule.unit)
    guard let found else {
      throw .noPrice(
        meter: rule.meter, service: rule.service, dimension: rule.dimensions[0], region: usage.key.region)
    }
    let (metered, priced) = (BillingUnit(rule.unit), BillingUnit(found.schedule.unit))
    guard let quantity = metered.convert(usage.quantity, to: priced), quantity <= Usage.limit,
      let free = metered.convert(usage.free, to: priced)
    else { throw .tooLarge(meter: rule.meter) }
    let standsIn = found.region != usage.key.region && found.region != "global"
    guard !standsIn || !terms.isStrict else {
      throw .standIn(meter: rule.meter, region: usage.key.region, used: found.region)
    }
    let cutting = PriceSchedule.Cutting(
      free: free, givesFirstTier: rule.givesFirstTier(terms.freeTier),
      startsAfterFree: rule.tiersStartAfterFree, block: rule.block)
    var lines: [CostLine] = []
    for part in found.schedule.parts(of: quantity, cutting) {
      lines.append(
        try line(for: part, of: usage, schedule: found.schedule, standIn: standsIn ? found.region : ""))
    }
    if rule.isSpot, spot == nil { return try lines.map { line throws(PricingError) in try spotLine(line, terms) } }
    return lines
  }

  private func line(
    for part: PriceSchedule.Part, of usage: Usage, schedule: PriceSchedule, standIn: String
  ) throws(PricingError) -> CostLine {
    let amount = try part.tier.map { tier throws(PricingError) in
      try cost(of: part.quantity, at: tier, meter: usage.rule.meter)
    }
    return CostLine(
      placement: usage.key.placement, service: schedule.tiers[0].service, meter: usage.rule.meter,
      route: usage.rule.route, region: usage.key.region,
      destination: usage.key.destination, kind: part.tier == nil ? .free : .usage,
      tier: part.tier.map { tierText($0, isOnly: schedule.tiers.count == 1) } ?? "free",
      quantity: part.quantity, unit: schedule.unit, unitPrice: part.tier.map(priceText) ?? "0 USD",
      amount: amount ?? .zero, source: part.tier?.source ?? "", asOf: part.tier?.asOf ?? "",
      note: standIn.isEmpty ? "" : "no price for \(usage.key.region); that of \(standIn) stands in",
      standIn: standIn)
  }

  private func subscriptionLine(
    for subscription: Subscription, placement: String
  ) throws(PricingError) -> CostLine {
    let match = match(
      service: subscription.service, dimensions: [subscription.dimension], region: "global", unit: "month")
    guard let entry = match?.schedule.tiers.first else {
      throw .noPrice(
        meter: subscription.meter, service: subscription.service, dimension: subscription.dimension,
        region: "global")
    }
    return CostLine(
      placement: placement, service: subscription.service, meter: subscription.meter, route: .unrouted,
      region: "global", destination: "", kind: .fixed, tier: "all", quantity: ExactDecimal(1), unit: entry.unit,
      unitPrice: priceText(entry), amount: Money(usd: entry.price), source: entry.source, asOf: entry.asOf,
      note: "")
  }

  /// Quantity × price, rounded once.
  private func cost(
    of quantity: ExactDecimal, at tier: PriceEntry, meter: String
  ) throws(PricingError) -> Money {
    let amount = multiplyDivide(
      quantity.trillionths.magnitude, tier.price.trillionths.magnitude,
      by: UInt128(ExactDecimal.unit) * UInt128(tier.unitsPerPrice))
    guard let amount, amount <= Usage.limit.trillionths else { throw .tooLarge(meter: meter) }
    return Money(usd: ExactDecimal(trillionths: amount))
  }

  private func tierText(_ tier: PriceEntry, isOnly: Bool) -> String {
    if isOnly, tier.tierFrom == .zero { return "all" }
    guard let end = tier.tierTo else { return "\(tier.tierFrom) and more" }
    return "\(tier.tierFrom) to \(end)"
  }

  private func priceText(_ tier: PriceEntry) -> String {
    let block = tier.unitsPerPrice == 1 ? "" : "\(tier.unitsPerPrice) "
    return "\(tier.price) USD per \(block)\(tier.unit)"
  }
}

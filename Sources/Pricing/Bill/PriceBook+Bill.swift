extension PriceBook {
  /// Prices a month of every placement from its meters.
  ///
  /// A placement is an alternative: it has an account of its own, with its own tiers and allowances.
  /// - Parameter placements: the order of the placements on the bill, with those that use nothing; any that
  ///   only the readings name follow.
  /// - Throws: `PricingError` for the first reading that cannot be priced.
  package func bill(
    for readings: [MeterReading], placements: [String] = [], fixed: [FixedCost] = [], freeTier: FreeTier = .always
  ) throws(PricingError) -> Bill {
    var usages = try Usage.gathered(from: readings.filter { !$0.isInformative })
    Usage.shareAllowances(among: &usages, freeTier: freeTier)
    var placements = placements
    for reading in readings where !placements.contains(reading.placement) {
      placements.append(reading.placement)
    }
    var lines: [CostLine] = []
    for placement in placements {
      let own = usages.filter { $0.key.placement == placement }
      for usage in own {
        lines += try usageLines(for: usage)
      }
      for subscription in Subscription.table
      where own.contains(where: { $0.key.meter.hasPrefix(subscription.meterPrefix) && $0.quantity > .zero }) {
        lines.append(try subscriptionLine(for: subscription, placement: placement))
      }
      for cost in fixed where cost.placements.isEmpty || cost.placements.contains(placement) {
        lines.append(cost.line(placement: placement))
      }
    }
    return Bill(lines: lines, placements: placements)
  }

  /// A usage's stretches, each a line.
  private func usageLines(for usage: Usage) throws(PricingError) -> [CostLine] {
    let rule = usage.rule
    let match = match(
      service: rule.service, dimensions: rule.dimensions, region: usage.key.region,
      destination: usage.key.destination)
    guard let match else {
      throw .noPrice(
        meter: rule.meter, service: rule.service, dimension: rule.dimensions[0], region: usage.key.region)
    }
    for tier in match.schedule.tiers where tier.unit != rule.unit {
      throw .unitMismatch(
        service: rule.service, dimension: tier.dimension, priced: tier.unit, metered: rule.unit)
    }
    let standsIn = match.region != usage.key.region && match.region != "global"
    let note = standsIn ? "no price for \(usage.key.region); that of \(match.region) stands in" : ""
    var lines: [CostLine] = []
    for part in match.schedule.parts(of: usage.quantity, free: usage.free) {
      lines.append(try line(for: part, of: usage, schedule: match.schedule, note: note))
    }
    return lines
  }

  private func line(
    for part: PriceSchedule.Part, of usage: Usage, schedule: PriceSchedule, note: String
  ) throws(PricingError) -> CostLine {
    let amount = try part.tier.map { tier throws(PricingError) in
      try cost(of: part.quantity, at: tier, meter: usage.rule.meter)
    }
    return CostLine(
      placement: usage.key.placement, service: usage.rule.service, meter: usage.rule.meter,
      route: usage.rule.route, region: usage.key.region,
      destination: usage.key.destination, kind: part.tier == nil ? .free : .usage,
      tier: part.tier.map { tierText($0, isOnly: schedule.tiers.count == 1) } ?? "free",
      quantity: part.quantity, unit: usage.rule.unit, unitPrice: part.tier.map(priceText) ?? "0 USD",
      amount: amount ?? .zero, source: part.tier?.source ?? "", asOf: part.tier?.asOf ?? "", note: note)
  }

  private func subscriptionLine(
    for subscription: Subscription, placement: String
  ) throws(PricingError) -> CostLine {
    let match = match(service: subscription.service, dimensions: [subscription.dimension], region: "global")
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

/// A month's usage that a provider adds up before it applies tiers.
struct Usage {
  /// What belongs together on a bill.
  struct Key: Hashable {
    let placement: String
    let meter: String
    let route: Route
    let region: String
    let destination: String
  }

  let key: Key
  let rule: PriceRule
  /// In the rule's unit.
  var quantity: ExactDecimal
  /// The part of it that an allowance covers.
  var free: ExactDecimal = .zero

  /// The most that a month can hold, in the rule's unit: far beyond any account, far below overflow.
  static let limit = ExactDecimal(trillionths: ExactDecimal.power(32))

  /// Adds usages up that belong together, in the order in which their keys first appear.
  static func merged(_ usages: [Usage]) throws(PricingError) -> [Usage] {
    var merged: [Usage] = []
    var indices: [Key: Int] = [:]
    for usage in usages {
      if let index = indices[usage.key] {
        merged[index].quantity = merged[index].quantity + usage.quantity
        guard merged[index].quantity <= limit else { throw .tooLarge(meter: usage.key.meter) }
      } else {
        indices[usage.key] = merged.count
        merged.append(usage)
      }
    }
    return merged
  }

  /// Shares each placement's allowances between the usages they cover, in proportion to the usage.
  ///
  /// Usage of one account arrives side by side, so what is given away runs out for all regions at the same
  /// moment. The shares are rounded down; what is left by rounding goes to the first.
  static func shareAllowances(among usages: inout [Usage], freeTier: FreeTier, rules: PriceRules) {
    let byAllowance = Dictionary(grouping: usages.indices) { index in
      [usages[index].key.placement, usages[index].rule.allowance ?? ""]
    }
    // Each allowance is shared among its own usages, so their order does not matter.
    for (names, sharers) in byAllowance {
      guard let allowance = rules.allowance(names[1]), freeTier.grants(allowance) else { continue }
      let used = sharers.reduce(ExactDecimal.zero) { $0 + usages[$1].quantity }
      guard used > .zero else { continue }
      let granted = min(used, allowance.quantity)
      var left = granted
      for index in sharers {
        let share = proportion(granted, of: usages[index].quantity, in: used)
        usages[index].free = share
        left = left - share
      }
      for index in sharers {
        let extra = min(left, usages[index].quantity - usages[index].free)
        usages[index].free = usages[index].free + extra
        left = left - extra
      }
    }
  }

  /// `granted` × `part` ÷ `whole`, rounded down.
  private static func proportion(
    _ granted: ExactDecimal, of part: ExactDecimal, in whole: ExactDecimal
  ) -> ExactDecimal {
    let product = granted.trillionths.magnitude.multipliedFullWidth(by: part.trillionths.magnitude)
    let quotient = whole.trillionths.magnitude.dividingFullWidth(product).quotient
    return ExactDecimal(trillionths: Int128(quotient))
  }
}

extension PriceBook {
  /// A reading as a month's usage of its rule.
  func usage(of reading: MeterReading) throws(PricingError) -> Usage {
    guard let rule = rule(meter: reading.meter, route: reading.route) else {
      throw .unknownMeter(meter: reading.meter, route: reading.route)
    }
    return Usage(key: key(of: reading, rule), rule: rule, quantity: try monthly(reading, rule: rule))
  }

  /// Usage that is known by the month, in a unit of its own.
  func usage(of item: UsageItem) throws(PricingError) -> Usage {
    guard let rule = rule(meter: item.meter, route: item.route) else {
      throw .unknownMeter(meter: item.meter, route: item.route)
    }
    let unit = BillingUnit(item.unit)
    let billed = BillingUnit(rule.unit)
    guard unit.kind == billed.kind else {
      throw .unknownUnit(meter: item.meter, unit: item.unit, known: billed.examples)
    }
    guard let quantity = unit.convert(item.quantity, to: billed), quantity <= Usage.limit else {
      throw .tooLarge(meter: item.meter)
    }
    let key = Usage.Key(
      placement: item.account, meter: rule.meter, route: rule.route,
      region: rule.accountRegion ?? priceRegion(item.region), destination: item.destination)
    return Usage(key: key, rule: rule, quantity: quantity)
  }

  /// What a reading is billed together with.
  private func key(of reading: MeterReading, _ rule: PriceRule) -> Usage.Key {
    Usage.Key(
      placement: reading.placement, meter: rule.meter, route: reading.route,
      region: rule.accountRegion ?? priceRegion(reading.region), destination: reading.destination)
  }

  /// A reading in the rule's unit, scaled to a month.
  private func monthly(_ reading: MeterReading, rule: PriceRule) throws(PricingError) -> ExactDecimal {
    let unit = BillingUnit(reading.unit)
    let billed = BillingUnit(rule.unit)
    guard unit.kind == billed.kind else {
      throw .unknownUnit(meter: reading.meter, unit: reading.unit, known: billed.examples)
    }
    let (month, measured): (Int64, Int64) =
      switch reading.period {
      case .measured(let nanoseconds): (BillingMonth.nanoseconds, nanoseconds)
      case .month: (1, 1)
      }
    guard reading.quantity >= 0, measured > 0 else {
      throw .badReading(meter: reading.meter, quantity: reading.quantity)
    }
    guard let quantity = reading.trillionths else { throw .tooLarge(meter: reading.meter) }
    let common = Self.greatestCommonDivisor(unit.size, billed.size)
    let scaled = multiplyDivide(
      quantity, unit.size / common * UInt128(month),
      by: billed.size / common * UInt128(measured))
    guard let scaled, scaled <= Usage.limit.trillionths else { throw .tooLarge(meter: reading.meter) }
    return ExactDecimal(trillionths: scaled)
  }

  private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }

  /// The readings that a line's usage was added up from.
  package func readings(behind line: CostLine, among readings: [MeterReading]) -> [MeterReading] {
    readings.filter { reading in
      guard reading.placement == line.placement, let rule = rule(meter: reading.meter, route: reading.route) else {
        return false
      }
      let key = key(of: reading, rule)
      return key.meter == line.meter && key.route == line.route && key.region == line.region
        && key.destination == line.destination
    }
  }
}

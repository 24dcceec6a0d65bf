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

  /// Adds the readings up, in the order in which their keys first appear.
  static func gathered(from readings: [MeterReading]) throws(PricingError) -> [Usage] {
    var usages: [Usage] = []
    var indices: [Key: Int] = [:]
    for reading in readings {
      guard let rule = PriceRule.of(meter: reading.meter, route: reading.route) else {
        throw .unknownMeter(meter: reading.meter, route: reading.route)
      }
      let region = region(of: reading, rule)
      let key = Key(
        placement: reading.placement, meter: reading.meter, route: reading.route, region: region,
        destination: reading.destination)
      let quantity = try monthly(reading, rule: rule)
      if let index = indices[key] {
        usages[index].quantity = usages[index].quantity + quantity
        guard usages[index].quantity <= limit else { throw .tooLarge(meter: reading.meter) }
      } else {
        indices[key] = usages.count
        usages.append(Usage(key: key, rule: rule, quantity: quantity))
      }
    }
    return usages
  }

  /// The price region that a reading is billed in.
  static func region(of reading: MeterReading, _ rule: PriceRule) -> String {
    switch rule.aggregation {
    case .perRegion: EdgePriceRegion.canonical(reading.region)
    case .account(let region): region
    }
  }

  /// Shares each placement's allowances between the usages they cover, in proportion to the usage.
  ///
  /// Usage of one account arrives side by side, so what is given away runs out for all regions at the same
  /// moment. The shares are rounded down; what is left by rounding goes to the first.
  static func shareAllowances(among usages: inout [Usage], freeTier: FreeTier) {
    var done: Set<[String]> = []
    for first in usages.indices {
      guard let id = usages[first].rule.allowance else { continue }
      let placement = usages[first].key.placement
      guard done.insert([placement, id]).inserted else { continue }
      let sharers = usages.indices.filter {
        usages[$0].key.placement == placement && usages[$0].rule.allowance == id
      }
      let used = sharers.reduce(ExactDecimal.zero) { $0 + usages[$1].quantity }
      guard used > .zero else { continue }
      let granted = min(used, freeTier.quantity(of: id))
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

  /// A reading in the rule's unit, scaled to a month.
  private static func monthly(_ reading: MeterReading, rule: PriceRule) throws(PricingError) -> ExactDecimal {
    guard let conversion = rule.conversions.first(where: { $0.unit == reading.unit }) else {
      let known = rule.conversions.map(\.unit).filter { !$0.isEmpty }
      throw .unknownUnit(meter: reading.meter, unit: reading.unit, known: known)
    }
    let (month, measured): (Int64, Int64) =
      switch reading.period {
      case .measured(let nanoseconds): (BillingMonth.nanoseconds, nanoseconds)
      case .month: (1, 1)
      }
    guard reading.quantity >= 0, measured > 0 else {
      throw .badReading(meter: reading.meter, quantity: reading.quantity)
    }
    let scaled = multiplyDivide(
      UInt128(reading.quantity) * UInt128(ExactDecimal.unit), UInt128(conversion.multiply) * UInt128(month),
      by: UInt128(conversion.divide) * UInt128(measured))
    guard let scaled, scaled <= limit.trillionths else { throw .tooLarge(meter: reading.meter) }
    return ExactDecimal(trillionths: scaled)
  }
}

extension PriceBook {
  /// The readings that a line's usage was added up from.
  package static func readings(behind line: CostLine, among readings: [MeterReading]) -> [MeterReading] {
    readings.filter { reading in
      guard reading.placement == line.placement, reading.meter == line.meter, reading.route == line.route,
        reading.destination == line.destination, let rule = PriceRule.of(meter: reading.meter, route: reading.route)
      else { return false }
      return Usage.region(of: reading, rule) == line.region
    }
  }
}

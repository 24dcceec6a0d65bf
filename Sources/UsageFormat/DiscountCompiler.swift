package import Pricing
package import ScenarioFormat

/// Turns discounts as a user writes them into discounts of a price book.
package struct DiscountCompiler {
  private let book: PriceBook
  private let problems: Problems

  /// Problems are added to the given list.
  package init(_ book: PriceBook, _ problems: Problems) {
    self.book = book
    self.problems = problems
  }

  /// The discounts that have no errors.
  package func discounts(_ specs: [DiscountSpec]) -> [Discount] {
    specs.compactMap { spec in
      terms(spec).map {
        Discount(
          name: spec.name.value, placements: spec.placements.map(\.value),
          environments: spec.environments.isEmpty
            ? [OwnershipAssumptions.production] : spec.environments.map(\.value), terms: $0)
      }
    }
  }

  private func terms(_ spec: DiscountSpec) -> Discount.Terms? {
    switch spec.kind {
    case .spot(let rates, let share):
      return self.rates(rates).map { .spot(rates: $0, share: ExactDecimal(nearest: share)) }
    case .savingsPlan(let rates, let hourly):
      return self.rates(rates).map { .savingsPlan(hourly: ExactDecimal(nearest: hourly), rates: $0) }
    case .reserved(let meter, let region, let count, let hourly, let upfront, let years):
      guard let rule = rule(meter) else { return nil }
      let hours = ExactDecimal(nearest: count * Double(BillingMonth.hours))
      guard let quantity = BillingUnit("hour").convert(hours, to: BillingUnit(rule.unit)) else {
        problems.error(
          "discount", at: meter.mark,
          "'\(meter.value)' is billed per \(rule.unit); only what is billed by time can be reserved")
        return nil
      }
      let fee = count * (hourly * Double(BillingMonth.hours) + upfront / (12 * years))
      return .reserved(meter: meter.value, region: region, quantity: quantity, fee: ExactDecimal(nearest: fee))
    case .committed(let meter, let region, let text, let off):
      guard let rule = rule(meter), let quantity = quantity(text, rule) else { return nil }
      return .committed(meter: meter.value, region: region, quantity: quantity, off: ExactDecimal(nearest: off))
    }
  }

  private func quantity(_ text: Marked<String>, _ rule: PriceRule) -> ExactDecimal? {
    guard let quantity = MeterQuantity(text, of: rule, month: BillingMonth.seconds, problems) else { return nil }
    let converted = BillingUnit(quantity.unit).convert(quantity.number, to: BillingUnit(rule.unit))
    if converted == nil {
      problems.error(
        "quantity", at: text.mark,
        "'\(quantity.unit)' is not a unit of \(rule.meter); it is billed per \(rule.unit)")
    }
    return converted
  }

  private func rule(_ meter: Marked<String>) -> PriceRule? {
    if let rule = book.rule(meter: meter.value, route: .unrouted) { return rule }
    problems.error("unknown-meter", at: meter.mark, UsageGuide(book: book).unknown(meter: meter.value))
    return nil
  }

  private func rates(_ rates: DiscountSpec.Rates) -> [Discount.Rate]? {
    let known = rates.given.isEmpty ? [] : book.meterNames
    for rate in rates.given where !known.contains(where: { $0.hasPrefix(rate.prefix.value) }) {
      let near = Suggestion.close(to: rate.prefix.value, among: book.rules.meters.map(\.meter))?.first
      problems.error(
        "unknown-meter", at: rate.prefix.mark, "no meter's name begins with '\(rate.prefix.value)'", suggestion: near)
      return nil
    }
    let given = rates.given.map { Discount.Rate(prefix: $0.prefix.value, off: ExactDecimal(nearest: $0.off)) }
    guard let plan = rates.plan else { return given }
    let published = book.rules.discounts.filter { $0.name == plan.value }
    guard !published.isEmpty else {
      var names: [String] = []
      for discount in book.rules.discounts where !names.contains(discount.name) { names.append(discount.name) }
      problems.error("unknown-discount", at: plan.mark, Suggestion.missing("discount", plan.value, among: names))
      return nil
    }
    // What is given is more precise than the published upper bound.
    return given
      + published.filter { row in !given.contains { $0.prefix == row.meterPrefix } }
      .map { Discount.Rate(prefix: $0.meterPrefix, off: $0.fraction) }
  }
}

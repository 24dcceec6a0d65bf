/// Discounts change lines that stand at their list price. Reservations and commitments come first, then spot, then
/// savings plans on what is left: the order in which the providers apply them.
extension PriceBook {
  /// A line, and whether a later discount may still change it.
  private struct Candidate {
    var line: CostLine
    var isOpen: Bool
  }

  /// The lines of one placement after its discounts, followed by what the discounts cost.
  func discounted(
    _ lines: [CostLine], placement: String, _ terms: Terms
  ) throws(PricingError) -> [CostLine] {
    let own = terms.discounts.filter { $0.placements.isEmpty || $0.placements.contains(placement) }
    guard !own.isEmpty else { return lines }
    for discount in own { try discount.check() }
    var candidates = lines.map { Candidate(line: $0, isOpen: isOpen($0)) }
    var fees: [CostLine] = []
    for discount in own {
      switch discount.terms {
      case .reserved(let meter, let region, let quantity, let fee):
        let rule = try rule(discount, meter)
        cover(&candidates, discount, (rule, region), quantity)
        fees.append(feeLine(discount, rule, region, placement: placement, quantity: quantity, amount: fee))
      case .committed(let meter, let region, let quantity, let off):
        let rule = try rule(discount, meter)
        let fee = try commitment(rule, region, quantity, off)
        cover(&candidates, discount, (rule, region), quantity)
        fees.append(feeLine(discount, rule, region, placement: placement, quantity: quantity, amount: fee))
      case .spot, .savingsPlan: continue
      }
    }
    for discount in own {
      if case .spot(let rates, let share) = discount.terms { spot(&candidates, discount, rates, share) }
    }
    for discount in own {
      if case .savingsPlan(let hourly, let rates) = discount.terms {
        fees += try savingsPlan(&candidates, discount, hourly, rates, placement: placement)
      }
    }
    return candidates.map(\.line).filter { $0.quantity > .zero } + fees
  }

  /// Spot capacity has its discount already.
  private func isOpen(_ line: CostLine) -> Bool {
    line.kind == .usage && line.amount > .zero && !line.meter.hasPrefix(MeterReading.spotPrefix)
  }

  private func rule(_ discount: Discount, _ meter: String) throws(PricingError) -> PriceRule {
    guard let rule = rule(meter: meter, route: .unrouted) else {
      throw .discount(.unknownMeter(name: discount.name, meter: meter))
    }
    return rule
  }

  /// What a committed quantity costs: its list price, tiers and all, less the discount.
  private func commitment(
    _ rule: PriceRule, _ region: String, _ quantity: ExactDecimal, _ off: ExactDecimal
  ) throws(PricingError) -> ExactDecimal {
    let item = UsageItem(account: "", meter: rule.meter, region: region, quantity: quantity, unit: rule.unit)
    let list = try bill(for: [item], Terms(freeTier: .none)).lines.map(\.amount).total()
    return list.usd.times(ExactDecimal(1) - off) ?? .zero
  }

  /// Takes the first units of a meter off the bill, because a fee pays for them.
  private func cover(
    _ candidates: inout [Candidate], _ discount: Discount, _ price: (rule: PriceRule, region: String),
    _ quantity: ExactDecimal
  ) {
    var left = quantity
    var changed: [Candidate] = []
    for candidate in candidates {
      let line = candidate.line
      let unit = BillingUnit(price.rule.unit)
      guard candidate.isOpen, line.meter == price.rule.meter, price.region.isEmpty || line.region == price.region,
        let available = unit.convert(left, to: BillingUnit(line.unit)), available > .zero
      else {
        changed.append(candidate)
        continue
      }
      let covered = min(available, line.quantity)
      left = left - (BillingUnit(line.unit).convert(covered, to: unit) ?? left)
      let paid = line.with(
        quantity: covered, unitPrice: "0 USD", amount: .zero, tier: discount.name,
        note: "paid for by '\(discount.name)'")
      changed.append(Candidate(line: paid, isOpen: false))
      changed.append(Candidate(line: line.without(covered), isOpen: true))
    }
    candidates = changed
  }

  private func spot(
    _ candidates: inout [Candidate], _ discount: Discount, _ rates: [Discount.Rate], _ share: ExactDecimal
  ) {
    candidates = candidates.flatMap { candidate -> [Candidate] in
      let line = candidate.line
      guard candidate.isOpen, let rate = rate(for: line, rates), let part = line.quantity.times(share) else {
        return [candidate]
      }
      let amount = line.amount(of: part).usd.times(ExactDecimal(1) - rate.off) ?? .zero
      let cheaper = line.with(
        quantity: part, unitPrice: "\(line.unitPrice) less \(rate.off.percent)", amount: Money(usd: amount),
        tier: discount.name, note: "spot '\(discount.name)'")
      return [Candidate(line: cheaper, isOpen: false), Candidate(line: line.without(part), isOpen: true)]
    }
  }

  /// Spends the commitment where it saves most, and bills what is left of it.
  private func savingsPlan(
    _ candidates: inout [Candidate], _ discount: Discount, _ hourly: ExactDecimal, _ rates: [Discount.Rate],
    placement: String
  ) throws(PricingError) -> [CostLine] {
    guard var left = hourly.times(ExactDecimal(BillingMonth.hours)), left <= Usage.limit else {
      throw .tooLarge(meter: discount.name)
    }
    var eligible: [(index: Int, off: ExactDecimal)] = []
    for (index, candidate) in candidates.enumerated() where candidate.isOpen {
      if let rate = rate(for: candidate.line, rates) { eligible.append((index, rate.off)) }
    }
    eligible.sort { ($1.off, $0.index) < ($0.off, $1.index) }
    var covered: [Int: CostLine] = [:]
    for (index, off) in eligible {
      let line = candidates[index].line
      guard let price = line.amount.usd.times(ExactDecimal(1) - off) else { continue }
      let spent = min(left, price)
      guard spent > .zero || price == .zero else { continue }
      let part =
        spent == price
        ? line.quantity
        : multiplyDivide(
          line.quantity.trillionths.magnitude, spent.trillionths.magnitude, by: price.trillionths.magnitude
        )
        .map(ExactDecimal.init(trillionths:)) ?? .zero
      left = left - spent
      covered[index] = line.with(
        quantity: part, unitPrice: "\(line.unitPrice) less \(off.percent)", amount: Money(usd: spent),
        tier: discount.name, note: "savings plan '\(discount.name)'")
      candidates[index].line = line.without(part)
    }
    candidates = candidates.enumerated().flatMap { index, candidate -> [Candidate] in
      (covered[index].map { [Candidate(line: $0, isOpen: false)] } ?? []) + [candidate]
    }
    guard left > .zero else { return [] }
    return [
      CostLine(
        placement: placement, service: discount.name, meter: "discount.unused", route: .unrouted, region: "",
        destination: "", kind: .fixed, tier: "all", quantity: left, unit: "USD", unitPrice: "1 USD per USD",
        amount: Money(usd: left), source: "the commitment", asOf: "",
        note: "commitment of \(hourly) USD an hour that no usage was found for")
    ]
  }

  /// The rate with the longest prefix that fits.
  private func rate(for line: CostLine, _ rates: [Discount.Rate]) -> Discount.Rate? {
    let name = "\(line.service)/"
    return rates.filter { line.meter.hasPrefix($0.prefix) || name.hasPrefix($0.prefix) }
      .max { $0.prefix.utf8.count < $1.prefix.utf8.count }
  }

  private func feeLine(
    _ discount: Discount, _ rule: PriceRule, _ region: String, placement: String, quantity: ExactDecimal,
    amount: ExactDecimal
  ) -> CostLine {
    CostLine(
      placement: placement, service: discount.name, meter: "discount.\(rule.meter)", route: .unrouted,
      region: region, destination: "", kind: .fixed, tier: "all", quantity: quantity, unit: rule.unit,
      unitPrice: "\(amount) USD per month", amount: Money(usd: amount), source: "the commitment", asOf: "",
      note: "paid for, used or not")
  }
}

extension CostLine {
  /// The share of the amount that falls on a part of the quantity, rounded once.
  fileprivate func amount(of part: ExactDecimal) -> Money {
    guard part < quantity else { return amount }
    let share = multiplyDivide(
      amount.usd.trillionths.magnitude, part.trillionths.magnitude, by: quantity.trillionths.magnitude)
    return Money(usd: ExactDecimal(trillionths: share ?? 0))
  }

  /// The line without a part of its quantity; its amount is the rest, so that the parts add up exactly.
  fileprivate func without(_ part: ExactDecimal) -> CostLine {
    with(
      quantity: quantity - part, unitPrice: unitPrice, amount: Money(usd: amount.usd - amount(of: part).usd),
      tier: tier, note: note)
  }

  /// The line with another amount, and a note put in front of its own.
  func with(
    quantity: ExactDecimal, unitPrice: String, amount: Money, tier: String, note: String
  ) -> CostLine {
    let notes = [note, self.note == note ? "" : self.note].filter { !$0.isEmpty }.joined(separator: "; ")
    return CostLine(
      placement: placement, service: service, meter: meter, route: route, region: region, destination: destination,
      kind: kind, tier: tier, quantity: quantity, unit: unit, unitPrice: unitPrice, amount: amount, source: source,
      asOf: asOf, note: notes, standIn: standIn)
  }
}

extension ExactDecimal {
  /// A share in words: `66 %`.
  var percent: String { "\(ExactDecimal(trillionths: trillionths * 100)) %" }
}

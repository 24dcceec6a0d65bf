/// Capacity that can be taken back has a price of its own: a row of the price list, else the price on demand less the
/// discount that the account's terms or the provider state for it.
extension PriceBook {
  /// The service under which the price list has the spot prices of another: `EC2 spot Linux` for `EC2 on-demand Linux`,
  /// `Fargate Linux/x86 Spot` for `Fargate Linux/x86`.
  static func spotService(of service: String) -> String {
    let name = service.replacing("on-demand", with: "spot")
    return name == service ? "\(service) Spot" : name
  }

  /// The spot price of a usage; nil where the price list has none.
  func spotMatch(for usage: Usage) -> Match? {
    match(
      service: Self.spotService(of: usage.rule.service), dimensions: usage.rule.dimensions, region: usage.key.region,
      destination: usage.key.destination, unit: usage.rule.unit)
  }

  /// A line at the price on demand, made one of spot capacity, with a note that says by what.
  ///
  /// - Throws: `PricingError.noSpotPrice` where nothing says what spot costs and the bill is to be strict.
  func spotLine(_ line: CostLine, _ terms: Terms) throws(PricingError) -> CostLine {
    let meter = String(line.meter.dropFirst(MeterReading.spotPrefix.count))
    guard line.kind == .usage else { return line }
    guard let (off, note) = try spotDiscount(on: meter, of: line, terms) else {
      guard !terms.isStrict else { throw .noSpotPrice(meter: meter) }
      return line.with(
        quantity: line.quantity, unitPrice: line.unitPrice, amount: line.amount, tier: line.tier,
        note: "no spot price nor published discount; the price on demand stands in")
    }
    guard let amount = line.amount.usd.times(ExactDecimal(1) - off) else { throw .tooLarge(meter: line.meter) }
    return line.with(
      quantity: line.quantity, unitPrice: "\(line.unitPrice) less \(off.percent)", amount: Money(usd: amount),
      tier: line.tier, note: note)
  }

  /// The share off, and where it is from: the account's own discounts first, then the published ones; of each, the
  /// longest prefix that fits.
  private func spotDiscount(
    on meter: String, of line: CostLine, _ terms: Terms
  ) throws(PricingError) -> (ExactDecimal, String)? {
    let name = "\(line.service)/"
    func fits(_ prefix: String) -> Bool { meter.hasPrefix(prefix) || name.hasPrefix(prefix) }
    for discount in terms.discounts
    where discount.placements.isEmpty || discount.placements.contains(line.placement) {
      guard case .spot(let rates, _) = discount.terms else { continue }
      try discount.check()
      let rate = rates.filter { fits($0.prefix) }.max { $0.prefix.utf8.count < $1.prefix.utf8.count }
      if let rate { return (rate.off, "spot '\(discount.name)'") }
    }
    let published = rules.discounts.filter { $0.kind == .spot && fits($0.meterPrefix) }
      .max { $0.meterPrefix.utf8.count < $1.meterPrefix.utf8.count }
    return published.map { discount in
      let note =
        "spot: no price in the list; on demand less \(discount.fraction.percent), '\(discount.name)'"
        + " (\(discount.source), \(discount.asOf))"
      return (discount.fraction, note)
    }
  }
}

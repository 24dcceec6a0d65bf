/// How much of one billable thing one part of one placement used.
package struct MeterReading: Equatable, Sendable {
  /// What the quantity refers to.
  package enum Period: Equatable, Sendable {
    /// Used during a measured time, in simulated nanoseconds over all replications together; a month is
    /// scaled from it.
    case measured(nanoseconds: Int64)
    /// Already a month's, or a level held all month, such as gigabytes stored.
    case month
  }

  /// The placement whose bill it is on.
  package let placement: String
  /// The stable name of the meter, as in `PriceRules.meters`, or `SERVICE/DIMENSION` of the price list.
  package let meter: String
  /// The site that used it.
  package let site: String
  /// The price region of the site: `us-east-1`, `edge:EU`, `edge:Brazil`, `global`.
  package let region: String
  /// The way of a message, for meters that depend on it.
  package let route: Route
  /// The price region at the other end of an inter-region route; empty otherwise.
  package let destination: String
  /// The usage, in `unit`.
  package let quantity: Int128
  /// The unit of the meter: `request`, `MB-ms`, `B`, `ms`.
  package let unit: String
  /// What the quantity refers to.
  package let period: Period

  /// Whether the reading only informs (see `usagePrefix` and `idlePrefix`) and has no price of its own.
  package var isInformative: Bool { meter.hasPrefix(Self.usagePrefix) || meter.hasPrefix(Self.idlePrefix) }

  /// Meters of this prefix say what a run did: requests served, CPU time, memory held, bytes moved.
  package static let usagePrefix = "usage."
  /// `idle.` and the name of a meter: the part of that meter's quantity, in its unit, that was paid for and not used.
  package static let idlePrefix = "idle."
  /// `spot.` and the name of a meter: usage of it on capacity that the provider can take back.
  package static let spotPrefix = "spot."

  /// What a month makes of the quantity, in `unit`: scaled from the measured time, or the same where the quantity is a
  /// month's already; nil beyond the range of exact numbers and for a measured time that is not positive.
  package var monthlyQuantity: ExactDecimal? {
    guard let quantity = trillionths else { return nil }
    switch period {
    case .month: return multiplyDivide(quantity, 1, by: 1).map(ExactDecimal.init(trillionths:))
    case .measured(let nanoseconds):
      guard nanoseconds > 0 else { return nil }
      return multiplyDivide(quantity, UInt128(BillingMonth.nanoseconds), by: UInt128(nanoseconds))
        .map(ExactDecimal.init(trillionths:))
    }
  }

  /// The quantity in trillionths, nought where it is negative; nil beyond the range of exact numbers.
  var trillionths: UInt128? {
    let (product, overflow) = UInt128(max(quantity, 0)).multipliedReportingOverflow(by: UInt128(ExactDecimal.unit))
    return overflow ? nil : product
  }

  /// How the quantity becomes a month's, in a word for a table.
  package var scaling: String {
    if isInformative { return "information" }
    return period == .month ? "fixed" : "usage"
  }

  /// A reading.
  package init(
    placement: String, meter: String, site: String, region: String, route: Route = .unrouted,
    destination: String = "",
    quantity: some BinaryInteger, unit: String, period: Period
  ) {
    self.placement = placement
    self.meter = meter
    self.site = site
    self.region = region
    self.route = route
    self.destination = destination
    self.quantity = Int128(clamping: quantity)
    self.unit = unit
    self.period = period
  }
}

/// The length of a month on a bill.
package enum BillingMonth {
  /// Hours: 8,760 a year over twelve months, as the providers' calculators count.
  package static let hours: Int64 = 730
  /// The same in seconds.
  package static let seconds = ExactDecimal(hours * 3_600)
  /// The same in nanoseconds.
  package static let nanoseconds: Int64 = hours * 3_600_000_000_000
}

import Catalog

/// The way a message takes, where its price depends on it.
package enum Route: String, Sendable, CaseIterable {
  /// The meter has nothing to do with routes.
  case unrouted = ""
  /// From a region to the internet.
  case internet
  /// From a region to another region of the same provider.
  case interRegion = "inter-region"
  /// From one zone of a region to another.
  case interZone = "inter-zone"
  /// From a point of presence to the internet.
  case edge
}

/// Which price of the price book a meter's usage has, and how a month's usage is added up.
package struct PriceRule: Sendable {
  /// The stable name of the meter.
  package fileprivate(set) var meter: String
  /// The route it applies to.
  package let route: Route
  /// The service, as the price book spells it.
  package let service: String
  /// The price book's dimensions to try, best first; `{region}` and `{destination}` stand for the reading's
  /// own.
  package let dimensions: [String]
  /// The unit in which usage is added up.
  package let unit: String
  /// The region whose price holds for the account as a whole; nil where each region is billed by itself.
  package let accountRegion: String?
  /// The allowance that covers the first units; nil for none.
  package let allowance: String?
  /// What becomes of usage below the first tier.
  package let firstTier: PriceMeterRow.FirstTier
  /// Whether tiers are counted from the first unit that is not given away.
  package let tiersStartAfterFree: Bool
  /// What is billed is rounded up to a multiple of this; nil for exact usage.
  package let block: ExactDecimal?
  /// Whether the usage is on capacity that can be taken back.
  package fileprivate(set) var isSpot = false

  /// Whether usage below the first tier costs nothing.
  func givesFirstTier(_ freeTier: FreeTier) -> Bool {
    switch firstTier {
    case .free: freeTier != .none
    case .included: true
    case .paid: false
    }
  }

  /// The same for capacity that can be taken back.
  var spot: PriceRule {
    var rule = self
    rule.meter = MeterReading.spotPrefix + meter
    rule.isSpot = true
    return rule
  }
}

extension PriceRule {
  /// Reads a row of the catalog.
  ///
  /// - Throws: `PriceProblem` naming the column that cannot be used.
  init(_ row: PriceMeterRow) throws(PriceProblem) {
    let problem = { (column: String, text: String, wanted: String) in
      PriceProblem.column(row: "\(row.location): \(row.meter)", column: column, text: text, wanted: wanted)
    }
    guard let route = Route(rawValue: row.route) else {
      let known = Route.allCases.map(\.rawValue).filter { !$0.isEmpty }.joined(separator: ", ")
      throw problem("route", row.route, "empty or one of \(known)")
    }
    let block = row.block.isEmpty ? nil : ExactDecimal(row.block)
    guard row.block.isEmpty || block.map({ $0 > .zero }) == true else {
      throw problem("block", row.block, "a number above nought")
    }
    self.init(
      meter: row.meter, route: route, service: row.service, dimensions: row.dimensions, unit: row.unit,
      accountRegion: row.accountRegion.isEmpty ? nil : row.accountRegion,
      allowance: row.allowance.isEmpty ? nil : row.allowance, firstTier: row.firstTier,
      tiersStartAfterFree: row.tiersStart == .afterFree, block: block)
  }
}

/// The prices of one dimension of a service in one region: graduated tiers in ascending order.
///
/// Each tier's price holds for the usage that falls inside it. Usage below the first tier is given away or comes
/// with what the customer pays anyway; usage above the last known tier costs the last known price.
package struct PriceSchedule: Equatable, Sendable {
  /// The tiers, in ascending order, without holes, all in one unit.
  package let tiers: [PriceEntry]

  /// The unit of the tiers and of the usage.
  package var unit: String { tiers[0].unit }
  /// The layer of the catalog that its newest row comes from.
  let layer: Int

  /// The schedules that rows of one price make: one for each unit of the uppermost layer.
  ///
  /// Of two layers the upper one wins: a row of it pushes out the tiers below that it overlaps, and all tiers below in
  /// other units.
  ///
  /// - Throws: `PriceProblem.tiers` when the tiers that are left overlap or leave holes.
  static func schedules(_ rows: [PriceEntry]) throws(PriceProblem) -> [PriceSchedule] {
    let top = rows.map(\.layer).max() ?? 0
    var units: [String] = []
    for row in rows where row.layer == top && !units.contains(row.unit) { units.append(row.unit) }
    var schedules: [PriceSchedule] = []
    for unit in units {
      schedules.append(try PriceSchedule(rows: rows.filter { $0.unit == unit }))
    }
    return schedules
  }

  /// Orders the tiers.
  ///
  /// - Precondition: `rows` is not empty.
  /// - Throws: `PriceProblem.tiers` when the tiers overlap or leave holes.
  init(rows: [PriceEntry]) throws(PriceProblem) {
    precondition(!rows.isEmpty, "a schedule has at least one tier")
    layer = rows.map(\.layer).max() ?? 0
    let standing = rows.filter { row in
      !rows.contains { $0.layer > row.layer && $0.overlaps(row) }
    }
    let tiers = standing.sorted { $0.tierFrom < $1.tierFrom }
    for (tier, next) in zip(tiers, tiers.dropFirst()) where tier.tierTo != next.tierFrom {
      throw .tiers(
        row: "\(next.location)\(tier.service), \(tier.dimension), \(tier.region)",
        end: tier.tierTo?.description ?? "inf",
        start: next.tierFrom.description)
    }
    self.tiers = tiers
  }

  /// One stretch of usage at one price.
  package struct Part: Equatable, Sendable {
    /// The tier that priced it; nil for usage that is included or free.
    package let tier: PriceEntry?
    /// How much usage falls in it, in the tiers' unit.
    package let quantity: ExactDecimal
  }

  /// How a month's usage is cut into stretches.
  struct Cutting {
    /// So many units cost nothing.
    var free = ExactDecimal.zero
    /// Whether the usage below the first tier costs nothing.
    var givesFirstTier = true
    /// Whether tiers are counted from the first unit that costs something, or from the very first.
    var startsAfterFree = false
    /// What is billed is rounded up to a multiple of this.
    var block: ExactDecimal?
  }

  /// Cuts a month's usage into stretches.
  ///
  /// The quantities of the parts add up to `quantity` exactly, or to more where whole blocks are billed; empty parts
  /// are left out.
  func parts(of quantity: ExactDecimal, _ cutting: Cutting) -> [Part] {
    let start = tiers[0].tierFrom
    let included = min(quantity, max(cutting.free, cutting.givesFirstTier ? start : .zero))
    let billed = cutting.block.map { (quantity - included).roundedUp(to: $0) } ?? quantity - included
    let end = included + billed
    let shift = cutting.startsAfterFree ? included : .zero
    var parts = [Part(tier: nil, quantity: included)]
    for (index, tier) in tiers.enumerated() {
      let from = index == 0 ? included : max(tier.tierFrom + shift, included)
      let to = index == tiers.count - 1 ? end : min(end, tier.tierTo.map { $0 + shift } ?? end)
      if to > from { parts.append(Part(tier: tier, quantity: to - from)) }
    }
    return parts.filter { $0.quantity > .zero }
  }
}

/// The prices of one dimension of a service in one region: graduated tiers in ascending order.
///
/// Each tier's price holds for the usage that falls inside it. Usage below the first tier is included in what
/// the customer pays anyway and costs nothing; usage above the last known tier costs the last known price.
package struct PriceSchedule: Equatable, Sendable {
  /// The tiers, in ascending order, without holes.
  package let tiers: [PriceEntry]

  /// Orders the tiers; of two rows that begin at the same usage the later one wins, so that an overlay
  /// replaces prices.
  ///
  /// - Precondition: `rows` is not empty.
  /// - Throws: `PriceProblem.tiers` when the tiers overlap or leave holes.
  init(rows: [PriceEntry]) throws(PriceProblem) {
    precondition(!rows.isEmpty, "a schedule has at least one tier")
    var tiers: [PriceEntry] = []
    for row in rows {
      if let index = tiers.firstIndex(where: { $0.tierFrom == row.tierFrom }) {
        tiers[index] = row
      } else {
        tiers.append(row)
      }
    }
    tiers.sort { $0.tierFrom < $1.tierFrom }
    for (tier, next) in zip(tiers, tiers.dropFirst()) where tier.tierTo != next.tierFrom {
      throw .tiers(row: "\(tier.service), \(tier.dimension), \(tier.region)")
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

  /// Cuts a month's usage into stretches. The first `free` units cost nothing and still count towards the
  /// tiers.
  ///
  /// The quantities of the parts add up to `quantity` exactly; empty parts are left out.
  package func parts(of quantity: ExactDecimal, free: ExactDecimal) -> [Part] {
    let included = min(quantity, max(free, tiers[0].tierFrom))
    var parts = [Part(tier: nil, quantity: included)]
    for (index, tier) in tiers.enumerated() {
      let isLast = index == tiers.count - 1
      let from = max(tier.tierFrom, included)
      let to = isLast ? quantity : min(quantity, tier.tierTo ?? quantity)
      if to > from { parts.append(Part(tier: tier, quantity: to - from)) }
    }
    return parts.filter { $0.quantity > .zero }
  }
}

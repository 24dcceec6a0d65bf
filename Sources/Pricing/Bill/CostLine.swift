/// One line of a bill: one stretch of a month's usage at one price.
package struct CostLine: Equatable, Sendable {
  /// What makes the line's amount change.
  package enum Kind: String, Sendable {
    /// Grows with the usage.
    case usage
    /// Usage that is free or included; the amount is nought.
    case free
    /// The same every month, whatever the usage.
    case fixed
  }

  /// The placement whose bill it is on.
  package let placement: String
  /// The service, as the price book spells it.
  package let service: String
  /// The stable name of the meter.
  package let meter: String
  /// The way of a message, for meters that depend on it.
  package let route: Route
  /// The price region that used it.
  package let region: String
  /// The price region at the other end of an inter-region route; empty otherwise.
  package let destination: String
  /// What makes the amount change.
  package let kind: Kind
  /// The stretch of a month's usage, in `unit`: `0 to 10240`, `153600 and more`, `free`, `all`.
  package let tier: String
  /// A month's usage in this stretch, in `unit`.
  package let quantity: ExactDecimal
  /// The unit of the quantity.
  package let unit: String
  /// The price with what it is for: `0.3 USD per 1000000 requests`.
  package let unitPrice: String
  /// Dollars per month, rounded once, half to even, to 10⁻¹² USD.
  package let amount: Money
  /// Where the price was published; empty for free usage.
  package let source: String
  /// When it was published or read, ISO 8601; empty for free usage.
  package let asOf: String
  /// What the reader should know: whose price stands in for a missing one.
  package let note: String
  /// The region whose price stands in, where `region` has none; empty otherwise.
  package var standIn = ""
}

/// What the placements cost per month, line by line.
package struct Bill: Equatable, Sendable {
  /// A placement's sum.
  package struct Total: Equatable, Sendable {
    /// The placement.
    package let placement: String
    /// The exact sum of its lines, dollars per month.
    package let amount: Money
    /// The part of it that does not depend on usage.
    package let fixed: Money
  }

  /// The lines: placements in the order asked for, and within one the order in which meters first appear.
  package let lines: [CostLine]
  /// The name of each line, unique on the bill: `near/lambda.requests/us-east-1/2` is the second stretch of that usage.
  package let names: [String]
  /// A sum for every placement, in the same order.
  package let totals: [Total]

  /// Adds the lines up, exactly.
  ///
  /// - Parameter placements: every placement in the order wanted; one without lines costs nothing.
  init(lines: [CostLine], placements: [String]) {
    self.lines = lines
    names = Self.names(of: lines)
    let byPlacement = Dictionary(grouping: lines, by: \.placement)
    totals = placements.map { placement in
      let own = byPlacement[placement] ?? []
      return Total(
        placement: placement, amount: own.map(\.amount).total(),
        fixed: own.filter { $0.kind == .fixed }.map(\.amount).total())
    }
  }

  /// What a line is about, joined by slashes, with its place among the lines about the same.
  private static func names(of lines: [CostLine]) -> [String] {
    var counts: [String: Int] = [:]
    return lines.map { line in
      let service = line.meter == FixedCost.meter ? line.service : ""
      let name = [line.placement, line.meter, service, line.route.rawValue, line.region, line.destination]
        .filter { !$0.isEmpty }.joined(separator: "/")
      counts[name, default: 0] += 1
      return "\(name)/\(counts[name, default: 1])"
    }
  }
}

/// A cost that no meter counts: a fixed amount a month.
package struct CostSpec: Sendable {
  package var name: Marked<String>
  /// US dollars a month.
  package var perMonth: Double
  /// The placements that bear it; empty = all.
  package var placements: [Marked<String>]

  static let shape = Shape.either([.quantity(.money), .object(table)])
  static let table = KeyTable(
    "a cost", shorthand: "month",
    [
      .required("month", .quantity(.money), "amount a month"),
      Key("placements", .either([.name, .list(.name)]), "the placements that bear it (all)"),
    ])
}

extension NodeReader {
  /// Reads one cost: an amount a month, or a mapping.
  package func cost(_ name: Marked<String>, _ node: Located) -> CostSpec? {
    guard node.entries != nil else {
      return quantity(node, .money).map { CostSpec(name: name, perMonth: $0.value, placements: []) }
    }
    guard let map = mapping(node, CostSpec.table), let month = map.read("month", { quantity($0, .money) })
    else { return nil }
    let placements = map.read("placements") {
      list($0, of: "placements", orSingle: true)?.compactMap(self.name)
    }
    return CostSpec(name: name, perMonth: month.value, placements: placements ?? [])
  }
}

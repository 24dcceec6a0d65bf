import Pricing

extension OwnershipStatement {
  /// The items of the statement, as `tco.csv` has them.
  package var table: ResultTable {
    var table = ResultTable(.ownership)
    for item in items {
      table.append([
        .text(item.placement), .text(item.environment), .text(item.line.rawValue), .text(item.item),
        .text(item.isUsage ? "usage" : "fixed"), item.quantity.map { .decimal($0) } ?? .none, .text(item.unit),
        .text(item.unitPrice), .decimal(item.amount.usd), horizonAmount(item).map { .decimal($0) } ?? .none,
        .decimal(item.energy), .decimal(item.carbon), .text(item.source), .text(item.asOf), .text(item.note),
      ])
    }
    return table
  }

  /// A row per placement and line, summed over the items and environments: what a terminal shows.
  package var overview: ResultTable {
    let lines = OwnershipLine.allCases
    let columns =
      [Column.placement]
      + (lines.map(\.rawValue) + ["total"]).map {
        Column($0, unit: "USD/month", kind: .decimal(digits: 2), "Dollars a month.")
      }
    var table = ResultTable(
      TableSchema(name: "tco", description: "The cost of ownership by line, dollars a month.", columns: columns))
    for total in totals {
      let own = items.filter { $0.placement == total.placement }
      let sums = lines.map { line in Cell.decimal(own.filter { $0.line == line }.map(\.amount).total().usd) }
      table.append([.text(total.placement)] + sums + [.decimal(total.amount.usd)])
    }
    return table
  }
}

extension TableSchema {
  /// `tco.csv`.
  package static let ownership = TableSchema(
    name: "tco",
    description:
      "One row per item of the cost of ownership: the same lines for every placement and environment;"
      + " the amounts add up exactly.",
    columns: [
      .placement,
      .word("environment", "`production`, `staging`, `test` or `development`."),
      .word(
        "line",
        "`energy`, `network`, `storage`, `processing`, `licences`, `support`, `development`, `governance`, `idle`"
          + " or `capital`."),
      .word("item", "What it is; `none` where the line has nothing."),
      .word("kind", "`usage` grows with the usage, `fixed` does not."),
      Column(
        "quantity_per_month", unit: "see unit", kind: .decimal(digits: 6),
        "How much of it a month has; empty where it is not one quantity."),
      .word("unit", "The unit of the quantity."),
      .word("unit_price", "The price and what it is for."),
      Column("amount_usd_per_month", unit: "USD/month", kind: .decimal(digits: 12), "What it costs in a month."),
      Column(
        "horizon_usd", unit: "USD", kind: .decimal(digits: 2), "The same over the years that ownership is looked at."),
      Column(
        "energy_kwh_per_month", unit: "kWh/month", kind: .decimal(digits: 6),
        "Electricity that it needs; a provider's is estimated and in its prices."),
      Column(
        "carbon_kg_per_month", unit: "kg/month", kind: .decimal(digits: 6),
        "What making the electricity emits, as CO2 equivalent."),
      .word("source", "Where the figure comes from: a publication, the scenario, the bill, the simulation."),
      .word("as_of", "When it was published or read."),
      .word("note", "How the amount came about."),
    ])
}

/// What the cost of ownership is reckoned with besides prices: people, electricity, machines, environments.
package struct Ownership: Sendable {
  /// A figure with its range where one is published.
  package struct Figure: Sendable {
    /// The name that `costs` refers to: `staff.rate`, `hardware.life`.
    package let item: String
    /// The value, its unit, and the range it was taken from; empty ends for none.
    package let value: Double
    package let unit: String
    package let low: String
    package let high: String
    /// How good it is: `published`, `published range`, `judgement`.
    package let strength: String
    /// Where it comes from.
    package let provenance: Provenance
  }

  /// How much of production an environment has.
  package struct Environment: Sendable {
    /// `production`, `staging`, `test` or `development`.
    package let name: String
    /// Shares of production's usage, machines, and hours of support and governance.
    package let usage: Double
    package let capacity: Double
    package let hours: Double
    /// Where it comes from.
    package let provenance: Provenance
  }

  /// What a meter belongs to in the cost of ownership.
  package struct MeterLine: Sendable {
    /// The beginning of the meters' names; empty for all others.
    package let prefix: String
    /// The line: `network`, `storage`, `processing`, …
    package let line: String
    /// Where it comes from.
    package let provenance: Provenance
  }

  /// How much carbon the electricity of a region carries.
  package struct Grid: Sendable {
    /// The region's code.
    package let region: String
    /// Grams of CO2 equivalent for a kilowatt-hour.
    package let gramsPerKilowattHour: Double
    /// Where it comes from.
    package let provenance: Provenance
  }

  /// The tables, in the order of their files.
  package let figures: [Figure]
  package let environments: [Environment]
  package let lines: [MeterLine]
  package let grids: [Grid]
}

extension CatalogLayers {
  func ownership() throws(CatalogError) -> Ownership {
    Ownership(
      figures: try entries(.ownership, key: { $0.item }) { (row) throws(CatalogError) in
        Ownership.Figure(
          item: try row.word("item"), value: try row.amount("value"), unit: try row.word("unit"),
          low: row.text("low"), high: row.text("high"), strength: try row.word("strength"),
          provenance: try row.provenance())
      },
      environments: try entries(.environments, key: { $0.name }) { (row) throws(CatalogError) in
        Ownership.Environment(
          name: try row.word("environment"), usage: try row.number("usage", in: 0...1),
          capacity: try row.number("capacity", in: 0...1), hours: try row.number("hours", in: 0...1),
          provenance: try row.provenance())
      },
      lines: try entries(.ownershipLines, key: { $0.prefix }) { (row) throws(CatalogError) in
        Ownership.MeterLine(
          prefix: row.text("meter_prefix"), line: try row.word("line"), provenance: try row.provenance())
      },
      grids: try entries(.grids, key: { $0.region }) { (row) throws(CatalogError) in
        Ownership.Grid(
          region: try row.word("region"), gramsPerKilowattHour: try row.amount("grams_per_kwh"),
          provenance: try row.provenance())
      })
  }
}

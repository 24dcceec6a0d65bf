import Catalog

/// The figures that the cost of ownership is reckoned with: the catalog's, and what the scenario gives instead.
package struct OwnershipAssumptions: Sendable {
  /// A figure and where it comes from.
  package struct Figure: Equatable, Sendable {
    /// The value in the unit of the catalog's table.
    package let value: ExactDecimal
    /// Where it comes from, and its date.
    package let source: String
    package let asOf: String
  }

  /// How much of production an environment has.
  package struct Environment: Equatable, Sendable {
    /// `production`, `staging`, `test` or `development`.
    package let name: String
    /// Shares of production's usage, machines, and hours.
    package let usage: ExactDecimal
    package let capacity: ExactDecimal
    package let hours: ExactDecimal
  }

  /// The environments, production first.
  package let environments: [Environment]
  private let figures: [String: Figure]
  private let lines: [Ownership.MeterLine]
  private let grids: [String: Figure]

  /// - Parameters:
  ///   - given: figures of the scenario's: items and values. Items that the catalog does not know are left out.
  ///   - environments: names of the wanted environments, with the shares that the scenario gives; nil for all of the
  ///     catalog's. Production is always there.
  package init(
    _ ownership: Ownership, given: [(item: String, value: ExactDecimal)] = [],
    environments wanted: [(name: String, shares: [ExactDecimal?])]? = nil
  ) {
    var figures: [String: Figure] = [:]
    for row in ownership.figures {
      figures[row.item] = Figure(
        value: ExactDecimal(nearest: row.value), source: row.provenance.source, asOf: row.provenance.asOf)
    }
    for (item, value) in given where figures[item] != nil {
      figures[item] = Figure(value: value, source: Self.scenario, asOf: "")
    }
    self.figures = figures
    lines = ownership.lines
    var grids: [String: Figure] = [:]
    for grid in ownership.grids {
      grids[grid.region] = Figure(
        value: ExactDecimal(nearest: grid.gramsPerKilowattHour), source: grid.provenance.source,
        asOf: grid.provenance.asOf)
    }
    self.grids = grids
    environments = ownership.environments.compactMap { row in
      let own = wanted?.first { $0.name == row.name }
      guard wanted == nil || own != nil || row.name == Self.production else { return nil }
      let shares = zip([row.usage, row.capacity, row.hours], own?.shares ?? [nil, nil, nil]).map { known, given in
        given ?? ExactDecimal(nearest: known)
      }
      return Environment(name: row.name, usage: shares[0], capacity: shares[1], hours: shares[2])
    }
  }

  /// The environment that serves the callers.
  package static let production = "production"
  /// The source of what the scenario gives.
  package static let scenario = "the scenario"

  /// The figure of an item; nought for one that neither the catalog nor the scenario has.
  package func figure(_ item: String, of own: [String: ExactDecimal] = [:]) -> Figure {
    if let value = own[item] { return Figure(value: value, source: Self.scenario, asOf: "") }
    return figures[item] ?? Figure(value: .zero, source: "", asOf: "")
  }

  /// Grams of CO2 equivalent for a kilowatt-hour in a region; the average where the region is not known.
  package func carbon(of region: String) -> ExactDecimal {
    (grids[region] ?? figure("energy.carbon")).value
  }

  /// The line that a meter belongs to: the longest beginning that fits.
  package func line(of meter: String) -> OwnershipLine {
    let fitting = lines.filter { meter.hasPrefix($0.prefix) }.max { $0.prefix.count < $1.prefix.count }
    return fitting.flatMap { OwnershipLine(rawValue: $0.line) } ?? .processing
  }
}

/// Machines that are owned.
package struct OwnedHardware: Sendable {
  /// What they are called, and the placements that stand on them; empty for all.
  package var name: String
  package var placements: [String]
  /// How many, and the processors of one.
  package var count: Int64
  package var vcpus: ExactDecimal
  /// Figures given instead of the catalog's `hardware.…`.
  package var figures: [String: ExactDecimal] = [:]
  /// Racks filled, terabytes of disk, Mbit/s of transit.
  package var racks: ExactDecimal = .zero
  package var terabytes: ExactDecimal = .zero
  package var megabits: ExactDecimal = .zero
  /// Share of the processors in use; nil = what was metered.
  package var utilisation: ExactDecimal?

  /// Machines of these processors.
  package init(name: String, placements: [String], count: Int64, vcpus: ExactDecimal) {
    self.name = name
    self.placements = placements
    self.count = count
    self.vcpus = vcpus
  }

  /// How many machines an environment has: whole ones.
  func count(in environment: OwnershipAssumptions.Environment) -> Int64 {
    environment.capacity.wholeUnits(of: count)
  }
}

extension ExactDecimal {
  /// This share of so many, rounded up to whole ones.
  func wholeUnits(of count: Int64) -> Int64 {
    let (quotient, remainder) = (trillionths * Int128(count)).quotientAndRemainder(dividingBy: Self.unit)
    return Int64(clamping: quotient + (remainder > 0 ? 1 : 0))
  }
}

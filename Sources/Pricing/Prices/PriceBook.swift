/// All prices, by service, dimension and region, and where to look when a region has none.
package struct PriceBook: Sendable {
  /// Regions whose price is tried, in this order, when a region has none of its own and no neighbour was
  /// named.
  package static let standIns = ["global", "us-east-1", "edge:United States"]

  private struct Key: Hashable {
    let service: String
    let dimension: String
    let region: String
  }

  private let schedules: [Key: PriceSchedule]
  private let neighbours: [String: [String]]

  /// A schedule and where it comes from.
  package struct Match: Sendable {
    /// The prices to apply.
    package let schedule: PriceSchedule
    /// The region they are published for.
    package let region: String
  }

  /// Collects the rows into schedules. Later rows replace earlier ones of the same tier.
  ///
  /// - Parameter neighbours: for a region, the regions whose prices stand in for missing ones, best first.
  /// - Throws: `PriceProblem.tiers` for the first price, in the order of the rows, whose tiers do not join.
  package init(_ entries: [PriceEntry], neighbours: [String: [String]] = [:]) throws(PriceProblem) {
    var rows: [Key: [PriceEntry]] = [:]
    var order: [Key] = []
    for entry in entries {
      let key = Key(service: entry.service, dimension: entry.dimension, region: entry.region)
      if rows[key] == nil { order.append(key) }
      rows[key, default: []].append(entry)
    }
    var schedules: [Key: PriceSchedule] = [:]
    for key in order {
      schedules[key] = try PriceSchedule(rows: rows[key] ?? [])
    }
    self.schedules = schedules
    self.neighbours = neighbours
  }

  /// The schedule for a region, or for the best stand-in; within a region the first known dimension wins.
  ///
  /// `{region}` in a dimension stands for the region being tried, `{destination}` for the one given.
  package func match(service: String, dimensions: [String], region: String, destination: String = "")
    -> Match?
  {
    for candidate in [region] + (neighbours[region] ?? []) + Self.standIns {
      for dimension in dimensions {
        let name = dimension.replacing("{region}", with: candidate).replacing(
          "{destination}", with: destination)
        if let schedule = schedules[Key(service: service, dimension: name, region: candidate)] {
          return Match(schedule: schedule, region: candidate)
        }
      }
    }
    return nil
  }
}

import Catalog
import Pricing
import ScenarioFormat

/// What readings cost: the prices of a catalog and the costs of a scenario, ready to be applied.
struct Settlement {
  private let book: PriceBook
  private let fixed: [FixedCost]

  /// - Throws: `Failure` for a price file that cannot be used and for an instance type without a price.
  init(_ catalog: Catalog, _ costs: CostsSpec) throws {
    do { book = try PriceBook(catalog) } catch { throw Self.failure("\(error)") }
    fixed =
      costs.amounts.map { cost in
        FixedCost(
          name: cost.name.value, amount: Money(usd: ExactDecimal(nearest: cost.perMonth)),
          placements: cost.placements.map(\.value))
      } + (try costs.capacity.map { try Self.capacity($0, catalog) })
  }

  /// The bill of the readings.
  func bill(_ readings: [MeterReading], placements: [String]) throws -> Bill {
    do { return try book.bill(for: readings, placements: placements, fixed: fixed) } catch {
      throw Self.failure("\(error)")
    }
  }

  /// Instances that are paid for by the hour, used or not.
  private static func capacity(_ spec: CapacitySpec, _ catalog: Catalog) throws -> FixedCost {
    let type = spec.type.value
    let rows = catalog.prices.filter {
      $0.service == "EC2 on-demand Linux" && ($0.dimension == type || $0.dimension.hasPrefix("\(type) ("))
    }
    let row = rows.first { $0.region == spec.region.value }
    guard let price = spec.price.map(ExactDecimal.init(nearest:)) ?? row.flatMap({ ExactDecimal($0.priceUSD) }) else {
      throw failure(Self.noPrice(spec, rows, catalog))
    }
    let cost = FixedCost(
      name: "\(spec.name.value): \(spec.count) \(type)",
      quantity: ExactDecimal(nearest: spec.hours * Double(spec.count)), unit: "instance-hour", price: price,
      placements: spec.placements.map(\.value), region: spec.region.value,
      source: spec.price == nil ? row?.provenance.source ?? "" : "the scenario",
      asOf: spec.price == nil ? row?.provenance.asOf ?? "" : "")
    guard let cost else { throw failure("costs.instances.\(spec.name.value): the amount is beyond any bill") }
    return cost
  }

  private static func noPrice(_ spec: CapacitySpec, _ rows: [PriceRow], _ catalog: Catalog) -> String {
    let head = "costs.instances.\(spec.name.value): there is no price of \(spec.type.value) in \(spec.region.value)"
    guard rows.isEmpty else {
      return "\(head); known in \(Suggestion.list(rows.map(\.region))); or give 'price'"
    }
    let types = catalog.prices.filter { $0.service == "EC2 on-demand Linux" }
      .map { String($0.dimension.prefix { $0 != " " }) }
    let nearest = Suggestion.nearest(to: spec.type.value, among: types)
    return head + (nearest.map { "; did you mean '\($0)'?" } ?? "; give 'price'")
  }

  private static func failure(_ sentence: String) -> Failure {
    Failure(message: "perigee: error: \(sentence)\n", exitCode: 65)
  }
}

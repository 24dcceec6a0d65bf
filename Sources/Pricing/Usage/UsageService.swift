import Catalog

/// A service as its users know it: inputs such as requests, duration and memory, and the meters that they advance.
package struct UsageService: Sendable {
  /// An input, and how a provider rounds it for one meter.
  package struct Factor: Sendable {
    /// The input's key.
    package let input: String
    /// What kind of quantity it is.
    package let kind: PriceFactorRow.Kind
    /// What the input is when it is left out; nil where it must be given.
    package let fallback: ExactDecimal?
    /// Not counted below this; counted in whole steps; at least so much; in units of this; in the kind's base unit.
    let above: ExactDecimal?
    let step: ExactDecimal?
    let minimum: ExactDecimal?
    let per: ExactDecimal?

    /// What is billed of a value in the kind's base unit.
    func billed(_ value: ExactDecimal) -> ExactDecimal? {
      var amount = value
      if let above { amount = max(amount - above, .zero) }
      if let minimum { amount = max(amount, minimum) }
      if let step { amount = amount.roundedUp(to: step) }
      return per.map { amount.divided(by: $0) } ?? amount
    }
  }

  /// A meter and the factors whose product is its quantity.
  package struct Meter: Sendable {
    /// The meter's name.
    package let name: String
    /// Its factors, plain numbers first.
    package let factors: [Factor]
  }

  /// The name: `lambda`.
  package let name: String
  /// The meters that its inputs advance.
  package let meters: [Meter]

  /// The inputs in the order in which they first appear, with their kinds.
  package var inputs: [(name: String, kind: PriceFactorRow.Kind)] {
    var inputs: [(name: String, kind: PriceFactorRow.Kind)] = []
    for factor in meters.flatMap(\.factors) where !inputs.contains(where: { $0.name == factor.input }) {
      inputs.append((factor.input, factor.kind))
    }
    return inputs
  }

  /// A meter's quantity and its unit, from the inputs in their base units; nil when an input that it needs is missing
  /// or the product is beyond any bill.
  package func quantity(of meter: Meter, _ values: [String: ExactDecimal]) -> (ExactDecimal, unit: String)? {
    var product = ExactDecimal(1)
    var (isTimed, isSized) = (false, false)
    for factor in meter.factors {
      guard let value = values[factor.input] ?? factor.fallback, let billed = factor.billed(value) else { return nil }
      var next = product.times(billed)
      if factor.per == nil {
        isTimed = isTimed || factor.kind == .duration
        if factor.kind == .size {
          isSized = true
          next = multiplyDivide(
            product.trillionths.magnitude, billed.trillionths.magnitude,
            by: UInt128(ExactDecimal.unit) << 30).map(ExactDecimal.init(trillionths:))
        }
      }
      guard let next, next <= Usage.limit else { return nil }
      product = next
    }
    let unit = isSized ? (isTimed ? "GB-second" : "GB") : isTimed ? "second" : ""
    return (product, unit)
  }

  /// All services of the catalog's table, in its order.
  ///
  /// - Throws: `PriceProblem` for a figure that is none and for a meter that no rule knows.
  static func all(_ rows: [PriceFactorRow], known meters: Set<String>) throws(PriceProblem) -> [UsageService] {
    var services: [UsageService] = []
    for row in rows {
      guard meters.contains(row.meter) else {
        throw .column(
          row: "\(row.location): \(row.service)", column: "meter", text: row.meter,
          wanted: "the name of a row of price_meters.csv")
      }
      let factor = try factor(row)
      let index = services.firstIndex { $0.name == row.service } ?? services.count
      if index == services.count { services.append(UsageService(name: row.service, meters: [])) }
      services[index] = services[index].adding(factor, to: row.meter)
    }
    return services
  }

  private func adding(_ factor: Factor, to meter: String) -> UsageService {
    var meters = meters
    let index = meters.firstIndex { $0.name == meter } ?? meters.count
    if index == meters.count { meters.append(Meter(name: meter, factors: [])) }
    let order: [PriceFactorRow.Kind] = [.count, .number, .duration, .size]
    let factors = order.flatMap { kind in (meters[index].factors + [factor]).filter { $0.kind == kind } }
    meters[index] = Meter(name: meter, factors: factors)
    return UsageService(name: name, meters: meters)
  }

  private static func factor(_ row: PriceFactorRow) throws(PriceProblem) -> Factor {
    func figure(_ text: String, _ column: String) throws(PriceProblem) -> ExactDecimal? {
      guard !text.isEmpty else { return nil }
      guard let value = UsageQuantity.value(text, row.kind),
        value > .zero || column == "above" || column == "default"
      else {
        throw .column(
          row: "\(row.location): \(row.service), \(row.input)", column: column, text: text,
          wanted: UsageQuantity.wanted(row.kind))
      }
      return value
    }
    return Factor(
      input: row.input, kind: row.kind, fallback: try figure(row.fallback, "default"),
      above: try figure(row.above, "above"), step: try figure(row.step, "step"),
      minimum: try figure(row.minimum, "minimum"), per: try figure(row.per, "per"))
  }
}

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
    package let fallback: Fallback?
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

  /// What an input is that was left out.
  package enum Fallback: Sendable {
    /// So much, in the kind's base unit.
    case amount(ExactDecimal)
    /// The length of the month.
    case month
  }

  /// What a user says was used.
  package struct Inputs: Sendable {
    /// Quantities in their base units, by input.
    package var values: [String: ExactDecimal] = [:]
    /// Words that stand in the names of meters, by input.
    package var names: [String: String] = [:]
    /// Length of the month, seconds.
    package let month: ExactDecimal

    /// Nothing, in a month of a length.
    package init(month: ExactDecimal) { self.month = month }

    /// Whether an input was given.
    package func has(_ input: String) -> Bool { values[input] != nil || names[input] != nil }

    /// What a factor counts, in its base unit; nil where it was left out and must not be.
    func value(of factor: Factor) -> ExactDecimal? {
      if let given = values[factor.input] { return given }
      switch factor.fallback {
      case .amount(let amount): return amount
      case .month: return month
      case nil: return nil
      }
    }
  }

  /// A meter and the factors whose product is its quantity.
  package struct Meter: Sendable {
    let key: MeterKey
    /// Its factors, names and plain numbers first.
    package let factors: [Factor]

    /// The meter's name, in which `{input}` stands for a word that a user gives.
    package var name: String { key.name }
    /// The way of a transfer.
    package var route: Route { key.route }
    /// Of several measures of the meter only the greatest counts: capacity units of a load balancer.
    package var isMeasure: Bool { key.isMeasure }

    /// The meter's name with the words that were given; nil where one is missing.
    package func name(with inputs: Inputs) -> String? {
      var name = name
      for factor in factors where factor.kind == .name {
        guard let word = inputs.names[factor.input] else { return nil }
        name = name.replacing("{\(factor.input)}", with: word)
      }
      return name
    }

    /// Whether the inputs say something of the meter, or it is always there when the service is used: nothing of it
    /// must be given.
    package func isUsed(by inputs: Inputs) -> Bool {
      factors.allSatisfy { $0.fallback != nil } || factors.contains { inputs.has($0.input) }
    }
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

  /// A meter's quantity and its unit; nil when an input that it needs is missing or the product is beyond any bill.
  package func quantity(of meter: Meter, _ inputs: Inputs) -> (ExactDecimal, unit: String)? {
    var product = ExactDecimal(1)
    var (isTimed, isSized) = (false, false)
    for factor in meter.factors where factor.kind != .name {
      guard let value = inputs.value(of: factor), let billed = factor.billed(value) else { return nil }
      var next = product.times(billed)
      if factor.per == nil {
        isTimed = isTimed || factor.kind == .duration || factor.kind == .hours
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
      let key = MeterKey(row.meter)
      let name = key?.name ?? ""
      guard let key, name.contains("{") || meters.contains(Self.plain(name)) else {
        throw .column(
          row: "\(row.location): \(row.service)", column: "meter", text: row.meter,
          wanted: "the name of a row of price_meters.csv, and ':' and its route where it has one")
      }
      let factor = try factor(row)
      let index = services.firstIndex { $0.name == row.service } ?? services.count
      if index == services.count { services.append(UsageService(name: row.service, meters: [])) }
      services[index] = services[index].adding(factor, to: key)
    }
    return services
  }

  /// The meter without what marks capacity that can be taken back.
  private static func plain(_ meter: String) -> String {
    meter.hasPrefix(MeterReading.spotPrefix) ? String(meter.dropFirst(MeterReading.spotPrefix.count)) : meter
  }

  private func adding(_ factor: Factor, to key: MeterKey) -> UsageService {
    var meters = meters
    let index = meters.firstIndex { $0.key == key } ?? meters.count
    if index == meters.count { meters.append(Meter(key: key, factors: [])) }
    let order: [PriceFactorRow.Kind] = [.name, .count, .number, .duration, .hours, .size]
    let factors = order.flatMap { kind in (meters[index].factors + [factor]).filter { $0.kind == kind } }
    meters[index] = Meter(key: key, factors: factors)
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
    let isMonth = row.fallback == "month"
    let fallback = isMonth ? nil : try figure(row.fallback, "default").map(Fallback.amount)
    return Factor(
      input: row.input, kind: row.kind, fallback: isMonth ? .month : fallback,
      above: try figure(row.above, "above"), step: try figure(row.step, "step"),
      minimum: try figure(row.minimum, "minimum"), per: try figure(row.per, "per"))
  }
}

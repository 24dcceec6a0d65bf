/// One row of a price file: what one dimension of a service costs in one region, within one tier.
package struct PriceEntry: Equatable, Sendable {
  /// The service, as the price file spells it: `AWS Lambda`.
  package let service: String
  /// What is billed, without the number of the tier and without remarks in brackets: `duration x86`.
  package let dimension: String
  /// The unit that the tier's limits and the usage are in: `GB-second`, `requests`.
  package let unit: String
  /// How many units the price is for: 1,000,000 where the file's unit is `1M requests`.
  package let unitsPerPrice: Int64
  /// The region the price holds in: `us-east-1`, `edge:EU`, `global`.
  package let region: String
  /// Dollars for `unitsPerPrice` units.
  package let price: ExactDecimal
  /// Usage per month from which the price holds, in `unit`.
  package let tierFrom: ExactDecimal
  /// Usage per month up to which the price holds, in `unit`; nil without end.
  package let tierTo: ExactDecimal?
  /// When the price was published or read, ISO 8601.
  package let asOf: String
  /// Where the price was published.
  package let source: String
  /// The place of the row, with a colon and a space behind it; empty where there is none.
  package let location: String
  /// The layer of the catalog; rows of a higher one push out those of a lower one.
  package let layer: Int

  /// Reads the columns of a price file as they are written there.
  ///
  /// - Throws: `PriceProblem` naming the row and the column that cannot be used.
  package init(
    service: String, dimension: String, unit: String, region: String, price: String,
    tierFrom: String, tierTo: String, asOf: String, source: String, location: String = "", layer: Int = 0
  ) throws(PriceProblem) {
    let row = "\(location)\(service), \(dimension), \(region)"
    guard !service.isEmpty, !dimension.isEmpty, !region.isEmpty else {
      throw .column(row: row, column: "service, dimension or region", text: "", wanted: "a name")
    }
    guard let amount = ExactDecimal(price), amount >= .zero else {
      throw .column(row: row, column: "price_usd", text: price, wanted: "dollars with at most 12 decimals")
    }
    guard let from = tierFrom.isEmpty ? .zero : ExactDecimal(tierFrom), from >= .zero else {
      throw .column(row: row, column: "tier_from", text: tierFrom, wanted: "a quantity per month")
    }
    let isOpen = tierTo.isEmpty || tierTo == "inf"
    let to = isOpen ? nil : ExactDecimal(tierTo)
    guard isOpen || to.map({ $0 > from }) == true else {
      throw .column(row: row, column: "tier_to", text: tierTo, wanted: "a quantity above tier_from, or inf")
    }
    (unitsPerPrice, self.unit) = Self.block(unit)
    self.service = service
    self.dimension = Self.family(dimension)
    self.region = region
    self.price = amount
    self.tierFrom = from
    self.tierTo = to
    self.asOf = asOf
    self.source = source
    self.location = location
    self.layer = layer
  }

  /// Whether both rows price some of the same usage.
  func overlaps(_ other: PriceEntry) -> Bool {
    (tierTo.map { $0 > other.tierFrom } ?? true) && (other.tierTo.map { $0 > tierFrom } ?? true)
  }

  /// The dimension without a remark in brackets at its end: `requests (64 KB chunks)` is `requests`.
  static func plain(_ dimension: String) -> String {
    guard dimension.hasSuffix(")"), let bracket = dimension.firstRange(of: " (") else { return dimension }
    return String(dimension[..<bracket.lowerBound])
  }

  /// `1M requests` is a million times `requests`; `10k operations` ten thousand times `operations`; `100 messages` a
  /// hundred times `messages`.
  private static func block(_ unit: String) -> (count: Int64, unit: String) {
    let words = unit.split(separator: " ", maxSplits: 1)
    guard var digits = words.first, let last = digits.last else { return (1, unit) }
    let factors: [Character: Int64] = ["M": 1_000_000, "k": 1_000, "K": 1_000]
    let factor = factors[last] ?? 1
    if factor > 1 { digits = digits.dropLast() }
    guard digits.count <= 9, let count = Int64(digits), count > 0 else { return (1, unit) }
    return (count * factor, words.count > 1 ? String(words[1]) : "operations")
  }

  /// `API calls tier 2 (metered in 512 KB)` belongs to the dimension `API calls`.
  private static func family(_ dimension: String) -> String {
    let words = dimension.split(separator: " ")
    for index in words.indices.dropLast() where words[index] == "tier" && Int(words[index + 1]) != nil {
      return words[..<index].joined(separator: " ")
    }
    return dimension
  }
}

/// What is wrong with a price file.
package enum PriceProblem: Error, Equatable {
  /// A column of a row does not hold what it should.
  case column(row: String, column: String, text: String, wanted: String)
  /// Two tiers of one price cover the same usage, or leave a hole between them.
  case tiers(row: String, end: String, start: String)
}

extension PriceProblem: CustomStringConvertible {
  /// One sentence for the reader of the price file.
  package var description: String {
    switch self {
    case .column(let row, let column, let text, let wanted):
      "price '\(row)': \(column) is '\(text)'; it must be \(wanted)"
    case .tiers(let row, let end, let start):
      "price '\(row)': its tiers overlap or leave a hole: one ends at \(end) and the next begins at \(start);"
        + " each must begin where the one before it ends"
    }
  }
}

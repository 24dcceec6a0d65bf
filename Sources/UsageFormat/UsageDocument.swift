internal import Catalog
package import Pricing
package import ScenarioFormat

/// A usage file: what an account used in a month, written by hand.
///
/// It is read in two steps, because what an item may say depends on the catalog that the file names.
package struct UsageDocument {
  /// What the file is about.
  package let name: String
  /// The built-in catalog that it is priced with.
  package let catalog: Marked<String>
  private let root: Located
  private let texts: [ScenarioText]
  private let problems: Problems

  static let table = table(items: .object(KeyTable("an item", others: .text, [])))

  /// The JSON Schema of usage files that are priced with a price book, for editors.
  package static func schema(_ book: PriceBook) -> String {
    let items = book.rules.services.map { Shape.object(ItemReader.table(of: $0)) } + [.object(ItemReader.meterTable)]
    return ScenarioSchema.json(of: table(items: .either(items)), title: "Perigee usage file")
  }

  private static func table(items: Shape) -> KeyTable {
    KeyTable(
      "a usage file",
      [
        .required("usage", .text, "what the file is about"),
        Key("catalog", .name, "a built-in catalog (world-2021)"),
        Key("region", .name, "the price region of items that do not name one (us-east-1)"),
        Key("month", .name, "length of the month that rates hold for (730 h)"),
        Key("freeTier", .choice(FreeTier.allCases.map(\.rawValue)), "what the provider gives away (always)"),
        Key("currency", .name, "the currency of the amounts (USD)"),
        Key("currencies", .named(.quantity(.money)), "dollars for one of another currency: {EUR: 1.08 USD}"),
        .required("items", .list(items), "what was used"),
        Key("discounts", DiscountSpec.shape, "what is cheaper than its list price"),
      ])
  }

  /// Reads the text of a file as far as that is possible without a catalog.
  ///
  /// - Throws: `Rejection` with everything that is wrong.
  package init(name file: String, bytes: [UInt8], overrides: [Override] = []) throws(Rejection) {
    let problems = Problems()
    var texts: [ScenarioText] = []
    do {
      root = try ScenarioReader.tree(name: file, bytes: bytes, overrides, &texts, problems, table: Self.table)
    } catch {
      problems.add(error)
      throw Rejection(problems, texts)
    }
    let reader = NodeReader(problems)
    let map = reader.mapping(root, Self.table)
    name = map?.read("usage", reader.text)?.value ?? ""
    catalog = map?.read("catalog", reader.name) ?? Marked("world-2021", at: root.mark)
    if !Catalog.builtInNames.contains(catalog.value) {
      problems.error(
        "unknown-catalog", at: catalog.mark, Suggestion.missing("catalog", catalog.value, among: Catalog.builtInNames))
    }
    guard !problems.hasErrors else { throw Rejection(problems, texts) }
    self.texts = texts
    self.problems = problems
  }

  /// A usage file that cannot be priced.
  package struct Rejection: Error {
    /// What is wrong, as a terminal shows it.
    package let rendered: String
    /// What is wrong.
    package let diagnostics: [Diagnostic]

    init(_ problems: Problems, _ texts: [ScenarioText]) {
      diagnostics = problems.list
      rendered = DiagnosticRenderer(texts: texts).render(problems.list)
    }
  }

  /// A bill in the currency that was asked for.
  package struct PricedUsage: Sendable {
    package let bill: Bill
    /// The currency, and the dollars that one of it is worth.
    package let currency: String
    package let rate: ExactDecimal
    /// What the reader should know, as a terminal shows it.
    package let warnings: String

    /// An amount in the currency; nought beyond the range of exact numbers.
    package func amount(_ money: Money) -> ExactDecimal {
      guard currency != "USD" else { return money.usd }
      return money.usd.divided(by: rate) ?? .zero
    }
  }

  /// Prices the items.
  ///
  /// - Parameter isStrict: whether another region's price that stands in for a missing one is an error.
  /// - Throws: `Rejection` with everything that is wrong.
  package func priced(_ book: PriceBook, isStrict: Bool = false) throws(Rejection) -> PricedUsage {
    let reader = NodeReader(problems)
    guard let map = reader.mapping(root, Self.table) else { throw Rejection(problems, texts) }
    let tiers = FreeTier.allCases.map { ($0.rawValue, $0) }
    let freeTier = map.read("freeTier") { reader.choice($0, tiers) } ?? .always
    let region = map.read("region", reader.name)
    region.map { UsageGuide(book: book).checkRegion($0, problems) }
    let (currency, rate) = currency(map, reader)
    let setting = ItemReader.Setting(
      region: region?.value ?? "us-east-1", month: month(map, reader), isStrict: isStrict)
    let items = ItemReader(reader, book, setting)
    let used = (map.read("items") { reader.list($0, of: "items") } ?? []).flatMap(items.items)
    let specs = map.read("discounts", reader.discounts) ?? []
    check(specs, accounts: Set(used.map(\.account)))
    let discounts = DiscountCompiler(book, problems).discounts(specs)
    guard !problems.hasErrors else { throw Rejection(problems, texts) }
    do {
      let terms = PriceBook.Terms(freeTier: freeTier, discounts: discounts, isStrict: isStrict)
      let bill = try book.bill(for: used, terms)
      return PricedUsage(
        bill: bill, currency: currency, rate: rate, warnings: DiagnosticRenderer(texts: texts).render(problems.list))
    } catch {
      problems.error("price", at: root.mark, "\(error)")
      throw Rejection(problems, texts)
    }
  }

  /// A discount names accounts of the file, and no environments, which it does not have.
  private func check(_ specs: [DiscountSpec], accounts: Set<String>) {
    for environment in specs.compactMap(\.environments.first) {
      problems.error("environments", at: environment.mark, "a usage file has no environments; leave the key out")
    }
    for account in specs.flatMap(\.placements) where !accounts.contains(account.value) {
      problems.error(
        "unknown-account", at: account.mark,
        Suggestion.missing("account", account.value, among: accounts.sorted()))
    }
  }

  private func month(_ map: MappingReader, _ reader: NodeReader) -> ExactDecimal {
    guard let text = map.read("month", reader.text) else { return BillingMonth.seconds }
    guard let month = UsageQuantity.value(text.value, .hours), month > .zero else {
      problems.error(
        "quantity", at: text.mark, "'\(text.value)' is not what 'month' takes; write \(UsageQuantity.wanted(.hours))")
      return BillingMonth.seconds
    }
    return month
  }

  private func currency(_ map: MappingReader, _ reader: NodeReader) -> (name: String, rate: ExactDecimal) {
    var rates: [String: ExactDecimal] = ["USD": ExactDecimal(1)]
    var names = ["USD"]
    for entry in map.read("currencies", { reader.named($0, of: "currencies") }) ?? [] {
      guard let rate = reader.quantity(entry.value, .money) else { continue }
      guard rate.value > 0 else {
        problems.error("not-positive", at: rate.mark, "one \(entry.name.value) is worth more than nothing")
        continue
      }
      rates[entry.name.value] = ExactDecimal(nearest: rate.value)
      names.append(entry.name.value)
    }
    guard let wanted = map.read("currency", reader.name) else { return ("USD", ExactDecimal(1)) }
    guard let rate = rates[wanted.value] else {
      problems.error(
        "unknown-currency", at: wanted.mark,
        "there is no rate for the currency '\(wanted.value)'; give it in 'currencies', such as"
          + " currencies: {\(wanted.value): 1.1 USD}; known: \(Suggestion.list(names))")
      return (wanted.value, ExactDecimal(1))
    }
    return (wanted.value, rate)
  }
}

import Catalog
import Foundation
import Pricing
import Reporting
import ScenarioFormat
import UsageFormat

/// A usage file on its way to a bill. Nothing is simulated.
struct UsageSession {
  private let usage: UsageDocument.PricedUsage

  /// Whether a path names a usage file, not a folder of results.
  static func isUsage(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if exists { return !isDirectory.boolValue }
    return path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  /// Reads and prices a usage file.
  /// - Throws: `Failure` after everything that is wrong has been printed.
  init(_ path: String, _ input: RepricingInput, isStrict: Bool) throws {
    let bytes: [UInt8]
    do { bytes = try ScenarioFile.read(path) } catch { throw Failure.noInput(error.sentence) }
    var overrides: [Override] = []
    for text in input.overrides {
      do { overrides.append(try Override(text)) } catch { throw Failure.usage("--set: \(error.message)") }
    }
    do {
      let document = try UsageDocument(name: path, bytes: bytes, overrides: overrides)
      let book = try Self.book(document.catalog.value, input.overlays)
      usage = try document.priced(book, isStrict: isStrict)
    } catch let rejection as UsageDocument.Rejection {
      Terminal.say(rejection.rendered)
      throw Failure.badData
    }
  }

  private static func book(_ name: String, _ overlays: [String]) throws -> PriceBook {
    let catalog: Catalog
    do { catalog = try Catalog.load(name, overlays: overlays) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
    }
    do { return try PriceBook(catalog) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
    }
  }

  /// Prints the bill; a table for people ends with the totals and leaves out columns that say nothing.
  func write(_ format: OutputFormat) throws {
    Terminal.say(usage.warnings)
    let isForPeople = format == .table || format == .markdown
    let table = table(withTotal: isForPeople)
    let shown = isForPeople ? table.selecting(Self.telling(table)) : table
    try ByteSink.standardOutput.write(format.text(of: shown, width: Terminal.width))
  }

  /// The columns with something in them.
  private static func telling(_ table: ResultTable) -> [String] {
    table.schema.columns.enumerated().filter { index, _ in
      table.rows.contains { $0[index] != .text("") && $0[index] != .none }
    }.map(\.element.name)
  }

  /// The lines: each amount exactly, and as an invoice rounds it.
  private func table(withTotal: Bool) -> ResultTable {
    let currency = usage.currency.lowercased()
    let names = ["account", "service", "meter", "route", "region", "destination", "kind", "tier"]
    var columns = names.map { Column($0, $0) }
    columns.append(Column("quantity", unit: "see unit", kind: .decimal(digits: 6), "A month's usage."))
    columns += ["unit", "unit_price"].map { Column($0, $0) }
    columns.append(Column("amount_\(currency)", unit: usage.currency, kind: .decimal(digits: 12), "Exact amount."))
    columns.append(Column("invoice_\(currency)", unit: usage.currency, kind: .decimal(digits: 2), "Whole cents."))
    columns += ["as_of", "source", "note"].map { Column($0, $0) }
    var table = ResultTable(
      TableSchema(name: "usage", description: "What a month's usage costs, line by line.", columns: columns))
    var (exact, invoiced) = (ExactDecimal.zero, ExactDecimal.zero)
    for line in usage.bill.lines {
      let amount = usage.amount(line.amount)
      let cents = Money(usd: amount).roundedToCents.usd
      (exact, invoiced) = (exact + amount, invoiced + cents)
      table.append([
        .text(line.placement), .text(line.service), .text(line.meter), .text(line.route.rawValue),
        .text(line.region), .text(line.destination), .text(line.kind.rawValue), .text(line.tier),
        .decimal(line.quantity), .text(line.unit), .text(line.unitPrice), .decimal(amount), .decimal(cents),
        .text(line.asOf), .text(line.source), .text(line.note),
      ])
    }
    if withTotal {
      let blank = [Cell](repeating: .text(""), count: 7)
      table.append(
        [.text("total")] + blank + [.none, .text(""), .text(""), .decimal(exact), .decimal(invoiced)]
          + [Cell](repeating: .text(""), count: 3))
    }
    return table
  }
}

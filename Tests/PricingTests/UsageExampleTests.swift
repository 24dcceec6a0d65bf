import Catalog
import Foundation
import Pricing
import ScenarioFormat
import Testing
import UsageFormat

/// Usage files priced as `perigee reprice` prices them.
enum UsageFixture {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"

  /// The rows of a CSV file whose fields hold neither quotes inside nor line ends.
  static func table(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
    let rows = text.split(separator: "\n").map { fields(of: $0) }
    return rows.dropFirst().map { row in Dictionary(uniqueKeysWithValues: zip(rows[0], row)) }
  }

  private static func fields(of line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  static func book(overlay: String) throws -> PriceBook {
    guard !overlay.isEmpty else { return PriceFixture.builtIn }
    return try PriceBook(Catalog.load("world-2021", overlays: ["\(directory)/overlays/\(overlay)"]))
  }

  static func priced(_ file: String, _ book: PriceBook) throws -> Bill {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(file)")))
    return try UsageDocument(name: file, bytes: bytes).priced(book).bill
  }
}

/// The providers' own worked examples, every one as a usage file, line by line to the cent.
///
/// `Fixtures/examples.csv` holds what the pages print and, where they print less than a cent, the exact product.
/// Two examples of the collection are not among them: of one only a total is published, the other is not about money.
@Suite struct UsageExampleTests {
  static let rows = (try? UsageFixture.table("examples.csv")) ?? []
  static let cases = rows.compactMap { $0["case"] }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

  @Test func allExamplesAreThere() { #expect(Self.cases.count == 39) }

  @Test(arguments: cases) func reproducesEveryLine(id: String) throws {
    let own = Self.rows.filter { $0["case"] == id }
    let book = try UsageFixture.book(overlay: own[0]["overlay"] ?? "")
    let bill = try UsageFixture.priced("examples/\(id).yaml", book)
    let cents = bill.lines.map { $0.amount.roundedToCents.usd }.filter { $0 > .zero }
    let exact = try own.map { try Self.cents($0["line_exact_usd"]) }.filter { $0 > .zero }
    #expect(cents.sorted() == exact.sorted())
    for row in own {
      // One page prints a line to ten cents only.
      let slack = row["case"] == "P-L8" ? ExactDecimal(5, digits: 2) : ExactDecimal(1, digits: 2)
      let published = try decimal(row["line_usd"] ?? "")
      #expect(try abs(published - Self.cents(row["line_exact_usd"])) < slack, "\(row)")
    }
    let total = cents.reduce(.zero, +)
    let published = try Self.cents(own[0]["total_usd"])
    #expect(abs(total - published) <= (id == "P-L8" ? ExactDecimal(4, digits: 2) : .zero))
  }

  /// The page prices all egress at the first tier; the price list has graduated tiers.
  @Test func whatThePageOfTheRESTExampleLeavesOut() throws {
    let bill = try UsageFixture.priced("examples/P-AG4.yaml", PriceFixture.builtIn)
    let egress = bill.lines.filter { $0.meter == "transfer.out" }.map(\.amount.roundedToCents.usd)
    #expect(egress == [try decimal("921.60"), try decimal("3481.60"), try decimal("421.43")])
  }

  static func cents(_ text: String?) throws -> ExactDecimal {
    Money(usd: try decimal(text ?? "")).roundedToCents.usd
  }
}

/// 546 lines of an independent cost tool, with the prices of their date laid over the catalog.
@Suite struct UsageLineTests {
  struct Outcome: Sendable {
    var matches = 0
    var differences: [String] = []
  }

  @Test func reproducesTheLinesOfAnotherTool() throws {
    let book = try UsageFixture.book(overlay: "prices-2024")
    let rows = try UsageFixture.table("lines-2024.csv")
    #expect(rows.count == 546)
    var outcome = Outcome()
    for file in ["lines-2024", "lines-2024-free"] {
      let bill = try UsageFixture.priced("\(file).yaml", book)
      var lines: [String: [CostLine]] = [:]
      for line in bill.lines where line.kind != .free {
        lines["\(line.placement)|\(line.meter)|\(line.route.rawValue)", default: []].append(line)
      }
      for row in rows where row["file"] == file {
        let place = "\(row["account"] ?? "")|\(row["meter"] ?? "")|\(row["route"] ?? "")"
        let own = (lines[place] ?? []).filter { row["meter"]?.hasPrefix("discount.") == true || matches($0, row) }
        check(row, own, &outcome)
      }
    }
    #expect(outcome.matches == 546, "\(outcome.differences.joined(separator: "\n"))")
  }

  private func matches(_ line: CostLine, _ row: [String: String]) -> Bool {
    line.region == row["region"] || ["global", "us-east-1", "tier1", "us/global"].contains(line.region)
  }

  /// Within half a cent, or a ten-thousandth of the amount.
  private func check(_ row: [String: String], _ own: [CostLine], _ outcome: inout Outcome) {
    guard let part = row["part"].flatMap(Int.init), let expected = row["usd"].flatMap({ ExactDecimal($0) }) else {
      outcome.differences.append("cannot be read: \(row)")
      return
    }
    let amount = own.indices.contains(part) ? own[part].amount.usd : .zero
    let slack = max(ExactDecimal(5, digits: 3), ExactDecimal(trillionths: expected.trillionths / 10_000))
    if abs(amount - expected) <= slack, own.indices.contains(part) || expected == .zero {
      outcome.matches += 1
    } else {
      outcome.differences.append("\(row["resource"] ?? ""), \(row["line_item"] ?? ""): \(amount), not \(expected)")
    }
  }
}

/// The size of a number.
func abs(_ number: ExactDecimal) -> ExactDecimal {
  ExactDecimal(trillionths: number.trillionths < 0 ? -number.trillionths : number.trillionths)
}

import Catalog
import Foundation
import Pricing
import Reporting
import Testing

@Suite struct DataDictionaryTests {
  @Test func everyColumnCarriesItsUnitAndMeaning() {
    let endings = [
      "ms": ["_ms"], "s": ["_s"], "min": ["minute"], "ratio": ["_ratio"], "count": ["_count"],
      "USD/month": ["_usd_per_month"], "USD": ["_usd"], "kWh/month": ["_kwh_per_month"],
      "kg/month": ["_kg_per_month"], "Wh/request": ["_wh_per_request"],
      "g/request": ["_g_per_request"], "%": ["percentile"], "see unit": ["quantity", "_per_month"],
      "instances": ["instances", "instances_mean", "instances_peak"],
      "requests": ["requests", "served", "cold_starts", "running", "waiting", "running_mean", "running_peak"],
    ]
    for schema in DataDictionary.tables {
      #expect(Set(schema.columns.map(\.name)).count == schema.columns.count, "\(schema.name)")
      #expect(schema.description.hasSuffix("."))
      for column in schema.columns {
        #expect(column.description.hasSuffix(".") || column.description.hasSuffix("…"), "\(column.name)")
        #expect(column.kind.isNumeric == !column.unit.isEmpty, "\(schema.name).\(column.name)")
        guard column.kind.isNumeric else { continue }
        let known = endings[column.unit] ?? []
        #expect(known.contains { column.name.hasSuffix($0) }, "\(schema.name).\(column.name): \(column.unit)")
        if column.unit == "see unit" { #expect(schema.columns.contains { $0.name == "unit" }) }
      }
    }
  }

  @Test func filesHaveDifferentNames() {
    #expect(DataDictionary.fileNames.count == DataDictionary.tables.count + 2)
    #expect(DataDictionary.fileNames.contains("manifest.json"))
    #expect(DataDictionary.fileNames.contains("cold_starts.csv"))
  }

  /// The committed article is what the dictionary renders; `RECORD=1` writes it anew, and the test fails
  /// once.
  @Test func theArticleIsInStep() throws {
    let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Reporting/Reporting.docc/ResultFiles.md").standardizedFileURL
    let committed = try? String(contentsOf: article, encoding: .utf8)
    let isInStep = committed == DataDictionary.article
    #expect(isInStep, "Reporting.docc/ResultFiles.md is out of step; record it with RECORD=1")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(DataDictionary.article.utf8).write(to: article)
    }
  }

  @Test func aBillsRowsAddUpToItsTotal() throws {
    let entries = [
      try PriceEntry(
        service: "AWS Lambda", dimension: "requests x86", unit: "request", region: "us-east-1",
        price: "0.0000002",
        tierFrom: "", tierTo: "", asOf: "2025-10-30", source: "price list")
    ]
    let readings = [3_000_001, 7].map { (quantity: Int64) in
      MeterReading(
        placement: "=p", meter: "lambda.requests", site: "us-east-1", region: "us-east-1", quantity: quantity,
        unit: "request", period: .measured(nanoseconds: 3_600_000_000_001))
    }
    let bill = try PriceBook(entries, rules: PriceRules(Catalog.load("world-2021"))).bill(for: readings)
    let table = bill.table
    #expect(table.schema == .cost)
    let column = try #require(table.schema.columns.firstIndex { $0.name == "amount_usd_per_month" })
    let sum = table.rows.reduce(ExactDecimal.zero) { sum, row in
      guard case .decimal(let amount) = row[column] else { return sum }
      return sum + (ExactDecimal(NumberFormat.text(of: .decimal(amount), in: .decimal(digits: 12))) ?? .zero)
    }
    #expect(sum == bill.totals[0].amount.usd)
    let csv = CSVWriter.text(of: table)
    let header = table.schema.columns.map(\.name).joined(separator: ",")
    #expect(csv.hasPrefix(header + "\r\n'=p,'=p/lambda.requests/us-east-1/1,AWS Lambda,"))
  }

  @Test func metersAreWrittenAsRead() throws {
    let reading = MeterReading(
      placement: "p", meter: "transfer.out", site: "us-east-1a", region: "us-east-1", route: .interRegion,
      destination: "sa-east-1", quantity: 12, unit: "B", period: .measured(nanoseconds: 1_500_000_000))
    let stored = MeterReading(
      placement: "p", meter: "dynamodb.storage", site: "us-east-1", region: "us-east-1", quantity: 5,
      unit: "GB",
      period: .month)
    #expect(
      CSVWriter.text(of: .meters([reading, stored])) == """
        placement,meter,site,region,route,destination,quantity,unit,measured_s,scaling,quantity_per_month\r
        p,transfer.out,us-east-1a,us-east-1,inter-region,sa-east-1,12,B,1.500000000,usage,21024000.000000\r
        p,dynamodb.storage,us-east-1,us-east-1,,,5,GB,,fixed,5.000000\r

        """)
  }
}

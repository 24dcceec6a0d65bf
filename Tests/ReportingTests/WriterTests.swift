import Foundation
import Pricing
import Reporting
import Testing

@Suite struct WriterTests {
  static let schema = TableSchema(
    name: "sample", description: "A sample.",
    columns: [
      Column("name", "A name."), Column("requests_count", unit: "count", kind: .integer, "A count."),
      Column("latency_ms", unit: "ms", kind: .decimal(digits: 3), "A time."),
    ])

  static func table(_ rows: [[Cell]]) -> ResultTable {
    var table = ResultTable(schema)
    for row in rows { table.append(row) }
    return table
  }

  static let hostile = table([
    [.text("=cmd()|"), .integer(-7), .decimal(ExactDecimal(-1_500_000, digits: 6))],
    [.text("say \"hi\", twice"), .integer(0), .number(0.0625)],
    [.text("two\nlines"), .none, .none],
    [.text("<script>"), .integer(9_007_199_254_740_993), .number(.nan)],
  ])

  @Test func csvIsQuotedNeutralisedAndFixed() {
    #expect(
      CSVWriter.text(of: Self.hostile) == """
        name,requests_count,latency_ms\r
        '=cmd()|,-7,-1.500\r
        "say ""hi"", twice",0,0.062\r
        "two\nlines",,\r
        <script>,9007199254740993,\r

        """)
  }

  @Test func csvReadsBack() throws {
    var names = ["plain", "", "\"", ",", "a\r\nb", "é", "\"\"", "a\"b,c\nd"]
    names += (0..<50).map { index in
      String(repeating: String(",\"\n x".dropFirst(index % 4)), count: index % 5)
    }
    let table = Self.table(names.map { [.text($0), .integer(1), .none] })
    let rows = readCSV(CSVWriter.text(of: table))
    #expect(rows.count == names.count + 1)
    for (row, name) in zip(rows.dropFirst(), names) {
      #expect(row == [Neutral.spreadsheet(name), "1", ""])
    }
  }

  @Test func jsonReadsBackWithFoundation() throws {
    let text = JSON.rows(of: Self.hostile).text
    let rows = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["=cmd()|", "say \"hi\", twice", "two\nlines", "<script>"])
    #expect(rows[3]["requests_count"] as? Int == 9_007_199_254_740_993)
    #expect(rows[0]["latency_ms"] as? Double == -1.5)
    #expect(rows[3]["latency_ms"] is NSNull)
    #expect(!text.contains("<"))
  }

  @Test func jsonKeepsItsOrderAndEscapesControls() {
    let value = JSON.object([
      ("b", .array([])), ("a", .object([])), ("c", .array([.bool(true), .null, .integer(3)])),
      ("d", .string("\u{1}\u{7F}\u{2028}\\")),
    ])
    #expect(
      value.text == """
        {
          "b": [],
          "a": {},
          "c": [
            true,
            null,
            3
          ],
          "d": "\\u0001\\u007f\\u2028\\\\"
        }

        """)
  }

  @Test func markdownAlignsAndEscapes() {
    let table = Self.table([[.text("a|<b>"), .integer(12), .number(1)], [.text("x"), .none, .none]])
    #expect(
      MarkdownTable.text(of: table) == """
        | name | requests\\_count | latency\\_ms |
        | --- | ---: | ---: |
        | a\\|&lt;b&gt; | 12 | 1.000 |
        | x |  |  |

        """)
  }

  @Test func textAlignsNumbersToTheRight() {
    let table = Self.table([
      [.text("東京"), .integer(1_234), .number(1.5)], [.text("é\u{1B}"), .integer(5), .number(100)],
    ])
    #expect(
      TextTable.text(of: table) == """
        name     requests_count  latency_ms
        東京               1234       1.500
        é\\u{1B}               5     100.000

        """)
  }

  @Test func textFitsTheTerminal() {
    let table = Self.table([[.text(String(repeating: "long ", count: 40)), .integer(123_456), .number(1)]])
    for width in [48, 60, 80, 120] {
      let lines = TextTable.text(of: table, width: width).split(separator: "\n").map(String.init)
      #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width })
      #expect(lines[1].contains("…"))
      #expect(lines[1].contains("123456"))
    }
    #expect(TextTable.text(of: table, width: 3).contains("123456"))
    #expect(!TextTable.text(of: table).contains("…"))
  }

  @Test(arguments: [
    ("abc", 3), ("東京", 4), ("e\u{301}", 1), ("한글", 4), ("🚀", 2), ("", 0), ("ｶ", 1), ("Ａ", 2),
    ("❤\u{FE0F}", 2),
  ])
  func widths(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test(arguments: [
    (1.0005, 3, "1.000"), (0.1, 0, "0"), (-0.0001, 2, "0.00"), (-0.0, 1, "0.0"),
    (1e21, 1, "1000000000000000000000.0"),
    (Double.infinity, 2, ""), (Double.nan, 2, ""), (-12.345, 1, "-12.3"),
  ])
  func numbersHaveFixedDigits(value: Double, digits: Int, text: String) {
    #expect(NumberFormat.fixed(value, digits: digits) == text)
  }

  @Test func nanosecondsBecomeExactMilliseconds() {
    let cell = Cell.milliseconds(nanoseconds: 9_007_199_254_740_993)
    #expect(NumberFormat.text(of: cell, in: .decimal(digits: 6)) == "9007199254.740993")
    #expect(NumberFormat.text(of: .milliseconds(nanoseconds: 1_234_500), in: .decimal(digits: 3)) == "1.234")
  }

  @Test func selectingKeepsColumnsTogether() {
    let selected = Self.hostile.selecting(["latency_ms", "nothing", "name"])
    #expect(selected.schema.columns.map(\.name) == ["latency_ms", "name"])
    #expect(selected.rows[0] == [.decimal(ExactDecimal(-1_500_000, digits: 6)), .text("=cmd()|")])
  }

  /// A small independent reader of RFC 4180.
  private func readCSV(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if isQuoted, scalar == "\"", next == "\"" {
        field.append("\"")
        index += 1
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, scalar == "," {
        row.append(String(field))
        field = .init()
      } else if !isQuoted, scalar == "\r", next == "\n" {
        rows.append(row + [String(field)])
        (row, field) = ([], .init())
        index += 1
      } else {
        field.append(scalar)
      }
      index += 1
    }
    return rows
  }
}

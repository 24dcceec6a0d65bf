/// Tables as comma-separated values: RFC 4180, UTF-8 without a byte-order mark, one header row.
package enum CSVWriter {
  /// The whole file. Equal tables give equal bytes.
  package static func text(of table: ResultTable) -> String {
    header(of: table.schema) + rows(of: table)
  }

  /// The header row.
  static func header(of schema: TableSchema) -> String { line(schema.columns.map(\.name)) }

  /// The rows below the header.
  static func rows(of table: ResultTable) -> String {
    var text = ""
    for row in table.rows {
      text += line(zip(row, table.schema.columns).map { field($0, in: $1.kind) })
    }
    return text
  }

  private static func field(_ cell: Cell, in kind: ColumnKind) -> String {
    let text = NumberFormat.text(of: cell, in: kind)
    if case .text = cell { return Neutral.spreadsheet(text) }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}

/// A CSV file (RFC 4180, UTF-8) cut into fields without copying them.
package struct CSVFile: Sendable {
  /// Name to print in messages.
  let name: String
  /// The bytes, with a zero after the last, so that C can read numbers in place.
  let bytes: [UInt8]
  /// The names of the columns.
  package let header: [String]
  /// Fields of the rows one after another, `header.count` to a row.
  private let fields: [Field]
  /// Line and first byte of every row.
  private let rows: [RowStart]

  struct Field: Sendable {
    var start: Int32
    var end: Int32
    /// Whether it holds doubled quotes.
    var hasQuotes: Bool
  }

  struct RowStart: Sendable {
    var line: Int32
    var byte: Int32
  }

  /// How many rows stand below the header.
  package var rowCount: Int { rows.count }

  /// Cuts the bytes of a file.
  ///
  /// - Throws: `CatalogError` with line and column for a quote that is left open or followed by text, a row
  ///   with another number of fields than the header, and bytes that are not UTF-8.
  package init(name: String, bytes content: [UInt8]) throws(CatalogError) {
    var cutter = CSVCutter(name: name, bytes: content)
    try cutter.cut()
    self.name = name
    self.bytes = cutter.bytes
    self.header = cutter.header
    self.fields = cutter.fields
    self.rows = cutter.rows
  }

  /// Where a field stands.
  package func location(row: Int, column: Int) -> FileLocation {
    let start = rows[row]
    return FileLocation(
      file: name, line: Int(start.line), column: Int(field(row: row, column: column).start - start.byte) + 1)
  }

  func line(row: Int) -> Int { Int(rows[row].line) }

  func field(row: Int, column: Int) -> Field { fields[row * header.count + column] }

  /// The text of a field.
  package func text(row: Int, column: Int) -> String {
    let field = field(row: row, column: column)
    let slice = bytes[Int(field.start)..<Int(field.end)]
    guard field.hasQuotes else { return String(decoding: slice, as: UTF8.self) }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(slice.count)
    var afterQuote = false
    for byte in slice {
      if byte == CSVCutter.quote, !afterQuote {
        afterQuote = true
        continue
      }
      afterQuote = false
      unescaped.append(byte)
    }
    return String(decoding: unescaped, as: UTF8.self)
  }
}

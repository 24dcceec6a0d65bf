/// Finds the fields of a CSV file in one pass over its bytes.
struct CSVCutter {
  static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  let name: String
  private(set) var bytes: [UInt8]
  private(set) var header: [String] = []
  private(set) var fields: [CSVFile.Field] = []
  private(set) var rows: [CSVFile.RowStart] = []
  private let length: Int
  private var position = 0
  private var line: Int32 = 1

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    self.length = bytes.count
    self.bytes.append(0)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func cut() throws(CatalogError) {
    try checkText()
    var columnCount = 0
    var isHeader = true
    while position < length {
      let start = CSVFile.RowStart(line: line, byte: Int32(position))
      let firstField = fields.count
      try cutRow(start)
      let count = fields.count - firstField
      if count == 1, fields[firstField].start == fields[firstField].end {
        fields.removeLast()
        continue
      }
      if isHeader {
        header = fields.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) }
        fields.removeAll(keepingCapacity: true)
        columnCount = count
        isHeader = false
      } else {
        guard count == columnCount else {
          throw .fieldCount(location(of: start.byte, in: start), found: count, expected: columnCount)
        }
        rows.append(start)
      }
    }
  }

  /// Refuses bytes that are no text: not UTF-8, or a NUL.
  private func checkText() throws(CatalogError) {
    let content = bytes[..<length]
    if !content.contains(0), String(validating: content, as: UTF8.self) != nil { return }
    var line = 1
    for row in content.split(separator: Self.newline, omittingEmptySubsequences: false) {
      if row.contains(0) || String(validating: row, as: UTF8.self) == nil {
        throw .notUTF8(FileLocation(file: name, line: line, column: 1))
      }
      line += 1
    }
  }

  /// Cuts the row that begins at `position`, and moves behind its line's end.
  private mutating func cutRow(_ start: CSVFile.RowStart) throws(CatalogError) {
    while true {
      if position < length, bytes[position] == Self.quote {
        try cutQuotedField(start)
      } else {
        let first = position
        while position < length, bytes[position] != Self.comma, bytes[position] != Self.newline {
          position += 1
        }
        var end = position
        if end > first, bytes[end - 1] == Self.carriageReturn,
          position == length || bytes[position] == Self.newline
        {
          end -= 1
        }
        fields.append(CSVFile.Field(start: Int32(first), end: Int32(end), hasQuotes: false))
      }
      guard position < length else { return }
      position += 1
      if bytes[position - 1] == Self.newline {
        line += 1
        return
      }
    }
  }

  private mutating func cutQuotedField(_ start: CSVFile.RowStart) throws(CatalogError) {
    let opening = Int32(position)
    position += 1
    let first = position
    var hasQuotes = false
    while true {
      guard position < length else { throw .openQuote(location(of: opening, in: start)) }
      if bytes[position] == Self.newline { line += 1 }
      if bytes[position] == Self.quote {
        guard position + 1 < length, bytes[position + 1] == Self.quote else { break }
        hasQuotes = true
        position += 1
      }
      position += 1
    }
    fields.append(CSVFile.Field(start: Int32(first), end: Int32(position), hasQuotes: hasQuotes))
    position += 1
    if position < length, bytes[position] == Self.carriageReturn { position += 1 }
    guard position >= length || bytes[position] == Self.comma || bytes[position] == Self.newline else {
      throw .textAfterQuote(location(of: Int32(position), in: start))
    }
  }

  private func location(of byte: Int32, in row: CSVFile.RowStart) -> FileLocation {
    FileLocation(file: name, line: Int(row.line), column: Int(byte - row.byte) + 1)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One row of a table, read column by column.
struct CatalogRow {
  let file: CSVFile
  let row: Int
  let table: CatalogTable
  /// The table's columns, and for each which field of the file holds it.
  let columns: [String]
  let order: [Int]
  let sources: [String: String]
  /// Whether the row comes from a user's overlay, not from the built-in data.
  let isOverlay: Bool
  /// The position of its layer, from 0; a higher one wins.
  let layer: Int

  /// The field of a column as text, empty if it is.
  func text(_ column: String) -> String {
    file.text(row: row, column: index(of: column))
  }

  /// The field of a column as text that is not empty.
  func word(_ column: String) throws(CatalogError) -> String {
    let text = text(column)
    guard !text.isEmpty else { throw wrong(column, expected: "a text, not empty") }
    return text
  }

  /// The field of a column as a finite decimal number inside a range.
  func number(_ column: String, in range: ClosedRange<Double>) throws(CatalogError) -> Double {
    guard let number = decimal(column), range.contains(number) else {
      throw wrong(column, expected: "a number from \(short(range.lowerBound)) to \(short(range.upperBound))")
    }
    return number
  }

  /// A non-negative number.
  func amount(_ column: String) throws(CatalogError) -> Double {
    guard let number = decimal(column), number >= 0, number <= 1e15 else {
      throw wrong(column, expected: "a number, zero or more")
    }
    return number
  }

  /// A whole number inside a range.
  func count(_ column: String, in range: ClosedRange<Int>) throws(CatalogError) -> Int {
    guard let number = decimal(column), number == number.rounded(), abs(number) < 1e15,
      range.contains(Int(number))
    else {
      throw wrong(column, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(number)
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(_ column: String, _ type: Choice.Type)
    throws(CatalogError)
    -> Choice where Choice.RawValue == String
  {
    guard let choice = Choice(rawValue: text(column)) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw wrong(column, expected: "one of \(words)")
    }
    return choice
  }

  func coordinates() throws(CatalogError) -> Coordinates {
    Coordinates(
      latitude: try number("latitude", in: -90...90), longitude: try number("longitude", in: -180...180))
  }

  /// Source and date of the row; a source that is an identifier of `sources.csv` stands for its text.
  func provenance() throws(CatalogError) -> Provenance {
    let source = text("source")
    guard !source.isEmpty else { throw wrong("source", expected: "where the figure comes from") }
    let asOf = text("as_of")
    guard asOf.utf8.contains(where: { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      throw wrong("as_of", expected: "the date of the figure, such as 2021-04")
    }
    return Provenance(source: sources[source] ?? source, asOf: asOf)
  }

  /// The error that a column's value is not what it must be.
  func wrong(_ column: String, expected: String) -> CatalogError {
    .value(location(of: column), column: column, value: text(column), expected: expected)
  }

  /// The error that a column names something that does not exist.
  func unknown(_ column: String, expected: String) -> CatalogError {
    .reference(location(of: column), column: column, value: text(column), expected: expected)
  }

  func location(of column: String) -> FileLocation {
    file.location(row: row, column: index(of: column))
  }

  /// The field as a decimal number; nil if it is none.
  func decimal(_ column: String) -> Double? {
    let field = file.field(row: row, column: index(of: column))
    guard field.end > field.start else { return nil }
    return file.bytes.withUnsafeBufferPointer { bytes -> Double? in
      for position in Int(field.start)..<Int(field.end) {
        switch bytes[position] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
          UInt8(ascii: "e"), UInt8(ascii: "E"):
          continue
        default:
          return nil
        }
      }
      guard let base = bytes.baseAddress else { return nil }
      let start = UnsafeRawPointer(base + Int(field.start)).assumingMemoryBound(to: CChar.self)
      var end: UnsafeMutablePointer<CChar>?
      let number = strtod(start, &end)
      guard let end, UnsafePointer(end) == start + Int(field.end - field.start), number.isFinite else {
        return nil
      }
      return number
    }
  }

  private func index(of column: String) -> Int {
    guard let position = columns.firstIndex(of: column) else {
      preconditionFailure("the table \(table.rawValue) has no column \(column)")
    }
    return order[position]
  }

  private func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

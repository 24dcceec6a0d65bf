import Pricing

/// What a column holds.
package enum ColumnKind: Equatable, Sendable {
  /// Whole numbers.
  case integer
  /// Numbers with exactly so many digits behind the point.
  case decimal(digits: Int)
  /// Words.
  case text

  /// Whether the column holds numbers.
  package var isNumeric: Bool { self != .text }
}

/// A column of a result table.
package struct Column: Equatable, Sendable {
  /// The name in the header, with the unit in it: `latency_ms`.
  package let name: String
  /// The unit: `ms`, `USD/month`, `ratio`; empty for words.
  package let unit: String
  /// What the cells hold.
  package let kind: ColumnKind
  /// What the figures mean, one sentence.
  package let description: String

  /// A column.
  package init(_ name: String, unit: String = "", kind: ColumnKind = .text, _ description: String) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.description = description
  }
}

/// One cell of a result table.
package enum Cell: Equatable, Sendable {
  /// Words.
  case text(String)
  /// A whole number.
  case integer(Int64)
  /// A whole number of 128 bits.
  case wide(Int128)
  /// An exact number, rounded half to even to the column's digits where it is printed.
  case decimal(ExactDecimal)
  /// A binary number, rounded to the column's digits where it is printed; infinities and NaN print as
  /// nothing.
  case number(Double)
  /// No value.
  case none

  /// A time in nanoseconds as exact milliseconds.
  package static func milliseconds(nanoseconds: Int64) -> Cell {
    .decimal(ExactDecimal(nanoseconds, digits: 6))
  }

  /// Whether a column of this kind takes the cell.
  func fits(_ kind: ColumnKind) -> Bool {
    switch (self, kind) {
    case (.none, _), (.text, .text), (.integer, .integer), (.wide, .integer), (.integer, .decimal),
      (.decimal, .decimal), (.number, .decimal):
      true
    default: false
    }
  }
}

/// What a table holds, before there are figures: its name, its columns and what they mean.
package struct TableSchema: Equatable, Sendable {
  /// The name, which is also that of the file without its ending.
  package let name: String
  /// What one row is, one sentence.
  package let description: String
  /// The columns, in the order of the file.
  package let columns: [Column]

  /// A schema.
  package init(name: String, description: String, columns: [Column]) {
    self.name = name
    self.description = description
    self.columns = columns
  }

  /// The name of the CSV file.
  package var fileName: String { name + ".csv" }
}

/// Figures in rows under named columns: what every writer takes.
package struct ResultTable: Equatable, Sendable {
  /// The columns and what they mean.
  package let schema: TableSchema
  /// The rows, each with a cell for every column.
  package private(set) var rows: [[Cell]] = []

  /// An empty table.
  package init(_ schema: TableSchema) {
    self.schema = schema
  }

  /// Adds a row below the others.
  ///
  /// - Precondition: the row has a cell for every column, and each fits its column's kind.
  package mutating func append(_ row: [Cell]) {
    precondition(row.count == schema.columns.count, "\(schema.name): a row has a cell for every column")
    for (cell, column) in zip(row, schema.columns) {
      precondition(cell.fits(column.kind), "\(schema.name): a cell of \(column.name) is of the column's kind")
    }
    rows.append(row)
  }

  /// The rows for which `isWanted` holds, in their order.
  package func keeping(_ isWanted: ([Cell]) -> Bool) -> ResultTable {
    var table = ResultTable(schema)
    table.rows = rows.filter(isWanted)
    return table
  }

  /// The columns with these names, in this order, and their cells; names that do not exist are left out.
  package func selecting(_ names: [String]) -> ResultTable {
    let indices = names.compactMap { name in schema.columns.firstIndex { $0.name == name } }
    let columns = indices.map { schema.columns[$0] }
    var table = ResultTable(
      TableSchema(name: schema.name, description: schema.description, columns: columns))
    table.rows = rows.map { row in indices.map { row[$0] } }
    return table
  }
}

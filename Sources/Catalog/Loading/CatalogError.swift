/// A place in a catalog file.
package struct FileLocation: Equatable, Sendable, CustomStringConvertible {
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, in bytes.
  package let column: Int

  package var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong with a catalog, and what would be right.
package enum CatalogError: Error, Equatable, Sendable, CustomStringConvertible {
  case unknownCatalog(name: String, known: [String])
  case noDirectory(path: String)
  case unreadable(path: String, reason: String)
  case unknownFile(path: String, known: [String])
  case unknownColumn(FileLocation, name: String, known: [String])
  case missingColumn(FileLocation, name: String, known: [String])
  case fieldCount(FileLocation, found: Int, expected: Int)
  case openQuote(FileLocation)
  case textAfterQuote(FileLocation)
  case notUTF8(FileLocation)
  case value(FileLocation, column: String, value: String, expected: String)
  case reference(FileLocation, column: String, value: String, expected: String)
  case duplicateKey(FileLocation, key: String, firstLine: Int)
  case missingProperty(FileLocation, entry: String, property: String)
  case cycle(FileLocation, names: [String])

  package var description: String {
    switch self {
    case .unknownCatalog(let name, let known):
      "there is no catalog '\(name)'; built in are \(list(known))"
    case .noDirectory(let path):
      "\(path): error: this is not a directory; a catalog's overlay is a directory of CSV files"
    case .unreadable(let path, let reason):
      "\(path): error: cannot be read: \(reason)"
    case .unknownFile(let path, let known):
      "\(path): error: no table of the catalog has this name; the tables are \(list(known))"
    case .unknownColumn(let location, let name, let known):
      "\(location): error: there is no column '\(name)' in this table; its columns are \(list(known))"
    case .missingColumn(let location, let name, let known):
      "\(location): error: the column '\(name)' is missing; this table's columns are \(list(known))"
    case .fieldCount(let location, let found, let expected):
      "\(location): error: this row has \(found) fields; the header has \(expected)"
    case .openQuote(let location):
      "\(location): error: this quoted field has no closing quote"
    case .textAfterQuote(let location):
      "\(location): error: text follows a closing quote; a quote inside a quoted field is written twice"
    case .notUTF8(let location):
      "\(location): error: the bytes here are not UTF-8 text"
    case .value(let location, let column, let value, let expected):
      "\(location): error: \(column) is '\(value)'; it must be \(expected)"
    case .reference(let location, let column, let value, let expected):
      "\(location): error: \(column) names '\(value)', which is not known; \(expected)"
    case .duplicateKey(let location, let key, let firstLine):
      "\(location): error: '\(key)' is already in this file, in line \(firstLine); one row per entry"
    case .missingProperty(let location, let entry, let property):
      "\(location): error: '\(entry)' has no \(property); add a row for it"
    case .cycle(let location, let names):
      "\(location): error: these are each like the next: \(names.joined(separator: " → "))"
    }
  }

  private func list(_ names: [String]) -> String {
    names.joined(separator: ", ")
  }
}

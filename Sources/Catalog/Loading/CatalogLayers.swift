import Foundation

/// The directories that make up a catalog: what is common, the world, and the user's overlays.
///
/// A later layer replaces the rows of an earlier one that have the same key, and adds the others.
struct CatalogLayers {
  private struct Layer {
    var directory: String
    var isOverlay: Bool
  }

  private var layers: [Layer] = []
  private var sources: [String: String] = [:]

  /// Directories of the built-in data.
  static var resources: String { Bundle.module.bundlePath + "/Resources" }

  init(world: String, overlays: [String]) throws(CatalogError) {
    layers = [
      Layer(directory: Self.resources + "/shared", isOverlay: false),
      Layer(directory: Self.resources + "/" + world, isOverlay: false),
    ]
    for overlay in overlays {
      try Self.check(overlay: overlay)
      layers.append(Layer(directory: overlay, isOverlay: true))
    }
    for row in try entries(.sources, key: { "\($0.id)" }, decode: Self.source) {
      sources[row.id] = row.text
    }
  }

  /// The rows of a table in the order in which their keys first appear, each decoded from its last layer.
  func entries<Entry>(
    _ table: CatalogTable, key: (Entry) -> String, decode: (CatalogRow) throws(CatalogError) -> Entry
  ) throws(CatalogError) -> [Entry] {
    var entries: [Entry] = []
    var index = EntryIndex()
    for row in try rows(of: table) {
      let entry = try decode(row)
      let position = try index.position(of: key(entry), in: row)
      if position == entries.count { entries.append(entry) } else { entries[position] = entry }
    }
    return entries
  }

  /// The rows of a table in all layers, the lowest layer's first.
  private func rows(of table: CatalogTable) throws(CatalogError) -> [CatalogRow] {
    var rows: [CatalogRow] = []
    let columns = table.columns
    for (position, layer) in layers.enumerated() {
      guard let file = try read(table, in: layer) else { continue }
      let order = try columnOrder(of: file, columns: columns)
      rows.reserveCapacity(rows.count + file.rowCount)
      for row in 0..<file.rowCount {
        rows.append(
          CatalogRow(
            file: file, row: row, table: table, columns: columns, order: order, sources: sources,
            isOverlay: layer.isOverlay, layer: position))
      }
    }
    return rows
  }

  private static func source(_ row: CatalogRow) throws(CatalogError) -> (id: String, text: String) {
    (try row.word("id"), try row.word("text"))
  }

  private func columnOrder(of file: CSVFile, columns: [String]) throws(CatalogError) -> [Int] {
    let start = FileLocation(file: file.name, line: 1, column: 1)
    for name in file.header where !columns.contains(name) {
      throw .unknownColumn(start, name: name, known: columns)
    }
    var order: [Int] = []
    for name in columns {
      guard let position = file.header.firstIndex(of: name) else {
        throw .missingColumn(start, name: name, known: columns)
      }
      order.append(position)
    }
    return order
  }

  private func read(_ table: CatalogTable, in layer: Layer) throws(CatalogError) -> CSVFile? {
    let path = layer.directory + "/" + table.fileName
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let content: Data
    do {
      content = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    guard content.count <= Self.largestFile else {
      throw .unreadable(path: path, reason: "it is larger than \(Self.largestFile / 1_000_000) MB")
    }
    let name = layer.isOverlay ? path : "built-in" + path.dropFirst(Self.resources.utf8.count)
    return try CSVFile(name: name, bytes: [UInt8](content))
  }

  /// Bytes beyond which a file is no table of a catalog.
  private static let largestFile = 64_000_000

  private static func check(overlay: String) throws(CatalogError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: overlay, isDirectory: &isDirectory), isDirectory.boolValue
    else {
      throw .noDirectory(path: overlay)
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: overlay).sorted()
    } catch {
      throw .unreadable(path: overlay, reason: error.localizedDescription)
    }
    let known = CatalogTable.allCases.map(\.fileName)
    for name in names where name.hasSuffix(".csv") && !known.contains(name) {
      throw .unknownFile(path: overlay + "/" + name, known: known)
    }
  }
}

/// Where the entry of each key stands in a table of several layers: a later layer's row takes the place of an
/// earlier one's, and within one layer every key is there once.
struct EntryIndex {
  private var positions: [String: Int] = [:]
  private var layer = -1
  private var linesOfLayer: [String: Int] = [:]

  /// The position of a row's entry: that of its key's earlier row, or else the next one.
  ///
  /// - Throws: `duplicateKey` when an earlier row of the same layer has the key.
  mutating func position(of key: String, in row: CatalogRow) throws(CatalogError) -> Int {
    if row.layer != layer {
      layer = row.layer
      linesOfLayer.removeAll(keepingCapacity: true)
    }
    if let firstLine = linesOfLayer.updateValue(row.file.line(row: row.row), forKey: key) {
      throw .duplicateKey(row.file.location(row: row.row, column: 0), key: key, firstLine: firstLine)
    }
    if let known = positions[key] { return known }
    let next = positions.count
    positions[key] = next
    return next
  }
}

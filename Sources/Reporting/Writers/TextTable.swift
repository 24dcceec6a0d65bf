/// Tables for a terminal: aligned, numbers to the right, no character that the terminal would obey.
package enum TextTable {
  /// The narrowest that a column of words is cut down to, in terminal columns.
  package static let narrowest = 8

  /// The table, with a line feed at the end of every line and two spaces between columns.
  ///
  /// - Parameter width: the terminal's width; words are cut, the longest column first, until the table fits
  ///   or every column of words is as narrow as may be. Numbers are never cut. Nil for no limit.
  package static func text(of table: ResultTable, width: Int? = nil) -> String {
    let columns = table.schema.columns
    var lines = [columns.map { Neutral.terminal($0.name) }]
    lines += table.rows.map { row in
      zip(row, columns).map { Neutral.terminal(NumberFormat.text(of: $0, in: $1.kind)) }
    }
    var widths = columns.indices.map { index in
      lines.map { TextWidth.columns(of: $0[index]) }.max() ?? 0
    }
    if let width { shrink(&widths, of: columns, to: width) }
    return lines.map { line(of: $0, columns: columns, widths: widths) }.joined()
  }

  private static func shrink(_ widths: inout [Int], of columns: [Column], to limit: Int) {
    var excess = widths.reduce(2 * (widths.count - 1), +) - limit
    while excess > 0 {
      let candidates = columns.indices.filter { !columns[$0].kind.isNumeric && widths[$0] > narrowest }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func line(of cells: [String], columns: [Column], widths: [Int]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let cut = TextWidth.truncated(cell, to: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - TextWidth.columns(of: cut)))
      text += (index == 0 ? "" : "  ") + (columns[index].kind.isNumeric ? padding + cut : cut + padding)
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }
}

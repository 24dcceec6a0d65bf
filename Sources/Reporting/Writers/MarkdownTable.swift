/// Tables for a Markdown page, numbers to the right.
package enum MarkdownTable {
  /// The table, with a line feed at the end of every line.
  package static func text(of table: ResultTable) -> String {
    let columns = table.schema.columns
    var text = line(columns.map { Neutral.markdown($0.name) })
    text += line(columns.map { $0.kind.isNumeric ? "---:" : "---" })
    for row in table.rows {
      text += line(
        zip(row, columns).map { cell, column in
          let text = NumberFormat.text(of: cell, in: column.kind)
          if case .text = cell { return Neutral.markdown(text) }
          return text
        })
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }
}

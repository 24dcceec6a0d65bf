/// Every result file and every column, with unit and meaning: what the writers use and the documentation
/// shows.
package enum DataDictionary {
  /// The tables, in the order of the documentation.
  package static let tables: [TableSchema] = [
    .summary, .latency, .composition, .coldStarts, .queues, .availability, .timeline, .meters, .cost, .ownership,
    .differences,
  ]

  /// The names of all files that Perigee writes into a folder of results.
  package static let fileNames = Set(tables.map(\.fileName) + [Manifest.fileName, ResultFile.scenarioName])

  /// The documentation's article about the result files.
  package static var article: String {
    var text = """
      # Result files

      What every file of a folder of results holds, column by column.

      ## Overview

      The tables are comma-separated values after RFC 4180: UTF-8, one header row, lines that end in CR LF.
      Numbers have a point and a fixed number of digits. An empty cell has no value. Text that a spreadsheet
      would take for a formula begins with an apostrophe. The same scenario, seed and version give the same
      bytes.

      `manifest.json` says what the results were made from: the version of the tool, the digest of the
      scenario, the seed, the replications, the catalog, the placements, the values set from outside, and the
      SHA-256 digest of every file. `scenario.yaml` is the scenario as it was read: with `meters.csv` it is all that
      `perigee reprice` and `perigee explain cost` need.

      """
    for schema in tables {
      text += "\n## \(schema.fileName)\n\n\(schema.description)\n\n"
      text += "| Column | Unit | Digits | Meaning |\n| --- | --- | --- | --- |\n"
      for column in schema.columns {
        let digits =
          switch column.kind {
          case .text: ""
          case .integer: "0"
          case .decimal(let digits): "\(digits)"
          }
        text += "| `\(column.name)` | \(column.unit) | \(digits) | \(column.description) |\n"
      }
    }
    return text
  }
}

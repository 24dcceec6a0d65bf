/// The cells of a CSV text, row by row, the header first; what stands in quotes is one cell without them.
package func cells(_ text: String) -> [[String]] {
  text.split(whereSeparator: \.isNewline).map { line in
    var row = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: row.append("")
      default: row[row.count - 1].append(character)
      }
    }
    return row
  }
}

extension Folder {
  /// The quantities of `meters.csv` of a scenario's results, by meter.
  package func meters(of scenario: String) throws -> [String: Int] {
    let table = cells(try text("results/\(scenario)/meters.csv"))
    guard let (name, quantity) = table.first.map({ ($0.firstIndex(of: "meter"), $0.firstIndex(of: "quantity")) }),
      let name, let quantity
    else { return [:] }
    return Dictionary(table.dropFirst().map { ($0[name], Int($0[quantity]) ?? -1) }) { _, last in last }
  }
}

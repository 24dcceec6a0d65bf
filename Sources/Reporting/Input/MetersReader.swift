import Catalog
import Pricing

/// Reads `meters.csv` back into readings.
struct MetersReader {
  /// The file, for messages.
  let name: String
  /// The names that the placements had before a spreadsheet's apostrophe was put in front.
  let placements: [String]

  /// The readings in the order of the rows.
  ///
  /// - Throws: `FinishedRunError.meters` with file, line and column of the first field that no run has written.
  func readings(of bytes: [UInt8]) throws(FinishedRunError) -> [MeterReading] {
    let file: CSVFile
    do { file = try CSVFile(name: name, bytes: bytes) } catch { throw .meters("\(error)") }
    let columns = TableSchema.meters.columns.map(\.name)
    guard file.header == columns else {
      throw .meters("\(name): its columns are not \(columns.joined(separator: ", "))")
    }
    var readings: [MeterReading] = []
    readings.reserveCapacity(file.rowCount)
    for row in 0..<file.rowCount { readings.append(try reading(file, row)) }
    return readings
  }

  private func reading(_ file: CSVFile, _ row: Int) throws(FinishedRunError) -> MeterReading {
    func text(_ column: String) -> String {
      file.header.firstIndex(of: column).map { file.text(row: row, column: $0) } ?? ""
    }
    func wrong(_ column: String, _ wanted: String) -> FinishedRunError {
      let index = file.header.firstIndex(of: column) ?? 0
      return .meters("\(file.location(row: row, column: index)): \(column) is '\(text(column))'; it must be \(wanted)")
    }
    guard let quantity = Int128(text("quantity")), quantity >= 0 else {
      throw wrong("quantity", "a whole number, zero or more")
    }
    guard let route = Route(rawValue: text("route")) else {
      throw wrong("route", "empty or one of \(Route.allCases.dropFirst().map(\.rawValue).joined(separator: ", "))")
    }
    var period = MeterReading.Period.month
    if !text("measured_s").isEmpty {
      guard let seconds = ExactDecimal(text("measured_s")), seconds > .zero,
        let nanoseconds = Int64(exactly: seconds.units(digits: 9))
      else { throw wrong("measured_s", "seconds above nought, or empty") }
      period = .measured(nanoseconds: nanoseconds)
    }
    let written = text("placement")
    return MeterReading(
      placement: placements.first { Neutral.spreadsheet($0) == written } ?? written, meter: text("meter"),
      site: text("site"), region: text("region"), route: route, destination: text("destination"),
      quantity: quantity, unit: text("unit"), period: period)
  }
}

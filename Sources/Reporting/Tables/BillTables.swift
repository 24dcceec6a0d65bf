import Pricing

extension Bill {
  /// The lines of the bill, as `cost.csv` has them.
  package var table: ResultTable {
    var table = ResultTable(TableSchema.cost)
    for (name, line) in zip(names, lines) {
      table.append([
        .text(line.placement), .text(name), .text(line.service), .text(line.meter),
        .text(line.route.rawValue), .text(line.region), .text(line.destination), .text(line.kind.rawValue),
        .text(line.tier), .decimal(line.quantity), .text(line.unit), .text(line.unitPrice),
        .decimal(line.amount.usd), .text(line.source), .text(line.asOf), .text(line.note),
      ])
    }
    return table
  }
}

extension ResultTable {
  /// What was metered, as `meters.csv` has it: the readings in their order.
  package static func meters(_ readings: [MeterReading]) -> ResultTable {
    var table = ResultTable(TableSchema.meters)
    for reading in readings {
      let measured: Cell =
        switch reading.period {
        case .measured(let nanoseconds): .decimal(ExactDecimal(nanoseconds, digits: 9))
        case .month: .none
        }
      table.append([
        .text(reading.placement), .text(reading.meter), .text(reading.site), .text(reading.region),
        .text(reading.route.rawValue), .text(reading.destination),
        .wide(reading.quantity), .text(reading.unit), measured, .text(reading.scaling),
        reading.monthlyQuantity.map { .decimal($0) } ?? .none,
      ])
    }
    return table
  }
}

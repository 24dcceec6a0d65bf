import Pricing
import Reporting

/// How a line of a bill came about, in words: meters, month, tiers, price, source.
struct CostExplanation {
  /// The explanation, several lines.
  let text: String

  /// - Parameters:
  ///   - index: the line of the bill.
  ///   - readings: those that its usage was added up from.
  init(_ bill: Bill, _ index: Int, _ readings: [MeterReading]) {
    let line = bill.lines[index]
    var text = "\(Neutral.terminal(bill.names[index])): \(line.amount.usd.fixed(digits: 6)) USD a month\n"
    text += Self.metered(readings)
    text += Self.tiers(bill, line)
    let quantity = "\(line.quantity.fixed(digits: 6)) \(line.unit)"
    switch line.kind {
    case .free: text += "  price     included or free: \(quantity) at 0 USD\n"
    case .fixed: text += "  price     \(quantity) at \(line.unitPrice), whatever the usage\n"
    case .usage: text += "  price     \(quantity) at \(line.unitPrice) = \(line.amount.usd) USD\n"
    }
    if !line.source.isEmpty {
      text += "  source    \(Neutral.terminal(line.source))" + (line.asOf.isEmpty ? "" : ", \(line.asOf)") + "\n"
    }
    if !line.note.isEmpty { text += "  note      \(Neutral.terminal(line.note))\n" }
    self.text = text
  }

  /// The readings, and the month that was made of them.
  private static func metered(_ readings: [MeterReading]) -> String {
    var text = ""
    for reading in readings {
      let site = [reading.site, reading.region].filter { !$0.isEmpty }.joined(separator: ", ")
      text += "  meter     \(reading.quantity) \(reading.unit) of \(reading.meter)"
      text += site.isEmpty ? "" : " at \(Neutral.terminal(site))"
      if case .measured(let nanoseconds) = reading.period {
        let seconds = ExactDecimal(nanoseconds, digits: 9)
        text += " in \(seconds) s; a month of \(BillingMonth.hours) h has"
        text += " \(reading.monthlyQuantity?.fixed(digits: 6) ?? "too many")"
      }
      text += "\n"
    }
    return text
  }

  /// All stretches of the same usage.
  private static func tiers(_ bill: Bill, _ line: CostLine) -> String {
    let same = bill.lines.filter {
      $0.placement == line.placement && $0.meter == line.meter && $0.service == line.service && $0.route == line.route
        && $0.region == line.region && $0.destination == line.destination
    }
    guard same.count > 1 || line.kind == .free else { return "" }
    return same.map { part in
      "  \(part == line ? "tier   →" : "tier    ")  \(part.tier): \(part.quantity.fixed(digits: 6)) \(part.unit)"
        + " at \(part.unitPrice) = \(part.amount.usd.fixed(digits: 6)) USD\n"
    }.joined()
  }
}

import Pricing
import Reporting

/// How a row of the cost of ownership came about, in words.
struct OwnershipExplanation {
  /// The explanation, several lines.
  let text: String

  init(item: OwnershipItem) {
    var text = "\(Neutral.terminal(Self.name(of: item))): \(Neutral.terminal(item.item)),"
    text += " \(item.amount.usd.fixed(digits: 6)) USD a month\n"
    if let quantity = item.quantity {
      text += "  quantity  \(quantity.fixed(digits: 6)) \(item.unit)"
      text += item.unitPrice.isEmpty ? "\n" : " at \(item.unitPrice)\n"
    }
    if item.energy > .zero {
      text += "  energy    \(item.energy.fixed(digits: 6)) kWh, \(item.carbon.fixed(digits: 6)) kg of CO2 equivalent\n"
    }
    if !item.source.isEmpty {
      text += "  source    \(Neutral.terminal(item.source))" + (item.asOf.isEmpty ? "" : ", \(item.asOf)") + "\n"
    }
    if !item.note.isEmpty { text += "  note      \(Neutral.terminal(item.note))\n" }
    self.text = text
  }

  /// `near/tco/production/support`.
  static func name(of item: OwnershipItem) -> String {
    "\(item.placement)/tco/\(item.environment)/\(item.line.rawValue)"
  }
}

internal import Pricing
internal import ScenarioFormat

/// How much of a meter was used, as a user writes it: `500 GB`, `3M requests`, `40/s`, `1460 hours`.
struct MeterQuantity {
  let number: ExactDecimal
  /// The unit: the one that was written, else that of the meter's rule.
  let unit: String

  /// Reads a text; nil after a problem has been added.
  ///
  /// - Parameter month: length of the month that a rate holds for, seconds.
  init?(_ text: Marked<String>, of rule: PriceRule, month: ExactDecimal, _ problems: Problems) {
    guard let amount = UsageAmount(text.value, month: month) else {
      problems.error(
        "quantity", at: text.mark,
        "'\(text.value)' is not a quantity; write a number, zero or more, and a unit, such as '1000 \(rule.unit)'")
      return nil
    }
    let billed = BillingUnit(rule.unit)
    let unit = amount.unit.isEmpty ? rule.unit : amount.unit
    if billed.kind == .pieces, BillingUnit.isMultiple(amount.unit) {
      problems.error(
        "quantity", at: text.mark,
        "'\(amount.unit)' is not a unit of \(rule.meter), which is billed per \(rule.unit);"
          + " large numbers may be written 3M or 3 million")
      return nil
    }
    if amount.isMultiple, amount.unit.isEmpty, billed.kind != .pieces {
      problems.error(
        "quantity", at: text.mark,
        "'\(text.value)' has no unit; \(rule.meter) is billed per \(rule.unit) (\(Suggestion.list(billed.examples)))")
      return nil
    }
    number = amount.number
    self.unit = unit
  }
}

import Catalog

/// Reads quantities exactly, as bills count them.
package enum UsageQuantity {
  /// The value of a text in the base unit of a kind: pieces, seconds or bytes.
  ///
  /// Bytes are counted in powers of 1,024 under every spelling. A count may be a rate, such as `40/s`, which holds for
  /// the whole month, and may be written `3M` or `3 million`.
  /// - Parameter month: length of the month, seconds.
  /// - Returns: nil for a text that is none, is negative, or has more than twelve decimals.
  package static func value(
    _ text: String, _ kind: PriceFactorRow.Kind, month: ExactDecimal = BillingMonth.seconds
  ) -> ExactDecimal? {
    guard let amount = UsageAmount(text, month: month) else { return nil }
    switch kind {
    case .name: return nil
    case .number: return amount.unit.isEmpty && !amount.isRate ? amount.number : nil
    case .count: return amount.unit.isEmpty ? amount.number : nil
    case .hours where amount.unit.isEmpty: return amount.isRate ? nil : amount.number.times(ExactDecimal(3_600))
    case .duration, .hours:
      guard !amount.isRate, let nanoseconds = BillingUnit.time(amount.unit, month: month) else { return nil }
      return multiplyDivide(amount.number.trillionths.magnitude, nanoseconds, by: 1_000_000_000)
        .map(ExactDecimal.init(trillionths:))
    case .size:
      guard !amount.isRate, let bytes = BillingUnit.bytes(amount.unit) else { return nil }
      return multiplyDivide(amount.number.trillionths.magnitude, bytes, by: 1).map(ExactDecimal.init(trillionths:))
    }
  }

  /// What a text of a kind looks like, for a sentence.
  package static func wanted(_ kind: PriceFactorRow.Kind) -> String {
    switch kind {
    case .count: "a number such as 3000000 or 3M, or a rate such as '40/s' (units: /s, /min, /h or /d)"
    case .number: "a number such as 0.25, without a unit"
    case .duration: "a duration such as '120 ms' (units: ns, us, ms, s, min, h, d or month)"
    case .hours: "a number of hours such as 730, or a duration such as '8 h' (units: s, min, h, d or month)"
    case .size: "a size such as '512 MB' (units: B, KB, MB, GB or TB, each 1,024 of the one before)"
    case .name: "a name"
    }
  }
}

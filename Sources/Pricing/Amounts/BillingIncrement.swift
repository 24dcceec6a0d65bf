/// How a provider rounds what one event uses before it adds it up: up to a whole increment, and never below a
/// minimum.
///
/// The rounding happens per event, so it belongs where the event is metered; the figures are data and stand
/// here.
package struct BillingIncrement: Sendable {
  /// The meter whose events are rounded, as in `PriceRule.table`.
  package let meter: String
  /// The unit that `increment` and `minimum` are in: `ns` or `B`.
  package let unit: String
  /// The step, in `unit`.
  package let increment: Int64
  /// The least that an event is billed for, in `unit`.
  package let minimum: Int64
  /// Where the figure is published.
  package let source: String
  /// When it was published or read, ISO 8601.
  package let asOf: String

  /// `amount` rounded up to a whole increment, at least the minimum; nothing used is the minimum too.
  ///
  /// - Precondition: `amount` is not negative.
  package func billed(_ amount: Int64) -> Int64 {
    units(of: amount) * increment
  }

  /// How many increments an event of `amount` is billed for.
  ///
  /// - Precondition: `amount` is not negative.
  package func units(of amount: Int64) -> Int64 {
    precondition(amount >= 0, "usage is not negative")
    let counted = max(amount, minimum)
    return counted / increment + (counted % increment == 0 ? 0 : 1)
  }

  /// The published increments of the services that the price rules know.
  package static let table: [BillingIncrement] = [
    BillingIncrement(
      meter: "lambda.gb-seconds", unit: "ns", increment: 1_000_000, minimum: 1_000_000,
      source: "https://aws.amazon.com/lambda/pricing/", asOf: "2020-12-01"),
    BillingIncrement(
      meter: "lambda-arm.gb-seconds", unit: "ns", increment: 1_000_000, minimum: 1_000_000,
      source: "https://aws.amazon.com/lambda/pricing/", asOf: "2020-12-01"),
    BillingIncrement(
      meter: "lambda-edge.gb-seconds", unit: "ns", increment: 1_000_000, minimum: 1_000_000,
      source: "https://aws.amazon.com/lambda/pricing/", asOf: "2026"),
    BillingIncrement(
      meter: "api-http.requests", unit: "B", increment: 524_288, minimum: 1,
      source: "https://aws.amazon.com/api-gateway/pricing/", asOf: "2025-11-02"),
    BillingIncrement(
      meter: "dynamodb.write-units", unit: "B", increment: 1_024, minimum: 1,
      source: "https://aws.amazon.com/dynamodb/pricing/on-demand/", asOf: "2025-08-28"),
    BillingIncrement(
      meter: "dynamodb.read-units", unit: "B", increment: 4_096, minimum: 1,
      source: "https://aws.amazon.com/dynamodb/pricing/on-demand/", asOf: "2025-08-28"),
  ]

  /// The increment of a meter; nil where events are counted as they are.
  package static func of(meter: String) -> BillingIncrement? {
    table.first { $0.meter == meter }
  }
}

/// What a provider gives away every month, once for a whole account, whatever the region or the function.
package struct Allowance: Sendable {
  /// How long the gift lasts.
  package enum Term: Sendable {
    /// Every month, for ever.
    case always
    /// During the first twelve months of an account.
    case firstYear
  }

  /// The name that price rules refer to.
  package let id: String
  /// How much is free per month, in the unit of the rules that share it.
  package let quantity: Int64
  /// How long it lasts.
  package let term: Term
  /// Where it is published.
  package let source: String
  /// When it was published or read, ISO 8601.
  package let asOf: String

  /// The published allowances.
  package static let table: [Allowance] = [
    Allowance(
      id: "lambda.requests", quantity: 1_000_000, term: .always,
      source: "https://aws.amazon.com/lambda/pricing/", asOf: "2025-10-30"),
    Allowance(
      id: "lambda.gb-seconds", quantity: 400_000, term: .always,
      source: "https://aws.amazon.com/lambda/pricing/", asOf: "2025-10-30"),
    Allowance(
      id: "cloudfront.requests", quantity: 10_000_000, term: .always,
      source: "https://aws.amazon.com/cloudfront/pricing/", asOf: "2025-07-01"),
    Allowance(
      id: "cloudfront.gb", quantity: 1_024, term: .always,
      source: "https://aws.amazon.com/cloudfront/pricing/", asOf: "2025-07-01"),
    Allowance(
      id: "cloudfront-functions.requests", quantity: 2_000_000, term: .always,
      source: "https://aws.amazon.com/cloudfront/pricing/", asOf: "2025-07-01"),
    Allowance(
      id: "transfer.internet", quantity: 100, term: .always,
      source: "https://aws.amazon.com/ec2/pricing/on-demand/", asOf: "2026-09-16"),
    Allowance(
      id: "api-rest.requests", quantity: 1_000_000, term: .firstYear,
      source: "https://aws.amazon.com/api-gateway/pricing/", asOf: "2025-10-20"),
    Allowance(
      id: "api-http.requests", quantity: 1_000_000, term: .firstYear,
      source: "https://aws.amazon.com/api-gateway/pricing/", asOf: "2025-10-20"),
  ]
}

/// Which allowances a bill takes off.
package enum FreeTier: Sendable {
  /// None: the account has used them up elsewhere.
  case none
  /// Those that never end.
  case always
  /// Those of an account in its first twelve months too.
  case firstYear

  /// How much of an allowance this grants; nought for an unknown or an expired one.
  func quantity(of id: String) -> ExactDecimal {
    guard let allowance = Allowance.table.first(where: { $0.id == id }) else { return .zero }
    switch (self, allowance.term) {
    case (.none, _), (.always, .firstYear): return .zero
    case (.always, .always), (.firstYear, _): return ExactDecimal(allowance.quantity)
    }
  }
}

/// Where a figure comes from, and how old it is.
package struct Provenance: Equatable, Hashable, Sendable {
  /// The measurement, document or judgement behind the figure, in words or as an address.
  package let source: String
  /// Date of the figure as its source gives it: a year, a month, a day or a span.
  package let asOf: String

  package init(source: String, asOf: String) {
    self.source = source
    self.asOf = asOf
  }
}

/// How well a figure is supported.
package enum Strength: String, Sendable, CaseIterable {
  /// Many measurements, or the provider's own statement.
  case strong
  /// Some measurements.
  case medium
  /// Few measurements.
  case weak
  /// An estimate that nothing measured supports.
  case judgement
  /// True by definition.
  case definition
}

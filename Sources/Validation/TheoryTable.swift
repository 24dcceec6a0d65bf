/// All cases, from waiting lines to growth limits.
package enum TheoryTable {
  /// Every case, in the order of printing.
  package static let cases: [TheoryCase] =
    WaitingLines.cases + Losses.cases + Occupancy.cases + Programs.cases + ScalePerRequest.cases + Ramps.cases
    + Groups.cases + MeasuredLambda.cases

  /// The cases that a check of this share of the full size can tell something about.
  package static func cases(share: Double) -> [TheoryCase] { cases.filter { $0.smallestShare <= share } }

  /// Rows of all cases.
  package static let rowCount = cases.reduce(0) { $0 + $1.rows.count }
}

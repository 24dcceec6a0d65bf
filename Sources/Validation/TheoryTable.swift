/// All cases, from waiting lines to growth limits.
package enum TheoryTable {
  package static let cases: [TheoryCase] =
    WaitingLines.cases + Losses.cases + Occupancy.cases + Programs.cases + ScalePerRequest.cases + Ramps.cases

  /// Rows of all cases.
  package static let rowCount = cases.reduce(0) { $0 + $1.rows.count }
}

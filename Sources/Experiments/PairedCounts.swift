import ServerlessModel

/// A placement against the baseline, request by request, for one stratum of the demand in one section.
package struct PairedCounts: Sendable, Equatable {
  /// Requests that both placements served.
  package var pairs: Int64 = 0
  /// Sum over pairs of latency here − latency under the baseline, ns.
  package var differenceSum: Int128 = 0
  /// Pairs in which this placement was faster, and slower.
  package var faster: Int64 = 0
  package var slower: Int64 = 0
  /// Requests that only one of the two placements served.
  package var onlyHere: Int64 = 0
  package var onlyBaseline: Int64 = 0
  /// Requests that neither served.
  package var neither: Int64 = 0

  package init() {}

  /// Requests compared.
  package var requests: Int64 { pairs + onlyHere + onlyBaseline + neither }

  /// Mean difference, ns; `nil` without pairs.
  package var meanDifference: Double? { pairs == 0 ? nil : Double(differenceSum) / Double(pairs) }

  /// Compares one request.
  @inline(__always)
  mutating func add(here: Int64, baseline: Int64) {
    switch (here >= 0, baseline >= 0) {
    case (true, true):
      pairs &+= 1
      differenceSum &+= Int128(here &- baseline)
      if here < baseline { faster &+= 1 } else if here > baseline { slower &+= 1 }
    case (true, false): onlyHere &+= 1
    case (false, true): onlyBaseline &+= 1
    case (false, false): neither &+= 1
    }
  }

  /// What is left when those of one section are taken out.
  func without(_ section: PairedCounts) -> PairedCounts {
    var rest = self
    rest.add(section, times: -1)
    return rest
  }

  /// Adds the counts of another stratum or section.
  package mutating func merge(_ other: PairedCounts) { add(other, times: 1) }

  private mutating func add(_ other: PairedCounts, times sign: Int64) {
    pairs += sign * other.pairs
    differenceSum += Int128(sign) * other.differenceSum
    faster += sign * other.faster
    slower += sign * other.slower
    onlyHere += sign * other.onlyHere
    onlyBaseline += sign * other.onlyBaseline
    neither += sign * other.neither
  }
}

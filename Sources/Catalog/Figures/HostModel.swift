/// What a site on premises, at the edge or in a carrier's network consists of, as data: one row of `hosts.csv`.
///
/// A host named like a kind of places is what every place of that kind has, unless the scenario says otherwise.
package struct HostModel: Sendable {
  /// As scenarios write it.
  package let name: String
  /// What a site like it is.
  package let kind: PlaceKind
  /// Virtual processors of all its servers.
  package let vcpus: Double
  /// Memory, MB of 1,024 × 1,024 bytes.
  package let memoryMegabytes: Double
  /// Most instances at a time; nil for as many as fit.
  package let slots: Int?
  package let accelerators: Int
  package let acceleratorKind: AcceleratorKind?
  /// The accelerators' model; empty for none.
  package let accelerator: String
  package let provenance: Provenance
}

/// How a name service checks the health of sites, and how long its answers live.
package struct HealthCheckFigures: Sendable {
  /// Time between two checks, s.
  package let intervalSeconds: Double
  /// Checks in a row that decide.
  package let failures: Int
  /// A site is healthy as long as more than this share of the places that check it reach it.
  package let share: Double
  /// How long callers keep an answer, s.
  package let timeToLiveSeconds: Double
}

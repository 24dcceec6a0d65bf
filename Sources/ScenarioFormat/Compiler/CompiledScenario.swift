package import ServerlessModel

/// A scenario ready to run: one plan for each placement, and what the report needs besides.
package struct CompiledScenario: Sendable {
  /// A placement's name and its plan.
  package struct Placement: Sendable {
    package let name: String
    package let plan: Plan
  }

  package let name: String
  package let description: String
  package let seed: UInt64
  package let replications: Int
  /// Simulated time and warm-up, ns.
  package let duration: Int64
  package let warmUp: Int64
  /// Name and date of the catalog's data.
  package let catalogVersion: String
  /// In the order of the scenario: the first is the baseline.
  package let placements: [Placement]
  package let clientNames: [String]
  package let functionNames: [String]
  package let objectives: [ObjectiveSpec]
  package let costs: CostsSpec
  /// Requests that clients are expected to send in one run of one placement.
  package let expectedRequests: Double
}

/// What came of compiling a scenario.
package struct Compilation: Sendable {
  /// The scenario, if it has no errors.
  package let scenario: CompiledScenario?
  /// Errors and warnings.
  package let diagnostics: [Diagnostic]
}

/// What the counters of a run mean to a bill: names of meters and price regions, read after the run only.
///
/// The world counts; `Metering` turns the counts into readings with the help of these rows; prices come later.
package struct BillingPlan: Sendable {
  /// Per deployment: the meters that its invocations advance.
  package var deployments: [[DeploymentMeter]] = []
  /// Per front; `nil` = not billed.
  package var fronts: [FrontMeter?] = []
  /// Per step: what a unit of a read or write advances.
  package var steps: [CountMeter?] = []
  /// Per path: what bytes towards the site, and bytes from the site, advance.
  package var pathsUp: [TransferMeter?] = []
  package var pathsDown: [TransferMeter?] = []
  /// What stands in a region all month, whatever the usage: the control plane of a cluster.
  package var standing: [CountMeter] = []
  /// What is used and has no price, in words; each once.
  package var unpriced: [String] = []

  package init() {}
}

/// Which count of a deployment a meter follows.
package enum DeploymentQuantity: Sendable, Equatable {
  /// One for each invocation; unit `request`.
  case invocations
  /// Billed duration × memory; unit `MB-ms`.
  case memoryTime
  /// Billed duration × thousandths of a vCPU that go with the memory; unit `vCPU-us`.
  case allocatedTime(thousandths: Int64)
  /// Billed duration × processor speed that is billed with the memory; unit `GHz-us`.
  case clockTime(megahertz: Int64)
  /// Time of all instances × thousandths of a vCPU of each, of platforms that bill instances; unit `vCPU-us`.
  case keptProcessors(thousandths: Int64)
  /// Time of all instances × memory of each; unit `MB-ms`.
  case keptMemory
  /// CPU time; unit `us`.
  case processorTime
  /// Billed duration × ephemeral storage beyond what comes with an instance; unit `MB-ms`.
  case ephemeralTime
  /// Memory restored from snapshots; unit `MB`.
  case restoredMemory
  /// Time of a group's instances as it is billed, on demand; unit `ms`.
  case instanceTime
  /// The same as spot.
  case spotInstanceTime
  /// Instance time × 1/1,000 vCPU of an instance, on demand or spot; unit `vCPU-us`.
  case instanceProcessors(spot: Bool)
  /// Instance time × memory of an instance; unit `MB-ms`.
  case instanceMemory(spot: Bool)
  /// Surplus CPU credits; unit `vCPU-ms`.
  case surplusCredits
}

/// A meter that a deployment's invocations advance.
package struct DeploymentMeter: Sendable, Equatable {
  /// Stable name, such as `lambda.requests`, `lambda.gb-seconds`, `workers.cpu-ms`.
  package var meter: String
  /// Price region: `us-east-1`, `edge:EU`, `global`.
  package var region: String
  package var quantity: DeploymentQuantity

  package init(meter: String, region: String, quantity: DeploymentQuantity) {
    self.meter = meter
    self.region = region
    self.quantity = quantity
  }
}

/// How a front is billed.
package enum FrontMeter: Sendable, Equatable {
  /// For each request that is not throttled.
  case requests(CountMeter)
  /// For the hours that it stands, and for capacity units by the greatest of its measures; the prefix of both meters.
  case capacity(prefix: String, region: String)
}

/// A meter of plain counts: API calls, read units.
package struct CountMeter: Sendable, Equatable {
  package var meter: String
  package var region: String

  package init(meter: String, region: String) {
    self.meter = meter
    self.region = region
  }
}

/// A meter of bytes on a route.
package struct TransferMeter: Sendable, Equatable {
  /// Stable name: `transfer.out`, `cloudfront.origin-bytes`.
  package var meter: String
  /// Price region where the bytes leave.
  package var region: String
  /// `internet`, `inter-region`, `inter-zone`, `edge`, or empty.
  package var route: String
  /// Price region where they arrive, for `inter-region`.
  package var destination: String

  package init(meter: String = "transfer.out", region: String, route: String, destination: String = "") {
    self.meter = meter
    self.region = region
    self.route = route
    self.destination = destination
  }
}

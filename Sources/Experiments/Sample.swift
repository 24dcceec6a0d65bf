import ServerlessModel
import Statistics

/// What confidence intervals are made of: what one replication has measured in each of its sections. Where there are
/// more replications than ``Experiment/mostSamples``, several of them share a sample, so that memory has a bound.
package struct Sample: Sendable {
  /// In the order of the placements.
  package private(set) var placements: [PlacementSample]
  /// For every placement but the first, by stratum of the demand and section: `stratum × sectionCount + section`.
  package private(set) var paired: [[PairedCounts]]

  init(_ replication: ReplicationResult) {
    placements = replication.runs.map { PlacementSample($0) }
    paired = replication.paired
  }

  /// Adds another replication of the same plans.
  mutating func merge(_ replication: ReplicationResult) {
    placements.merge(replication.runs) { $0.merge($1) }
    paired.merge(replication.paired) { rows, more in rows.merge(more) { $0.merge($1) } }
  }
}

/// What one placement has measured in one sample; the fields are those of ``RunResult``.
package struct PlacementSample: Sendable {
  package let sectionCount: Int
  package private(set) var sections: [SectionCounts]
  package private(set) var groupHistograms: [LatencyHistogram]
  package private(set) var seriesHistograms: [LatencyHistogram]
  package private(set) var deployments: [DeploymentCounts]

  init(_ run: RunResult) {
    sectionCount = run.sectionCount
    sections = run.sections
    groupHistograms = run.groupHistograms
    seriesHistograms = run.seriesHistograms
    deployments = run.deployments
  }

  mutating func merge(_ run: RunResult) {
    sections.merge(run.sections) { $0.merge($1) }
    groupHistograms.merge(run.groupHistograms) { $0.merge($1) }
    seriesHistograms.merge(run.seriesHistograms) { $0.merge($1) }
    deployments.merge(run.deployments) { $0.merge($1) }
  }
}

extension Array {
  /// Adds another table's rows to those of this one, row by row.
  mutating func merge<Row>(_ rows: [Row], _ merge: (inout Element, Row) -> Void) {
    for index in indices { merge(&self[index], rows[index]) }
  }
}

/// By what two runs of the same plan are compared; the fields are those of ``RunResult``.
package struct RunTrace: Sendable, Equatable {
  package let digest: UInt64
  package let eventCount: UInt64
  package let checkpoints: [UInt64]
  package let checkpointStride: UInt64

  init(_ run: RunResult) {
    digest = run.digest
    eventCount = run.eventCount
    checkpoints = run.checkpoints
    checkpointStride = run.checkpointStride
  }
}

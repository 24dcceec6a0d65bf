import SimulationKernel
import Statistics

/// What one run of one placement in one replication has measured; mergeable.
package struct RunResult: Sendable {
  package var sectionCount: Int
  package var functionCount: Int
  /// Per group (clients × functions) and section: `group × sectionCount + section`.
  package var sections: [SectionCounts]
  package var groupHistograms: [LatencyHistogram]
  /// Per group.
  package var compositions: [Composition]
  /// Per series, in the order of the plan's `SeriesMap`.
  package var series: [SeriesCounts]
  package var seriesHistograms: [LatencyHistogram]
  /// Per population and interval: `clients × intervalCount + interval`.
  package var intervals: [IntervalCounts]
  package var intervalCount: Int
  package var timeline: [TimelineSample]
  /// Per deployment.
  package var deployments: [DeploymentCounts]
  package var instanceLevels: [LevelHistogram]
  package var runningLevels: [LevelHistogram]
  /// Per path, front and step.
  package var traffic: [TrafficCounts]
  package var fronts: [FrontCounts]
  package var links: [LinkCounts]
  package var steps: [StepCounts]
  /// Requests sent, warm-up included.
  package var requestCount: UInt64
  /// Requests sent after the warm-up.
  package var measuredCount: Int64
  /// Events and arrivals, and the digest over them.
  package var eventCount: UInt64
  package var digest: UInt64
  package var checkpoints: [UInt64]
  package var checkpointStride: UInt64
}

extension World {
  /// What has been measured.
  /// - Precondition: `run` has reached the horizon.
  package func result() -> RunResult {
    let groups = 0..<recorder.groupCount
    let histograms = recorder.groupHistograms()
    let deploymentRows = 0..<Int32(deployments.count)
    return RunResult(
      sectionCount: recorder.sectionCount,
      functionCount: Int(recorder.functionCount),
      sections: recorder.sections(histograms),
      groupHistograms: histograms,
      compositions: groups.map { recorder.composition($0) },
      series: list(recorder.series),
      seriesHistograms: (0..<recorder.series.count).map { recorder.seriesHistogram($0) },
      intervals: list(recorder.intervals),
      intervalCount: recorder.intervalCount,
      timeline: list(timeline),
      deployments: list(deploymentCounts),
      instanceLevels: deploymentRows.map { instanceLevels[$0].histogram() },
      runningLevels: deploymentRows.map { runningLevels[$0].histogram() },
      traffic: list(traffic),
      fronts: list(frontCounts),
      links: list(linkCounts),
      steps: list(stepCounts),
      requestCount: arrivalCount,
      measuredCount: measuredCount,
      eventCount: trace.count,
      digest: trace.digest.value,
      checkpoints: trace.checkpoints,
      checkpointStride: trace.stride)
  }

  private func list<Row>(_ rows: borrowing Rows<Row>) -> [Row] {
    var result: [Row] = []
    result.reserveCapacity(rows.count)
    for row in 0..<Int32(rows.count) { result.append(rows[row]) }
    return result
  }
}

import ServerlessModel
import Statistics

/// Some runs of one plan, read together, in the case's unit of time.
package struct MeasuredRuns: Sendable {
  /// What each replication has measured.
  package var runs: [RunResult]
  /// Length of the unit of time, ns.
  package var unit: Double
  /// Measured time of each run, in units of time.
  package var length: Double

  /// Measured time of all runs.
  package var totalLength: Double { length * Double(runs.count) }

  /// Sum of a count over the runs.
  func sum(_ count: (RunResult) -> some BinaryInteger) -> Double {
    Double(runs.reduce(Int128(0)) { $0 + Int128(count($1)) })
  }

  /// Sum of a count of a station.
  func sum(_ station: Int, _ count: KeyPath<DeploymentCounts, some BinaryInteger>) -> Double {
    sum { $0.deployments[station][keyPath: count] }
  }

  /// Latencies of all served requests.
  var latencies: LatencyHistogram {
    var merged = LatencyHistogram()
    for run in runs { for histogram in run.groupHistograms { merged.merge(histogram) } }
    return merged
  }

  /// Requests in execution at a station, over time.
  func running(_ station: Int) -> LevelHistogram { merged { $0.runningLevels[station] } }

  /// Instances alive at a station, over time.
  func instances(_ station: Int) -> LevelHistogram { merged { $0.instanceLevels[station] } }

  private func merged(_ level: (RunResult) -> LevelHistogram) -> LevelHistogram {
    var merged = LevelHistogram()
    for run in runs { merged.merge(level(run)) }
    return merged
  }
}

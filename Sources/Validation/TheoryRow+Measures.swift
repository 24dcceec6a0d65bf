import Statistics

// Each function makes a row: the expected value, and where the simulator shows it. Times are in the case's unit.
extension TheoryRow {
  // MARK: Latency of requests

  static func mean(_ expected: Double) -> TheoryRow {
    TheoryRow("mean latency", expected) { runs in
      runs.sum { $0.series.reduce(0) { $0 + $1.latencySum } }
        / runs.sum { $0.series.reduce(0) { $0 + $1.served } }
        / runs.unit
    }
  }

  static func deviation(_ expected: Double) -> TheoryRow {
    TheoryRow("standard deviation of latency", expected) { runs in
      let latencies = runs.latencies
      let mean = latencies.mean ?? .nan
      let squares = latencies.buckets.reduce(0) { sum, bucket in
        let distance = Double(bucket.middle) - mean
        return sum + distance * distance * Double(bucket.count)
      }
      return (squares / Double(latencies.count)).squareRoot() / runs.unit
    }
  }

  /// A percentile of latency plus `offset`. A histogram's bucket is 1/256 of its value wide.
  static func percentile(_ q: Double, _ expected: Double, offset: Double = 0) -> TheoryRow {
    var row = TheoryRow(offset == 0 ? "latency p\(text(q))" : "wait p\(text(q))", expected) { runs in
      Double(runs.latencies.quantile(q) ?? -1) / runs.unit + offset
    }
    row.tolerance = (expected - offset) / 512
    return row
  }

  /// Latency percentiles, by their names.
  static func percentiles(_ values: KeyValuePairs<Double, Double>) -> [TheoryRow] {
    values.map { percentile($0.key, $0.value) }
  }

  /// Share of the requests whose latency is at most `bound`.
  static func latencyShare(upTo bound: Double, _ expected: Double) -> TheoryRow {
    TheoryRow("share of latencies up to \(bound)", expected) { runs in
      let latencies = runs.latencies
      return 1 - Double(latencies.countAbove(Int64(bound * runs.unit))) / Double(latencies.count)
    }
  }

  /// Requests in the system, time average.
  static func inSystem(_ expected: Double) -> TheoryRow {
    TheoryRow("requests in the system", expected) { runs in
      runs.sum { $0.series.reduce(0) { $0 + $1.latencySum } } / runs.unit / runs.totalLength
    }
  }

  private static func text(_ q: Double) -> String {
    let perMille = Int((q * 1000).rounded())
    return perMille % 10 == 0 ? "\(perMille / 10)" : "\(perMille / 10).\(perMille % 10)"
  }

  // MARK: Stations

  static func wait(_ expected: Double) -> TheoryRow {
    TheoryRow("mean wait", expected) { $0.sum(0, \.waitingTime) / $0.sum(0, \.invocations) / $0.unit }
  }

  static func waitShare(_ expected: Double) -> TheoryRow {
    TheoryRow("probability of waiting", expected) { $0.sum(0, \.waited) / $0.sum(0, \.invocations) }
  }

  static func inLine(_ expected: Double) -> TheoryRow {
    TheoryRow("requests waiting", expected) { $0.sum(0, \.waitingTime) / $0.unit / $0.totalLength }
  }

  /// Time at a station, waiting included, for each visit.
  static func visit(_ station: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("time of a visit to station \(station)", expected) {
      ($0.sum(station, \.waitingTime) + $0.sum(station, \.executionTime)) / $0.sum(station, \.invocations)
        / $0.unit
    }
  }

  static func atStation(_ station: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("requests at station \(station)", expected) {
      ($0.sum(station, \.waitingTime) + $0.sum(station, \.executionTime)) / $0.unit / $0.totalLength
    }
  }

  static func throughput(_ expected: Double, station: Int = 0) -> TheoryRow {
    TheoryRow("throughput of station \(station)", expected) {
      $0.sum(station, \.invocations) / $0.totalLength
    }
  }

  static func arrivalRate(_ expected: Double) -> TheoryRow {
    TheoryRow("arrival rate", expected) { runs in runs.sum { $0.measuredCount } / runs.totalLength }
  }

  static func blocked(_ expected: Double) -> TheoryRow {
    TheoryRow("share refused", expected) {
      $0.sum(0, \.throttles) / ($0.sum(0, \.throttles) + $0.sum(0, \.invocations))
    }
  }

  static func busy(_ expected: Double) -> TheoryRow {
    TheoryRow("busy servers", expected) { $0.running(0).mean ?? .nan }
  }

  static func utilisation(_ expected: Double, servers: Double) -> TheoryRow {
    TheoryRow("utilisation", expected) { ($0.running(0).mean ?? .nan) / servers }
  }

  static func busyVariance(_ expected: Double) -> TheoryRow {
    TheoryRow("variance of busy servers", expected) { $0.running(0).variance ?? .nan }
  }

  static func busyQuantile(_ q: Double, _ expected: Double) -> TheoryRow {
    TheoryRow("busy servers p\(text(q))", expected) { Double($0.running(0).quantile(q) ?? -1) }
  }

  /// Share of the time with exactly `level` busy servers.
  static func busyShare(_ level: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("share of time with \(level) busy", expected) {
      let running = $0.running(0)
      return Double(running.time(at: level)) / Double(running.duration)
    }
  }

  /// Share of the time with more than `level` busy servers.
  static func busyShare(above level: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("share of time with more than \(level) busy", expected) {
      let running = $0.running(0)
      return 1 - Double((0...level).reduce(0) { $0 + running.time(at: $1) }) / Double(running.duration)
    }
  }

  // MARK: Instances

  static func coldShare(_ expected: Double) -> TheoryRow {
    TheoryRow("cold-start probability", expected) { $0.sum(0, \.coldStarts) / $0.sum(0, \.invocations) }
  }

  /// Cold starts in `period`.
  static func coldStarts(in period: Double, _ expected: Double) -> TheoryRow {
    TheoryRow("cold starts in \(Int(period))", expected) { $0.sum(0, \.coldStarts) / $0.totalLength * period }
  }

  static func instances(_ expected: Double) -> TheoryRow {
    TheoryRow("instances", expected) { $0.instances(0).mean ?? .nan }
  }

  static func idle(_ expected: Double) -> TheoryRow {
    TheoryRow("idle instances", expected) { ($0.instances(0).mean ?? .nan) - ($0.running(0).mean ?? .nan) }
  }

  static func instanceShare(_ level: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("share of time with \(level) instances", expected) {
      let instances = $0.instances(0)
      return Double(instances.time(at: level)) / Double(instances.duration)
    }
  }

  static func lifespan(_ expected: Double) -> TheoryRow {
    TheoryRow("lifespan of an instance", expected) {
      $0.sum(0, \.lifespanSum) / $0.sum(0, \.instancesEnded) / $0.unit
    }
  }

  // MARK: Others

  /// Requests in execution when the run ends, divided by `copies` of the model that run side by side.
  static func runningAtEnd(_ expected: Double, copies: Double = 1) -> TheoryRow {
    TheoryRow("in execution at the end", expected) { runs in
      runs.sum { $0.timeline.last?.running ?? 0 } / Double(runs.runs.count) / copies
    }
  }

  /// Requests throttled among those sent in interval `row`, in each run.
  static func throttled(interval row: Int, _ expected: Double) -> TheoryRow {
    TheoryRow("throttled in interval \(row)", expected) { runs in
      runs.sum { $0.intervals[row].counts.throttled } / Double(runs.runs.count)
    }
  }

  static func frontRefusals(_ expected: Double) -> TheoryRow {
    TheoryRow("share refused by the front", expected) { runs in
      runs.sum { $0.fronts[0].throttles } / runs.sum { $0.fronts[0].requests }
    }
  }

  static func frontPasses(_ expected: Double) -> TheoryRow {
    TheoryRow("rate passed by the front", expected) { runs in
      runs.sum { $0.fronts[0].requests - $0.fronts[0].throttles } / runs.totalLength
    }
  }

  /// Requests passed by the front in each run.
  static func frontPassCount(_ expected: Double) -> TheoryRow {
    TheoryRow("passed by the front", expected) { runs in
      runs.sum { $0.fronts[0].requests - $0.fronts[0].throttles } / Double(runs.runs.count)
    }
  }

  static func operationFailures(_ expected: Double) -> TheoryRow {
    TheoryRow("operations given up", expected) { runs in
      runs.sum { $0.steps[0].failures } / runs.sum { $0.steps[0].operations }
    }
  }
}

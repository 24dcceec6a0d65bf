/// What is timed must lie within the run.
enum TimeRule {
  static func check(_ spec: ScenarioSpec, _ problems: Problems) {
    let duration = spec.duration.value
    if spec.warmUp.value >= duration {
      problems.error(
        "warm-up", at: spec.warmUp.mark,
        "the warm-up is as long as the run (\(text(duration))) or longer, so nothing would be measured;"
          + " make it shorter"
      )
    }
    if duration.multipliedReportingOverflow(by: Int64(spec.replications)).overflow {
      problems.error(
        "too-long", at: spec.duration.mark,
        "\(spec.replications) replications of \(text(duration)) are more than 292 years; make the run shorter, or have"
          + " fewer replications")
    }
    for fault in spec.faults where fault.from.value >= duration {
      problems.warning(
        "fault-outside-run", at: fault.from.mark,
        "the fault begins when the run (\(text(duration))) is over, so it changes nothing")
    }
    for clients in spec.clients {
      if case .timestamps(let instants) = clients.arrivals, let last = instants.last, last.value >= duration {
        problems.warning(
          "arrivals-outside-run", at: last.mark,
          "arrivals from the end of the run (\(text(duration))) on do not happen")
      }
    }
  }

  /// A duration in the largest unit that keeps it whole.
  static func text(_ nanoseconds: Int64) -> String {
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"), (1_000_000_000, "s"),
      (1_000_000, "ms"), (1_000, "us"),
    ]
    for (size, symbol) in units where nanoseconds >= size && nanoseconds % size == 0 {
      return "\(nanoseconds / size) \(symbol)"
    }
    return "\(nanoseconds) ns"
  }
}

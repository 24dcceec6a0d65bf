import Reporting

/// The few columns of a result table that fit a terminal.
enum SummaryView {
  /// The table that `run` prints.
  static func table(of summary: ResultTable) -> ResultTable {
    let always = [
      "placement", "requests_count", "availability_ratio", "latency_mean_ms", "latency_p50_ms", "latency_p95_ms",
      "latency_p99_ms", "cold_start_ratio", "cost_usd_per_month",
    ]
    return summary.selecting(always)
  }

  /// The table that `compare` prints.
  static func differences(of table: ResultTable) -> ResultTable {
    table.selecting([
      "placement", "baseline", "clients", "metric", "difference_ms", "ci_low_ms", "ci_high_ms", "faster_count",
      "pairs_count", "better_sections_count", "sections_count",
    ])
  }
}

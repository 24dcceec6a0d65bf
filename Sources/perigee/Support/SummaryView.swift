import Reporting

/// The few columns of a result table that fit a terminal.
enum SummaryView {
  /// The table that `run` prints: on a narrow terminal with fewer columns rather than with shortened names.
  static func table(of summary: ResultTable, width: Int?) -> ResultTable {
    var names = [
      "placement", "requests_count", "availability_ratio", "latency_mean_ms", "latency_p50_ms", "latency_p95_ms",
      "latency_p99_ms", "cold_start_ratio", "cost_usd_per_month",
    ]
    var dispensable = ["requests_count", "latency_mean_ms", "latency_p50_ms", "cold_start_ratio"]
    while let width, let next = dispensable.first, columns(of: summary.selecting(names)) > width {
      names.removeAll { $0 == next }
      dispensable.removeFirst()
    }
    return summary.selecting(names)
  }

  /// Columns of the terminal that the table would take.
  private static func columns(of table: ResultTable) -> Int {
    TextTable.text(of: table).split(separator: "\n").map { TextWidth.columns(of: String($0)) }.max() ?? 0
  }

  /// The table that `compare` prints.
  static func differences(of table: ResultTable) -> ResultTable {
    table.selecting([
      "placement", "baseline", "clients", "metric", "difference_ms", "ci_low_ms", "ci_high_ms", "faster_count",
      "pairs_count", "better_sections_count", "sections_count",
    ])
  }
}

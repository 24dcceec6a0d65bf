import Statistics
import Testing

/// Rows of the table are the histograms of their values.
@Suite struct HistogramTableTests {
  @Test func rowsAreHistograms() {
    var table = HistogramTable(rowCount: 3)
    var expected = [LatencyHistogram(), LatencyHistogram(), LatencyHistogram()]
    for (index, value) in (latencies(9_000, seed: 11) + [0, 255, 256, .max, .max, -1]).enumerated() {
      table.record(index % 2, value)
      expected[index % 2].record(value)
    }
    for row in 0..<3 { #expect(table.extract(row) == expected[row]) }
    #expect(table.extract(2).isEmpty)
  }

  @Test func resetForgetsEverything() {
    var table = HistogramTable(rowCount: 2)
    table.record(0, 5)
    table.record(1, 5_000_000)
    table.reset()
    #expect(table.extract(0).isEmpty)
    #expect(table.extract(1) == LatencyHistogram())
    table.record(1, 7)
    #expect(table.extract(1).quantile(0.5) == 7)
    #expect(table.extract(1).maximum == 7)
  }

  @Test("pages keep their counts while the table grows under them")
  func growth() {
    var table = HistogramTable(rowCount: 5)
    var expected = Array(repeating: LatencyHistogram(), count: 5)
    for exponent in 0..<63 {
      for row in 0..<5 {
        for repeats in 0...row {
          let value = (1 << Int64(exponent)) + Int64(repeats)
          table.record(row, value)
          expected[row].record(value)
        }
      }
    }
    #expect(table.rowCount == 5)
    for row in 0..<5 { #expect(table.extract(row) == expected[row]) }
  }

  @Test func noRows() {
    let table = HistogramTable(rowCount: 0)
    #expect(table.rowCount == 0)
  }
}

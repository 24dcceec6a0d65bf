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

  @Test func rowsCanBeAdded() {
    var table = HistogramTable(rowCount: 1)
    table.record(0, 3)
    let first = table.addRows(2)
    #expect(first == 1)
    #expect(table.rowCount == 3)
    table.record(2, 4)
    #expect(table.extract(0).maximum == 3)
    #expect(table.extract(1).isEmpty)
    #expect(table.extract(2).maximum == 4)
  }
}

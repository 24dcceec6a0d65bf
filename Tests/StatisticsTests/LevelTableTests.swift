import Statistics
import Testing

/// Rows of the table are the histories of their levels.
@Suite struct LevelTableTests {
  @Test func rowsAreHistories() {
    var random = SplitMix(seed: 21)
    var table = LevelTable(rowCount: 3, at: 100)
    var expected = Array(repeating: LevelHistogram(at: 100), count: 3)
    var now: Int64 = 100
    for step in 0..<3_000 {
      now += Int64(random.next() % 50)
      let row = step % 2
      if step % 7 == 0 {
        let level = Int(random.next() % 3_000)
        table.set(row, level, at: now)
        expected[row].set(level, at: now)
      } else {
        table.change(row, by: 1, at: now)
        expected[row].change(by: 1, at: now)
      }
    }
    for row in 0..<3 {
      expected[row].advance(to: now + 5)
      let extracted = table.extract(row, at: now + 5)
      #expect(table.level(row) == expected[row].level)
      #expect(extracted.level == expected[row].level)
      #expect(extracted.duration == now + 5 - 100)
      #expect(extracted.mean == expected[row].mean)
      #expect(extracted.variance == expected[row].variance)
      #expect(extracted.maximum == expected[row].maximum)
      for q in [0, 0.1, 0.5, 0.9, 1] { #expect(extracted.quantile(q) == expected[row].quantile(q)) }
    }
    #expect(table.extract(2, at: now).mean == 0)
  }

  @Test func resetKeepsLevels() {
    var table = LevelTable(rowCount: 2)
    table.change(1, by: 4, at: 10)
    table.change(1, by: 2, at: 10)
    table.reset(at: 20)
    let level = table.extract(1, at: 25)
    #expect(level.duration == 5)
    #expect(level.mean == 6)
    #expect(level.variance == 0)
    #expect(table.extract(0, at: 25).idleRatio == 1)
    #expect(table.rowCount == 2)
  }
}

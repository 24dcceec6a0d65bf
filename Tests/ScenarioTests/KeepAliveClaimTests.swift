import CommandTestSupport
import Foundation
import Testing

/// What the committed results of `keepalive-policies` show, as the articles say it: the sizes found.
@Suite struct KeepAliveClaimTests {
  /// Cold starts, invocations and idle instances (alive less running) over all functions of a placement.
  private struct Sums {
    var coldStarts = 0.0
    var invocations = 0.0
    var idle = 0.0
  }

  private func sums(_ placement: String) throws -> Sums {
    let path = "\(ShippedScenarios.root)/results/keepalive-policies/cold_starts.csv"
    let rows = cells(try String(contentsOfFile: path, encoding: .utf8))
    let header = try #require(rows.first)
    func column(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let (site, colds) = (try column("site"), try column("cold_starts_count"))
    let invocations = try column("invocations_count")
    let (alive, running) = (try column("instances_mean"), try column("running_mean"))
    var sums = Sums()
    for row in rows.dropFirst() where row[0] == placement && row[site] == "all" {
      sums.coldStarts += try #require(Double(row[colds]))
      sums.invocations += try #require(Double(row[invocations]))
      sums.idle += try #require(Double(row[alive])) - (try #require(Double(row[running])))
    }
    try #require(sums.invocations > 0)
    return sums
  }

  /// The histogram has fewer cold starts than a fixed ten minutes at less idle memory (all functions have one size).
  @Test func theHistogramBeatsTenMinutesAtLessMemory() throws {
    let (fixed, hybrid) = (try sums("fixed-10"), try sums("hybrid-1h"))
    #expect(hybrid.coldStarts < 0.93 * fixed.coldStarts)
    #expect(hybrid.idle < fixed.idle)
  }

  /// Its full range has half as many, and pings fewest of all; both hold more memory.
  @Test func warmthIsBoughtWithMemory() throws {
    let (fixed, full, pinged) = (try sums("fixed-10"), try sums("hybrid-4h"), try sums("pinged"))
    #expect(full.coldStarts < 0.6 * fixed.coldStarts && full.idle > fixed.idle)
    #expect(pinged.coldStarts < full.coldStarts && pinged.idle > full.idle)
  }
}

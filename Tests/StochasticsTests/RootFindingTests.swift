import Stochastics
import Testing

/// Brent's method and its refusals.
@Suite struct RootFindingTests {
  @Test func findsRoots() throws {
    let root = try #require(RootFinding.brent(between: 0, and: 2) { $0 * $0 - 2 })
    #expect(abs(root - 1.414_213_562_373_095) < 1e-11)
    let shift = 0.3
    let steep = try #require(RootFinding.brent(between: -1, and: 1e6) { $0 * $0 * $0 - shift })
    #expect(abs(steep * steep * steep - shift) < 1e-9)
    #expect(RootFinding.brent(between: 0, and: 1) { $0 } == 0)
    #expect(RootFinding.brent(between: -1, and: 0) { $0 } == 0)
  }

  @Test func refusesWhatHasNoBracket() {
    #expect(RootFinding.brent(between: 1, and: 2) { $0 * $0 } == nil)
    #expect(RootFinding.brent(between: 2, and: 1) { $0 - 1.5 } == nil)
    #expect(RootFinding.brent(between: .nan, and: 1) { $0 } == nil)
    #expect(RootFinding.brent(between: -1, and: 1) { _ in .nan } == nil)
    #expect(RootFinding.brent(between: -1, and: 2) { abs($0) == 1 || $0 == 2 ? $0 : .nan } == nil)
  }
}

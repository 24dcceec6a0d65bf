import Testing
import Validation

/// The engine against queueing theory and published simulations, at a size that a test can afford.
///
/// A row fails when the expected value lies outside the interval that holds for all rows of the table jointly
/// (see `TheoryCheck`), or when its half-width is larger than the size of the check explains.
/// `perigee-benchmark theory` runs the same table at full size. Debug builds, many times slower, leave out the
/// cases that cannot be had for 100,000 requests.
@Suite struct TheoryTests {
  #if DEBUG
    static let check = TheoryCheck(share: 0.002, jobs: 1, replicationLimit: 12)
    static let requestLimit = 100_000.0
  #else
    static let check = TheoryCheck(share: 0.02, jobs: 1)
    static let requestLimit = Double.infinity
  #endif

  static let cases = TheoryTable.cases(share: check.share).filter { check.requestCount($0) <= requestLimit }

  @Test(arguments: cases)
  func agreesWithTheory(_ theory: TheoryCase) async throws {
    for verdict in try await Self.check.run(theory) {
      #expect(verdict.agrees, "\(verdict.sentence)")
      #expect(verdict.isSharpEnough(share: Self.check.share), "half-width: \(verdict.sentence)")
    }
  }

  #if !DEBUG
    /// AWS Lambda as measured in 2020 at ten rates: the error is that of the model, which independent programs share.
    @Test(arguments: [MeasuredLambda.Expiry.fixed, .calibrated])
    func missesMeasuredLambdaByNoMoreThanTheModelDoes(_ expiry: MeasuredLambda.Expiry) async throws {
      let errors = try await MeasuredLambda.errors(expiry, requests: 2_000_000, jobs: 1)
      #expect(errors.cold < expiry.bounds.cold)
      #expect(errors.instances < expiry.bounds.instances)
    }
  #endif

  /// The utilisation above which k edge sites queue more than one cloud site, found by simulation. In debug builds
  /// a few cases where few requests are enough; `perigee-benchmark inversions` has the intervals too.
  @Test(arguments: EdgeInversion.cases.indices)
  func findsWhereManySmallSitesQueueMore(_ index: Int) async throws {
    let (model, expected) = EdgeInversion.cases[index]
    #if DEBUG
      guard model.serviceRate == 13, model.sites == 5 else { return }
      let found = try #require(model.crossover(requests: 20_000))
      #expect(abs(found / expected - 1) < 0.06, "found \(found), expected \(expected)")
    #else
      let found = try #require(await model.crossover(requests: 150_000, seeds: 4, jobs: 1)).estimate
      #expect(
        abs(found / expected - 1) < EdgeInversion.tolerance, "found \(found), expected \(expected)")
    #endif
  }

  @Test func jointLevelHoldsForAllRowsTogether() {
    #expect(abs(TheoryCheck.jointLevel(rows: 1) - 0.99) < 1e-12)
    let level = TheoryCheck.jointLevel(rows: 2)
    #expect(abs(level * level - 0.99) < 1e-12)
  }
}

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
    /// AWS Lambda as measured in 2020 at ten rates: the error is that of the model, 14.8 % for cold starts and
    /// 3.2 % for instances in an independent simulation of it.
    @Test func missesMeasuredLambdaByNoMoreThanTheModelDoes() async throws {
      let errors = try await MeasuredLambda.errors(requests: 2_000_000, jobs: 1)
      #expect(errors.cold < MeasuredLambda.expectedErrors.cold + 1)
      #expect(errors.instances < 3.5)
    }
  #endif

  /// The utilisation above which k edge sites queue more than one cloud site, found by simulation. In debug builds
  /// a few cases where few requests are enough.
  @Test(arguments: EdgeInversion.cases.indices)
  func findsWhereManySmallSitesQueueMore(_ index: Int) throws {
    let (model, expected) = EdgeInversion.cases[index]
    #if DEBUG
      guard model.serviceRate == 13, model.sites == 5 else { return }
      let (requests, tolerance) = (20_000.0, 0.06)
    #else
      let (requests, tolerance) = (1_000_000.0, 0.02)
    #endif
    let found = try #require(model.crossover(requests: requests))
    #expect(abs(found / expected - 1) < tolerance, "found \(found), expected \(expected)")
  }

  @Test func jointLevelHoldsForAllRowsTogether() {
    #expect(abs(TheoryCheck.jointLevel(rows: 1) - 0.99) < 1e-12)
    let level = TheoryCheck.jointLevel(rows: 2)
    #expect(abs(level * level - 0.99) < 1e-12)
  }
}

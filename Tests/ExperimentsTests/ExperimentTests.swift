import Experiments
import ServerlessModel
import Testing

/// Replications, threads, scopes and the self-check.
struct ExperimentTests {
  /// Every figure that an experiment can be asked for.
  private func figures(_ result: ExperimentResult) -> [String] {
    result.plans.indices.flatMap { placement in
      let means = [Scope(), Scope(clients: 0), Scope(clients: 1), Scope(clients: 0, function: 0)].map {
        "\(result.meanLatency(of: placement, $0))"
      }
      let percentiles = [0.5, 0.99].map { "\(result.percentile($0, of: result.sections(of: placement)))" }
      return means + percentiles + [
        "\(result.availability(of: placement))", "\(result.coldStartRatio(of: placement, deployments: [0]))",
        "\(result.meanDifference(of: placement))", "\(result.pairedSections(of: placement))",
        "\(result.totals[placement].deployments)", "\(result.totals[placement].timeline)",
        "\(result.totals[placement].intervals)", "\(result.totals[placement].traffic)",
      ]
    }
  }

  /// Threads do not matter, whether they share out the replications or the placements of one.
  @Test(arguments: [1, 3])
  func jobsChangeNothing(_ replications: Int) async throws {
    let plans = [10.0, 25, 40].map { SmallPlans.plan(oneWay: $0, seconds: 100, populations: 2) }
    let one = try await SmallPlans.run(plans, replications: replications, jobs: 1)
    for jobs in [2, 4] {
      let other = try await SmallPlans.run(plans, replications: replications, jobs: jobs)
      #expect(other.digest == one.digest)
      #expect(figures(other) == figures(one))
    }
  }

  @Test func replicationsDiffer() async throws {
    let result = try await SmallPlans.run([SmallPlans.plan(oneWay: 10, seconds: 50)], replications: 4)
    #expect(Set(result.traces.map { $0[0].digest }).count == 4)
    #expect(result.totals[0].eventCount == result.traces.reduce(0) { $0 + $1[0].eventCount })
    #expect(result.kept.isEmpty)
    #expect(!result.isPaired)
    #expect(result.pairedSections(of: 0).isEmpty)
  }

  /// The sums are those of the replications; with very many of them several make up a section, and nothing is lost.
  @Test func manyReplicationsShareSections() async throws {
    let plans = [10.0, 25].map { SmallPlans.plan(oneWay: $0, seconds: 2) }
    var experiment = Experiment(plans: plans, replications: 2 * Experiment.mostSamples + 50, jobs: 2)
    experiment.keepsReplications = true
    let result = try await experiment.run()
    #expect(result.samples.count == Experiment.mostSamples)
    #expect(result.kept.count == experiment.replications)
    #expect(result.totals[0].requestCount == result.kept.reduce(0) { $0 + $1.runs[0].requestCount })
    let served = result.kept.flatMap { $0.runs[1].sections }.reduce(0) { $0 + $1.served }
    #expect(served > 0)
    #expect(result.sectionCounts(of: 1).reduce(0) { $0 + $1.served } == served)
    #expect(result.sections(of: 1).reduce(0) { $0 + $1.count } == UInt64(served))
    #expect(result.totals[1].series[0].served == served)
    let pairs = result.kept.flatMap { $0.paired[0] }.reduce(0) { $0 + $1.pairs }
    #expect(result.pairedSections(of: 1).reduce(0) { $0 + $1.pairs } == pairs)
    #expect(figures(ExperimentResult(plans: plans, replications: result.kept)) == figures(result))
    #expect(figures(try experiment.runBlocking()) == figures(result))
  }

  /// A scope takes in its own requests only, and the scopes make up the whole.
  @Test func scopes() async throws {
    let result = try await SmallPlans.run([SmallPlans.plan(oneWay: 10, populations: 2)], replications: 3)
    func served(_ scope: Scope) -> Int64 { result.sectionCounts(of: 0, scope).reduce(0) { $0 + $1.served } }
    let (all, first, second) = (served(Scope()), served(Scope(clients: 0)), served(Scope(clients: 1)))
    #expect(first > 0 && abs(Double(second) / Double(first) - 2) < 0.1)
    #expect(first + second == all)
    #expect(served(Scope(clients: 1, function: 0)) == second)
    #expect(served(Scope(function: 1)) == 0)
    #expect(result.totals[0].series.map(\.served) == [first, second])
    #expect(result.sections(of: 0, Scope(clients: 0)).reduce(0) { $0 + Int64($1.count) } == first)
    #expect(result.meanLatency(of: 0, Scope(function: 1)).estimate.isNaN)
    #expect(result.availability(of: 0).estimate == 1)
    let mean = result.meanLatency(of: 0)
    #expect(mean.count == 3 && mean.contains(mean.estimate) && mean.isBounded)
    let (median, tail) = (
      result.percentile(0.5, of: result.sections(of: 0)), result.percentile(0.99, of: result.sections(of: 0)))
    #expect(median.estimate < tail.estimate && median.estimate > 20)
  }

  @Test func aSingleReplicationIsCutInBatches() async throws {
    let result = try await SmallPlans.run([SmallPlans.plan(oneWay: 10)], replications: 1)
    let counts = result.sectionCounts(of: 0)
    #expect(counts.count == Experiment.batches)
    #expect(counts.allSatisfy { $0.served > 100 })
    #expect(result.meanLatency(of: 0).isBounded)
  }

  @Test func availabilityAndColdStarts() async throws {
    let result = try await SmallPlans.run([SmallPlans.plan(oneWay: 10, limit: 1)], replications: 3)
    let series = result.totals[0].series[0]
    #expect(series.throttled > 0)
    #expect(result.availability(of: 0).estimate == Double(series.served) / Double(series.ended))
    let deployment = result.totals[0].deployments[0]
    let expected = Double(deployment.coldStarts) / Double(deployment.invocations)
    #expect(result.coldStartRatio(of: 0, deployments: [0]).estimate == expected)
  }

  @Test func aStoppedRunIsInterrupted() async throws {
    let experiment = Experiment(plans: [SmallPlans.plan(oneWay: 10)], replications: 2, jobs: 2)
    let control = RunControl()
    control.stop()
    await #expect(throws: Interrupted.self) { try await experiment.run(control: control) }
    let counted = RunControl()
    let result = try await experiment.run(control: counted)
    #expect(counted.requestCount == result.totals[0].requestCount)
  }

  /// A run equals itself on other threads; a result from elsewhere is told apart, with the place named.
  @Test func selfCheck() async throws {
    let plans = [10.0, 40].map { SmallPlans.plan(oneWay: $0, seconds: 100, name: "at \($0)") }
    let experiment = Experiment(plans: plans, replications: 2, jobs: 1)
    let first = try await experiment.run()
    let verdict = try await SelfCheck.compare(experiment, first, jobs: 2)
    #expect(verdict == .same(digest: String(first.digest, radix: 16)))
    var strangers = plans
    strangers[1].deployments[0].keepAlive = 0
    let tampered = try await Experiment(plans: strangers, replications: 2, jobs: 1).run()
    guard case .different(let sentence) = try await SelfCheck.compare(experiment, tampered, jobs: 1) else {
      Issue.record("a different run passed the self-check")
      return
    }
    #expect(sentence.contains("placement 'at 40.0', replication 0"))
  }
}

import Catalog
import Experiments
import Foundation
import Pricing
import Reporting
import ScenarioFormat
import ServerlessModel

/// One scenario on its way from a file to tables.
struct ScenarioSession {
  let path: String
  let bytes: [UInt8]
  let scenario: CompiledScenario
  /// The plans to run, the baseline first.
  var plans: [Plan]
  let catalog: Catalog
  /// Warnings of validation, as a terminal shows them.
  let warnings: String
  /// The values set from outside, `PATH=VALUE`.
  let overrides: [String]
  /// The prices and costs, ready to be applied to several results.
  let settlement: Settlement

  /// Reads, checks and compiles a scenario.
  /// - Throws: `Failure` with everything that is wrong.
  ///
  /// - Parameter known: a catalog that has been read with the same overlays, to be used if it is the one that is named.
  static func load(
    _ path: String, _ input: InputOptions, seed: UInt64? = nil, replications: Int? = nil, catalog known: Catalog? = nil
  ) throws -> ScenarioSession {
    let bytes: [UInt8]
    do { bytes = try ScenarioFile.read(path) } catch { throw Failure.noInput(error.sentence) }
    var overrides: [Override] = []
    for text in input.overrides {
      do { overrides.append(try Override(text)) } catch { throw Failure.usage("--set: \(error.message)") }
    }
    // The manifest has the seed and the number of replications itself, wherever they are from.
    let written = overrides.map { "\($0.path)=\($0.value)" }
    if let seed { overrides.append(Override(path: "seed", value: String(seed))) }
    if let replications { overrides.append(Override(path: "replications", value: String(replications))) }
    let read = ScenarioReader.read(name: path, bytes: bytes, overrides: overrides)
    guard let spec = read.spec else {
      throw Failure(
        message: DiagnosticRenderer(texts: read.texts).render(allProblems(of: read, input)), exitCode: 65)
    }
    let catalog =
      if let known, known.name == spec.catalog.value { known } else {
        try load(catalog: spec.catalog, input.overlays, read.texts)
      }
    let outcome = ScenarioCompiler.compile(spec, catalog, allowLarge: input.allowLarge)
    let rendered = DiagnosticRenderer(texts: read.texts).render(read.diagnostics + outcome.diagnostics)
    guard let scenario = outcome.scenario else { throw Failure(message: rendered, exitCode: 65) }
    // What cannot be priced is said before anything is simulated.
    let settlement = try Settlement(catalog, scenario.costs, read.texts)
    return ScenarioSession(
      path: path, bytes: bytes, scenario: scenario, plans: scenario.placements.map(\.plan), catalog: catalog,
      warnings: rendered, overrides: written, settlement: settlement)
  }

  /// What is wrong with a scenario that cannot be decoded, and with the names in the part that can.
  private static func allProblems(of read: ScenarioReader.Outcome, _ input: InputOptions) -> [Diagnostic] {
    guard let partial = read.partial, Catalog.builtInNames.contains(partial.catalog.value),
      let catalog = try? Catalog.load(partial.catalog.value, overlays: input.overlays)
    else { return read.diagnostics }
    return read.diagnostics + ScenarioCompiler.furtherProblems(of: partial, catalog, besides: read.diagnostics)
  }

  private static func load(catalog name: Marked<String>, _ overlays: [String], _ texts: [ScenarioText]) throws
    -> Catalog
  {
    guard Catalog.builtInNames.contains(name.value) else {
      let diagnostic = Diagnostic(
        rule: "unknown-catalog", at: name.mark,
        "there is no catalog '\(name.value)'; known: \(Suggestion.list(Catalog.builtInNames))",
        suggestion: Suggestion.nearest(to: name.value, among: Catalog.builtInNames))
      throw Failure(message: DiagnosticRenderer(texts: texts).render([diagnostic]), exitCode: 65)
    }
    do { return try Catalog.load(name.value, overlays: overlays) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
    }
  }

  /// Runs all placements, writes the folder of results and says what to be careful about.
  func produceResults(_ options: RunOptions) async throws -> (ExperimentResult, ResultTables, Reckoned) {
    let directory = try ResultDirectory(base: options.out, scenario: scenario.name)
    try directory.prepare()
    if options.strict { try Settlement.requirePrices(of: plans) }
    let result = try await run(options)
    let reckoned = try reckon(result, isStrict: options.strict)
    let tables = ResultTables(
      result, readings: reckoned.readings, bill: reckoned.bill, ownership: reckoned.ownership)
    let files = tables.files + [ResultFile(scenario: bytes)]
    try directory.replace(with: files + [manifest(options).file(for: files)])
    if !options.quiet { Terminal.say(RunWarnings.text(of: result) + RunWarnings.text(of: reckoned.bill)) }
    return (result, tables, reckoned)
  }

  /// Runs all placements; the one named `baseline`, if given, comes first.
  func run(_ options: RunOptions) async throws -> ExperimentResult {
    let control = RunControl()
    let interrupts = Interrupts(control: control)
    defer { withExtendedLifetime(interrupts) {} }
    var experiment = Experiment(
      plans: plans, replications: scenario.replications, jobs: options.execution.threads)
    experiment.independent = options.independent
    let expected = scenario.expectedRequests * Double(plans.count * scenario.replications)
    let progress =
      !options.quiet && Terminal.showsProgress ? ProgressMeter(control: control, expected: expected) : nil
    let start = ContinuousClock.now
    do {
      let result = try await experiment.run(control: control)
      progress?.stop()
      if !options.quiet {
        report(result, since: start, threads: min(options.execution.threads, max(scenario.replications, 1)))
      }
      if options.verify { try await verify(experiment, result, options, control) }
      return result
    } catch is Interrupted {
      progress?.stop()
      throw Failure.interrupted
    }
  }

  /// One line about speed and memory. Wall-clock figures never enter a result file.
  private func report(_ result: ExperimentResult, since start: ContinuousClock.Instant, threads: Int) {
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let requests = result.totals.reduce(0) { $0 + $1.requestCount }
    let rate = Double(requests) / max(seconds, 1e-9) / Double(threads)
    Terminal.say(
      "simulated \(requests) requests in \(String(format: "%.3f", seconds)) s: \(Int(rate)) requests/s per core, "
        + "\(Terminal.peakMegabytes) MB\n")
  }

  /// Runs everything again with another number of threads.
  private func verify(
    _ experiment: Experiment, _ first: ExperimentResult, _ options: RunOptions, _ control: RunControl
  ) async throws {
    let jobs = options.execution.threads == 1 ? 2 : 1
    switch try await SelfCheck.compare(experiment, first, jobs: jobs, control: control) {
    case .same(let digest):
      if !options.quiet {
        Terminal.say(
          "verified: two runs, with \(options.execution.threads) and \(jobs) threads, agree in every event"
            + " (digest \(digest))\n"
        )
      }
    case .different(let sentence):
      throw Failure(
        message: "perigee: error: two runs of the same scenario differ: \(sentence)\n", exitCode: 70)
    }
  }

  /// The readings of all meters, and what they cost.
  func reckon(_ result: ExperimentResult, isStrict: Bool = false) throws -> Reckoned {
    try settlement.reckon(result, isStrict: isStrict)
  }

  /// What the folder of results says about its origin.
  func manifest(_ options: RunOptions) -> Manifest {
    Manifest(
      toolVersion: Perigee.version, scenario: scenario.name, scenarioText: bytes, seed: scenario.seed,
      replications: scenario.replications, catalog: catalog.name, catalogVersion: catalog.version,
      placements: plans.map(\.names.placement), overrides: overrides)
  }
}

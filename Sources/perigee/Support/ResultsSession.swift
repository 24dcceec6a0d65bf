import Catalog
import Pricing
import Reporting
import ScenarioFormat

/// Options about how a finished run is priced.
struct RepricingInput {
  /// `PATH=VALUE` of the scenario's `costs`.
  var overrides: [String]
  /// Directories laid over the built-in catalog.
  var overlays: [String]
}

/// A finished run with the costs and the catalog to price it with. Nothing is simulated.
struct ResultsSession {
  let run: FinishedRun
  let catalog: Catalog
  /// The values set when it was run and now.
  let overrides: [String]
  /// The prices and the costs, ready to be applied.
  let settlement: Settlement

  /// Reads a folder of results.
  /// - Throws: `Failure` for a folder that is no results, and for what cannot be set.
  static func load(_ path: String, _ input: RepricingInput) throws -> ResultsSession {
    let run: FinishedRun
    do { run = try FinishedRun(path: path) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: error.isMissingInput ? 66 : 65)
    }
    var overrides: [Override] = []
    for text in run.overrides { overrides.append(try Self.override(text)) }
    for text in input.overrides {
      let override = try Self.override(text)
      guard override.path == "costs" || override.path.hasPrefix("costs.") else {
        throw Failure.usage(
          "--set \(Neutral.terminal(override.path)): only 'costs' can be set without simulating again;"
            + " use 'perigee run' for the rest")
      }
      overrides.append(override)
    }
    let outcome = ScenarioReader.readCosts(
      name: "\(path)/\(ResultFile.scenarioName)", bytes: run.scenario, overrides: overrides)
    guard let costs = outcome.costs else {
      Terminal.say(outcome.rendered)
      throw Failure.badData
    }
    for name in costs.placementReferences where !run.placements.contains(name.value) {
      throw Failure(
        message: "perigee: error: costs: \(Suggestion.missing("placement", name.value, among: run.placements))\n",
        exitCode: 65)
    }
    let catalog: Catalog
    do { catalog = try Catalog.load(run.catalog.name, overlays: input.overlays) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
    }
    return ResultsSession(
      run: run, catalog: catalog, overrides: run.overrides + input.overrides,
      settlement: try Settlement(catalog, costs, outcome.texts))
  }

  private static func override(_ text: String) throws -> Override {
    do { return try Override(text) } catch { throw Failure.usage("--set: \(error.message)") }
  }

  /// What the run's readings cost.
  func reckon(isStrict: Bool = false) throws -> Reckoned {
    try settlement.reckon(run.readings, placements: run.placements, isStrict: isStrict)
  }
}

extension ResultsSession {
  /// The files that carry the prices, with a manifest of their own.
  func files(_ reckoned: Reckoned) -> [ResultFile] {
    let tables = [.meters(run.readings), reckoned.bill.table, reckoned.ownership.table]
    let files = tables.map { ResultFile($0) } + [ResultFile(scenario: run.scenario)]
    return files + [run.manifest(catalogVersion: catalog.version, overrides: overrides).file(for: files)]
  }
}

import ArgumentParser
import CAllocationCount
import Catalog
import Foundation
import ScenarioFormat
import ServerlessModel

/// Counts what the event loop allocates once it has reached its steady state.
struct AllocationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocations", abstract: "Allocations per million requests of every placement, in steady state.")

  @Argument(help: "Scenario files.")
  var files: [String]

  func run() throws {
    print("scenario, placement   allocations per million requests (second half of the run)")
    for file in files {
      let read = ScenarioReader.read(name: file, bytes: try ScenarioFile.read(file))
      guard let spec = read.spec else { throw CommandLineRun.Failure.rejected(read.rendered) }
      let catalog = try Catalog.load(spec.catalog.value)
      let outcome = ScenarioCompiler.compile(spec, catalog)
      guard let scenario = outcome.scenario else {
        throw CommandLineRun.Failure.rejected(DiagnosticRenderer(texts: read.texts).render(outcome.diagnostics))
      }
      for placement in scenario.placements {
        let half = UInt64(min(scenario.expectedRequests, 4_000_000) / 2)
        var world = World(plan: placement.plan, replication: 0)
        _ = world.run(untilArrival: half)
        let before = perigee_allocation_count()
        _ = world.run(untilArrival: half * 2 - half / 100)
        let spent = Double(perigee_allocation_count() - before)
        let requests = Double(world.arrivalCount - half)
        print("\(file), \(placement.name)", fixed(spent / requests * 1e6, 2))
      }
    }
  }
}

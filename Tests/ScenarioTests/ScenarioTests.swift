import CommandTestSupport
import Foundation
import Testing

@Suite struct ScenarioTests {
  /// The tables that are compared with their golden files.
  static let tables = ["summary.csv", "latency.csv", "cold_starts.csv", "cost.csv"]

  @Test func allScenariosAreFound() {
    let wanted: Set = [
      "hmac-hello", "web-api", "carrier-5g", "coldstart-study", "simfaas-table", "traffic-dilution",
      "edge-cut",
    ]
    #expect(wanted.isSubset(of: ShippedScenarios.names))
  }

  @Test(arguments: ShippedScenarios.names) func theScenarioIsValid(name: String) throws {
    let outcome = try Command.run("validate", ShippedScenarios.file(name), in: try Folder())
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(!outcome.errors.contains("error:"))
  }

  @Test(arguments: ShippedScenarios.names) func theScenarioOpensWithItsQuestion(name: String) throws {
    let text = try String(contentsOfFile: ShippedScenarios.file(name), encoding: .utf8)
    let comment = text.prefix { $0 != "\n" }
    #expect(comment.hasPrefix("# ") && comment.hasSuffix("?"))
    #expect(text.contains("\nscenario: \(name)\n"))
  }

  @Test(arguments: ShippedScenarios.names) func shortenedItGivesTheRecordedTables(name: String) throws {
    let folder = try Folder()
    let settings = ShippedScenarios.shortening(name).sorted { $0.key < $1.key }
    let arguments = ["run", ShippedScenarios.file(name), "--quiet", "--replications", "2", "--out", "out"]
    let outcome = try Command.run(
      arguments + settings.flatMap { ["--set", "\($0.key)=\($0.value)"] }, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    for table in Self.tables {
      let text = try folder.text("out/\(name)/\(table)")
      #expect(try Golden(beside: #filePath).difference(of: text, from: "\(name)/\(table)") == nil)
    }
  }
}

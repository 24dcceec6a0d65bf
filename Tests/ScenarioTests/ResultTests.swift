import CommandTestSupport
import Foundation
import Reporting
import Testing

@Suite struct ResultTests {
  /// Requests up to which a committed result is derived again here. `.ci/run` derives all of them.
  static let affordable: Int = {
    #if DEBUG
      return 50_000
    #else
      return 4_000_000
    #endif
  }()

  @Test(arguments: ShippedScenarios.results) func itIsOfAShippedScenario(name: String) {
    #expect(ShippedScenarios.names.contains(name))
  }

  @Test(arguments: ShippedScenarios.results) func theManifestDescribesItsFiles(name: String) throws {
    let path = "\(ShippedScenarios.root)/results/\(name)"
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/manifest.json"))
    let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let files = try #require(manifest["files"] as? [[String: Any]])
    for entry in files {
      let file = try #require(entry["name"] as? String)
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")))
      #expect(entry["bytes"] as? Int == bytes.count, "\(file)")
      #expect(entry["sha256"] as? String == Manifest.digest(bytes), "\(file)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
    #expect(names.sorted() == (files.compactMap { $0["name"] as? String } + ["manifest.json"]).sorted())
    let scenario = try #require(manifest["scenario"] as? [String: Any])
    let text = Array(try Data(contentsOf: URL(fileURLWithPath: ShippedScenarios.file(name))))
    #expect(
      scenario["sha256"] as? String == Manifest.digest(text), "the scenario has changed since; run it again")
  }

  @Test(arguments: ShippedScenarios.results) func aSmallOneIsDerivedAgainByteForByte(name: String) throws {
    let path = "\(ShippedScenarios.root)/results/\(name)"
    guard try requests(in: "\(path)/summary.csv") <= Self.affordable else { return }
    let folder = try Folder()
    let outcome = try Command.run("run", ShippedScenarios.file(name), "--quiet", "--out", "out", in: folder)
    #expect(outcome.code == 0)
    let derived = folder.files(in: "out/\(name)")
    for file in try FileManager.default.contentsOfDirectory(atPath: path) where !file.hasPrefix(".") {
      #expect(derived[file] == FileManager.default.contents(atPath: "\(path)/\(file)"), "\(file)")
    }
  }

  /// The requests of all placements in a summary.
  private func requests(in summary: String) throws -> Int {
    let rows = cells(try String(contentsOfFile: summary, encoding: .utf8))
    let column = try #require(rows.first?.firstIndex(of: "requests_count"))
    return try rows.dropFirst().map { try #require(Int($0[column])) }.reduce(0, +)
  }
}

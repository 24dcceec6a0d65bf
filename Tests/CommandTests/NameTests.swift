import CommandTestSupport
import Foundation
import Testing

@Suite struct NameTests {
  @Test func formulasAreTextInEveryCSV() throws {
    let folder = try Folder()
    try folder.write(Scenarios.oddNames, to: "odd.yaml")
    let outcome = try Command.run("run", "odd.yaml", "--quiet", "--format", "csv", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("\n'=1+1,") || outcome.output.contains("\r\n'=1+1,"))
    let files = folder.files(in: "results/odd").filter { $0.key.hasSuffix(".csv") }
    #expect(files.count == RunTests.resultFiles.filter { $0.hasSuffix(".csv") }.count)
    for (name, data) in files {
      let cells = String(decoding: data, as: UTF8.self).split(whereSeparator: { $0.isNewline || $0 == "," })
      for cell in cells where Double(cell) == nil {
        #expect(!["=", "+", "-", "@"].contains(cell.first), "\(name): \(cell)")
      }
    }
  }

  @Test func markupIsTextInMarkdown() throws {
    let folder = try Folder()
    try folder.write(Scenarios.oddNames, to: "odd.yaml")
    let outcome = try Command.run("run", "odd.yaml", "--quiet", "--format", "markdown", in: folder)
    #expect(outcome.output.contains("| a\\|&lt;img src=x&gt; |"))
    #expect(!outcome.output.contains("<"))
  }

  @Test func aTerminalIsNotMovedByANameOfAFile() throws {
    let outcome = try Command.run("validate", "\u{1B}[2Jx.yaml", in: try Folder())
    #expect(outcome.code == 66)
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  @Test(arguments: ["../up", ".hidden", "a/b"]) func aScenarioCannotWriteElsewhere(name: String) throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("run", "tiny.yaml", "--set", "scenario=\(name)", "--out", "r/s", in: folder)
    #expect(outcome.code == 65)
    #expect(!folder.names(in: "r").contains("up"))
    #expect(folder.names(in: "r/s").isEmpty)
  }
}

import Foundation
import Testing

/// The house rules that a program can check.
@Suite struct TidyTests {
  /// A word that has no place in some targets, and what to use instead.
  struct Ban: Sendable, CustomTestStringConvertible {
    let word: String
    let targets: Set<String>?
    let instead: String

    var testDescription: String { word }
  }

  static let programs: Set = ["perigee", "PerigeeBenchmark"]
  static let kernelAndModel: Set = ["SimulationKernel", "ServerlessModel"]
  static let pure: Set = ["SimulationKernel", "Stochastics", "Statistics", "ServerlessModel"]
  static let libraries = Set(SourceFile.sources.map(\.target)).subtracting(programs)

  static let bans = [
    Ban(word: "Date()", targets: libraries, instead: "the simulated clock"),
    Ban(word: "ContinuousClock", targets: libraries, instead: "the simulated clock"),
    Ban(word: "SuspendingClock", targets: libraries, instead: "the simulated clock"),
    Ban(word: "DispatchTime", targets: libraries, instead: "the simulated clock"),
    Ban(word: ".random(in:", targets: nil, instead: "a stream of Luck"),
    Ban(word: ".randomElement", targets: nil, instead: "a stream of Luck"),
    Ban(word: ".shuffled()", targets: nil, instead: "a stream of Luck"),
    Ban(word: "SystemRandomNumberGenerator", targets: nil, instead: "a stream of Luck"),
    Ban(word: ".hashValue", targets: libraries, instead: "RunDigest: Swift's hashes differ from run to run"),
    Ban(word: "fatalError", targets: nil, instead: "an error with a sentence"),
    Ban(word: "try!", targets: nil, instead: "an error with a sentence"),
    Ban(
      word: "import Foundation", targets: pure,
      instead: "the standard library, GSL or a file of a higher room"),
    Ban(word: "print(", targets: libraries, instead: "a value that the caller writes"),
  ]

  @Test func theSourcesAreFound() {
    #expect(SourceFile.sources.count > 100)
    #expect(Self.pure.isSubset(of: Self.libraries))
    #expect(SourceFile.all.count > SourceFile.sources.count)
  }

  @Test(arguments: bans) func bannedWords(ban: Ban) {
    for file in SourceFile.sources where ban.targets?.contains(file.target) ?? true {
      for line in file.code where line.text.contains(ban.word) {
        Issue.record("\(file.path):\(line.number): '\(ban.word)' is banned; use \(ban.instead)")
      }
    }
  }

  @Test func onlyStochasticsKnowsGSL() {
    for file in SourceFile.sources where file.target != "Stochastics" {
      for line in file.code where line.text.contains("import CGSL") || line.text.contains("gsl_") {
        Issue.record("\(file.path):\(line.number): GSL belongs to Stochastics")
      }
    }
  }

  @Test func kernelAndModelHaveNeitherExistentialsNorClasses() {
    for file in SourceFile.sources where Self.kernelAndModel.contains(file.target) {
      for (number, text) in file.code {
        let isFlagged = text.firstMatch(of: /\bany [A-Z]|\bclass [A-Z]/) != nil
        guard isFlagged, !file.lines[number - 1].contains("//") else { continue }
        Issue.record("\(file.path):\(number): an existential or a class, and no comment that says why")
      }
    }
  }

  @Test func nothingIsLeftForLater() {
    for file in SourceFile.all where file.target != "TidyTests" {
      for (number, line) in file.lines.enumerated() {
        for word in ["TODO", "FIXME"] where line.contains(word) {
          Issue.record("\(file.path):\(number + 1): \(word)")
        }
      }
    }
  }

  @Test func filesAndLinesAreShort() {
    for file in SourceFile.all {
      if file.lines.count > 401 {
        Issue.record("\(file.path) has \(file.lines.count - 1) lines; 400 are allowed")
      }
      for (number, line) in file.lines.enumerated() where line.count > 120 {
        Issue.record("\(file.path):\(number + 1) has \(line.count) columns; 120 are allowed")
      }
    }
  }

  @Test func linesHaveNoTabsAndNoSpacesAtTheirEnd() {
    for file in SourceFile.all {
      for (number, line) in file.lines.enumerated() where line.hasSuffix(" ") || line.contains("\t") {
        Issue.record("\(file.path):\(number + 1): a tab, or a space at the end")
      }
      if file.lines.last != "" { Issue.record("\(file.path) does not end with a line end") }
    }
  }

  /// Stored properties and cases whose name is their only explanation. The number may only fall.
  static let unexplainedProperties = 240

  @Test func whatOtherTargetsSeeIsExplained() {
    let declaration = /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public|package)\s+(?!import|extension)/
    var properties: [String] = []
    for file in SourceFile.sources {
      for (number, text) in file.code where text.firstMatch(of: declaration) != nil {
        guard !text.contains("init(") && !isExplained(file, number - 1) else { continue }
        let place = "\(file.path):\(number): no /// comment: \(text.trimmingCharacters(in: .whitespaces))"
        if text.firstMatch(of: /\b(let|var|case)\s/) != nil {
          properties.append(place)
        } else {
          Issue.record("\(place)")
        }
      }
    }
    let list = properties.joined(separator: "\n")
    #expect(properties.count <= Self.unexplainedProperties, "\(properties.count) properties:\n\(list)")
  }

  /// Whether a documentation comment stands above a declaration. One comment may explain several declarations of one
  /// line each that follow each other without an empty line.
  private func isExplained(_ file: SourceFile, _ index: Int) -> Bool {
    let indentation = file.lines[index].prefix { $0 == " " }
    for line in file.lines[..<index].reversed() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") { return true }
      let isNeighbour =
        line.hasPrefix(indentation) && (text.hasPrefix("package ") || text.hasPrefix("public "))
      guard text.hasPrefix("@") || isNeighbour && !text.hasSuffix("{") else { return false }
    }
    return false
  }

  @Test func theHouseHasNoStairsDown() throws {
    let order = [
      "SimulationKernel", "Stochastics", "Statistics", "Catalog", "ServerlessModel", "ScenarioFormat",
      "Pricing",
      "Experiments", "Reporting", "perigee",
    ]
    for file in SourceFile.sources {
      guard let floor = order.firstIndex(of: file.target) else { continue }
      for line in file.code where line.text.hasPrefix("import ") {
        let name = String(line.text.dropFirst("import ".count).prefix { !$0.isWhitespace })
        guard let imported = order.firstIndex(of: name), imported >= floor else { continue }
        Issue.record("\(file.path):\(line.number): \(file.target) looks up to \(name)")
      }
    }
  }
}

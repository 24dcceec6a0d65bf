import ScenarioFormat

/// A scenario text in which 1️⃣, 2️⃣ … mark the spots where diagnostics are expected.
struct MarkedScenario {
  let text: String
  /// The marked places, in the order of their numbers.
  let marks: [SourceMark]

  init(_ marked: String) {
    var text = ""
    var marks: [(Character, SourceMark)] = []
    var line = 1
    var column = 1
    for character in marked {
      if MarkedScenario.numbers.contains(character) {
        marks.append((character, SourceMark(line: line, column: column)))
        continue
      }
      text.append(character)
      if character == "\n" || character == "\r\n" {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.text = text
    self.marks = marks.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static let numbers: [Character] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]

  /// What reading the text gives.
  func read(_ overrides: [Override] = []) -> ScenarioReader.Outcome {
    ScenarioReader.read(name: "test.yaml", bytes: Array(text.utf8), overrides: overrides)
  }
}

import Glibc
import ScenarioFormat
import Testing

/// Small damage to good scenarios, ten thousand times: nothing may trap, and every failure is a diagnostic.
@Suite struct MutationFuzzTests {
  /// SplitMix64 with a fixed seed: the same damage in every run.
  private struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }
  }

  /// The shipped scenarios, the starter, and one of each form.
  private static var texts: [[UInt8]] {
    var texts = [ScenarioTexts.everything, ScenarioTexts.small, StarterScenario.text(name: "fuzz")].map {
      Array($0.utf8)
    }
    let directory = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scenarios"
    guard let handle = opendir(directory) else { return texts }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") { names.append(name) }
    }
    for name in names.sorted() {
      if let bytes = try? ScenarioFile.read(directory + "/" + name) { texts.append(bytes) }
    }
    return texts
  }

  @Test(arguments: 0..<10)
  func damagedScenariosNeverTrap(batch: Int) throws {
    let texts = Self.texts
    let catalog = try Compiled.catalog.get()
    var dice = Dice(state: 0xC0FFEE &+ UInt64(batch))
    var refused = 0
    var compiled = 0
    for _ in 0..<1_000 {
      var bytes = texts[dice.below(texts.count)]
      for _ in 0...dice.below(3) { Self.damage(&bytes, &dice) }
      let outcome = ScenarioReader.read(name: "fuzz.yaml", bytes: bytes)
      if let spec = outcome.spec {
        // Compiling builds tables; a sample of what is still valid is enough to go through every rule.
        guard compiled < 15, Self.isSmall(spec) else { continue }
        compiled += 1
        let compilation = ScenarioCompiler.compile(spec, catalog)
        #expect(compilation.scenario != nil || compilation.diagnostics.contains { $0.severity == .error })
      } else {
        refused += 1
        #expect(outcome.diagnostics.contains { $0.severity == .error })
        #expect(!outcome.rendered.isEmpty)
      }
    }
    #expect(refused > 100 && compiled > 10)
  }

  /// Whether compiling takes a moment only.
  private static func isSmall(_ spec: ScenarioSpec) -> Bool {
    for deployment in spec.placements.flatMap(\.functions) {
      if case .points(let count) = deployment.place, count.value > 1_000 { return false }
    }
    return true
  }

  private static let tokens = [
    ": ", "- ", "{", "}", "[", "]", ", ", "'", "\"", "#", "&a ", "*a", "!!str ", "|", ">", "?", "\n", "\t",
    "  ", "0", "-", "1e9",
    "ms", "/s", "MB", "nearest ", "none", "null", "~", "us-east-1", "lambda", "\u{0}", "\u{FEFF}", "é", "🦄",
  ].map { Array($0.utf8) }

  private static func damage(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard bytes.count > 8 else { return }
    switch dice.below(7) {
    case 0: bytes[dice.below(bytes.count)] ^= UInt8(1 << dice.below(8))
    case 1: bytes[dice.below(bytes.count)] = UInt8(dice.below(256))
    case 2:
      let token = tokens[dice.below(tokens.count)]
      bytes.insert(contentsOf: token, at: dice.below(bytes.count))
    case 3:
      let start = dice.below(bytes.count - 4)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + dice.below(12)))
    case 4, 5:
      var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
      let line = dice.below(lines.count)
      if dice.below(2) == 0 {
        lines.remove(at: line)
      } else {
        lines.insert(lines[dice.below(lines.count)], at: line)
      }
      bytes = Array(lines.joined(separator: [10]))
    default:
      var words = bytes.split(separator: 32, omittingEmptySubsequences: false).map(Array.init)
      words.swapAt(dice.below(words.count), dice.below(words.count))
      bytes = Array(words.joined(separator: [32]))
    }
  }
}

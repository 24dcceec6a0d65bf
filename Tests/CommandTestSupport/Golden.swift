import Foundation

/// Files that a test's output is compared with. `RECORD=1` in the environment writes them anew, and the test fails,
/// so that nobody records by accident.
package struct Golden {
  private let folder: URL

  /// The folder `Golden` beside a test's source file.
  package init(beside file: String) {
    folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
  }

  /// What differs between a text and its golden file, in one sentence; `nil` when they are equal.
  package func difference(of text: String, from name: String) throws -> String? {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return "\(name) is recorded; look at it and run again without RECORD"
    }
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
      return "\(name) is missing; RECORD=1 writes it"
    }
    return golden == text ? nil : Self.sentence(name, golden, text)
  }

  private static func sentence(_ name: String, _ golden: String, _ text: String) -> String {
    let (wanted, found) = (golden.split(separator: "\n"), text.split(separator: "\n"))
    for (number, pair) in zip(wanted, found).enumerated() where pair.0 != pair.1 {
      return "\(name): line \(number + 1) should be\n  \(pair.0)\nand is\n  \(pair.1)"
    }
    return "\(name) should have \(wanted.count) lines and has \(found.count)"
  }
}

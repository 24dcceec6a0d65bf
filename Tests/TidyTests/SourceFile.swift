import Foundation

/// A Swift file of the project, line by line.
struct SourceFile: Sendable {
  /// The path inside the project.
  let path: String
  /// The lines without their ends.
  let lines: [Substring]

  /// The folder below `Sources` or `Tests`.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The lines without comments and the text of string literals, each with its number from 1.
  let code: [(number: Int, text: String)]

  private init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var isInLongString = false
    code = lines.enumerated().map { number, line in (number + 1, Self.code(of: line, &isInLongString)) }
  }

  /// The project's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// All files below `Sources`.
  static let sources = files(below: "Sources")
  /// All files below `Sources` and `Tests`.
  static let all = sources + files(below: "Tests")

  private static func files(below folder: String) -> [SourceFile] {
    let paths =
      FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8) else {
        return nil
      }
      return SourceFile(path: "\(folder)/\(path)", text: text)
    }
  }

  /// A line with its comment cut off and its string literals emptied.
  private static func code(of line: Substring, _ isInLongString: inout Bool) -> String {
    if !isInLongString && !line.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "/") })
    {
      return String(line)
    }
    var result = ""
    var rest = line
    var isInString = false
    while let character = rest.first {
      if rest.hasPrefix("\"\"\"") {
        isInLongString.toggle()
        rest = rest.dropFirst(3)
        continue
      }
      if isInLongString {
        rest = rest.dropFirst()
        continue
      }
      if isInString && character == "\\" {
        rest = rest.dropFirst(2)
        continue
      }
      if character == "\"" { isInString.toggle() }
      if !isInString && rest.hasPrefix("//") { break }
      if !isInString || character == "\"" { result.append(character) }
      rest = rest.dropFirst()
    }
    return result
  }
}

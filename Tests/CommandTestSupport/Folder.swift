import Foundation

/// A temporary folder that goes when nobody uses it any more.
package final class Folder {
  /// The absolute path.
  package let path: String

  /// Makes an empty folder.
  package init() throws {
    let name = "perigee-tests-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file.
  package func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  /// The text of a file.
  package func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// The files of a folder inside, by name; empty when it is not there.
  package func files(in name: String) -> [String: Data] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)")) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, FileManager.default.contents(atPath: "\(path)/\(name)/\($0)") ?? Data())
      })
  }

  /// The names in a folder inside, hidden ones too, sorted.
  package func names(in name: String = ".") -> [String] { files(in: name).keys.sorted() }

  /// A new file, open for writing.
  func handle(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: nil)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}

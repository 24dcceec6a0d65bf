internal import Glibc

/// Why a file cannot be read: no scenario is at fault, so there is no line to show.
package struct FileProblem: Error, Sendable {
  package let path: String
  package let sentence: String
  /// Whether the file is not there at all.
  package let isMissing: Bool
}

/// Reads whole files up to a limit, so that a device or a mistaken archive cannot fill the memory.
package enum ScenarioFile {
  /// The bytes of a file, or the first `limit` + 1 of a longer one.
  package static func read(_ path: String, limit: Int = ScenarioText.maximumBytes) throws(FileProblem)
    -> [UInt8]
  {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw problem(path, code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let wanted = min(buffer.count, limit + 1 - bytes.count)
      let count = Glibc.read(descriptor, &buffer, wanted)
      if count < 0 {
        if errno == EINTR { continue }
        throw problem(path, code: errno)
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  private static func problem(_ path: String, code: Int32) -> FileProblem {
    let sentence =
      switch code {
      case ENOENT, ENOTDIR: "there is no file '\(path.shortened)'"
      case EACCES, EPERM: "the file '\(path.shortened)' may not be read; its permissions forbid it"
      case EISDIR: "'\(path.shortened)' is a directory; name a scenario file in it"
      default: "the file '\(path.shortened)' cannot be read: \(String(cString: strerror(code)))"
      }
    return FileProblem(path: path, sentence: sentence, isMissing: code == ENOENT || code == ENOTDIR)
  }
}

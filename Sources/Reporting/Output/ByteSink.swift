import Foundation

/// An open file, pipe or terminal that bytes are written to, all or an error.
package struct ByteSink: Sendable {
  /// The process's standard output.
  package static let standardOutput = ByteSink(descriptor: STDOUT_FILENO, path: "standard output")
  /// The process's standard error.
  package static let standardError = ByteSink(descriptor: STDERR_FILENO, path: "standard error")

  let descriptor: CInt
  let path: String

  /// Writes to an open descriptor; `path` is what errors call it.
  package init(descriptor: CInt, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Makes a closed pipe, and a file beyond the user's limit, an error of the write instead of a signal that
  /// ends the process.
  package static func ignoreSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes a text as UTF-8.
  package func write(_ text: String) throws(OutputError) {
    try write(Array(text.utf8))
  }

  /// Writes all bytes, in as many calls as it takes.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        start += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&entry, 1, -1)
      case let code: throw OutputError(errno: code, path: path)
      }
    }
  }

  /// Creates a file that must not exist, writes it and makes sure that it is on the disk.
  ///
  /// - Parameter name: what errors call it.
  static func create(_ path: String, bytes: [UInt8], name: String) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw OutputError(errno: errno, path: name) }
    do throws(OutputError) {
      try ByteSink(descriptor: descriptor, path: name).write(bytes)
      guard fsync(descriptor) == 0 else { throw OutputError(errno: errno, path: name) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw OutputError(errno: errno, path: name) }
  }
}

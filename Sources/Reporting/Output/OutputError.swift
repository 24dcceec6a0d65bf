import Foundation

/// Why results could not be written.
package enum OutputError: Error, Equatable {
  /// A place that cannot be written to.
  case cannotWrite(path: String, reason: String)
  /// The disk, or the user's share of it, is full.
  case diskFull(path: String)
  /// Writing began and did not end well.
  case interruptedWriting(path: String, reason: String)
  /// A folder that holds something else than results; they would be overwritten.
  case notResults(path: String)
  /// A name, or a path, that cannot be a folder of results.
  case unusableName(String)
  /// The reader of a pipe has gone: nothing is wrong, there is nobody left to write for.
  case closedPipe

  /// The error that a system call left behind while it worked on `path`.
  init(errno code: CInt, path: String) {
    let reason = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT: self = .diskFull(path: path)
    case EPIPE: self = .closedPipe
    case EIO, EFBIG, EINVAL: self = .interruptedWriting(path: path, reason: reason)
    default: self = .cannotWrite(path: path, reason: reason)
    }
  }

  /// The exit code of the command, after sysexits.h: 73 cannot create, 74 input or output, 65 bad data.
  package var exitCode: Int32 {
    switch self {
    case .cannotWrite, .notResults: 73
    case .diskFull, .interruptedWriting: 74
    case .unusableName: 65
    case .closedPipe: 0
    }
  }

  /// Whether the user should not be told: a closed pipe is what they asked for.
  package var isSilent: Bool { self == .closedPipe }
}

extension OutputError: CustomStringConvertible {
  /// One sentence for the user.
  package var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "cannot write '\(Neutral.terminal(path))': \(reason)"
    case .diskFull(let path):
      "no space left on the disk for '\(Neutral.terminal(path))'\(Self.reassurance(path))"
    case .interruptedWriting(let path, let reason):
      "writing '\(Neutral.terminal(path))' stopped: \(reason)\(Self.reassurance(path))"
    case .notResults(let path):
      "'\(Neutral.terminal(path))' holds no results of Perigee's; choose an empty or a new folder"
    case .unusableName(let name):
      "'\(Neutral.terminal(name))' cannot name a folder of results; use letters, digits, '-' and '_'"
    case .closedPipe:
      "the reader of the output has gone"
    }
  }

  /// What a failed write of results leaves; a stream has nothing to keep.
  private static func reassurance(_ path: String) -> String {
    let streams = [ByteSink.standardOutput.path, ByteSink.standardError.path]
    return streams.contains(path) ? "" : "; earlier results are unchanged"
  }
}

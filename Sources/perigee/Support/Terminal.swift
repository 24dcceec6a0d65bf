import Foundation
import Reporting

/// What is known about the terminal, and a few words to it.
enum Terminal {
  /// Columns of the terminal that standard output goes to; `nil` when it is not a terminal.
  static var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Whether standard error is a terminal, so that progress may be shown.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Peak resident memory of this process, MB.
  static var peakMegabytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1024
  }

  /// Writes to standard error; a closed one is no reason to stop.
  static func say(_ text: String) { try? ByteSink.standardError.write(text) }
}

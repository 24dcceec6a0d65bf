import Reporting

/// Why a command ends with an exit code other than 0.
struct Failure: Error {
  /// What to say on standard error; `nil` = it has been said, or nobody listens.
  let message: String?
  let exitCode: Int32

  /// An objective is not met.
  static let objectiveNotMet = Failure(message: nil, exitCode: 1)
  /// Diagnostics have been printed.
  static let badData = Failure(message: nil, exitCode: 65)
  /// Stopped by the user.
  static let interrupted = Failure(
    message: "perigee: interrupted; previous results are untouched\n", exitCode: 130)

  init(message: String?, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  /// Bad usage of the command line.
  static func usage(_ sentence: String) -> Failure {
    Failure(message: "perigee: error: \(sentence)\n", exitCode: 64)
  }

  /// There is no such input.
  static func noInput(_ sentence: String) -> Failure {
    Failure(message: "perigee: error: \(sentence)\n", exitCode: 66)
  }

  /// Something cannot be written.
  init(_ problem: OutputError) {
    message = problem.isSilent ? nil : "perigee: error: \(problem)\n"
    exitCode = problem.exitCode
  }

  /// Says it on standard error.
  func report() {
    guard let message else { return }
    // If standard error is closed there is nobody left to tell.
    try? ByteSink.standardError.write(message)
  }
}

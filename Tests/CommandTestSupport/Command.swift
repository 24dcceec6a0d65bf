import Foundation

/// A run of the `perigee` that was built beside the tests.
package struct Command {
  /// What a process left behind.
  package struct Outcome: Sendable {
    /// The exit code, or 128 + the number of the signal that ended the process, as a shell counts.
    package let code: Int32
    /// What it wrote to standard output.
    package let output: String
    /// What it wrote to standard error.
    package let errors: String
  }

  /// The program under test.
  package static let program: String = {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? .main
      return bundle.bundleURL.deletingLastPathComponent().appendingPathComponent("perigee").path
    #else
      return Bundle.main.bundleURL.appendingPathComponent("perigee").path
    #endif
  }()

  /// Runs `perigee` with these arguments in a folder.
  package static func run(_ arguments: String..., in folder: Folder) throws -> Outcome {
    try start(arguments, in: folder).finish()
  }

  /// Runs `perigee` with these arguments in a folder.
  package static func run(_ arguments: [String], in folder: Folder) throws -> Outcome {
    try start(arguments, in: folder).finish()
  }

  /// Runs a line of shell in a folder; `$PERIGEE` is the program under test.
  package static func shell(_ line: String, in folder: Folder) throws -> Outcome {
    try start(["-c", line], of: "/bin/sh", in: folder).finish()
  }

  /// Starts `perigee` without waiting for its end.
  package static func start(_ arguments: [String], in folder: Folder) throws -> Command {
    try start(arguments, of: program, in: folder)
  }

  private static func start(_ arguments: [String], of program: String, in folder: Folder) throws -> Command {
    let command = Command(streams: try Folder(), process: Process())
    let process = command.process
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "80", "PERIGEE": Self.program]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try command.streams.handle("output")
    process.standardError = try command.streams.handle("errors")
    try process.run()
    watchdog.asyncAfter(deadline: .now() + 120) { if process.isRunning { process.terminate() } }
    return command
  }

  /// Ends what hangs, so that a test fails instead of waiting for ever.
  private static let watchdog = DispatchQueue(label: "watchdog")

  /// Standard output and standard error go to files: a pipe that nobody empties would stop the process.
  private let streams: Folder
  /// The process.
  package let process: Process

  /// Waits for the end.
  package func finish() throws -> Outcome {
    process.waitUntilExit()
    let code = process.terminationStatus
    return Outcome(
      code: process.terminationReason == .uncaughtSignal ? 128 + code : code,
      output: try streams.text("output"), errors: try streams.text("errors"))
  }

  /// Sends a signal.
  package func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until the process catches `signal`, or has ended.
  package func awaitHandler(of signal: Int32) {
    let bit = UInt64(1) << UInt64(signal - 1)
    while process.isRunning {
      #if os(Linux)
        let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let mask = status?.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.dropFirst(7)
        let caught = mask.flatMap { UInt64($0.drop { $0.isWhitespace }, radix: 16) } ?? 0
        if caught & bit != 0 { return }
        usleep(2_000)
      #else
        sleep(3)
        return
      #endif
    }
  }
}

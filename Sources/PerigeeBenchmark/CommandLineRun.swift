import Foundation

/// Runs of the `perigee` that was built beside this program.
enum CommandLineRun {
  /// Wall-clock seconds since an instant.
  static func seconds(since start: ContinuousClock.Instant) -> Double {
    let time = ContinuousClock.now - start
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  /// Invocations per second of the whole command on the floor's model, one thread, all measurements, start-up and
  /// result files included.
  static func scalePerRequest(_ model: FloorModel, rate: Double, invocations: Int, seed: Int) throws -> Double {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("perigee-benchmark-\(getpid())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appendingPathComponent("floor.yaml")
    let text = """
      scenario: floor
      seed: \(seed)
      duration: \(Int(Double(invocations) / rate)) s
      replications: 1
      clients:
        callers: {at: us-east-1, arrivals: {poisson: {rate: \(rate)/s}}, calls: work, timeout: none}
      functions:
        work:
          memory: 128 MB
          work: {exponential: {mean: \(model.warmMean) s}}
          firstWork: {exponential: {mean: \(model.coldMean) s}}
      placements:
        here:
          work:
            platform: {like: scale-per-request, keepAlive: \(Int(model.expiry)) s, selection: most-recently-used}
            at: us-east-1
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    let start = ContinuousClock.now
    try run(["run", file.path, "--jobs", "1", "--quiet", "--out", directory.appendingPathComponent("results").path])
    return Double(invocations) / seconds(since: start)
  }

  /// Requests per second and core that a run of a scenario file reports.
  static func scenario(_ file: String) throws -> Double {
    let out = FileManager.default.temporaryDirectory.appendingPathComponent("perigee-benchmark-\(getpid())")
    defer { try? FileManager.default.removeItem(at: out) }
    let report = try run(["run", file, "--jobs", "1", "--out", out.path])
    let marker = "s: "
    guard let line = report.split(separator: "\n").last(where: { $0.hasPrefix("simulated ") }),
      let rate = line.range(of: marker).map({ line[$0.upperBound...] })?.prefix(while: { $0.isNumber }),
      let value = Double(rate)
    else { throw Failure.noReport(report) }
    return value
  }

  enum Failure: Error, CustomStringConvertible {
    /// A scenario with errors, as they are shown.
    case rejected(String)
    /// The command line has not told its speed, but said this.
    case noReport(String)
    case exit(Int32, String)

    var description: String {
      switch self {
      case .rejected(let diagnostics): "the scenario cannot be run\n\(diagnostics)"
      case .noReport(let said): "perigee has not told its speed\n\(said)"
      case .exit(let code, let said): "perigee ended with \(code)\n\(said)"
      }
    }
  }

  @discardableResult
  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("perigee")
    process.arguments = arguments
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure.exit(process.terminationStatus, text) }
    return text
  }
}

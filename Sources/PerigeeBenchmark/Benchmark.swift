import ArgumentParser

/// Speed beside a minimal C program, and the engine beside theory at full size.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perigee-benchmark",
    abstract: "Speed beside a minimal C program, and the engine beside theory.",
    discussion: "Speeds are ratios to that program, never lone times, because the speed of machines drifts.",
    subcommands: [
      RatiosCommand.self, ScenariosCommand.self, QueueCommand.self, AllocationsCommand.self,
      TheoryCommand.self, InversionsCommand.self, LambdaCommand.self,
    ],
    defaultSubcommand: RatiosCommand.self)
}

/// How long speeds are measured.
struct SpeedOptions: ParsableArguments {
  @Option(help: "Rounds of alternate measurements; their median counts.")
  var rounds = 5

  @Option(help: "Invocations of a measurement.")
  var invocations = 10_000_000

  func validate() throws {
    if rounds < 1 { throw ValidationError("--rounds is \(rounds); it must be at least 1") }
    if invocations < 1 { throw ValidationError("--invocations is \(invocations); it must be at least 1") }
  }
}

/// How large a check against theory is.
struct CheckOptions: ParsableArguments {
  @Option(help: "Size as a share of the full one, %.")
  var percent = 100.0

  @Option(help: "Threads to use; results do not depend on it.")
  var jobs = 2

  /// Size as a share of the full one.
  var share: Double { percent / 100 }

  func validate() throws {
    if percent.isNaN || percent <= 0 { throw ValidationError("--percent is \(percent); it must be above 0") }
    if !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); it must be from 1 to 1024") }
  }
}

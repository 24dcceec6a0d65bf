import CFloor
import Foundation

/// `perigee-benchmark [ratios|queue|scenarios FILE…|allocations FILE…] [--rounds N] [--invocations N]`: prints ratios
/// to the floor, never lone times, because the machine's speed drifts. `theory [NAME]` checks the engine,
/// `inversions` and `lambda` are parts of it (`--percent N`, `--jobs N`), `allocations` counts what the event loop
/// allocates in its steady state.
@main
struct Benchmark {
  static let model = FloorModel(warmMean: 1.991, coldMean: 2.244, expiry: 600)

  static func main() async throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let rounds = option("--rounds", in: &arguments) ?? 5
    let invocations = option("--invocations", in: &arguments) ?? 10_000_000
    let percent = option("--percent", in: &arguments) ?? 100
    let jobs = option("--jobs", in: &arguments) ?? 2
    switch arguments.first ?? "ratios" {
    case "ratios": try ratios(rounds: rounds, invocations: invocations)
    case "queue": QueueBenchmark.run()
    case "scenarios": try scenarios(Array(arguments.dropFirst()), rounds: rounds, invocations: invocations)
    case "allocations": try AllocationBenchmark.run(Array(arguments.dropFirst()))
    case "theory":
      try await TheoryCommand.run(percent: Double(percent), jobs: jobs, filter: arguments.dropFirst().first)
    case "inversions":
      let requests = InversionCommand.requests * Double(percent) / 100
      if await !InversionCommand.run(requests: requests, jobs: jobs) { exit(1) }
    case "lambda":
      try await TheoryCommand.measuredLambda(requests: 2e5 * Double(percent), jobs: jobs)
    default:
      FileHandle.standardError.write(
        Data(
          """
          usage: perigee-benchmark [ratios|queue|scenarios FILE…|allocations FILE…|theory [NAME]|inversions|lambda]
                                   [--rounds N] [--invocations N] [--percent N] [--jobs N]

          """.utf8))
      exit(64)
    }
  }

  /// Takes `--name N` out of the arguments.
  private static func option(_ name: String, in arguments: inout [String]) -> Int? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    let value = Int(arguments[place + 1])
    arguments.removeSubrange(place...place + 1)
    return value
  }

  /// Floor, bare kernel and command line on the same model, alternately.
  private static func ratios(rounds: Int, invocations: Int) throws {
    print("rate/s   floor inv/s   kernel/floor   cli/floor   (medians of \(rounds), alternately)")
    for rate in [0.9, 100, 10_000] {
      var floors: [Double] = []
      var kernels: [Double] = []
      var clis: [Double] = []
      for round in 0..<rounds {
        floors.append(model.floor(rate: rate, invocations: invocations, seed: UInt64(round + 1)))
        kernels.append(model.kernel(rate: rate, invocations: invocations, seed: UInt64(round + 1)))
        clis.append(
          try CommandLineRun.scalePerRequest(model, rate: rate, invocations: invocations, seed: round + 1))
      }
      let kernel = median(zip(kernels, floors).map { $0 / $1 })
      let cli = median(zip(clis, floors).map { $0 / $1 })
      let label = rate < 1 ? fixed(rate, 1) : fixed(rate, 0)
      print(
        pad(label, 6), pad(fixed(median(floors), 0), 13), pad(fixed(kernel, 3), 14), pad(fixed(cli, 3), 11))
    }
  }

  /// Requests per second and core of whole scenarios, beside the floor at 100 arrivals per second.
  private static func scenarios(_ files: [String], rounds: Int, invocations: Int) throws {
    print("scenario   requests/s per core ÷ floor at 100/s   (medians of \(rounds), alternately)")
    for file in files {
      var values: [Double] = []
      for round in 0..<rounds {
        let floor = model.floor(rate: 100, invocations: invocations, seed: UInt64(round + 1))
        values.append(try CommandLineRun.scenario(file) / floor)
      }
      print(file, fixed(median(values), 3))
    }
  }
}

/// The model that the floor, the kernel and the command line have in common.
struct FloorModel {
  /// Mean service times, and idle time after which an instance expires, s.
  var warmMean: Double
  var coldMean: Double
  var expiry: Double

  /// Invocations per second of the floor.
  func floor(rate: Double, invocations: Int, seed: UInt64) -> Double {
    let result = perigee_floor(rate, warmMean, coldMean, expiry, UInt64(invocations), seed)
    return Double(result.invocations) / result.seconds
  }

  /// Invocations per second of the bare kernel.
  func kernel(rate: Double, invocations: Int, seed: UInt64) -> Double {
    var kernel = KernelModel()
    let start = ContinuousClock.now
    kernel.run(
      rate: rate, warmMean: warmMean, coldMean: coldMean, expiry: expiry, invocations: UInt64(invocations),
      seed: seed)
    return Double(invocations) / CommandLineRun.seconds(since: start)
  }
}

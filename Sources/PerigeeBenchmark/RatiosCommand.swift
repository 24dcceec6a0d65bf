import ArgumentParser

/// `perigee-benchmark ratios`: floor, bare kernel and command line on the same model, alternately.
struct RatiosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ratios", abstract: "Kernel and command line beside the floor, at three arrival rates.")

  @OptionGroup var speed: SpeedOptions

  func run() throws {
    let model = FloorModel.published
    print("rate/s   floor inv/s   kernel/floor   cli/floor   (medians of \(speed.rounds), alternately)")
    for rate in [0.9, 100, 10_000] {
      var floors: [Double] = []
      var kernels: [Double] = []
      var clis: [Double] = []
      for round in 0..<speed.rounds {
        floors.append(model.floor(rate: rate, invocations: speed.invocations, seed: UInt64(round + 1)))
        kernels.append(model.kernel(rate: rate, invocations: speed.invocations, seed: UInt64(round + 1)))
        clis.append(
          try CommandLineRun.scalePerRequest(model, rate: rate, invocations: speed.invocations, seed: round + 1))
      }
      let kernel = median(zip(kernels, floors).map { $0 / $1 })
      let cli = median(zip(clis, floors).map { $0 / $1 })
      let label = rate < 1 ? fixed(rate, 1) : fixed(rate, 0)
      print(
        pad(label, 6), pad(fixed(median(floors), 0), 13), pad(fixed(kernel, 3), 14), pad(fixed(cli, 3), 11))
    }
  }
}

/// `perigee-benchmark scenarios`: whole scenarios beside the floor at 100 arrivals per second.
struct ScenariosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenarios", abstract: "Requests per second and core of scenarios beside the floor at 100/s.")

  @Argument(help: "Scenario files.")
  var files: [String]

  @OptionGroup var speed: SpeedOptions

  func run() throws {
    print("scenario   requests/s per core ÷ floor at 100/s   (medians of \(speed.rounds), alternately)")
    for file in files {
      var values: [Double] = []
      for round in 0..<speed.rounds {
        let floor = FloorModel.published.floor(rate: 100, invocations: speed.invocations, seed: UInt64(round + 1))
        values.append(try CommandLineRun.scenario(file) / floor)
      }
      print(file, fixed(median(values), 3))
    }
  }
}

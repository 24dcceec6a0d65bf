import CommandTestSupport

/// Scenarios small enough for a test.
enum Scenarios {
  /// About 1,200 requests for each of two placements.
  static let tiny = """
    scenario: tiny
    seed: 7
    duration: 2 min
    warmup: 10 s
    replications: 2
    clients:
      web:
        cities: [london, paris]
        access: fibre
        arrivals: {poisson: {rate: 5/s}}
        calls: hello
    functions:
      hello: {runtime: nodejs, memory: 256 MB, package: 1 MB, request: 1 KB, response: 2 KB, work: 3 ms}
    placements:
      near: {hello: {platform: lambda, at: eu-west-2}}
      far: {hello: {platform: lambda, at: us-east-1}}
    objectives:
      - {metric: latency.p95, below: 10 s}

    """

  /// Names that a spreadsheet would calculate and a page would render.
  static let oddNames = """
    scenario: odd
    seed: 7
    duration: 1 min
    warmup: 0 s
    replications: 1
    clients:
      "@web<b>": {cities: [london], access: fibre, arrivals: {poisson: {rate: 2/s}}, calls: "-1+1"}
    functions:
      "-1+1": {runtime: nodejs, memory: 256 MB, package: 1 MB, request: 1 KB, response: 2 KB, work: 3 ms}
    placements:
      "=1+1": {"-1+1": {platform: lambda, at: eu-west-2}}
      "a|<img src=x>": {"-1+1": {platform: lambda, at: us-east-1}}

    """

  /// Instances come one every 20 s, so that a queue builds up first and is worked off within ten minutes.
  static let settling = """
    scenario: settling
    seed: 7
    duration: 40 min
    warmup: 0 s
    replications: 1
    clients:
      web: {cities: [london], access: fibre, arrivals: {poisson: {rate: 10/s}}, calls: hello}
    functions:
      hello: {memory: 256 MB, request: 1 KB, response: 2 KB, work: {exponential: {mean: 1 s}}}
    placements:
      slow:
        hello:
          platform: {like: scale-per-request, whenFull: queue, scaling: {add: 1, every: 20 s}, keepAlive: 600 s}
          at: eu-west-2

    """

  /// Arguments that make the tiny scenario run for minutes.
  static let long = ["--set", "duration=100000 h", "--allow-large"]

  /// A folder with `tiny.yaml` in it.
  static func tinyFolder() throws -> Folder {
    let folder = try Folder()
    try folder.write(tiny, to: "tiny.yaml")
    return folder
  }
}

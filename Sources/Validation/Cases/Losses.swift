import Stochastics

/// Requests that are refused: Erlang B, finite waiting rooms, token buckets.
enum Losses {
  static let cases: [TheoryCase] = withoutRoom + withRoom + buckets

  /// M/G/c/c, mean service 1: Erlang B, whatever the service law.
  private static let withoutRoom: [TheoryCase] = [
    loss(
      "100 servers, 90 erlang, exponential", .exponential(mean: 1), load: 90, servers: 100, 0.02695738046,
      carried: 87.57383576, requests: 42e6),
    loss(
      "100 servers, 90 erlang, constant", .constant(1), load: 90, servers: 100, 0.02695738046,
      carried: 87.57383576, requests: 24e6),
    loss(
      "100 servers, 90 erlang, lognormal with CV 1.5", .lognormal(mean: 1, cv: 1.5), load: 90, servers: 100,
      0.02695738046, carried: 87.57383576, requests: 54e6),
    loss(
      "1000 servers, 1000 erlang, uniform", .uniform(low: 0, high: 2), load: 1000, servers: 1000,
      0.02481191765,
      carried: 975.1880824, requests: 120e6),
    loss(
      "1000 servers, 2016 erlang, exponential", .exponential(mean: 1), load: 2016, servers: 1000,
      0.5044545819,
      carried: 999.0195629, requests: 2e6),
    loss(
      "30 servers, 20 erlang, Erlang-2", .erlang(shape: 2, mean: 1), load: 20, servers: 30, 0.00845749834,
      carried: 19.83085003, requests: 38e6),
  ]

  private static func loss(
    _ name: String, _ service: Distribution, load: Double, servers: Int32, _ blocked: Double, carried: Double,
    requests: Double
  ) -> TheoryCase {
    TheoryCase(
      "loss: " + name, source: "Erlang B", length: .requests(requests, rate: load), warmUp: 20,
      rows: [
        .blocked(blocked), .busy(carried), .utilisation(carried / Double(servers), servers: Double(servers)),
      ]
    ) {
      $0.poisson(rate: load)
      $0.station([.work(service)], servers: servers, room: 0)
    }
  }

  /// M/M/c/K: at most K requests in the system.
  private static let withRoom: [TheoryCase] = [
    TheoryCase(
      "M/M/1/5, arrivals 1.2, service 1", source: "M/M/1/K", length: .requests(3e6, rate: 1.2), warmUp: 100,
      rows: [
        .blocked(0.2505881216), .throughput(0.8992942541), .inSystem(3.021172376), .mean(3.359492582),
        .busyShare(0, 0.1007057459),
      ]
    ) {
      $0.poisson(rate: 1.2)
      $0.station([.work(.exponential(mean: 1))], servers: 1, room: 4)
    },
    TheoryCase(
      "M/M/1/50, arrivals 2, service 1", source: "M/M/1/K", length: .requests(20e6, rate: 2), warmUp: 300,
      rows: [.blocked(0.5), .throughput(1), .inSystem(49), .mean(49)]
    ) {
      $0.poisson(rate: 2)
      $0.station([.work(.exponential(mean: 1))], servers: 1, room: 49)
    },
    TheoryCase(
      "M/M/5/20, arrivals 4.5, service 1", source: "M/M/c/K", length: .requests(38e6, rate: 4.5), warmUp: 200,
      rows: [
        .blocked(0.01828217591), .throughput(4.417730208), .inSystem(8.295822466), .inLine(3.878092258),
        .wait(0.8778472371), .mean(1.877847237),
      ]
    ) {
      $0.poisson(rate: 4.5)
      $0.station([.work(.exponential(mean: 1))], servers: 5, room: 15)
    },
  ]

  /// A token bucket of b tokens fed by Poisson arrivals refuses like M/D/1/b.
  private static let buckets: [TheoryCase] = [
    bucket(0.9, tokens: 1, burst: 5, 0.06436189719, passed: 0.8420742925, requests: 5e6),
    bucket(1.2, tokens: 1, burst: 10, 0.1709107685, passed: 0.9949070778, requests: 3e6),
    bucket(90, tokens: 100, burst: 20, 0.001853175683, passed: 89.83321419, requests: 550e6),
    bucket(110, tokens: 100, burst: 50, 0.09091492766, passed: 99.99935796, requests: 10e6),
  ]

  private static func bucket(
    _ rate: Double, tokens: Double, burst: Int64, _ refused: Double, passed: Double, requests: Double
  ) -> TheoryCase {
    TheoryCase(
      "token bucket: arrivals \(rate), \(tokens) tokens, burst \(burst)", source: "blocking of M/D/1/K",
      length: .requests(requests, rate: rate), warmUp: 2000 / tokens,
      rows: [.frontRefusals(refused), .frontPasses(passed)]
    ) {
      $0.poisson(rate: rate)
      $0.station([])
      $0.tokenBucket(timePerToken: 1 / tokens, burst: burst)
    }
  }
}

import ScenarioFormat

/// Scenario texts that several tests share.
enum ScenarioTexts {
  /// The least that runs.
  static let small = """
    scenario: small
    clients:
      users: {cities: lisbon, access: fibre, arrivals: {poisson: {rate: 5/s}}, calls: hello}
    functions:
      hello: {memory: 256 MB, work: 5 ms}
    placements:
      region: {hello: {platform: lambda, at: eu-west-1}}
    """

  /// Every section and most forms of the language.
  static let everything = """
    scenario: everything
    description: One of each form.
    seed: 42
    duration: 2 h
    warmup: 10 min
    replications: 2
    catalog: world-2021
    defaults:
      clients: {timeout: 10 s, access: 4g}
      functions: {memory: 512 MB, runtime: nodejs}
      stores: {item: 2 KB}
      gateways: {timeout: 20 s}
    clients:
      steady:
        cities: {sao-paulo: 3, lisbon: 1}
        arrivals: {poisson: {rate: 4/s}}
        calls: {browse: 7, buy: 3}
        retry: {attempts: 3, backoff: 100 ms, factor: 2, cap: 20 s, jitter: full, failover: true}
        connections: {protocol: tls1.2, reuse: 0.8, resumption: 0.25}
      daily:
        cities: [lisbon, tokyo]
        access: {4g: 0.6, fibre: 0.4}
        arrivals: {poisson: {rate: 2/s, profile: diurnal}}
        calls: [browse]
        timeout: none
      shaped:
        cities: lisbon
        access: none
        arrivals: {poisson: {rate: 1/s, profile: [1,1,1,1,1,1,2,2,2,2,2,2,3,3,3,3,3,3,4,4,4,4,4,4]}}
        calls: browse
      flash:
        cities: tokyo
        arrivals: {poisson: {rates: [{until: 10 min, rate: 1/s}, {until: 20 min, rate: 3/s}]}}
        calls: browse
        connections: none
      sensor: {at: eu-west-1, access: none, arrivals: {periodic: {every: 1 s, phase: 10 ms}}, calls: browse}
      gaps: {at: eu-west-1a, arrivals: {renewal: {gamma: {mean: 2 s, cv: 0.5}}}, calls: browse}
      bursty:
        at: us-east-1
        arrivals: {bursts: {quiet: 0.5/s, busy: 5/s, quietFor: 20 s, busyFor: 50 s}}
        calls: browse
      batch: {at: us-east-1, arrivals: {batches: [{at: 5 s, count: 20}, {at: 0 s, count: 10}]}, calls: browse}
      listed: {at: us-east-1, arrivals: {timestamps: [0 s, 1.5 s, 1.5 s, 1 min]}, calls: browse}
    functions:
      browse:
        package: 3 MB
        architecture: arm
        request: 600 B
        response: 3 KB
        init: {exponential: {mean: 20 ms}}
        steps:
          - {work: {lognormal: {median: 1.5 ms, p99: 6 ms}}}
          - {read: {store: table, count: 4, parallel: true, size: 6 KB}}
          - {read: table}
          - {write: {store: table, count: 2}}
          - {call: helper}
          - {call: {function: helper, count: 2, parallel: false}}
          - {wait: {uniform: {from: 1 ms, to: 3 ms}}}
      buy:
        front: api
        timeout: 15 s
        reserved: 100
        firstWork: {constant: 50 ms}
        steps: [{work: 2 ms}, {forward: helper}]
      helper: {work: {median: 2 ms, p99: 20 ms}, memory: 1 GB}
    stores:
      table: {service: dynamodb, at: us-east-1, timeout: 1 s, attempts: 3}
      cache: {service: redis, at: eu-west-1a, read: {mean: 1 ms, cv: 1.5}, write: {constant: 2 ms}}
    gateways:
      api: {service: api-gateway-http, rate: 2000/s, burst: 100, overhead: {normal: {mean: 5 ms, sd: 1 ms}}}
      bare: {service: none}
    placements:
      home:
        browse: {platform: lambda, at: us-east-1}
        buy: {platform: {like: lambda, keepAlive: 600 s, selection: newest, concurrency: 500}, at: us-east-1}
        helper: {platform: lambda, at: [us-east-1, us-west-2], timeout: 5 s}
      near:
        browse: {platform: lambda, at: nearest region}
        buy: {platform: lambda, at: {us-east-1: 3, eu-west-1: 1}, front: none, memory: 1 GB}
        helper:
          platform:
            like: ideal
            keepAlive: forever
            requestsPerInstance: 10
            maximumInstances: 3
            whenFull: {queue: 100}
            scaling: {burst: 10, add: 5, every: 1 min}
            coldStart: {erlang: {shape: 3, mean: 200 ms}}
            overhead: {weibull: {shape: 1.5, scale: 1 ms}}
            firstInvocation: {pareto: {shape: 3, minimum: 10 ms}}
            overlapHandshake: false
          at: nearest carrier-zone
        table: {at: eu-west-1}
      spread:
        browse: {platform: scale-per-request, at: {points: 20}}
        buy: {platform: {like: ideal, scaling: unlimited, whenFull: queue, reserved: 50}, at: us-east-1a,
          front: bare}
        helper: {platform: {like: lambda, scaling: {add: 100, every: 10 s}}, at: eu-west-1,
          runtime: python, package: 5 MB}
    faults:
      - {partition: {between: [nearest edge, us-east-1]}, from: 20 min, for: 5 min}
      - {partition: {between: [[steady, lisbon], region], direction: forward}, from: 1 h, for: 1 min}
      - {outage: {site: us-east-1a, answer: refuse}, from: 30 min, for: 10 min}
      - {degradation: {between: [daily, [us-east-1, eu-west-1]], latency: 3, loss: 0.05},
         from: 40 min, for: 5 min}
    objectives:
      - {metric: latency.p95, clients: steady, below: 300 ms}
      - {metric: cost.month, placement: home, below: 500 USD}
      - {metric: availability, above: 99.9 %}
      - {metric: coldstart.ratio, below: 0.01}
    costs:
      support: 500 USD
      licences: {month: 100 USD, placements: [home, near]}
    """

  /// Laws in every form that the language has.
  static let laws = [
    "12 ms", "{constant: 5 ms}", "{uniform: {from: 1 ms, to: 2 ms}}", "{exponential: {mean: 3 ms}}",
    "{exponential: 3 ms}", "{erlang: {shape: 4, mean: 8 ms}}", "{gamma: {shape: 2, scale: 3 ms}}",
    "{gamma: {mean: 6 ms, cv: 0.5}}", "{lognormal: {median: 2 ms, p99: 30 ms}}",
    "{lognormal: {mean: 3 ms, cv: 1.5}}",
    "{lognormal: {median: 2 ms, sigma: 0.7}}", "{weibull: {shape: 0.8, scale: 5 ms}}",
    "{pareto: {shape: 2.5, minimum: 1 ms}}", "{normal: {mean: 5 ms, sd: 1 ms}}",
    "{beta: {alpha: 2, beta: 5, from: 1 ms, to: 9 ms}}",
    "{empirical: {p0: 1 ms, p50: 2 ms, p99: 9 ms, p100: 12 ms}}",
    "{mixture: [{weight: 0.9, of: 1 ms}, {weight: 0.1, of: {exponential: {mean: 50 ms}}}]}",
    "{shifted: {by: 5 ms, of: {exponential: {mean: 1 ms}}}}", "{median: 2 ms, p99: 30 ms}",
    "{mean: 3 ms, cv: 1.5}",
  ]

  /// The small scenario with one line of its text replaced.
  static func small(replacing old: String, with new: String) -> String {
    small.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
  }

  /// Reads a text as the tool does.
  static func read(_ text: String, _ overrides: [Override] = []) -> ScenarioReader.Outcome {
    ScenarioReader.read(name: "test.yaml", bytes: Array(text.utf8), overrides: overrides)
  }
}

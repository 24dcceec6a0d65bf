/// The scenario that `perigee init NAME` writes: short, commented, and runnable as it stands.
package enum StarterScenario {
  /// The text for a scenario of that name.
  package static func text(name: String) -> String {
    """
    # The question: where should this function run, so that its callers get fast answers?
    # Run it with: perigee run \(name).yaml
    scenario: \(name)
    description: One small HTTP function, called from two countries. Where should it run?
    seed: 7                   # the same seed gives the same results, byte for byte
    duration: 1 h             # simulated time of each run
    warmup: 10 min            # simulated, but not measured
    replications: 4           # independent runs, for the intervals
    catalog: world-2021       # regions, edge locations, platforms and prices; see 'perigee catalog'

    # Who calls. Quantities carry their unit: 12 ms, 128 MB, 40/s, 5 Mbit/s.
    clients:
      brazil-mobile:
        cities: {sao-paulo: 3, rio-de-janeiro: 2}     # cities with weights
        access: 4g                                    # fibre, cable, dsl, wifi, 4g, 5g, leo, geo, …
        arrivals: {poisson: {rate: 40/s}}             # over all cities
        calls: sign
        timeout: 10 s
        retry: {attempts: 2, backoff: 200 ms}
      lisbon-fibre:
        cities: lisbon
        access: fibre
        arrivals: {poisson: {rate: 10/s, profile: diurnal}}   # the daily mean; follows the local hour
        calls: sign

    # What is called.
    functions:
      sign:
        runtime: nodejs
        memory: 256 MB
        package: 1 MB
        request: 600 B
        response: 300 B
        work: {lognormal: {median: 1.5 ms, p99: 6 ms}}        # CPU time on one full vCPU

    # The ways to place it. The first is the baseline that the others are compared with.
    placements:
      virginia:    {sign: {platform: lambda, at: us-east-1}}
      near-region: {sign: {platform: lambda, at: nearest region}}
      lambda-edge: {sign: {platform: lambda@edge, at: nearest edge}}
      workers:     {sign: {platform: workers, runtime: wasm, at: nearest edge}}

    # What is wanted; 'perigee run --check' fails when it is not met.
    objectives:
      - {metric: latency.p95, clients: brazil-mobile, below: 250 ms}
      - {metric: cost.month, below: 500 USD}

    """
  }
}

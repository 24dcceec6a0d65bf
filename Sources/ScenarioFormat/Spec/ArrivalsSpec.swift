package import Stochastics

/// The law by which requests arrive.
package enum ArrivalsSpec: Sendable {
  /// Poisson with a constant rate (per second).
  case poisson(rate: Marked<Double>)
  /// Poisson whose rate follows the local hour: 24 factors around the daily mean (per second).
  case daily(mean: Marked<Double>, hours: [Double])
  /// Poisson with a piecewise-constant rate (per second); each stretch ends at its `until`, ns.
  case steps([(until: Marked<Int64>, rate: Marked<Double>)])
  /// At `phase`, `phase + every`, …, ns.
  case periodic(every: Marked<Int64>, phase: Int64)
  /// Independent gaps, ns.
  case renewal(Marked<Distribution>)
  /// Poisson that alternates between two rates (per second) with exponential sojourns (means, ns).
  case bursts(quiet: Marked<Double>, busy: Marked<Double>, quietFor: Int64, busyFor: Int64)
  /// So many requests at once at each instant, ns.
  case batches([(at: Marked<Int64>, count: Marked<Int>)])
  /// At these instants, ns, in order.
  case timestamps([Marked<Int64>])

  /// Most instants that a scenario lists or a batch holds.
  static let maximumInstants = 5_000_000

  static let table = KeyTable(
    "the arrival process", isChoice: true, later: ["closed", "sessions", "trace", "fleet"],
    hints: [
      "diurnal": "write poisson: {rate: …, profile: diurnal}", "rate": "write poisson: {rate: …}",
      "constant": "write periodic: {every: …}",
    ],
    [
      Key("poisson", .object(poissonTable), "independent arrivals at a rate"),
      Key("periodic", .object(periodicTable), "arrivals at a fixed distance"),
      Key("renewal", .law, "independent gaps from a distribution"),
      Key("bursts", .object(burstsTable), "a rate that switches at random between quiet and busy"),
      Key("batches", .list(.object(batchTable)), "many requests at once at given instants"),
      Key("timestamps", .list(.quantity(.duration)), "every single instant"),
    ])
  static let poissonTable = KeyTable(
    "a Poisson process",
    [
      Key("rate", .quantity(.rate), "arrivals per time over all cities; with a profile the daily mean"),
      Key(
        "profile", .either([.choice(["diurnal"]), .list(.number)]),
        "diurnal, or 24 numbers, one for each local hour"),
      Key("rates", .list(.object(stepTable)), "stretches of constant rate, in order"),
    ])
  static let stepTable = KeyTable(
    "a stretch of constant rate",
    [
      .required("until", .quantity(.duration), "end of the stretch"),
      .required("rate", .quantity(.rate), "arrivals per time in the stretch"),
    ])
  static let periodicTable = KeyTable(
    "a periodic process",
    [
      .required("every", .quantity(.duration), "distance between two arrivals"),
      Key("phase", .quantity(.duration), "instant of the first arrival"),
    ])
  static let burstsTable = KeyTable(
    "a bursty process",
    [
      .required("quiet", .quantity(.rate), "rate in the quiet state"),
      .required("busy", .quantity(.rate), "rate in the busy state"),
      .required("quietFor", .quantity(.duration), "mean length of the quiet state"),
      .required("busyFor", .quantity(.duration), "mean length of the busy state"),
    ])
  static let batchTable = KeyTable(
    "a batch",
    [
      .required("at", .quantity(.duration), "instant"),
      .required("count", .count(minimum: 1), "requests at once"),
    ])
}

extension NodeReader {
  /// Reads an arrival process.
  package func arrivals(_ node: Located) -> ArrivalsSpec? {
    guard let (name, value) = mapping(node, ArrivalsSpec.table)?.choice else { return nil }
    switch name {
    case "poisson": return poisson(value)
    case "periodic":
      guard let map = mapping(value, ArrivalsSpec.periodicTable),
        let every = map.read("every", positiveDuration)
      else { return nil }
      return .periodic(every: every, phase: map.read("phase", duration)?.value ?? 0)
    case "renewal": return gaps(value)
    case "bursts": return bursts(value)
    case "batches": return batches(value)
    default: return timestamps(value)
    }
  }

  private func poisson(_ node: Located) -> ArrivalsSpec? {
    guard let map = mapping(node, ArrivalsSpec.poissonTable) else { return nil }
    if map.has("rates") {
      guard !map.has("rate"), !map.has("profile") else {
        map.fail("too-many-keys", "'rates' stands alone; remove 'rate' and 'profile', or write one rate")
        return nil
      }
      return map.read("rates", rateSteps).map(ArrivalsSpec.steps)
    }
    guard map.has("rate") else {
      map.fail("missing-key", "a Poisson process needs 'rate' (or 'rates' for stretches of constant rate)")
      return nil
    }
    guard let mean = map.read("rate", rate) else { return nil }
    guard map.has("profile") else { return .poisson(rate: mean) }
    return map.read("profile", profile).map { .daily(mean: mean, hours: $0) }
  }

  private func rateSteps(_ node: Located) -> [(until: Marked<Int64>, rate: Marked<Double>)]? {
    guard let elements = list(node, of: "stretches ({until, rate})") else { return nil }
    var steps: [(until: Marked<Int64>, rate: Marked<Double>)] = []
    for element in elements {
      guard let map = mapping(element, ArrivalsSpec.stepTable),
        let until = map.read("until", positiveDuration),
        let rate = map.read("rate", rate)
      else { return nil }
      if let last = steps.last, until.value <= last.until.value {
        problems.error(
          "order", at: until.mark, "this stretch ends before the one above it; list them in order of time")
        return nil
      }
      steps.append((until, rate))
    }
    if steps.isEmpty {
      problems.error("empty-list", at: node.mark, "the list is empty; give at least one stretch")
    }
    return steps.isEmpty ? nil : steps
  }

  private func profile(_ node: Located) -> [Double]? {
    guard node.elements != nil else { return choice(node, [("diurnal", ArrivalsSpec.diurnal)]) }
    guard let elements = list(node, of: "24 numbers") else { return nil }
    let hours = elements.compactMap { number($0)?.value }
    guard hours.count == elements.count else { return nil }
    guard hours.count == 24, hours.contains(where: { $0 > 0 }) else {
      problems.error(
        "profile", at: node.mark,
        "a profile has 24 numbers, one for each local hour, not all zero; here are \(hours.count)")
      return nil
    }
    return hours
  }

  private func gaps(_ node: Located) -> ArrivalsSpec? {
    guard let law = law(node) else { return nil }
    guard law.value.mean > 0 else {
      problems.error(
        "not-positive", at: node.mark,
        "the gaps have mean zero, so arrivals never end; give a mean above zero")
      return nil
    }
    return .renewal(law)
  }

  private func bursts(_ node: Located) -> ArrivalsSpec? {
    guard let map = mapping(node, ArrivalsSpec.burstsTable), let quiet = map.read("quiet", rate),
      let busy = map.read("busy", rate), let quietFor = map.read("quietFor", positiveDuration),
      let busyFor = map.read("busyFor", positiveDuration)
    else { return nil }
    return .bursts(quiet: quiet, busy: busy, quietFor: quietFor.value, busyFor: busyFor.value)
  }

  private func batches(_ node: Located) -> ArrivalsSpec? {
    guard let elements = list(node, of: "batches ({at, count})") else { return nil }
    var batches: [(at: Marked<Int64>, count: Marked<Int>)] = []
    for element in elements {
      guard let map = mapping(element, ArrivalsSpec.batchTable), let instant = map.read("at", duration),
        let count = map.read("count", { self.count($0, from: 1, to: ArrivalsSpec.maximumInstants) })
      else { return nil }
      batches.append((instant, count))
    }
    let total = batches.reduce(0) { $0 + $1.count.value }
    guard !batches.isEmpty, total <= ArrivalsSpec.maximumInstants else {
      problems.error(
        "batches", at: node.mark,
        "the batches hold \(total) requests; 1 to \(ArrivalsSpec.maximumInstants) are accepted")
      return nil
    }
    return .batches(batches)
  }

  private func timestamps(_ node: Located) -> ArrivalsSpec? {
    guard let elements = list(node, of: "instants") else { return nil }
    let instants = elements.compactMap(duration)
    guard instants.count == elements.count else { return nil }
    guard !instants.isEmpty else {
      problems.error("empty-list", at: node.mark, "the list is empty; give at least one instant")
      return nil
    }
    for (earlier, later) in zip(instants, instants.dropFirst()) where later.value < earlier.value {
      problems.error(
        "order", at: later.mark, "this instant is before the one above it; list them in order of time")
      return nil
    }
    return .timestamps(instants)
  }
}

extension ArrivalsSpec {
  /// Share of traffic by local hour, relative to the daily mean of 1. A judgement with the shape that
  /// published interactive workloads have: a trough before dawn at 0.35, a plateau from noon, a peak at 20:00
  /// of 1.55.
  static let diurnal: [Double] = [
    0.72, 0.55, 0.44, 0.38, 0.35, 0.38, 0.48, 0.66, 0.85, 1.00, 1.10, 1.17,
    1.20, 1.20, 1.18, 1.18, 1.20, 1.25, 1.34, 1.46, 1.55, 1.50, 1.28, 0.98,
  ]
}

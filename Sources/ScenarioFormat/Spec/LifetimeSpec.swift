package import Stochastics

/// When an idle instance goes.
package enum KeepAliveSpec: Sendable {
  /// After this time, ns; `Int64.max` = it stays.
  case fixed(Int64)
  /// After a time drawn anew each time an instance becomes idle.
  case law(Distribution)
  /// After a time drawn from a measured law of the catalog.
  case measured(Marked<String>)
  /// By each function's own idle times.
  case hybrid(HistogramSpec)
  /// When memory is short; megabytes that a site has for the instances of all its functions.
  case greedyDual(memory: Marked<Double>)

  static let shape = Shape.either([
    .quantity(.duration), .name, .object(hybridTable), .object(greedyDualTable), .law,
  ])

  /// How to write what somebody has begun to write differently.
  static func example(for node: Located) -> String? {
    if node.elements != nil { return "{uniform: [5 min, 10 min]} for a random range" }
    return switch node.text {
    case "hybrid": "{hybrid: {}} for its published values"
    case "greedyDual", "greedy-dual": "{greedyDual: {memory: 4 GB}}"
    default: nil
    }
  }
  static let hybridTable = KeyTable(
    "a keep-alive by histogram", [.required("hybrid", .object(HistogramSpec.table), "by each function's idle times")])
  static let greedyDualTable = KeyTable(
    "a greedy-dual keep-alive", [.required("greedyDual", .object(memoryTable), "evict by frequency, cost and size")])
  static let memoryTable = KeyTable(
    "greedy-dual eviction",
    [.required("memory", .quantity(.memory), "memory that a site has for the instances of all functions")])
}

/// Parameters of the hybrid histogram policy; what is not written has the value of its paper, where there is one.
package struct HistogramSpec: Sendable {
  /// Width of a bin, ns.
  package var bin: Int64 = 60_000_000_000
  /// Longest idle time that is counted, ns.
  package var range: Int64 = 14_400_000_000_000
  /// Percentiles between which the next request is expected, 0 … 1.
  package var head = 0.05
  /// The later one.
  package var tail = 0.99
  /// Share by which the windows are widened.
  package var margin = 0.1
  /// Fewest idle times for a verdict.
  package var samples = 10
  /// Least coefficient of variation of the bins' counts.
  package var variation = 2.0
  /// Greatest share of idle times beyond the range.
  package var beyond = 0.5
  /// Keep-alive without a verdict, ns.
  package var fallback: Int64 = 600_000_000_000

  static let table = KeyTable(
    "the hybrid histogram policy",
    [
      Key("range", .quantity(.duration), "longest idle time that is counted (4 h)"),
      Key("bin", .quantity(.duration), "width of a bin (1 min)"),
      Key("head", .ratio, "percentile before which the next request is not expected (5 %)"),
      Key("tail", .ratio, "percentile until which it is waited for (99 %)"),
      Key("margin", .ratio, "share by which the windows are widened (10 %)"),
      Key("samples", .count(minimum: 1), "fewest idle times for a verdict (10)"),
      Key("variation", .number, "least coefficient of variation of the bins' counts (2)"),
      Key("beyond", .ratio, "greatest share of idle times beyond the range (50 %)"),
      Key("fallback", .quantity(.duration), "keep-alive without a verdict (10 min)"),
    ])
}

/// Invocations on a schedule that keep instances warm.
package struct PingSpec: Sendable {
  /// Time between two rounds, ns.
  package var every: Marked<Int64>
  /// Pings at once.
  package var instances: Int
  /// How long the function takes to notice that it is a ping, ns.
  package var work: Int64

  static let table = KeyTable(
    "warming pings",
    [
      .required("every", .quantity(.duration), "time between two rounds of pings"),
      Key("instances", .count(minimum: 1), "pings at once, each for an instance of its own (1)"),
      Key("work", .quantity(.duration), "time that the function takes for a ping (1 ms)"),
    ])
}

/// A cache of packages at each site.
package struct PackageCacheSpec: Sendable {
  /// Share of the bytes that an instance finds there.
  package var share: Double
  /// Speed of the cache, bit/s.
  package var bandwidth: Double?
  /// How long it keeps what nobody asks for, ns.
  package var keep: Int64

  static let table = KeyTable(
    "a package cache",
    [
      .required("share", .ratio, "share of a package's bytes found there once an instance has loaded it"),
      Key("bandwidth", .quantity(.bandwidth), "speed at which they arrive (at once)"),
      Key("keep", .quantity(.duration), "how long it keeps what nobody asks for (for ever)"),
    ])
}

/// Starting from a snapshot.
package struct SnapshotSpec: Sendable {
  /// Whether instances are restored at all.
  package var isUsed: Bool
  /// Time of the restore, instead of the catalog's.
  package var restore: Marked<Distribution>?
  /// Where it is written.
  package var mark: SourceMark

  static let shape = Shape.either([.flag, .object(table)])
  static let table = KeyTable(
    "a snapshot", [.required("restore", .law, "time that a restore takes, instead of the catalog's")])
}

extension NodeReader {
  /// Reads a keep-alive: a duration, `forever`, the name of a measured law, a law, or a policy.
  func keepAlive(_ node: Located) -> KeepAliveSpec? {
    if node[key: "hybrid"] != nil {
      return mapping(node, KeepAliveSpec.hybridTable)?.read("hybrid", histogram).map { .hybrid($0) }
    }
    if node[key: "greedyDual"] != nil {
      return mapping(node, KeepAliveSpec.greedyDualTable)?.read("greedyDual") {
        mapping($0, KeepAliveSpec.memoryTable)?.read("memory", memory)
      }.map { .greedyDual(memory: $0) }
    }
    if node.entries != nil { return law(node).map { .law($0.value) } }
    if node.text == "forever" { return .fixed(.max) }
    let example = KeepAliveSpec.example(for: node)
    if let example {
      problems.error(
        "wrong-kind", at: node.mark,
        "\(node.elements == nil ? "this policy has settings" : "a keep-alive is no list"); write \(example)")
      return nil
    }
    // Laws are called aws-2021 and the like; a duration has no hyphen and begins with a digit.
    let letters = node.text?.unicodeScalars.map { $0 } ?? []
    if letters.first?.properties.isAlphabetic == true, letters.dropFirst().contains("-") {
      return name(node).map { .measured($0) }
    }
    return duration(node).map { .fixed($0.value) }
  }

  private func histogram(_ node: Located) -> HistogramSpec? {
    guard let map = mapping(node, HistogramSpec.table) else { return nil }
    var spec = HistogramSpec()
    if let bin = map.read("bin", positiveDuration) { spec.bin = bin.value }
    if let range = map.read("range", positiveDuration) { spec.range = range.value }
    if let head = map.read("head", ratio) { spec.head = head.value }
    if let tail = map.read("tail", ratio) { spec.tail = tail.value }
    if let margin = map.read("margin", ratio) { spec.margin = margin.value }
    if let samples = map.read("samples", { count($0, from: 1, to: 1_000_000) }) { spec.samples = samples.value }
    if let variation = map.read("variation", number) { spec.variation = variation.value }
    if let beyond = map.read("beyond", ratio) { spec.beyond = beyond.value }
    if let fallback = map.read("fallback", duration) { spec.fallback = fallback.value }
    if spec.head > spec.tail {
      map.fail("histogram", "the head lies above the tail; the head is the lower percentile")
    }
    let bins = (spec.range - 1) / spec.bin + 1
    if bins > Self.maximumBins || spec.range < spec.bin {
      map.fail(
        "histogram", "the range is \(spec.range < spec.bin ? "less than one bin" : "\(bins) bins");"
          + " it is made of 1 to \(Self.maximumBins) bins")
    }
    return spec
  }

  /// Bins of a histogram: each function has one at each site.
  private static let maximumBins: Int64 = 1_440

  func ping(_ node: Located) -> PingSpec? {
    guard let map = mapping(node, PingSpec.table), let every = map.read("every", positiveDuration) else { return nil }
    if every.value < 1_000_000_000 {
      problems.error("ping", at: every.mark, "pings more often than once a second are a load, not a warming")
    }
    return PingSpec(
      every: every, instances: map.read("instances") { count($0, from: 1, to: 10_000) }?.value ?? 1,
      work: map.read("work", duration)?.value ?? 1_000_000)
  }

  func packageCache(_ node: Located) -> PackageCacheSpec? {
    guard let map = mapping(node, PackageCacheSpec.table), let share = map.read("share", ratio) else { return nil }
    let bandwidth = map.read("bandwidth") { quantity($0, .bandwidth) }
    if let bandwidth, bandwidth.value <= 0 {
      problems.error("not-positive", at: bandwidth.mark, "a bandwidth above zero belongs here")
    }
    return PackageCacheSpec(
      share: share.value, bandwidth: bandwidth?.value, keep: map.read("keep", duration)?.value ?? .max)
  }

  func snapshot(_ node: Located) -> SnapshotSpec? {
    guard node.entries != nil else {
      return flag(node).map { SnapshotSpec(isUsed: $0, restore: nil, mark: node.mark) }
    }
    return mapping(node, SnapshotSpec.table)?.read("restore", law).map {
      SnapshotSpec(isUsed: true, restore: $0, mark: node.mark)
    }
  }
}

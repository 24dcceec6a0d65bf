/// The rule by which a group changes its size.
package enum ScalingRule: Sendable {
  case fixed
  case target(Target)
  case steps(Steps)
  case alert(Alert)
  case panic(Panic)
  /// As many instances as jobs run or wait, looked at every so many ns.
  case jobs(every: Int64?)

  /// What a rule looks at.
  package enum Metric: String, Sendable, CaseIterable {
    case cpu, utilization, concurrency
    case cpuOrUtilization = "cpu-or-utilization"
    case requestRate = "request-rate"

    /// A share or a number of requests is a bare number, a rate has its unit.
    var shape: Shape { self == .requestRate ? .quantity(.rate) : .number }
  }

  /// Target tracking. Times are ns; what is `nil` comes from the catalog.
  package struct Target: Sendable {
    /// What it looks at.
    package var metric: Metric
    /// The value it keeps.
    package var value: Marked<Double>
    /// When it is evaluated.
    package var timing: Timing
  }

  /// Steps of a metric.
  package struct Steps: Sendable {
    /// What it looks at.
    package var metric: Metric
    /// The steps.
    package var ladder: [Step]
    /// When it is evaluated.
    package var timing: Timing
  }

  /// From this value of the metric on, or below it, instances are added or removed.
  package struct Step: Sendable {
    /// Where it is written.
    package var mark: SourceMark
    /// Holds from this value on.
    package var from: Double?
    /// Holds below this value.
    package var below: Double?
    /// Instances to add; negative to remove.
    package var change: Int
  }

  /// When a rule is evaluated and how long it rests, ns.
  package struct Timing: Sendable {
    /// Distance of the evaluations.
    package var every: Int64?
    /// Evaluations in a row that call for more.
    package var outPeriods: Int?
    /// Evaluations in a row that call for less.
    package var inPeriods: Int?
    /// Rest after adding.
    package var coolOut: Int64?
    /// Rest after removing.
    package var coolIn: Int64?
    /// Most instances added at once.
    package var addLimit: Int?
    /// Time without requests until nothing is left.
    package var zeroAfter: Int64?
  }

  /// A share of the maximum more while the rate of all requests, per second, is above a bound.
  package struct Alert: Sendable {
    /// Requests per second above which it fires.
    package var rate: Double?
    /// Share of the maximum that it adds.
    package var share: Double?
    /// When it is evaluated.
    package var timing: Timing
  }

  /// Knative's two windows.
  package struct Panic: Sendable {
    /// Requests in an instance at once.
    package var concurrency: Double?
    /// Share of them that it aims at.
    package var utilization: Double?
    /// The long window, ns.
    package var stable: Int64?
    /// The short window, ns.
    package var window: Int64?
    /// Times the size that start a panic.
    package var threshold: Double?
    /// When it is evaluated.
    package var timing: Timing
  }

  static let table = KeyTable(
    "the scaling rule", isChoice: true,
    [
      Key("target", .object(targetTable), "keeps a metric at a target, by size × metric ÷ target"),
      Key("steps", .object(stepsTable), "adds and removes instances according to a metric"),
      Key("alert", .object(alertTable), "adds a share of the maximum while requests come faster than a bound"),
      Key("panic", .object(panicTable), "Knative's pod autoscaler: a stable and a panic window"),
      Key("jobs", .object(jobsTable), "as many instances as jobs run or wait"),
    ])
  static let names = table.names
  private static let timing: [Key] = [
    Key("every", .quantity(.duration), "distance of the evaluations"),
    Key("outPeriods", .count(minimum: 1), "evaluations in a row that must call for more"),
    Key("inPeriods", .count(minimum: 1), "evaluations in a row that must call for less"),
    Key("coolOut", .quantity(.duration), "rest after adding instances"),
    Key("coolIn", .quantity(.duration), "rest before and after removing instances"),
    Key("addLimit", .count(minimum: 1), "most instances added by one evaluation"),
    Key("zeroAfter", .quantity(.duration), "time without requests after which a minimum of 0 is reached"),
  ]
  static let targetTable = KeyTable(
    "target tracking", hints: ["metric": "the metric is the key and its target the value, as in cpu: 0.6"],
    Metric.allCases.map { Key($0.rawValue, $0.shape, "the target of this metric, per instance in service") } + timing)
  static let stepsTable = KeyTable(
    "step scaling",
    [
      Key("metric", .choice(Metric.allCases.map(\.rawValue)), "what it looks at (cpu)"),
      .required("ladder", .list(.object(stepTable)), "the steps"),
    ] + timing)
  static let stepTable = KeyTable(
    "a step of the ladder",
    [
      Key("from", .either([.number, .quantity(.rate)]), "holds from this value of the metric on"),
      Key("below", .either([.number, .quantity(.rate)]), "holds below this value of the metric"),
      Key("add", .count(minimum: 1), "instances to add"),
      Key("remove", .count(minimum: 1), "instances to remove"),
    ])
  static let alertTable = KeyTable(
    "alert scaling",
    [
      Key("rate", .quantity(.rate), "requests per second to all instances, above which it fires"),
      Key("share", .ratio, "share of the maximum that it adds"),
    ] + timing)
  static let panicTable = KeyTable(
    "panic scaling",
    [
      Key("concurrency", .number, "requests in an instance at once that it aims at"),
      Key("utilization", .ratio, "share of that which it aims at"),
      Key("stable", .quantity(.duration), "the long window"),
      Key("window", .quantity(.duration), "the short window"),
      Key("threshold", .number, "it panics when the short window calls for so many times the size"),
    ] + timing)
  static let jobsTable = KeyTable("job scaling", timing)
}

extension NodeReader {
  /// Reads a scaling rule of a group.
  func scalingRule(_ node: Located) -> ScalingRule? {
    guard let map = mapping(node, ScalingRule.table), let (name, value) = map.choice else { return nil }
    switch name {
    case "target": return target(value)
    case "steps": return steps(value)
    case "alert": return alert(value)
    case "panic": return panic(value)
    default: return mapping(value, ScalingRule.jobsTable).map { .jobs(every: timing($0).every) }
    }
  }

  private func timing(_ map: MappingReader) -> ScalingRule.Timing {
    ScalingRule.Timing(
      every: map.read("every", positiveDuration)?.value,
      outPeriods: map.read("outPeriods") { count($0, from: 1, to: 1_000_000) }?.value,
      inPeriods: map.read("inPeriods") { count($0, from: 1, to: 1_000_000) }?.value,
      coolOut: map.read("coolOut", duration)?.value, coolIn: map.read("coolIn", duration)?.value,
      addLimit: map.read("addLimit") { count($0, from: 1, to: 1_000_000) }?.value,
      zeroAfter: map.read("zeroAfter", duration)?.value)
  }

  private func target(_ node: Located) -> ScalingRule? {
    guard let map = mapping(node, ScalingRule.targetTable) else { return nil }
    let given = ScalingRule.Metric.allCases.filter { map.has($0.rawValue) }
    guard given.count == 1 else {
      map.fail(
        "one-metric",
        "target tracking keeps one of \(Suggestion.list(ScalingRule.Metric.allCases.map(\.rawValue)));"
          + " \(given.count) are given")
      return nil
    }
    guard let value = map.read(given[0].rawValue, { positive($0, of: given[0]) }) else { return nil }
    return .target(ScalingRule.Target(metric: given[0], value: value, timing: timing(map)))
  }

  /// A value of a metric.
  private func value(_ node: Located, of metric: ScalingRule.Metric) -> Marked<Double>? {
    metric == .requestRate ? rate(node) : number(node)
  }

  private func positive(_ node: Located) -> Marked<Double>? { positive(node, of: .concurrency) }

  private func positive(_ node: Located, of metric: ScalingRule.Metric) -> Marked<Double>? {
    guard let value = value(node, of: metric) else { return nil }
    guard value.value > 0 else {
      problems.error("not-positive", at: node.mark, "a target of 0 asks for infinitely many instances")
      return nil
    }
    return value
  }

  private func steps(_ node: Located) -> ScalingRule? {
    guard let map = mapping(node, ScalingRule.stepsTable) else { return nil }
    let metrics = ScalingRule.Metric.allCases.map { ($0.rawValue, $0) }
    let metric = map.read("metric") { choice($0, metrics) } ?? .cpu
    guard let ladder = map.read("ladder", { list($0, of: "steps") }) else { return nil }
    return .steps(
      ScalingRule.Steps(metric: metric, ladder: ladder.compactMap { step($0, of: metric) }, timing: timing(map)))
  }

  private func step(_ node: Located, of metric: ScalingRule.Metric) -> ScalingRule.Step? {
    guard let map = mapping(node, ScalingRule.stepTable) else { return nil }
    guard map.has("from") || map.has("below"), map.has("add") != map.has("remove") else {
      map.fail("step", "a step has 'from' or 'below' (or both), and either 'add' or 'remove'")
      return nil
    }
    let add = map.read("add") { count($0, from: 1, to: 1_000_000) }
    let remove = map.read("remove") { count($0, from: 1, to: 1_000_000) }
    guard let change = add?.value ?? remove.map({ -$0.value }) else { return nil }
    return ScalingRule.Step(
      mark: node.mark, from: map.read("from") { value($0, of: metric) }?.value,
      below: map.read("below") { value($0, of: metric) }?.value, change: change)
  }

  private func alert(_ node: Located) -> ScalingRule? {
    mapping(node, ScalingRule.alertTable).map { map in
      .alert(
        ScalingRule.Alert(
          rate: map.read("rate", rate)?.value, share: map.read("share", ratio)?.value, timing: timing(map)))
    }
  }

  private func panic(_ node: Located) -> ScalingRule? {
    mapping(node, ScalingRule.panicTable).map { map in
      .panic(
        ScalingRule.Panic(
          concurrency: map.read("concurrency", positive)?.value, utilization: map.read("utilization", ratio)?.value,
          stable: map.read("stable", positiveDuration)?.value, window: map.read("window", positiveDuration)?.value,
          threshold: map.read("threshold", positive)?.value, timing: timing(map)))
    }
  }
}

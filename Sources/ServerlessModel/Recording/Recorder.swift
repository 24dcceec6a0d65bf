import SimulationKernel
import Statistics

/// What one run measures: histograms, counters and bounded time series, all addressed by handles.
///
/// A *group* is a population and a function it calls; a *series* is a group served from one site. Groups keep a
/// histogram for each *section* of the measured time (one, or a number of equal batches when there is only one
/// replication), from which confidence intervals are made.
struct Recorder: ~Copyable {
  let sectionCount: Int
  let functionCount: Int32
  let groupCount: Int
  private let warmUp: Int64
  let interval: Int64
  let intervalCount: Int
  private let sectionLength: Int64
  /// Series of each candidate of a client's route, `none` for candidates of function calls.
  let seriesOfCandidate: Rows<Int32>
  /// Whether a series has a histogram of its own, or shares that of its group.
  private let hasOwnHistogram: Rows<Bool>
  private var histograms: HistogramTable
  let series: Rows<SeriesCounts>
  /// Table of `compositions` of each group, `none` for a population that never calls a function.
  private let compositionOfGroup: Rows<Int32>
  private let compositions: Rows<CompositionCell>
  /// Of each group and section: requests that ended without an answer. Of the others its histogram knows all.
  private let failures: Rows<Int64>
  let intervals: Rows<IntervalCounts>
  /// The interval and the section of the present arrival, and when the next of each begins.
  private(set) var presentInterval: Int32 = 0
  private(set) var presentSection: Int32 = 0
  private(set) var nextBoundary: Int64
  private var nextInterval: Int64
  private var nextSection: Int64

  init(plan: Plan, map: SeriesMap, sectionCount: Int) {
    self.sectionCount = sectionCount
    functionCount = Int32(plan.functionCount)
    groupCount = plan.clients.count * plan.functionCount
    warmUp = plan.warmUp
    interval = plan.interval
    intervalCount = Int((plan.horizon + plan.interval - 1) / plan.interval)
    sectionLength = max(1, (plan.horizon - plan.warmUp) / Int64(sectionCount))
    seriesOfCandidate = Rows(map.seriesOfCandidate)
    hasOwnHistogram = Rows(map.hasOwnHistogram)
    histograms = HistogramTable(rowCount: groupCount * sectionCount + map.series.count)
    series = Rows(repeating: SeriesCounts(), count: map.series.count)
    let called = Self.calledGroups(plan)
    var tables = [Int32](repeating: none, count: groupCount)
    for (table, group) in called.enumerated() { tables[group] = Int32(table) }
    compositionOfGroup = Rows(tables)
    compositions = Rows(repeating: CompositionCell(), count: called.count * Composition.cellCount)
    failures = Rows(repeating: 0, count: groupCount * sectionCount)
    intervals = Rows(repeating: IntervalCounts(), count: plan.clients.count * intervalCount)
    nextInterval = plan.interval
    nextSection = sectionCount > 1 ? plan.warmUp + sectionLength : .max
    nextBoundary = min(nextInterval, nextSection)
  }

  /// The pairs of a population and a function that it calls, in order.
  private static func calledGroups(_ plan: Plan) -> [Int] {
    let pairs = plan.sources.flatMap { source in
      (source.firstTarget..<source.firstTarget + source.targetCount).map {
        Int(source.clients) * plan.functionCount + Int(plan.targets[Int($0)].function)
      }
    }
    return Set(pairs).sorted()
  }

  /// Moves the present interval and section on to `now`.
  mutating func advance(to now: Int64) {
    while now >= nextSection {
      presentSection += 1
      nextSection = Int(presentSection) + 1 < sectionCount ? nextSection + sectionLength : .max
    }
    if now >= nextInterval {
      presentInterval = Int32(min(now / interval, Int64(intervalCount - 1)))
      nextInterval = (Int64(presentInterval) + 1) * interval
    }
    nextBoundary = min(nextInterval, nextSection)
  }

  @inline(__always)
  func sent(_ request: inout Request) { intervals[request.intervalRow].sent &+= 1 }

  /// The row of a population in the present interval.
  @inline(__always)
  func presentRow(of clients: Int32) -> Int32 {
    clients &* Int32(truncatingIfNeeded: intervalCount) &+ presentInterval
  }

  /// A client's request has ended.
  /// - Parameters:
  ///   - request: `inout` only because a borrowed one would be copied on the way.
  ///   - latency: from the first sending to the answer, or to giving up, ns.
  @inline(__always)
  mutating func ended(_ request: inout Request, _ outcome: Outcome, latency: Int64) {
    let isCold = request.isCold || request.startWait > 0
    intervals[request.intervalRow].add(outcome, latency: latency, cold: isCold)
    if !request.measured { return }
    let row = seriesOfCandidate[request.candidate]
    series[row].add(outcome, latency: latency, cold: isCold)
    let group = request.clients &* functionCount &+ request.function
    let section = group &* Int32(truncatingIfNeeded: sectionCount) &+ request.section
    if outcome != .served {
      failures[section] &+= 1
      return
    }
    histograms.record(Int(section), latency)
    if hasOwnHistogram[row] { recordApart(row, latency) }
    let table = Int(compositionOfGroup[group])
    let cell = table &* Composition.cellCount &+ Composition.cell(of: latency)
    compositions[Int32(truncatingIfNeeded: cell)].add(&request)
  }

  @inline(never)
  private mutating func recordApart(_ series: Int32, _ latency: Int64) {
    histograms.record(groupCount &* sectionCount &+ Int(series), latency)
  }

  /// The histogram of each group and section.
  func groupHistograms() -> [LatencyHistogram] { (0..<failures.count).map { histograms.extract($0) } }

  /// How the requests of each group and section ended, given the histograms of those that were served.
  func sections(_ histograms: [LatencyHistogram]) -> [SectionCounts] {
    histograms.enumerated().map { SectionCounts($1, failed: failures[Int32($0)]) }
  }

  /// The histogram of a series; empty if it shares that of its group.
  func seriesHistogram(_ row: Int) -> LatencyHistogram { histograms.extract(groupCount * sectionCount + row) }

  /// The composition table of a group.
  func composition(_ group: Int) -> Composition {
    guard compositionOfGroup[Int32(group)] >= 0 else { return Composition() }
    let first = Int(compositionOfGroup[Int32(group)]) * Composition.cellCount
    return Composition(trimming: (first..<first + Composition.cellCount).map { compositions[Int32($0)] })
  }
}

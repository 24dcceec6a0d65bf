import Glibc
import SimulationKernel
import Stochastics

/// Where one source stands in its arrival process.
struct ArrivalState: BitwiseCopyable {
  var plan: SourcePlan
  var key: StreamKey
  /// Number of the next arrival of this source, its luck, and that of the one after it.
  var index: UInt64 = 0
  var luck: Luck
  private var following: Luck
  /// The unit exponential before the next gap that follows a rate: drawn one arrival ahead, so that nothing waits for
  /// its logarithm.
  private var demand: Double
  /// Row of the rate steps in force, and when it ends (absolute).
  var step: Int32 = 0
  var stepEnd: Int64 = 0
  /// Start of the present period of a repeated rate curve.
  var periodStart: Int64 = 0
  /// Draws that a bursty source has taken to change its state.
  var changes: UInt64 = 0

  init(plan: SourcePlan, key: StreamKey) {
    self.plan = plan
    self.key = key
    luck = key.luck(0)
    following = key.luck(1)
    demand = Self.demand(luck)
  }

  @inline(__always)
  private static func demand(_ luck: Luck) -> Double { -log(luck.bits(Purpose.gap).unitInterval) }

  /// Time of the first arrival.
  mutating func first(
    _ rates: borrowing Rows<RateStep>, _ instants: borrowing Rows<Int64>, _ laws: borrowing LawTable
  )
    -> Int64
  {
    switch plan.kind {
    case .poisson: stepEnd = plan.rowCount > 0 ? rates[plan.firstRow].until : .max
    case .bursts: startBursts(rates)
    case .periodic: return plan.phase
    case .renewal: return saturating(plan.phase, laws.draw(plan.gap, bits: luck.bits(Purpose.gap)))
    case .instants: return plan.rowCount > 0 ? instants[plan.firstRow] : .max
    }
    return afterGap(from: 0, rates)
  }

  /// Moves on to the next arrival.
  @inline(__always)
  mutating func advance() {
    index &+= 1
    luck = following
    following = key.luck(index &+ 1)
  }

  /// Whether gaps follow a rate: see ``afterGap(from:_:)``; if not, see ``afterOther(_:_:_:)``.
  @inline(__always) var hasRate: Bool { plan.kind == .poisson || plan.kind == .bursts }

  /// Time of the present arrival, after one at `now`, of a law that has no rate.
  func afterOther(_ now: Int64, _ instants: borrowing Rows<Int64>, _ laws: borrowing LawTable) -> Int64 {
    switch plan.kind {
    case .poisson, .bursts: preconditionFailure("these have a rate")
    case .periodic: return saturating(now, plan.period)
    case .renewal: return saturating(now, laws.draw(plan.gap, bits: luck.bits(Purpose.gap)))
    case .instants:
      return index < UInt64(plan.rowCount)
        ? instants[plan.firstRow &+ Int32(truncatingIfNeeded: index)] : .max
    }
  }

  /// Time of the present arrival, after one at `now`, by time change: a unit exponential is used up along the rates.
  @inline(__always)
  mutating func afterGap(from now: Int64, _ rates: borrowing Rows<RateStep>) -> Int64 {
    let demand = self.demand
    self.demand = Self.demand(following)
    let rate = rates[plan.firstRow &+ step].rate
    let gap = demand / rate
    if gap < min(Double(stepEnd &- now), 9e18) {
      // A gap never rounds to more than the step leaves.
      return now &+ gap.nearestWhole
    }
    return acrossSteps(from: now, demand: demand, rates)
  }

  private mutating func acrossSteps(from start: Int64, demand: Double, _ rates: borrowing Rows<RateStep>)
    -> Int64
  {
    var now = start
    var left = demand
    while true {
      let rate = rates[plan.firstRow + step].rate
      let room = rate * Double(stepEnd - now)
      if left < room && left / rate < 9e18 { return now + Int64((left / rate).rounded()) }
      if stepEnd == .max { return .max }
      left -= room
      now = stepEnd
      if plan.kind == .bursts { changeState(at: now, rates) } else if !enterNextStep(rates) { return .max }
    }
  }

  /// - Returns: false at the end of a curve that is not repeated.
  private mutating func enterNextStep(_ rates: borrowing Rows<RateStep>) -> Bool {
    step += 1
    if step == plan.rowCount {
      if plan.period == 0 { return false }
      step = 0
      periodStart += plan.period
    }
    let until = rates[plan.firstRow + step].until
    stepEnd = until == .max ? .max : saturating(periodStart, until)
    return true
  }

  /// Starts in the quiet or the busy state with its stationary probability.
  private mutating func startBursts(_ rates: borrowing Rows<RateStep>) {
    let quiet = Double(rates[plan.firstRow].until)
    let busy = Double(rates[plan.firstRow + 1].until)
    let u = key.luck(.max).bits(Purpose.sojourn).unitInterval
    step = u < quiet / (quiet + busy) ? 1 : 0
    changeState(at: 0, rates)
  }

  /// Enters the other state for an exponential time.
  private mutating func changeState(at now: Int64, _ rates: borrowing Rows<RateStep>) {
    step = 1 - step
    changes += 1
    let mean = Double(rates[plan.firstRow + step].until)
    let u = key.luck(.max - changes).bits(Purpose.sojourn).unitInterval
    stepEnd = saturating(now, Int64(min(-log(u) * mean, 9e18)))
  }
}

/// `a + b`, at most `Int64.max`.
@inline(__always)
func saturating(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? .max : sum
}

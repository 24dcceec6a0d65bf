import SimulationKernel

/// What a function's idle times say: how long to wait before warming an instance up, and how long to keep it then.
struct KeepWindow: BitwiseCopyable {
  /// Time from the end of the last execution to the pre-warming, ns; 0 = the instance is simply kept.
  var prewarm: Int64 = 0
  /// Time from there on in which the instance is kept, ns.
  var keep: Int64

  /// End of the window, ns after the last execution.
  var end: Int64 { saturating(prewarm, keep) }
}

/// The idle times of one function at one site, counted in bins of equal width.
struct IdleHistogram: BitwiseCopyable {
  /// First of its bins in the table of all bins.
  var firstBin: Int32
  /// Idle times within and beyond the range.
  private(set) var within: Int64 = 0
  private(set) var beyond: Int64 = 0
  /// Sum of the squared counts of the bins.
  private var squares: Double = 0

  init(firstBin: Int32) { self.firstBin = firstBin }

  /// Counts an idle time.
  mutating func add(_ time: Int64, _ plan: HistogramPlan, _ bins: borrowing Rows<Int32>) {
    let index = time / plan.bin
    guard index < Int64(plan.binCount) else {
      beyond += 1
      return
    }
    let bin = firstBin + Int32(truncatingIfNeeded: index)
    squares += 2 * Double(bins[bin]) + 1
    bins[bin] += 1
    within += 1
  }

  /// The window that the idle times so far suggest; the fallback while they suggest none.
  func window(_ plan: HistogramPlan, _ bins: borrowing Rows<Int32>) -> KeepWindow {
    guard isTelling(plan) else { return KeepWindow(keep: plan.fallback) }
    let (head, tail) = (plan.head * Double(within), plan.tail * Double(within))
    var (sum, first, last) = (Int64(0), Int32(-1), Int32(0))
    for index in 0..<plan.binCount {
      sum += Int64(bins[firstBin + index])
      if first < 0 && Double(sum) >= head && sum > 0 { first = index }
      if Double(sum) >= tail {
        last = index
        break
      }
    }
    // The head is rounded down to its bin's beginning, the tail up to its end.
    let prewarm = Int64((Double(Int64(first) * plan.bin) * (1 - plan.margin)).rounded())
    let end = (Int64(last) + 1) * plan.bin
    return KeepWindow(prewarm: prewarm, keep: Int64((Double(end - prewarm) * (1 + plan.margin)).rounded()))
  }

  /// Whether there are enough idle times, few enough beyond the range, and not spread evenly over it.
  private func isTelling(_ plan: HistogramPlan) -> Bool {
    let all = within + beyond
    if within == 0 || all < Int64(plan.samples) || Double(beyond) > plan.beyond * Double(all) { return false }
    let mean = Double(within) / Double(plan.binCount)
    let variance = max(0, squares / Double(plan.binCount) - mean * mean)
    return variance >= plan.variation * plan.variation * mean * mean
  }
}

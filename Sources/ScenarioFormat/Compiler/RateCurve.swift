/// A piecewise-constant rate: stretches with their ends (ns) and rates (per ns), repeated with `period` if
/// not 0.
struct RateCurve {
  var stretches: [(until: Int64, rate: Double)]
  var period: Int64

  static let day: Int64 = 86_400_000_000_000

  /// Arrivals on average from time 0 to `horizon` (ns).
  func expectedArrivals(within horizon: Int64) -> Double {
    guard period > 0 else { return arrivals(until: horizon) }
    let whole = (horizon / period)
    return Double(whole) * arrivals(until: period) + arrivals(until: horizon % period)
  }

  private func arrivals(until end: Int64) -> Double {
    var start: Int64 = 0
    var sum = 0.0
    for stretch in stretches {
      let stop = min(end, stretch.until)
      if stop > start { sum += Double(stop - start) * stretch.rate }
      start = stretch.until
    }
    return sum
  }
}

extension Demand.Source {
  /// The rate curve of a Poisson source; empty for other laws. Time 0 of a run is midnight UTC.
  func rateSteps() -> RateCurve {
    switch arrivals {
    case .poisson(let rate): RateCurve(stretches: [(.max, rate.value * share / 1e9)], period: 0)
    case .steps(let steps): Self.steps(steps.map { ($0.until.value, $0.rate.value * share / 1e9) })
    case .daily(let mean, let hours): Self.daily(mean.value * share / 1e9, hours, utcOffsetMinutes)
    case .bursts(let quiet, let busy, let quietFor, let busyFor):
      RateCurve(
        stretches: [(quietFor, quiet.value * share / 1e9), (busyFor, busy.value * share / 1e9)], period: 0)
    case .periodic, .renewal, .batches, .timestamps: RateCurve(stretches: [], period: 0)
    }
  }

  /// After the last stretch nothing arrives.
  private static func steps(_ stretches: [(until: Int64, rate: Double)]) -> RateCurve {
    RateCurve(stretches: stretches + [(.max, 0)], period: 0)
  }

  /// The day's curve in UTC: hour h of the local clock begins at h × 60 − offset minutes.
  private static func daily(_ mean: Double, _ hours: [Double], _ offset: Int) -> RateCurve {
    let average = hours.reduce(0, +) / Double(hours.count)
    let minute: Int64 = 60_000_000_000
    let firstMinute = ((offset % 1_440) + 1_440) % 1_440
    var stretches: [(until: Int64, rate: Double)] = []
    var hour = firstMinute / 60
    var end = 60 - firstMinute % 60
    while true {
      let until = min(end, 1_440)
      stretches.append((Int64(until) * minute, mean * hours[hour % 24] / average))
      if until == 1_440 { break }
      hour += 1
      end += 60
    }
    return RateCurve(stretches: stretches, period: RateCurve.day)
  }
}

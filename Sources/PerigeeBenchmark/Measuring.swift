/// Wall-clock time of a piece of work, ns.
func nanoseconds(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  let time = clock.measure(work)
  return Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) / 1e9
}

/// The smallest of three measurements: the one that other programs disturbed least.
func best(of rounds: Int = 3, _ measure: () -> Double) -> Double {
  (0..<rounds).map { _ in measure() }.min() ?? 0
}

/// The middle of some measurements.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((value * scale).rounded())
  if digits == 0 { return String(scaled) }
  let fraction = String(abs(scaled) % Int(scale))
  return (scaled < 0 ? "-" : "") + String(abs(scaled) / Int(scale)) + "."
    + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// Right-aligned text.
func pad(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

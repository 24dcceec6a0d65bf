import Dispatch
import Experiments

/// Shows on a terminal how far a run has come, its rate and the time left.
final class ProgressMeter {
  private let timer: any DispatchSourceTimer

  /// - Parameter expected: requests that the run will simulate, over all placements and replications.
  init(control: RunControl, expected: Double) {
    let start = ContinuousClock.now
    // A queue of its own: the global ones run nothing new while the simulation keeps every core busy.
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "progress"))
    timer.schedule(deadline: .now() + 1, repeating: 0.5)
    timer.setEventHandler {
      let elapsed = start.duration(to: .now)
      let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
      let done = Double(control.requestCount)
      guard done > 0, expected > 0 else { return }
      let share = min(1, done / expected)
      let left = Int(seconds * (1 - share) / share)
      Terminal.say("\r\u{1B}[K\(Int(share * 100)) %, \(Int(done / seconds / 1000)) thousand requests/s, \(left) s left")
    }
    timer.resume()
  }

  /// Removes the line.
  func stop() {
    timer.cancel()
    Terminal.say("\r\u{1B}[K")
  }
}

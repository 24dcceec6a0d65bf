import Dispatch
import Experiments
import Foundation

/// Turns Ctrl-C and a request to terminate into a wish to stop.
final class Interrupts {
  private let sources: [any DispatchSourceSignal]

  init(control: RunControl) {
    // A queue of its own: the global ones run nothing new while the simulation keeps every core busy.
    let queue = DispatchQueue(label: "interrupts")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { control.stop() }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }
}

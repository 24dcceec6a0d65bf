import SimulationKernel
import Stochastics

/// What has become of one operation on a store.
private struct Operation: BitwiseCopyable {
  /// How long it took, ns.
  var time: Int64
  var ok: Bool
  /// How many attempts set out, and how many of them the store carried out, whether or not its answer came in time.
  var sent: Int64
  var done: Int64
}

/// Reads and writes of stores.
extension World {
  /// The operations of one read or write step.
  mutating func useStore(
    _ row: Int32, _ purpose: UInt64, _ luck: Luck, measured: Bool, begins: Int64, _ progress: inout Progress
  ) {
    let isParallel = steps[row].parallel
    var longest: Int64 = 0
    var total: Int64 = 0
    var repetition: Int32 = 0
    while repetition < steps[row].count && !progress.failed {
      let sets = begins &+ progress.elapsed &+ (isParallel ? 0 : total)
      let bits = purpose &+ UInt64(truncatingIfNeeded: repetition) &* 64
      let operation = operate(row, bits, luck, from: sets)
      if measured { count(operation, row) }
      total = min(total &+ operation.time, Self.longest)
      longest = max(longest, operation.time)
      progress.failed = !operation.ok
      repetition &+= 1
    }
    let time = isParallel ? longest : total
    progress.advance(by: time)
    progress.store &+= time
  }

  @inline(__always)
  private mutating func count(_ operation: Operation, _ row: Int32) {
    stepCounts[row].operations &+= 1
    stepCounts[row].units &+= steps[row].units &* operation.done
    if !operation.ok { stepCounts[row].failures &+= 1 }
    let path = steps[row].path
    traffic[path].messagesUp &+= operation.sent
    traffic[path].bytesUp &+= steps[row].requestBytes &* operation.sent
    traffic[path].messagesDown &+= operation.done
    traffic[path].bytesDown &+= steps[row].responseBytes &* operation.done
  }

  /// One operation on a store, with its attempts.
  private mutating func operate(_ row: Int32, _ purpose: UInt64, _ luck: Luck, from start: Int64) -> Operation {
    let path = steps[row].path
    let (timeout, attempts) = (steps[row].timeout, steps[row].attempts)
    var (spent, done): (Int64, Int64) = (0, 0)
    var attempt: Int32 = 0
    while attempt < attempts {
      let first = purpose &+ UInt64(truncatingIfNeeded: attempt) &* 4
      attempt &+= 1
      var roundTrip = 2 &* paths[path].propagation &+ draw(paths[path].jitter, luck, first &+ 1)
      var arrives = true
      var returns = true
      if paths[path].isTroubled {
        let state = state(of: paths[path], at: start &+ spent)
        if state.factor != 1 { roundTrip = scaled(roundTrip, by: state.factor) }
        if state.refuses {
          spent &+= min(roundTrip, timeout)
          continue
        }
        let loss = state.loss(on: paths[path])
        let recovery = lossRecovery(
          1 - (1 - loss) * (1 - loss), timeout: paths[path].retransmissionTimeout, bits: luck.bits(first &+ 2))
        arrives = !state.cutForward && recovery < .max
        returns = arrives && !state.cutBackward
        if returns { roundTrip &+= recovery }
      }
      if arrives { done &+= 1 }
      if returns {
        let time = roundTrip &+ draw(steps[row].sampler, luck, first)
          &+ transmission(steps[row].requestBytes, paths[path].upNanosecondsPerByte)
          &+ transmission(steps[row].responseBytes, paths[path].downNanosecondsPerByte)
        if time <= timeout {
          return Operation(time: spent &+ time, ok: true, sent: Int64(attempt), done: done)
        }
      }
      spent &+= min(timeout, Self.patienceWithoutTimeout)
    }
    return Operation(time: spent, ok: false, sent: Int64(attempts), done: done)
  }
}

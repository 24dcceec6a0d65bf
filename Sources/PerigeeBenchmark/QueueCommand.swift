import ArgumentParser
import SimulationKernel

/// The hold model (pop one, push one) over growing numbers of pending events: the calendar against a 4-ary heap.
struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "The calendar of events against a 4-ary heap, by pending events.")

  func run() {
    print("pending events   calendar ns   4-ary heap ns   heap / calendar")
    for pending in [10, 100, 1_000, 10_000, 100_000, 1_000_000] {
      let operations = 2_000_000
      let calendar = best { Self.hold(calendar: pending, operations) } / Double(operations)
      let heap = best { Self.hold(heap: pending, operations) } / Double(operations)
      print(
        pad(String(pending), 14), pad(fixed(calendar, 1), 13), pad(fixed(heap, 1), 15),
        pad(fixed(heap / calendar, 2), 17))
    }
  }

  private static func lead(_ index: UInt64) -> Int64 { Int64(Luck(state: index).bits(0) >> 34) }

  private static func hold(calendar pending: Int, _ operations: Int) -> Double {
    var queue = EventQueue()
    for index in 0..<pending { queue.push(at: lead(UInt64(index)), 0) }
    return nanoseconds {
      for index in 0..<operations {
        let event = queue.pop()
        queue.push(at: event.time + lead(UInt64(index + pending)), 0)
      }
    }
  }

  private static func hold(heap pending: Int, _ operations: Int) -> Double {
    var queue = EventHeap()
    var sequence: UInt64 = 0
    for index in 0..<pending {
      queue.push(Event(time: lead(UInt64(index)), sequence: sequence, payload: 0))
      sequence += 1
    }
    return nanoseconds {
      for index in 0..<operations {
        let event = queue.pop()
        queue.push(Event(time: event.time + lead(UInt64(index + pending)), sequence: sequence, payload: 0))
        sequence += 1
      }
    }
  }
}

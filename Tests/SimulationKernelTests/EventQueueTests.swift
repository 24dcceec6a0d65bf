import SimulationKernel
import Testing

@Suite struct EventQueueTests {
  /// The order in which payloads leave a queue, against a stable sort, while the clock moves on.
  private func check(leads: (UInt64) -> Int64, pending: Int, operations: Int) {
    var queue = EventQueue()
    var expected: [(time: Int64, payload: UInt64)] = []
    var number: UInt64 = 0
    func schedule(_ queue: inout EventQueue, from now: Int64) {
      let time = now + leads(number)
      queue.push(at: time, number)
      expected.append((time, number))
      number += 1
    }
    for _ in 0..<pending { schedule(&queue, from: 0) }
    var seen: [(time: Int64, payload: UInt64)] = []
    for _ in 0..<operations {
      let announced = queue.nextTime
      let event = queue.pop()
      #expect(event.time == announced)
      seen.append((event.time, event.payload))
      schedule(&queue, from: event.time)
    }
    while queue.count > 0 {
      let event = queue.pop()
      seen.append((event.time, event.payload))
    }
    #expect(queue.nextTime == .max)
    let sorted = expected.sorted { ($0.time, $0.payload) < ($1.time, $1.payload) }
    #expect(seen.map(\.payload) == sorted.map(\.payload))
  }

  @Test(arguments: [1, 10, 300, 5_000])
  func ordersEvenlySpreadEvents(pending: Int) {
    check(leads: { Int64(Luck(state: $0).bits(0) >> 34) }, pending: pending, operations: 40_000)
  }

  @Test(arguments: [1, 50, 2_000])
  func ordersLeadsOfTwelveMagnitudes(pending: Int) {
    check(
      leads: { Int64(Luck(state: $0).bits(0) >> (20 + Luck(state: $0).bits(1) % 44)) }, pending: pending,
      operations: 30_000)
  }

  @Test func keepsTheOrderOfSchedulingAtOneInstant() {
    check(leads: { _ in 0 }, pending: 5_000, operations: 0)
    check(leads: { $0 % 3 == 0 ? 0 : 1_000_000 }, pending: 2_000, operations: 20_000)
  }

  @Test func followsALoadThatChangesByMagnitudes() {
    check(
      leads: { $0 < 20_000 ? Int64($0 % 1000) : 60_000_000_000 + Int64($0) }, pending: 100, operations: 60_000
    )
    check(leads: { $0 < 5_000 ? 3_600_000_000_000 : Int64($0 % 50) }, pending: 200, operations: 40_000)
  }

  @Test func takesEventsEarlierThanTheOneAnnounced() {
    var queue = EventQueue()
    queue.push(at: 1_000_000_000, 1)
    #expect(queue.nextTime == 1_000_000_000)
    queue.push(at: 5, 2)
    queue.push(at: 4, 3)
    #expect((0..<3).map { _ in queue.pop().payload } == [3, 2, 1])
  }

  @Test func survivesTheEndOfTime() {
    var queue = EventQueue()
    queue.push(at: .max - 1, 1)
    queue.push(at: 0, 2)
    queue.push(at: .max - 2, 3)
    #expect((0..<3).map { _ in queue.pop().payload } == [2, 3, 1])
  }

  @Test func anEventStaysSmall() {
    #expect(MemoryLayout<Event>.stride == 24)
  }
}

@Suite struct EventHeapTests {
  @Test func sortsAnything() {
    var heap = EventHeap(capacity: 1)
    let events = (0..<3_000).map { index in
      Event(time: Int64(Luck(state: 9).bits(UInt64(index)) % 500), sequence: UInt64(index), payload: 0)
    }
    for event in events { heap.push(event) }
    var popped: [Event] = []
    while heap.count > 0 { popped.append(heap.pop()) }
    #expect(popped == events.sorted(by: Event.precedes))
    #expect(heap.nextTime == .max)
  }
}

import SimulationKernel
import Testing

private struct Item: SlotRow, Equatable {
  var link: Int32 = -1
  var value: Int
}

@Suite struct SlotTableTests {
  @Test func reusesSlotsAndKeepsTheRest() {
    var table = SlotTable<Item>()
    var kept: [Int32: Int] = [:]
    for round in 0..<2_000 {
      let handle = table.insert(Item(value: round))
      #expect(kept[handle] == nil)
      kept[handle] = round
      if round % 3 == 0, let victim = kept.keys.min() {
        table.remove(victim)
        kept[victim] = nil
      }
    }
    #expect(table.liveCount == kept.count)
    #expect(table.slotCount <= kept.count + 1)
    for (handle, value) in kept { #expect(table[handle].value == value) }
  }
}

@Suite struct SlotBitmapTests {
  @Test(arguments: [64, 256, 4_096, 20_000])
  func findsNeighboursLikeASet(capacity: Int) {
    var bitmap = SlotBitmap(capacity: capacity)
    var members = Set<Int>()
    #expect(bitmap.last() == -1)
    for step in 0..<2_000 {
      let value = Int(Luck(state: 5).bits(UInt64(step)) % UInt64(capacity))
      if step % 3 == 2 {
        bitmap.remove(value)
        members.remove(value)
      } else {
        bitmap.insert(value)
        members.insert(value)
      }
      guard !members.isEmpty, step % 20 == 0 else { continue }
      let start = Int(Luck(state: 6).bits(UInt64(step)) % UInt64(capacity))
      #expect(bitmap.first(from: start) == members.filter { $0 >= start }.min() ?? members.min())
      #expect(bitmap.last() == members.max())
    }
  }
}

@Suite struct RunDigestTests {
  @Test func dependsOnOrderTimeAndPayload() {
    func digest(_ events: [(Int64, UInt64)]) -> UInt64 {
      var digest = RunDigest()
      for event in events { digest.fold(time: event.0, payload: event.1) }
      return digest.value
    }
    let base = digest([(1, 2), (3, 4)])
    #expect(base == digest([(1, 2), (3, 4)]))
    #expect(base != digest([(3, 4), (1, 2)]))
    #expect(base != digest([(1, 2), (3, 5)]))
    #expect(base != digest([(1, 2), (4, 4)]))
    #expect(base != digest([(1, 2)]))
  }
}

import Testing

import ServerlessModel

/// An event's payload: kind, generation and handle in 64 bits.
@Suite struct EventKindTests {
  @Test("what is packed comes out again", arguments: EventKind.allCases)
  func packing(_ kind: EventKind) {
    for (handle, generation) in [(Int32(0), UInt32(0)), (.max, 0xFF_FFFF), (-1, 1), (123_456, 77)] {
      let payload = UInt64.payload(kind, handle, generation: generation)
      #expect(payload.eventKind == kind)
      #expect(payload.eventHandle == handle)
      #expect(payload.eventGeneration == generation)
    }
  }
}

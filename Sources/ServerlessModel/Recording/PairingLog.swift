/// The latency of each client's request by arrival number, from its end until it has been compared with the same
/// request under another placement.
///
/// Memory follows the span of arrival numbers that are in flight, not the number of requests.
package struct PairingLog: ~Copyable {
  /// Not ended yet.
  package static let pending = Int64.min
  /// Ended without an answer.
  package static let failed = Int64(-1)
  /// Sent before the end of the warm-up.
  package static let unmeasured = Int64(-2)

  private let enabled: Bool
  private var ring: UnsafeMutablePointer<Int64>
  private var mask: UInt64
  /// Arrival number of the oldest that is kept.
  package private(set) var floor: UInt64 = 0

  init(enabled: Bool) {
    self.enabled = enabled
    let capacity = enabled ? 16384 : 1
    ring = .allocate(capacity: capacity)
    ring.initialize(repeating: Self.pending, count: capacity)
    mask = UInt64(capacity - 1)
  }

  deinit { ring.deallocate() }

  @inline(__always)
  mutating func note(_ index: UInt64, _ latency: Int64) {
    guard enabled else { return }
    while index &- floor > mask { grow() }
    ring[Int(index & mask)] = latency
  }

  /// What became of an arrival.
  @inline(__always)
  package func outcome(_ index: UInt64) -> Int64 {
    index &- floor > mask ? Self.pending : ring[Int(index & mask)]
  }

  /// Forgets all arrivals before `index`.
  package mutating func release(before index: UInt64) {
    while floor < index {
      ring[Int(floor & mask)] = Self.pending
      floor += 1
    }
  }

  private mutating func grow() {
    let capacity = Int(mask + 1)
    let larger = UnsafeMutablePointer<Int64>.allocate(capacity: capacity * 2)
    larger.initialize(repeating: Self.pending, count: capacity * 2)
    let largerMask = UInt64(capacity * 2 - 1)
    for offset in 0...mask { larger[Int((floor + offset) & largerMask)] = ring[Int((floor + offset) & mask)] }
    ring.deallocate()
    ring = larger
    mask = largerMask
  }
}

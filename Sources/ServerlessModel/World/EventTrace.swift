import SimulationKernel

/// The digest of a run, with check points by which two runs can be compared and the first difference found.
package struct EventTrace: ~Copyable {
  /// One event as a person can compare it.
  package struct Entry: Equatable, Sendable {
    package var number: UInt64
    package var time: Int64
    package var payload: UInt64
  }

  /// Digest over all events so far.
  package private(set) var digest = RunDigest()
  /// Number of events and arrivals so far.
  package private(set) var count: UInt64 = 0
  /// Digests after every `stride` events; at most 1,024 are kept, the stride doubles when they are full.
  package private(set) var checkpoints: [UInt64] = []
  package private(set) var stride: UInt64 = 4096
  /// The events asked for.
  package private(set) var captured: [Entry] = []
  private var nextCheckpoint: UInt64 = 4096
  private let capture: Range<UInt64>
  /// The next event that takes more than folding it in.
  private var nextLook: UInt64

  init(capture: Range<UInt64>?) {
    self.capture = capture ?? 0..<0
    nextLook = min(4096, self.capture.isEmpty ? .max : max(1, self.capture.lowerBound))
    checkpoints.reserveCapacity(1024)
  }

  @inline(__always)
  mutating func fold(time: Int64, payload: UInt64) {
    digest.fold(time: time, payload: payload)
    count &+= 1
    if count == nextLook { look(at: time, payload) }
  }

  @inline(never)
  private mutating func look(at time: Int64, _ payload: UInt64) {
    if capture.contains(count) { captured.append(Entry(number: count, time: time, payload: payload)) }
    if count == nextCheckpoint { checkpoint() }
    nextLook = nextCheckpoint
    if count + 1 < capture.upperBound { nextLook = min(nextLook, max(count + 1, capture.lowerBound)) }
  }

  private mutating func checkpoint() {
    if checkpoints.count == 1024 {
      checkpoints = Swift.stride(from: 1, to: 1024, by: 2).map { checkpoints[$0] }
      stride *= 2
    }
    if count % stride == 0 { checkpoints.append(digest.value) }
    nextCheckpoint = count + stride - count % stride
  }
}

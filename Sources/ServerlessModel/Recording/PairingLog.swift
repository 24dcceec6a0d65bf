/// What a world is in a comparison of placements, request by request.
package enum PairingRole: Sendable {
  /// It is not compared.
  case alone
  /// The others are compared with it: it keeps the stratum of each request too.
  case baseline
  case compared
}

/// The latency of each client's request by arrival number, from its end until it has been compared with the same
/// request under another placement.
///
/// Memory follows the span of arrival numbers that are in flight, not the number of requests.
package struct PairingLog: ~Copyable {
  /// What became of one arrival.
  package struct Entry: BitwiseCopyable, Sendable {
    /// Latency, ns, or one of the marks below.
    package var latency: Int64
    /// See `Strata.of(route:_:_:)`; 0 where no strata are kept.
    package var stratum: Int32
    package var section: Int32
  }

  /// Not ended yet.
  package static let pending = Int64.min
  /// Ended without an answer.
  package static let failed = Int64(-1)
  /// Known to end after the horizon only.
  package static let inFlight = Int64(-3)
  /// Sent before the end of the warm-up.
  package static let unmeasured = Int64(-2)

  private static let blank = Entry(latency: pending, stratum: 0, section: 0)

  private let enabled: Bool
  private let strata: Strata?
  private var ring: UnsafeMutablePointer<Entry>
  private var mask: UInt64
  /// Arrival number of the oldest that is kept.
  package private(set) var floor: UInt64 = 0

  init(_ role: PairingRole, strata: Strata?) {
    enabled = role != .alone
    self.strata = strata
    let capacity = enabled ? 16384 : 1
    ring = .allocate(capacity: capacity)
    ring.initialize(repeating: Self.blank, count: capacity)
    mask = UInt64(capacity - 1)
  }

  /// Arrivals that there is room for.
  package var capacity: Int { Int(mask) + 1 }

  deinit { ring.deallocate() }

  @inline(__always)
  mutating func note(_ request: inout Request, _ latency: Int64) {
    guard enabled else { return }
    while request.index &- floor > mask { grow() }
    let measured = request.measured ? latency : Self.unmeasured
    let stratum = strata?.of(route: request.route, request.connection, request.luck) ?? 0
    ring[Int(request.index & mask)] = Entry(latency: measured, stratum: stratum, section: request.section)
  }

  /// What became of an arrival.
  @inline(__always)
  package func outcome(_ index: UInt64) -> Entry {
    index &- floor > mask ? Self.blank : ring[Int(index & mask)]
  }

  /// The first arrival from `index` on that has not ended, or `end` if all before it have.
  package func firstPending(from index: UInt64, before end: UInt64) -> UInt64 {
    var place = index
    while place < end && outcome(place).latency != Self.pending { place += 1 }
    return place
  }

  /// Forgets all arrivals before `index`.
  package mutating func release(before index: UInt64) {
    while floor < index {
      ring[Int(floor & mask)] = Self.blank
      floor += 1
    }
  }

  private mutating func grow() {
    let capacity = Int(mask + 1)
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.initialize(repeating: Self.blank, count: capacity * 2)
    let largerMask = UInt64(capacity * 2 - 1)
    for offset in 0...mask { larger[Int((floor + offset) & largerMask)] = ring[Int((floor + offset) & mask)] }
    ring.deallocate()
    ring = larger
    mask = largerMask
  }
}

/// The requests of one latency cell, and the sum of every component of their latencies, ns.
struct CompositionCell: BitwiseCopyable {
  var count: Int64 = 0
  // What every request has, side by side.
  private var access: Int128 = 0
  private var propagation: Int128 = 0
  private var compute: Int128 = 0
  private var handshake: Int128 = 0
  private var gateway: Int128 = 0
  private var queue: Int128 = 0
  private var coldStart: Int128 = 0
  private var store: Int128 = 0
  private var downstream: Int128 = 0
  private var retries: Int128 = 0

  /// In the order of `Component`.
  var sums: [Int128] {
    [access, propagation, handshake, gateway, queue, coldStart, compute, store, downstream, retries]
  }

  /// Adds a served request.
  /// - Parameter request: `inout` only because a borrowed one would be copied on the way.
  @inline(__always)
  mutating func add(_ request: inout Request) {
    count &+= 1
    access &+= Int128(request.access)
    propagation &+= Int128(request.propagation)
    compute &+= Int128(request.compute)
    let start = request.coldStart &+ request.startWait
    let retried = request.attemptAt &- request.sentAt
    // Most requests have none of these: one test saves seven wide sums.
    let others = request.handshake | request.gateway | request.queued | start | request.store | request.downstream
    if others | retried == 0 { return }
    handshake &+= Int128(request.handshake)
    gateway &+= Int128(request.gateway)
    queue &+= Int128(request.queued)
    coldStart &+= Int128(start)
    store &+= Int128(request.store)
    downstream &+= Int128(request.downstream)
    retries &+= Int128(retried)
  }
}

/// What latency is made of, by how long it was: for each of a few hundred latency cells the number of requests and
/// the sum of every component.
package struct Composition: Sendable, Equatable {
  /// Cells per power of two of the latency.
  static let perOctave = 16
  static let cellCount = 48 * perOctave
  private static let cellWidth = Component.allCases.count + 1

  /// `[count, component sums …]` cell after cell, from the first one in use to the last.
  package private(set) var cells: [Int128] = []
  /// Where `cells` begins in the whole table.
  private var start = 0

  /// The cell of a latency.
  @inline(__always)
  static func cell(of latency: Int64) -> Int {
    let value = UInt64(bitPattern: max(latency, 16))
    let octave = 63 &- value.leadingZeroBitCount
    let sub = Int(truncatingIfNeeded: value &>> UInt64(octave &- 4)) & 15
    return min((octave &- 4) &* perOctave &+ sub, cellCount &- 1)
  }

  /// Adds the table of another run.
  package mutating func merge(_ other: Composition) {
    if other.cells.isEmpty { return }
    if cells.isEmpty { return self = other }
    let end = max(start + cells.count, other.start + other.cells.count)
    let before = max(0, start - other.start)
    start -= before
    cells.insert(contentsOf: repeatElement(0, count: before), at: 0)
    cells += repeatElement(0, count: end - start - cells.count)
    for (index, value) in other.cells.enumerated() { cells[other.start - start + index] += value }
  }

  /// An empty table.
  package init() {}

  /// - Parameter table: all cells.
  init(trimming table: [CompositionCell]) {
    guard let first = table.firstIndex(where: { $0.count > 0 }), let last = table.lastIndex(where: { $0.count > 0 })
    else { return }
    start = first * Self.cellWidth
    cells = table[first...last].flatMap { [Int128($0.count)] + $0.sums }
  }

  /// Mean components, ns, of the requests whose latency lies between two quantiles, and their number.
  ///
  /// A cell that straddles a bound counts in proportion.
  package func band(from low: Double, to high: Double) -> (count: Double, means: [Double]) {
    var total = 0.0
    for cell in stride(from: 0, to: cells.count, by: Self.cellWidth) { total += Double(cells[cell]) }
    var (seen, weight) = (0.0, 0.0)
    var sums = [Double](repeating: 0, count: Component.allCases.count)
    for cell in stride(from: 0, to: cells.count, by: Self.cellWidth) where cells[cell] > 0 {
      let count = Double(cells[cell])
      let inside = min(seen + count, high * total) - max(seen, low * total)
      seen += count
      guard inside > 0 else { continue }
      weight += inside
      for part in sums.indices { sums[part] += Double(cells[cell + 1 + part]) * inside / count }
    }
    guard weight > 0 else { return (0, sums) }
    return (weight, sums.map { $0 / weight })
  }
}

import SimulationKernel

/// How a request ended, seen from its caller. Every request ends in exactly one of these, or is in flight at the end.
package enum Outcome: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// An answer arrived in time.
  case served
  /// Refused for lack of concurrency or of tokens.
  case throttled
  /// The caller, the front or the platform lost patience.
  case timedOut
  /// A service answered with an error, or was down and said so.
  case refused
  /// The request or its answer vanished in a partition or an outage.
  case lost
}

/// What the latency of a request is made of. The parts of a served request add up to its latency exactly.
package enum Component: Int, Sendable, CaseIterable {
  case access, propagation, handshake, gateway, queue, coldStart, compute, store, downstream, retries
}

/// How a request finds its connection.
package enum ConnectionKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case open, resumed, new
}

/// One request on its way: from a client, or from a function that calls another.
struct Request: SlotRow {
  /// Next in the line of those who wait, while it waits.
  var link: Int32 = -1
  /// Previous in that line.
  var previous: Int32 = -1
  /// Grows whenever timers that point here become stale.
  var generation: UInt32 = 0
  /// The line it stands in while it waits: a pool's, or, below 0, that of an instance.
  var line: Int32 = 0
  /// When the first attempt was sent, and the present one.
  var sentAt: Int64
  var attemptAt: Int64
  /// When the caller gives up on the present attempt.
  var deadline: Int64 = .max
  var luck: Luck
  /// Number of the arrival over all sources.
  var index: UInt64 = 0
  /// Delays of the present attempt so far, ns: what its latency is made of, see `Component`.
  var access: Int64 = 0
  var propagation: Int64 = 0
  var handshake: Int64 = 0
  var gateway: Int64 = 0
  var queued: Int64 = 0
  /// The time for which it waited for the first instance of a group.
  var startWait: Int64 = 0
  /// The time for which it waited for its own instance to start.
  var coldStart: Int64 = 0
  var compute: Int64 = 0
  var store: Int64 = 0
  var downstream: Int64 = 0
  /// The part of the handshake that an isolate's start hides behind.
  var hideable: Int64 = 0
  /// What the answer's way back will take, ns, without transmission and loss.
  var accessBack: Int64 = 0
  var propagationBack: Int64 = 0
  /// When the request came to the pool.
  var reachedAt: Int64 = 0
  /// When the front passed it on.
  var frontAt: Int64 = 0
  var requestBytes: Int64
  var responseBytes: Int64
  var clients: Int32
  var function: Int32
  var route: Int32
  var candidate: Int32 = none
  /// The calling execution, `none` for a client's request.
  var parent: Int32 = none
  var attempt: Int32 = 0
  /// Its row among the counts of the intervals, see `Recorder`.
  var intervalRow: Int32 = 0
  var section: Int32 = 0
  /// Sent after the warm-up.
  var measured = true
  /// How the first attempt found its connection.
  var connection = ConnectionKind.open
  /// Stands in a pool's line.
  var waits = false
  /// Stands there because its group has no instance in service.
  var awaitsStart = false
  /// How many times the present attempt has been passed on for lack of room.
  var hops: UInt16 = 0
  /// Its caller's patience ends before it arrives: it goes on for nobody.
  var isGhost = false
  /// The present attempt has waited for its instance to start.
  var isCold = false
}

extension Request {
  /// Sets out once more, at `now`: nothing has happened to this attempt yet.
  mutating func beginAttempt(at now: Int64) {
    attempt &+= 1
    attemptAt = now
    (access, propagation, handshake, gateway, queued) = (0, 0, 0, 0, 0)
    (startWait, coldStart, compute, store, downstream) = (0, 0, 0, 0, 0)
    hideable = 0
    hops = 0
    isCold = false
  }

  /// Takes over what its execution consists of.
  @inline(__always)
  mutating func add(_ progress: Progress) {
    compute = progress.compute
    store = progress.store
    downstream = progress.downstream
  }

  /// The line of an instance, as a request remembers it.
  static func line(ofInstance instance: Int32) -> Int32 { -1 &- instance }
}

/// What is due: the low byte of an event's payload. Bits 8..<32 hold a generation, bits 32..<64 a handle.
package enum EventKind: UInt8, CaseIterable, Sendable {
  /// A request reaches an API front.
  case frontReached
  /// A request reaches a pool.
  case poolReached
  /// An execution of known length ends: the instance is free.
  case executionFinished
  /// A caller tries again.
  case attemptDue
  /// A caller's or a front's patience with a request whose end is not known runs out.
  case patienceEnded
  /// An execution that invokes others goes on.
  case frameDue
  /// A call of such an execution has its answer, or its error.
  case callAnswered
  case callFailed
  /// The platform stops such an execution.
  case frameExpired
  case siteDown
  case siteUp
  /// A pool whose growth was held back may grow again.
  case roomDue
  /// An interval of the time series is over.
  case intervalEnded
  /// The start of an instance that the platform has begun without a request is over.
  case instanceReady
  /// A pool's pre-warming may be due.
  case prewarmDue
  /// A round of pings sets out.
  case pingDue
  /// A group's scaling rule is due; other bounds hold for a group; a warm instance is there again.
  case scalingDue
  case scheduleDue
  case warmRefilled
  /// An instance of a group is told that it will go; it goes, or fails; its failure is noticed.
  case memberTold
  case memberDies
  case memberMissed
  /// A request that shares an instance's vCPUs has computed; it has its answer.
  case shareDue
  case shareEnded
  /// A message comes to a link that others may hold.
  case linkReached
  /// A pool without an instance, and without room for one, may have kept somebody waiting too long.
  case starved
}

extension UInt64 {
  /// Packs an event's payload.
  @inline(__always)
  package static func payload(_ kind: EventKind, _ handle: Int32, generation: UInt32 = 0) -> UInt64 {
    UInt64(kind.rawValue) | UInt64(generation & 0xFF_FFFF) &<< 8 | UInt64(UInt32(bitPattern: handle)) &<< 32
  }

  /// The kind of an event that `payload` has packed: its raw value is also how an enumeration lies in memory, so
  /// nothing is looked up.
  @inline(__always) package var eventKind: EventKind {
    assert(EventKind(rawValue: UInt8(truncatingIfNeeded: self)) != nil, "an event of a kind that does not exist")
    return unsafeBitCast(UInt8(truncatingIfNeeded: self), to: EventKind.self)
  }

  @inline(__always) package var eventHandle: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: self &>> 32)) }
  @inline(__always) package var eventGeneration: UInt32 { UInt32(truncatingIfNeeded: self &>> 8) & 0xFF_FFFF }
}

/// Addresses of a request's draws. Nested items (steps, calls) have luck of their own.
enum Purpose {
  static let gap: UInt64 = 0
  static let origin: UInt64 = 1
  static let target: UInt64 = 2
  static let choice: UInt64 = 3
  static let sandbox: UInt64 = 4
  static let runtimeInit: UInt64 = 5
  static let functionInit: UInt64 = 6
  static let firstInvocation: UInt64 = 7
  static let firstWork: UInt64 = 8
  static let overhead: UInt64 = 9
  static let selection: UInt64 = 10
  static let sojourn: UInt64 = 11
  /// Luck of a request that is passed on for the h-th time: nested, at `spills` + attempt × `perAttempt` + h.
  static let spills: UInt64 = 1 << 16
  /// The key by which a balancer hashes a request; draws of an instance's life from the luck of its start.
  static let key: UInt64 = 12
  static let warmStart: UInt64 = 13
  static let failure: UInt64 = 14
  static let interruption: UInt64 = 15
  /// Draws of attempt n start at `attempts + n × perAttempt`.
  static let attempts: UInt64 = 16
  static let perAttempt: UInt64 = 16
  static let access: UInt64 = 0
  static let jitter: UInt64 = 1
  static let reuse: UInt64 = 2
  static let resumption: UInt64 = 3
  static let lossUp: UInt64 = 4
  static let lossDown: UInt64 = 5
  static let front: UInt64 = 6
  static let backoff: UInt64 = 7
  /// Idle time of the instance that serves the request; the attempts' own draws end before it.
  static let keepAlive: UInt64 = 31
  /// Draws of step s start at `steps + s × perStep`; a step has at most 100,000 repetitions, of 64 draws each.
  static let steps: UInt64 = 1 << 20
  static let perStep: UInt64 = 1 << 23
}

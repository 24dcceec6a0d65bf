import SimulationKernel
import Stochastics

/// What the faults on a path do to a message that sets out now.
struct PathState: BitwiseCopyable {
  var cutForward = false
  var cutBackward = false
  var refuses = false
  var factor = 1.0
  var loss = 0.0

  static let healthy = PathState()

  /// Share of messages on this path that are lost.
  @inline(__always)
  func loss(on path: PathPlan) -> Double {
    loss > 0 ? 1 - (1 - path.loss) * (1 - loss) : path.loss
  }
}

extension World {
  /// A duration drawn for a purpose; nothing is computed where there is no law.
  @inline(__always)
  mutating func draw(_ law: Sampler, _ luck: Luck, _ purpose: UInt64) -> Int64 {
    law.isNone ? 0 : sample(law, luck, purpose)
  }

  @inline(never)
  private mutating func sample(_ law: Sampler, _ luck: Luck, _ purpose: UInt64) -> Int64 {
    laws.draw(law, bits: luck.bits(purpose), atMost: Double(Self.longest))
  }

  /// The longest duration that enters the model, ns (2.3 years): sums of many stay far from overflow.
  static var longest: Int64 { 1 &<< 56 }

  /// `value` × `factor` in whole nanoseconds, at most `longest`.
  @inline(__always)
  func scaled(_ value: Int64, by factor: Double) -> Int64 {
    min(Double(value) * factor, Double(Self.longest)).nearestWhole
  }

  /// Faults on `path` at `time`.
  @inline(__always)
  mutating func state(of path: PathPlan, at time: Int64) -> PathState {
    path.faultCount == 0 ? .healthy : faultyState(of: path, at: time)
  }

  @inline(never)
  private mutating func faultyState(of path: PathPlan, at time: Int64) -> PathState {
    var state = PathState.healthy
    for row in path.firstFault..<path.firstFault + path.faultCount {
      let fault = faults[row]
      if fault.from > time { break }
      if fault.to <= time { continue }
      switch fault.kind {
      case .cutForward: state.cutForward = true
      case .cutBackward: state.cutBackward = true
      case .refuse: state.refuses = true
      case .silent:
        state.cutForward = true
        state.cutBackward = true
      case .degrade:
        state.factor *= fault.factor
        state.loss = 1 - (1 - state.loss) * (1 - fault.loss)
      }
    }
    return state
  }

  /// Delay that lost packets add to a message: each loss waits for the retransmission time-out, which doubles.
  /// - Returns: ns, or `Int64.max` when seven in a row are lost (TCP gives the connection up).
  @inline(__always)
  func lossRecovery(_ loss: Double, timeout: Int64, bits: UInt64) -> Int64 {
    if loss <= 0 { return 0 }
    let u = bits.unitInterval
    if u >= loss { return 0 }
    var (probability, delay, wait) = (loss, timeout, timeout)
    for _ in 0..<6 {
      probability *= loss
      if u >= probability { return delay }
      wait &*= 2
      delay &+= wait
    }
    return .max
  }

  /// Time to put `bytes` on the wire, ns.
  @inline(__always)
  func transmission(_ bytes: Int64, _ nanosecondsPerByte: Double) -> Int64 {
    nanosecondsPerByte == 0 ? 0 : scaled(bytes, by: nanosecondsPerByte)
  }

  /// Sends the present attempt of a request, now.
  @inline(never)
  mutating func send(_ request: inout Request) {
    let row = choose(for: request)
    request.candidate = row
    let patience = request.parent < 0 ? clients[request.clients].timeout : frames[request.parent].callTimeout
    request.deadline = saturating(now, patience)
    let path = candidates[row].path
    let base = Purpose.attempts &+ UInt64(truncatingIfNeeded: request.attempt) &* Purpose.perAttempt
    let access = draw(paths[path].access, request.luck, base &+ Purpose.access)
    var jitter = draw(paths[path].jitter, request.luck, base &+ Purpose.jitter)
    var propagation = paths[path].propagation
    var beyond = paths[path].beyondTermination
    let isTroubled = paths[path].isTroubled
    let state = isTroubled ? state(of: paths[path], at: now) : .healthy
    if isTroubled && state.factor != 1 {
      propagation = scaled(propagation, by: state.factor)
      jitter = scaled(jitter, by: state.factor)
      beyond = scaled(beyond, by: state.factor)
    }
    // No delay is negative: shifted, they are halved and rounded down.
    request.access = access &>> 1
    request.accessBack = access &- request.access
    request.propagation = propagation &+ jitter &>> 1
    request.propagationBack = propagation &+ jitter &- jitter &>> 1
    if request.parent < 0 && clients[request.clients].handshakeRoundTrips > 0 {
      shakeHands(&request, base, beyond: beyond)
    }
    if request.measured {
      traffic[path].messagesUp &+= 1
      traffic[path].bytesUp &+= request.requestBytes
    }
    if isTroubled && state.refuses {
      let roundTrip = request.access &+ request.accessBack &+ request.propagation &+ request.propagationBack
      return fail(&request, .refused, at: now &+ roundTrip)
    }
    request.access &+= transmission(request.requestBytes, paths[path].upNanosecondsPerByte)
    if isTroubled {
      let recovery = lossRecovery(
        state.loss(on: paths[path]), timeout: paths[path].retransmissionTimeout,
        bits: request.luck.bits(base &+ Purpose.lossUp))
      if state.cutForward || recovery == .max { return vanish(&request) }
      request.propagation &+= recovery
    }
    let reachedAt = now &+ request.handshake &+ request.access &+ request.propagation
    let front = candidates[row].front
    if front >= 0 { request.gateway = draw(fronts[front].overhead, request.luck, base &+ Purpose.front) }
    if candidates[row].links >= 0 { return cross(&request, from: now &+ request.handshake, arriving: reachedAt) }
    proceed(&request, front >= 0 ? .frontReached : .poolReached, at: reachedAt)
  }

  /// The round trips of a new connection. Functions that call others keep their connections open.
  @inline(__always)
  private mutating func shakeHands(_ request: inout Request, _ base: UInt64, beyond: Int64) {
    let policy = clients[request.clients]
    if policy.reuse > 0 && request.luck.bits(base &+ Purpose.reuse).unitInterval < policy.reuse { return }
    let resumed = policy.resumption > 0
      && request.luck.bits(base &+ Purpose.resumption).unitInterval < policy.resumption
    let trips = resumed ? policy.resumedRoundTrips : policy.handshakeRoundTrips
    let saved = policy.handshakeRoundTrips &- trips
    let roundTrip = request.access &+ request.accessBack &+ request.propagation &+ request.propagationBack
      &- 2 &* beyond
    request.handshake = Int64(trips) &* roundTrip
    if request.attempt == 0 { request.connection = resumed ? .resumed : .new }
    request.hideable = Int64(max(0, policy.tlsRoundTrips &- saved)) &* roundTrip
  }

  /// The candidate of the present attempt.
  @inline(__always)
  private mutating func choose(for request: borrowing Request) -> Int32 {
    let route = routes[request.route]
    if route.candidateCount == 1 { return route.firstCandidate }
    var offset: Int32 = 0
    switch route.choice {
    case .ordered: break
    case .uniform:
      let bits = request.luck.bits(Purpose.choice)
      offset = Int32(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(route.candidateCount)).high)
    case .weighted:
      let u = request.luck.bits(Purpose.choice).unitInterval
      while u >= candidates[route.firstCandidate &+ offset].threshold && offset &+ 1 < route.candidateCount {
        offset &+= 1
      }
    case .healthy: offset = healthiest(of: route, request.luck)
    }
    let isClients = request.parent < 0
    let population = request.clients
    if request.attempt > 0 && isClients && clients[population].failsOver {
      offset = (offset &+ request.attempt) % route.candidateCount
    }
    return route.firstCandidate &+ offset
  }

  /// Lets a request reach its next station: at once if that is now, else through the event queue.
  @inline(__always)
  mutating func proceed(_ request: inout Request, _ kind: EventKind, at time: Int64) {
    if time > request.deadline && !request.isGhost { outlive(&request) }
    if time != now {
      queue.push(at: time, .payload(kind, requests.insert(request)))
    } else if kind == .poolReached {
      reachPool(&request)
    } else {
      reachFront(&request)
    }
  }

  /// The caller's patience will have run out before the request arrives: it ends for the caller, whose next attempt
  /// may set out first, and goes on for nobody.
  @inline(never)
  mutating func outlive(_ request: inout Request) {
    var attempt = request
    fail(&attempt, .timedOut, at: request.deadline)
    request.isGhost = true
  }

  mutating func onPoolReached(_ handle: Int32) {
    var request = requests[handle]
    requests.remove(handle)
    reachPool(&request)
  }

  mutating func onFrontReached(_ handle: Int32) {
    var request = requests[handle]
    requests.remove(handle)
    reachFront(&request)
  }

  mutating func onAttemptDue(_ handle: Int32) {
    var request = requests[handle]
    requests.remove(handle)
    request.beginAttempt(at: now)
    send(&request)
  }

  /// An API front takes a request in, if its token bucket allows.
  @inline(never)
  private mutating func reachFront(_ request: inout Request) {
    let row = candidates[request.candidate].front
    let front = fronts[row]
    if request.measured {
      frontCounts[row].requests &+= 1
      frontCounts[row].connections &+= request.handshake > 0 ? 1 : 0
      frontCounts[row].bytes &+= request.requestBytes &+ request.responseBytes
    }
    request.frontAt = now
    if front.nanosecondsPerToken > 0 {
      let next = Self.takeToken(bucketClock[row], at: now, every: front.nanosecondsPerToken, burst: front.burst)
      if next < 0 {
        if request.measured { frontCounts[row].throttles &+= 1 }
        return answer(&request, .throttled)
      }
      bucketClock[row] = next
    }
    proceed(&request, .poolReached, at: now &+ request.gateway)
  }

  /// Takes a token out of a bucket that earns one in `time` (generic cell rate algorithm).
  /// - Returns: the bucket's clock afterwards; -1 if there was no token.
  @inline(__always)
  static func takeToken(_ clock: Int64, at now: Int64, every time: Int64, burst: Int64) -> Int64 {
    let tokenAt = max(clock, now)
    let (allowance, isEndless) = (burst &- 1).multipliedReportingOverflow(by: time)
    return !isEndless && tokenAt &- now > allowance ? -1 : tokenAt &+ time
  }

  /// The answer, or an error, sets out from the site: now, or at `leaves`.
  @inline(__always)
  mutating func answer(_ request: inout Request, _ outcome: Outcome, at leaves: Int64? = nil) {
    if request.hops > 0 {
      return answerAcrossSites(&request, outcome, at: leaves ?? now, from: request.candidate)
    }
    sendBack(&request, outcome, at: leaves ?? now, from: request.candidate)
  }

  /// The answer goes from the candidate of row `asked`, the one that the caller had chosen, to the caller.
  @inline(never)
  mutating func sendBack(_ request: inout Request, _ outcome: Outcome, at leaves: Int64, from asked: Int32) {
    let path = candidates[asked].path
    let bytes = outcome == .served ? request.responseBytes : 0
    var back = request.propagationBack
    if paths[path].isTroubled {
      let state = state(of: paths[path], at: leaves)
      if state.cutBackward || state.refuses { return vanish(&request) }
      let base = Purpose.attempts &+ UInt64(truncatingIfNeeded: request.attempt) &* Purpose.perAttempt
      let recovery = lossRecovery(
        state.loss(on: paths[path]), timeout: paths[path].retransmissionTimeout,
        bits: request.luck.bits(base &+ Purpose.lossDown))
      if recovery == .max { return vanish(&request) }
      back &+= recovery
    }
    if request.measured {
      traffic[path].messagesDown &+= 1
      traffic[path].bytesDown &+= bytes
    }
    let access = request.accessBack &+ transmission(bytes, paths[path].downNanosecondsPerByte)
    request.access &+= access
    request.propagation &+= back
    let arrival = leaves &+ access &+ back
    if candidates[asked].links >= 0 { return crossBack(&request, outcome, asked, leaves: leaves, arriving: arrival) }
    conclude(&request, outcome, at: arrival)
  }

  /// The present attempt, or its answer, is gone: its caller notices when patience ends. A client that would wait
  /// for ever has lost its request at once; a function that would gives its call up after an hour.
  @inline(never)
  mutating func vanish(_ request: inout Request) {
    var noticed = request.deadline
    if noticed == .max { noticed = request.parent < 0 ? now : saturating(now, Self.patienceWithoutTimeout) }
    fail(&request, .lost, at: noticed)
  }

  /// How long functions wait for a lost message when they have no time-out for it, ns: an hour.
  static var patienceWithoutTimeout: Int64 { 3_600_000_000_000 }

  /// An attempt ends, as its caller sees it, at `time`, which may lie ahead.
  @inline(__always)
  mutating func conclude(_ request: inout Request, _ outcome: Outcome, at time: Int64) {
    if request.isGhost { return }
    if request.parent >= 0 { return concludeCall(&request, outcome, at: time) }
    if outcome == .served && time <= request.deadline { return end(&request, .served, at: time) }
    let noticed = min(time, request.deadline)
    let failure = outcome == .served || (time > request.deadline && outcome != .lost) ? .timedOut : outcome
    if request.attempt &+ 1 < clients[request.clients].attempts { return retry(&request, after: noticed) }
    end(&request, failure, at: noticed)
  }

  /// An attempt ends without an answer that went the usual way.
  @inline(never)
  mutating func fail(_ request: inout Request, _ failure: Outcome, at time: Int64) {
    conclude(&request, failure, at: time)
  }

  /// Schedules a further attempt after the back-off.
  @inline(never)
  private mutating func retry(_ request: inout Request, after time: Int64) {
    let policy = clients[request.clients]
    var wait = Double(policy.backoffBase)
    for _ in 0..<request.attempt { wait = min(wait * policy.backoffFactor, Double(policy.backoffCap)) }
    wait = min(wait, Double(policy.backoffCap))
    if policy.fullJitter {
      let base = Purpose.attempts &+ UInt64(truncatingIfNeeded: request.attempt) &* Purpose.perAttempt
      wait *= request.luck.bits(base &+ Purpose.backoff).unitInterval
    }
    let due = saturating(time, scaled(1, by: wait))
    if due > horizon { return pairing.note(&request, PairingLog.inFlight) }
    request.generation = 0
    queue.push(at: due, .payload(.attemptDue, requests.insert(request)))
  }

  /// A client's request has ended. What ends after the horizon counts as in flight.
  @inline(__always)
  private mutating func end(_ request: inout Request, _ outcome: Outcome, at time: Int64) {
    if time > horizon { return pairing.note(&request, PairingLog.inFlight) }
    let latency = time &- request.sentAt
    recorder.ended(&request, outcome, latency: latency)
    pairing.note(&request, outcome == .served ? latency : PairingLog.failed)
  }
}

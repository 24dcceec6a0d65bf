import SimulationKernel
import Stochastics

/// Requests that find no room and go on to the next site, and callers that the name service leads around trouble.
extension World {
  /// No room here: the same request sets out for the next candidate of the chain.
  ///
  /// Sites keep their connections to each other open. The way costs propagation and jitter, there and back.
  @inline(never)
  mutating func spill(_ request: inout Request) {
    let full = candidates[request.candidate].deployment
    if request.measured { deploymentCounts[full].spilled &+= 1 }
    request.hops &+= 1
    let row = candidates[request.candidate].spill
    let pathRow = candidates[row].path
    let path = paths[pathRow]
    let luck = spillLuck(request)
    let state = state(of: path, at: now)
    var (propagation, jitter) = (path.propagation, draw(path.jitter, luck, Purpose.jitter))
    let access = draw(path.access, luck, Purpose.access)
    if state.factor != 1 {
      (propagation, jitter) = (scaled(propagation, by: state.factor), scaled(jitter, by: state.factor))
    }
    var there = propagation &+ jitter / 2 &+ access / 2
    let back = propagation &+ jitter &- jitter / 2 &+ access &- access / 2
    // The handshake was over before the first site had no room.
    request.hideable = 0
    if request.measured {
      traffic[pathRow].messagesUp &+= 1
      traffic[pathRow].bytesUp &+= request.requestBytes
    }
    if state.refuses {
      request.hops &-= 1
      request.propagation &+= there &+ back
      return answer(&request, .refused, at: now &+ there &+ back)
    }
    let recovery = lossRecovery(
      state.loss(on: path), timeout: path.retransmissionTimeout, bits: luck.bits(Purpose.lossUp))
    if state.cutForward || recovery == .max { return vanishBehindFront(&request) }
    there &+= recovery &+ transmission(request.requestBytes, path.upNanosecondsPerByte)
    request.candidate = row
    request.propagation &+= there
    request.propagationBack &+= back
    if candidates[row].links >= 0 { return cross(&request, from: now, arriving: now &+ there) }
    proceed(&request, .poolReached, at: now &+ there)
  }

  private mutating func spillLuck(_ request: borrowing Request) -> Luck {
    let attempt = UInt64(truncatingIfNeeded: request.attempt) &* Purpose.perAttempt
    return request.luck.nested(Purpose.spills &+ attempt &* 4096 &+ UInt64(request.hops))
  }

  /// The answer to a request that was passed on goes back the way it came.
  ///
  /// - Parameters:
  ///   - leaves: when the answer sets out.
  ///   - last: the candidate whose site it has come to.
  @inline(never)
  mutating func answerAcrossSites(
    _ request: inout Request, _ outcome: Outcome, at leaves: Int64, from last: Int32
  ) {
    let bytes = outcome == .served ? request.responseBytes : 0
    let luck = spillLuck(request)
    var (leaves, root) = (leaves, last)
    var hop = hops(from: request.candidate, to: last)
    while candidates[root].spilledFrom >= 0 {
      let row = candidates[root].path
      let path = paths[row]
      let state = state(of: path, at: leaves)
      let recovery = lossRecovery(
        state.loss(on: path), timeout: path.retransmissionTimeout,
        bits: luck.bits(Purpose.lossDown &+ hop &* Purpose.perAttempt))
      if state.cutBackward || state.refuses || recovery == .max { return vanishBehindFront(&request) }
      if request.measured {
        traffic[row].messagesDown &+= 1
        traffic[row].bytesDown &+= bytes
      }
      let extra = recovery &+ transmission(bytes, path.downNanosecondsPerByte)
      request.propagation &+= extra
      if candidates[root].links >= 0 {
        return crossBack(&request, outcome, root, leaves: leaves, arriving: leaves &+ extra)
      }
      leaves = saturating(leaves, extra)
      root = candidates[root].spilledFrom
      hop &+= 1
    }
    sendBack(&request, outcome, at: leaves, from: root)
  }

  /// Hops back along a chain.
  private mutating func hops(from candidate: Int32, to root: Int32) -> UInt64 {
    var (row, count) = (candidate, UInt64(0))
    while row != root {
      row = candidates[row].spilledFrom
      count &+= 1
    }
    return count
  }

  /// A message between two sites is gone: the front that waits for it loses patience, or else the caller does.
  private mutating func vanishBehindFront(_ request: inout Request) {
    let front = candidates[request.candidate].front
    if front < 0 { return vanish(&request) }
    let patience = saturating(request.frontAt, fronts[front].timeout)
    if patience >= request.deadline || patience == .max { return vanish(&request) }
    if request.measured { frontCounts[front].timeouts &+= 1 }
    var root = request.candidate
    while candidates[root].spilledFrom >= 0 { root = candidates[root].spilledFrom }
    request.candidate = root
    request.hops = 0
    answer(&request, .timedOut, at: max(patience, now))
  }

  /// The first candidate of a route that the name service gives out, as the caller remembers its answer: an answer is
  /// kept for the time to live, so at a random instant its age is uniform.
  @inline(never)
  mutating func healthiest(of route: RoutePlan, _ luck: Luck) -> Int32 {
    let health = healths[route.health]
    let age = scaled(health.timeToLive, by: luck.bits(Purpose.choice).unitInterval)
    let asked = now &- age
    for offset in 0..<route.candidateCount where !isSick(offset, at: asked, health) { return offset }
    return 0
  }

  private mutating func isSick(_ candidate: Int32, at time: Int64, _ health: HealthPlan) -> Bool {
    for row in health.firstSickness..<health.firstSickness &+ health.sicknessCount {
      let sickness = sicknesses[row]
      if sickness.candidate == candidate && sickness.from <= time && time < sickness.to { return true }
    }
    return false
  }
}

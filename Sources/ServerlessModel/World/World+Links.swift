import SimulationKernel

/// A message on a way with shared links, until it has crossed the last of them.
struct Crossing: SlotRow {
  var link: Int32 = -1
  var request: Request
  /// The candidate whose way it is on.
  var candidate: Int32
  /// The link that it comes to next.
  var next: Int32
  /// When it would be at the way's end if no link made it wait any more, ns.
  var arrives: Int64
  /// How the request has ended, for an answer; nil for a request on its way there.
  var answer: Outcome?
}

/// Links that messages share. A link is a server with one line: a message holds it for its bytes ÷ bandwidth, which is
/// part of its transmission time, and waits as long as those before it hold it. What a message's own access network
/// is slower than the link is not held against others.
extension World {
  /// A request sets out on a way with links.
  ///
  /// - Parameters:
  ///   - start: when its first byte leaves the caller's site, ns.
  ///   - arrival: when it would be there if it had the links to itself, ns.
  @inline(never)
  mutating func cross(_ request: inout Request, from start: Int64, arriving arrival: Int64) {
    let use = linkUses[candidates[request.candidate].links]
    var crossing = Crossing(
      request: request, candidate: request.candidate, next: use.leaving, arrives: arrival, answer: nil)
    if use.leaving >= 0 { return approach(&crossing, at: start) }
    if use.entering >= 0 { return approachLast(&crossing, use.entering) }
    endCrossing(&crossing)
  }

  /// An answer sets out from a candidate's site on a way with links.
  @inline(never)
  mutating func crossBack(
    _ request: inout Request, _ outcome: Outcome, _ candidate: Int32, leaves: Int64, arriving arrival: Int64
  ) {
    let use = linkUses[candidates[candidate].links]
    var crossing = Crossing(
      request: request, candidate: candidate, next: use.answersLeaving, arrives: arrival, answer: outcome)
    if use.answersLeaving >= 0 { return approach(&crossing, at: leaves) }
    if use.answersEntering >= 0 { return approachLast(&crossing, use.answersEntering) }
    endCrossing(&crossing)
  }

  private func bytes(of crossing: borrowing Crossing) -> Int64 {
    guard let answer = crossing.answer else { return crossing.request.requestBytes }
    return answer == .served ? crossing.request.responseBytes : 0
  }

  /// The first byte comes to the link at the way's end so much before the message's arrival as it holds the link.
  private mutating func approachLast(_ crossing: inout Crossing, _ link: Int32) {
    crossing.next = link
    let held = transmission(bytes(of: crossing), links[link].nanosecondsPerByte)
    approach(&crossing, at: crossing.arrives &- held)
  }

  /// A message comes to its next link at `time`, at once if that is now.
  private mutating func approach(_ crossing: inout Crossing, at time: Int64) {
    let time = max(time, now)
    if time > crossing.request.deadline && !crossing.request.isGhost { outlive(&crossing.request) }
    if time > now {
      queue.push(at: time, .payload(.linkReached, crossings.insert(crossing)))
    } else {
      pass(&crossing)
    }
  }

  mutating func onLinkReached(_ handle: Int32) {
    var crossing = crossings[handle]
    crossings.remove(handle)
    pass(&crossing)
  }

  /// A message stands in a link's line and crosses it, unless its caller closes the connection before its turn comes.
  private mutating func pass(_ crossing: inout Crossing) {
    let link = crossing.next
    let held = transmission(bytes(of: crossing), links[link].nanosecondsPerByte)
    let wait = max(0, linkFree[link] &- now)
    if crossing.request.isGhost { return }
    if saturating(now, wait) > crossing.request.deadline { return outlive(&crossing.request) }
    linkFree[link] = saturating(now &+ wait, held)
    if crossing.request.measured && wait > 0 {
      linkCounts[link].waited &+= 1
      linkCounts[link].waitingTime &+= Int128(wait)
    }
    crossing.arrives = saturating(crossing.arrives, wait)
    crossing.request.access &+= wait
    let use = linkUses[candidates[crossing.candidate].links]
    let last = crossing.answer == nil ? use.entering : use.answersEntering
    if last >= 0 && last != link { return approachLast(&crossing, last) }
    endCrossing(&crossing)
  }

  /// All links are crossed: the message goes on as if there had been none.
  private mutating func endCrossing(_ crossing: inout Crossing) {
    guard let answer = crossing.answer else {
      let isAtFront = candidates[crossing.candidate].front >= 0 && crossing.request.hops == 0
      let next: EventKind = isAtFront ? .frontReached : .poolReached
      return proceed(&crossing.request, next, at: max(crossing.arrives, now))
    }
    let before = candidates[crossing.candidate].spilledFrom
    if before < 0 {
      return conclude(&crossing.request, answer, at: crossing.arrives)
    }
    answerAcrossSites(&crossing.request, answer, at: crossing.arrives, from: before)
  }
}

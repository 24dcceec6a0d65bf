import SimulationKernel
import Stochastics

/// An execution that invokes other functions: its length is not known when it starts.
struct Frame: SlotRow {
  var link: Int32 = -1
  var generation: UInt32
  /// The request it serves, kept in the table of requests.
  var request: Int32
  var pool: Int32
  /// The instance it holds; -1 once it has forwarded its request.
  var instance: Int32
  /// Present step, and how many of its calls have been issued.
  var step: Int32 = 0
  var issued: Int32 = 0
  /// Calls without an answer.
  var pending: Int32 = 0
  /// The platform's own latency before the execution, and when the execution began.
  var overhead: Int64
  var begins: Int64
  var issuedAt: Int64 = 0
  var callTimeout: Int64 = .max
  var initTime: Int64
  var isNew: Bool
  var callFailed = false
  var progress: Progress
}

extension World {
  /// Starts an execution that invokes others.
  ///
  /// - Parameter overhead: the platform's own latency before it, ns.
  @inline(never)
  mutating func openFrame(
    _ request: inout Request, _ pool: Int32, _ instance: Int32, _ start: ExecutionStart, overhead: Int64, isNew: Bool
  ) {
    let handle = keep(&request)
    generations = generations & 0xFF_FFFF == 0xFF_FFFF ? 1 : generations &+ 1
    let frame = frames.insert(
      Frame(
        generation: generations, request: handle, pool: pool, instance: instance, overhead: overhead,
        begins: start.begins, initTime: start.initTime, isNew: isNew, progress: Progress(elapsed: start.extra)))
    let expires = saturating(start.begins, deployments[pool].timeout)
    if expires <= horizon { queue.push(at: expires, .payload(.frameExpired, frame, generation: generations)) }
    run(frame)
  }

  mutating func onFrameDue(_ frame: Int32, _ generation: UInt32) {
    guard frames[frame].generation == generation else { return }
    run(frame)
  }

  /// Goes through the steps until one has to wait for its time or for an answer.
  private mutating func run(_ frame: Int32) {
    let pool = frames[frame].pool
    let count = deployments[pool].stepCount
    while true {
      let offset = frames[frame].step
      let time = frames[frame].begins &+ frames[frame].progress.elapsed
      let row = deployments[pool].firstStep &+ offset
      let isLast = offset == count || frames[frame].progress.failed
      if isLast || steps[row].kind == .call || steps[row].kind == .forward {
        if time > now {
          queue.push(at: time, .payload(.frameDue, frame, generation: frames[frame].generation))
        } else if isLast {
          close(frame, nil)
        } else if steps[row].kind == .forward && frames[frame].instance >= 0 {
          letGo(frame)
        } else {
          issueCalls(frame, row, offset)
        }
        return
      }
      var progress = frames[frame].progress
      let (luck, measured) = (requests[frames[frame].request].luck, requests[frames[frame].request].measured)
      perform(
        row, offset, luck, measured: measured, pool, isNew: frames[frame].isNew, begins: frames[frame].begins,
        &progress)
      if deployments[pool].group >= 0 && frames[frame].instance >= 0 {
        slowDown(&progress, since: frames[frame].progress.compute, frames[frame].instance, pool)
      }
      frames[frame].progress = progress
      frames[frame].step = offset &+ 1
    }
  }

  /// An execution that forwards its request is over: its instance becomes free, and then the request goes on.
  ///
  /// Both by way of the queue: who waits for the instance may forward at once as well, and each would stand on the
  /// stack of the one before.
  private mutating func letGo(_ frame: Int32) {
    let (instance, pool) = (frames[frame].instance, frames[frame].pool)
    var progress = frames[frame].progress
    let outcome = limited(&progress, pool)
    noteHeld(progress, frames[frame])
    settle(outcome, of: requests[frames[frame].request], frames[frame], progress)
    frames[frame].instance = -1
    queue.push(
      at: now, .payload(.executionFinished, instance, generation: pools.instances[instance].generation))
    queue.push(at: now, .payload(.frameDue, frame, generation: frames[frame].generation))
  }

  /// Reckons what an execution has used of its instance's slots.
  private mutating func noteHeld(_ progress: Progress, _ frame: Frame) {
    guard deployments[frame.pool].group >= 0 else { return }
    noteUse(progress, holding: progress.elapsed &+ frame.overhead, frame.pool)
  }

  /// Counts what an execution has used whose length shows only now.
  mutating func settle(_ outcome: Outcome, of request: Request, _ frame: Frame, _ progress: Progress) {
    settleLate(
      outcome, of: request, frame.pool, progress, begins: frame.begins, initTime: frame.initTime, isNew: frame.isNew)
  }

  /// Issues the next call of a step, or all of them if they are parallel.
  private mutating func issueCalls(_ frame: Int32, _ row: Int32, _ offset: Int32) {
    let step = steps[row]
    if frames[frame].issued == 0 { frames[frame].issuedAt = now }
    frames[frame].callTimeout = step.timeout
    let parent = requests[frames[frame].request]
    let due = step.parallel ? step.count : 1
    frames[frame].pending = due
    let generation = frames[frame].generation
    for _ in 0..<due {
      let ordinal = frames[frame].issued
      frames[frame].issued = ordinal &+ 1
      let purpose = Purpose.steps &+ UInt64(truncatingIfNeeded: offset) &* Purpose.perStep
        &+ UInt64(truncatingIfNeeded: ordinal)
      var call = Request(
        sentAt: now, attemptAt: now, luck: parent.luck.nested(purpose), index: UInt64(generation),
        requestBytes: step.requestBytes, responseBytes: step.responseBytes, clients: parent.clients,
        function: none, route: step.route, parent: frame)
      call.section = parent.section
      call.measured = parent.measured
      send(&call)
    }
  }

  /// A call ends, as the calling execution sees it.
  @inline(never)
  mutating func concludeCall(_ call: inout Request, _ outcome: Outcome, at time: Int64) {
    let ok = outcome == .served && time <= call.deadline
    let noticed = min(time, call.deadline)
    if noticed > horizon { return }
    queue.push(
      at: noticed,
      .payload(ok ? .callAnswered : .callFailed, call.parent, generation: UInt32(truncatingIfNeeded: call.index)))
  }

  mutating func onCallEnded(_ frame: Int32, _ generation: UInt32, failed: Bool) {
    guard frames[frame].generation == generation else { return }
    frames[frame].pending &-= 1
    if failed { frames[frame].callFailed = true }
    if frames[frame].pending > 0 { return }
    let row = deployments[frames[frame].pool].firstStep &+ frames[frame].step
    if !frames[frame].callFailed && frames[frame].issued < steps[row].count {
      return issueCalls(frame, row, frames[frame].step)
    }
    let time = now &- frames[frame].issuedAt
    frames[frame].progress.elapsed &+= time
    frames[frame].progress.downstream &+= time
    frames[frame].progress.failed = frames[frame].callFailed
    frames[frame].issued = 0
    frames[frame].step &+= 1
    run(frame)
  }

  mutating func onFrameExpired(_ frame: Int32, _ generation: UInt32) {
    guard frames[frame].generation == generation, frames[frame].instance >= 0 else { return }
    // Just past the limit, so that it is settled as a time-out.
    let limit = deployments[frames[frame].pool].timeout
    frames[frame].progress.elapsed = max(frames[frame].progress.elapsed, limit &+ 1)
    close(frame, .timedOut)
  }

  /// Gives the slots of an execution and of its request back.
  /// - Returns: the request, and whether its caller has given it up.
  mutating func release(_ frame: Int32) -> (request: Request, abandoned: Bool) {
    let handle = frames[frame].request
    frames[frame].generation = 0
    frames.remove(frame)
    return takeBack(handle)
  }

  /// Ends an execution: the instance is free, the answer sets out, unless the caller has given up.
  /// - Parameter forced: how it ends, if not by its own program.
  mutating func close(_ frame: Int32, _ forced: Outcome?) {
    let ended = frames[frame]
    var (request, abandoned) = release(frame)
    var progress = ended.progress
    var outcome: Outcome = progress.failed ? .refused : .served
    if ended.instance >= 0 {
      outcome = limited(&progress, ended.pool)
      noteHeld(progress, ended)
      settle(outcome, of: request, ended, progress)
      vacate(ended.instance, of: ended.pool)
    }
    if abandoned { return }
    request.add(progress)
    deliver(&request, forced ?? outcome, at: now)
  }

  /// Counts what the executions have used that the end of the run cuts short.
  mutating func settleOpenFrames() {
    for frame in 0..<Int32(frames.slotCount) where frames[frame].generation != 0 && frames[frame].instance >= 0 {
      let open = frames[frame]
      let time = max(0, horizon &- open.begins)
      var progress = open.progress
      progress.elapsed = time
      progress.cut(at: time)
      settle(.served, of: requests[open.request], open, progress)
    }
  }
}

import SimulationKernel

/// Chains of calls that lead back to a function.
extension World {
  /// Whether a call's chain holds as many executions of its function as the platform lets happen.
  @inline(never)
  mutating func isRunaway(_ request: Request, _ pool: Int32) -> Bool {
    let (function, limit) = (deployments[pool].function, deployments[pool].recursionLimit)
    var (frame, generation) = (request.parent, UInt32(truncatingIfNeeded: request.index))
    var count: Int32 = 0
    // A caller that is gone ends the chain.
    while frame >= 0 && frames[frame].generation == generation {
      if deployments[frames[frame].pool].function == function { count += 1 }
      if count >= limit { return true }
      let caller = frames[frame].request
      (frame, generation) = (requests[caller].parent, UInt32(truncatingIfNeeded: requests[caller].index))
    }
    return false
  }

  /// The platform stops a chain: the call ends with an error.
  @inline(never)
  mutating func stopRunaway(_ request: inout Request, _ pool: Int32) {
    if request.measured { deploymentCounts[pool].recursionStops &+= 1 }
    refuse(&request)
  }
}

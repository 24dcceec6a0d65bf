import SimulationKernel

/// What is alive in a world now, and the room that its tables have taken: memory follows the first, not the number
/// of simulated requests.
package struct Occupancy: Sendable, Equatable {
  /// Requests on their way, waiting, or held by an execution that invokes others.
  package var requests = 0
  package var requestSlots = 0
  /// Executions that invoke others.
  package var frames = 0
  package var frameSlots = 0
  package var instances = 0
  package var instanceSlots = 0
  /// Requests in the lines of all pools.
  package var waiting = 0
  package var pendingEvents = 0
  package var eventSlots = 0
  /// Requests of which the pairing log can hold the outcome.
  package var pairingSlots = 0

  /// The room alone: what must stop growing.
  package var slots: [Int] { [requestSlots, frameSlots, instanceSlots, eventSlots, pairingSlots] }
}

/// How busy one deployment's pool is now.
package struct PoolOccupancy: Sendable, Equatable {
  /// Instances alive, idle ones whose keep-alive has run out included until somebody looks.
  package var live: Int
  /// Requests in execution.
  package var running: Int
  package var waiting: Int
}

extension World {
  /// What is alive now, over all deployments.
  package var occupancy: Occupancy {
    Occupancy(
      requests: requests.liveCount + crossings.liveCount, requestSlots: requests.slotCount, frames: frames.liveCount,
      frameSlots: frames.slotCount, instances: pools.instances.liveCount, instanceSlots: pools.instances.slotCount,
      waiting: waitingTotal, pendingEvents: queue.count, eventSlots: queue.slotCount, pairingSlots: pairing.capacity)
  }

  /// The pool of a deployment.
  package func pool(_ deployment: Int) -> PoolOccupancy {
    let row = pools.pools[Int32(deployment)]
    return PoolOccupancy(live: Int(row.live), running: Int(row.running), waiting: Int(waiting(at: Int32(deployment))))
  }
}

import Stochastics

/// What kind of place a site is.
package enum SiteKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case region, zone, edge, regionalEdgeCache, localZone, carrierZone, outpost, gateway, point
}

/// Which idle instance goes first when a site is full.
package enum EvictionOrder: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case leastRecentlyUsed
  /// The lowest clock + frequency × cost ÷ size (FaasCache: Fuerst and Sharma, ASPLOS 2021).
  case greedyDual
}

/// A place where functions or stores run.
package struct SitePlan: BitwiseCopyable, Sendable {
  package var kind: SiteKind
  /// Availability zones among which the platform spreads instances (1 for anything but a region).
  package var zoneCount: Int32
  /// Most instances that the site keeps in memory over all functions; 0 = no limit. Isolate platforms evict the
  /// least recently used idle instance of the site when it is full.
  package var instanceCapacity: Int32
  /// Memory for the instances that have a `footprint`, MB; 0 = no limit.
  package var memoryCapacity: Int64 = 0
  /// Processors for the instances that have some to themselves, thousandths of a vCPU; 0 = no limit.
  package var processorCapacity: Int64 = 0
  package var eviction = EvictionOrder.leastRecentlyUsed

  package init(kind: SiteKind, zoneCount: Int32 = 1, instanceCapacity: Int32 = 0) {
    self.kind = kind
    self.zoneCount = zoneCount
    self.instanceCapacity = instanceCapacity
  }
}

/// The way between a caller (an origin, or a site that calls another) and a site.
///
/// One-way delay = propagation + half the access draw + half the jitter draw + transmission + loss recovery.
package struct PathPlan: BitwiseCopyable, Sendable {
  /// One-way propagation, ns.
  package var propagation: Int64
  /// The part of `propagation` that lies behind the place where connections end, ns: handshakes do not travel it.
  package var beyondTermination: Int64 = 0
  /// Round-trip delay of the caller's access network (last mile); `.none` between sites.
  package var access: Sampler = .none
  /// Round-trip jitter on top of propagation.
  package var jitter: Sampler = .none
  /// Transmission time of a byte towards the site, ns (0 = not a bottleneck).
  package var upNanosecondsPerByte: Double = 0
  /// Transmission time of a byte from the site, ns.
  package var downNanosecondsPerByte: Double = 0
  /// Probability that a packet is lost, one way.
  package var loss: Double = 0
  /// First retransmission time-out, ns; doubles with each further loss of the same packet.
  package var retransmissionTimeout: Int64 = 200_000_000
  /// Rows of `Plan.faults` that touch this path, in order of their start.
  package var firstFault: Int32 = 0
  package var faultCount: Int32 = 0

  package init(propagation: Int64) { self.propagation = propagation }

  /// Whether messages on it can be lost, refused or slowed down.
  var isTroubled: Bool { faultCount > 0 || loss > 0 }
}

/// One direction of a site's uplink. Messages cross it one after another, first come first served; none is dropped.
package struct LinkPlan: BitwiseCopyable, Sendable {
  /// Time for which a byte holds the link, ns.
  package var nanosecondsPerByte: Double

  package init(nanosecondsPerByte: Double) { self.nanosecondsPerByte = nanosecondsPerByte }
}

/// The shared links on the way of a candidate: rows of `Plan.links`, `none` where there is none.
package struct LinkUsePlan: BitwiseCopyable, Sendable {
  /// Where requests leave the caller's site, and where they come into the candidate's.
  package var leaving: Int32 = none
  package var entering: Int32 = none
  /// Where answers leave the candidate's site, and where they come into the caller's.
  package var answersLeaving: Int32 = none
  package var answersEntering: Int32 = none

  package init() {}
}

/// What an interval of trouble does to a path.
package enum FaultKind: UInt8, BitwiseCopyable, Sendable {
  /// Messages towards the site vanish.
  case cutForward
  /// Messages from the site vanish.
  case cutBackward
  /// The site is down and says so: callers get an error after a round trip.
  case refuse
  /// The site is down and says nothing: messages to and from it vanish.
  case silent
  /// Latency × `factor`, and `loss` added.
  case degrade
}

/// One interval of trouble on one path: `[from, to)`.
package struct FaultInterval: BitwiseCopyable, Sendable {
  package var kind: FaultKind
  package var from: Int64
  package var to: Int64
  package var factor: Double = 1
  package var loss: Double = 0

  package init(kind: FaultKind, from: Int64, to: Int64, factor: Double = 1, loss: Double = 0) {
    self.kind = kind
    self.from = from
    self.to = to
    self.factor = factor
    self.loss = loss
  }
}

/// An outage of a site, or of one of its zones, as the instances there feel it: at `from` they are gone.
package struct SiteEvent: BitwiseCopyable, Sendable {
  package var site: Int32
  /// Zone index within the site, or `none` for the whole site.
  package var zone: Int32
  package var from: Int64
  package var to: Int64

  package init(site: Int32, zone: Int32 = none, from: Int64, to: Int64) {
    self.site = site
    self.zone = zone
    self.from = from
    self.to = to
  }
}

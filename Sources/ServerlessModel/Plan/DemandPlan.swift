import Stochastics

/// How callers of one kind behave: patience, retries, connections.
package struct ClientsPlan: BitwiseCopyable, Sendable {
  /// How long a caller waits for the answer to one attempt, ns; `Int64.max` = for ever.
  package var timeout: Int64 = .max
  /// Attempts in all, the first included.
  package var attempts: Int32 = 1
  /// Back-off before attempt n+1: `min(cap, base × factor^(n−1))`, ns; with full jitter a uniform share of it.
  package var backoffBase: Int64 = 100_000_000
  package var backoffFactor: Double = 2
  package var backoffCap: Int64 = 20_000_000_000
  package var fullJitter = true
  /// Whether a further attempt goes to the route's next candidate.
  package var failsOver = false
  /// Round trips of a full handshake (TCP + TLS 1.3: 2, TCP + TLS 1.2: 3, QUIC: 1, TCP: 1, none: 0).
  package var handshakeRoundTrips: Int32 = 0
  /// Round trips of a resumed handshake.
  package var resumedRoundTrips: Int32 = 0
  /// Of the round trips of a handshake, those that belong to TLS: what an isolate's start can hide behind.
  package var tlsRoundTrips: Int32 = 0
  /// Share of requests that find an open connection.
  package var reuse: Double = 1
  /// Share of new connections that resume an earlier session.
  package var resumption: Double = 0

  package init() {}
}

/// Where callers sit: a city with an access network, or a site.
package struct OriginPlan: BitwiseCopyable, Sendable {
  package var clients: Int32
  /// Cumulative share among the origins of its source: the origin is taken when a uniform draw is below it.
  package var threshold: Double
  /// First of this origin's routes; the route of target k of the source is `firstRoute + k`.
  package var firstRoute: Int32

  package init(clients: Int32, threshold: Double, firstRoute: Int32) {
    self.clients = clients
    self.threshold = threshold
    self.firstRoute = firstRoute
  }
}

/// A law of arrivals.
package enum ArrivalKind: UInt8, BitwiseCopyable, Sendable {
  /// Poisson with a piecewise-constant rate (`rateSteps`), repeated with `period` if that is not 0.
  case poisson
  /// Independent gaps drawn from `gap`, the first arrival at `phase` + one gap.
  case renewal
  /// At `phase`, `phase + period`, …
  case periodic
  /// Markov-modulated Poisson with two states (`rateSteps[0]` quiet, `[1]` busy): exponential sojourns with mean
  /// `until` of the row, ns. Starts in the quiet state with its stationary probability.
  case bursts
  /// At the listed `instants`, in order; equal instants make a batch.
  case instants
}

/// One stream of arrivals: a population's share that has one rate curve.
package struct SourcePlan: BitwiseCopyable, Sendable {
  package var clients: Int32
  /// Identity of the stream of luck; see `Mix.identity(of:)`.
  package var entity: UInt64
  package var kind: ArrivalKind
  /// Rows of `rateSteps` (poisson, bursts) or of `instants`.
  package var firstRow: Int32 = 0
  package var rowCount: Int32 = 0
  package var gap: Sampler = .none
  package var period: Int64 = 0
  package var phase: Int64 = 0
  package var firstOrigin: Int32 = 0
  package var originCount: Int32 = 1
  package var firstTarget: Int32 = 0
  package var targetCount: Int32 = 1

  package init(clients: Int32, entity: UInt64, kind: ArrivalKind) {
    self.clients = clients
    self.entity = entity
    self.kind = kind
  }
}

/// A stretch of constant arrival rate.
package struct RateStep: BitwiseCopyable, Sendable {
  /// End of the stretch, ns from the start of the period (`Int64.max` for the last of an unrepeated curve); for
  /// `bursts` the mean sojourn time of the state.
  package var until: Int64
  /// Arrivals per nanosecond.
  package var rate: Double

  package init(until: Int64, rate: Double) {
    self.until = until
    self.rate = rate
  }
}

/// One of the functions a source calls.
package struct TargetPlan: BitwiseCopyable, Sendable {
  package var function: Int32
  /// Cumulative share among the targets of its source.
  package var threshold: Double
  package var requestBytes: Int64
  package var responseBytes: Int64

  package init(function: Int32, threshold: Double, requestBytes: Int64 = 0, responseBytes: Int64 = 0) {
    self.function = function
    self.threshold = threshold
    self.requestBytes = requestBytes
    self.responseBytes = responseBytes
  }
}

/// How a route picks among its candidates.
package enum RouteChoice: UInt8, BitwiseCopyable, Sendable {
  /// The first; further attempts of callers that fail over take the next.
  case ordered
  /// By a uniform draw over all candidates.
  case uniform
  /// By the candidates' cumulative thresholds.
  case weighted
  /// The first that the name service holds for healthy; see `HealthPlan`.
  case healthy
}

/// What the name service that picks for a route knows about the health of its candidates.
package struct HealthPlan: BitwiseCopyable, Sendable {
  /// How long a caller keeps an answer of the name service, ns: its view is up to so much older than now.
  package var timeToLive: Int64
  /// Rows of `Plan.sicknesses`.
  package var firstSickness: Int32
  package var sicknessCount: Int32

  package init(timeToLive: Int64, firstSickness: Int32, sicknessCount: Int32) {
    self.timeToLive = timeToLive
    self.firstSickness = firstSickness
    self.sicknessCount = sicknessCount
  }
}

/// A time in which the name service does not give a candidate out: `[from, to)`, after the checks have noticed.
package struct SicknessPlan: BitwiseCopyable, Sendable {
  /// Position among the candidates of the route.
  package var candidate: Int32
  package var from: Int64
  package var to: Int64

  package init(candidate: Int32, from: Int64, to: Int64) {
    self.candidate = candidate
    self.from = from
    self.to = to
  }
}

/// From one origin (or one calling deployment) to one function: where it may be served.
package struct RoutePlan: BitwiseCopyable, Sendable {
  package var choice: RouteChoice = .ordered
  package var firstCandidate: Int32
  package var candidateCount: Int32
  /// Row of `Plan.healths`, for `healthy`.
  package var health: Int32

  package init(
    choice: RouteChoice = .ordered, firstCandidate: Int32, candidateCount: Int32 = 1, health: Int32 = none
  ) {
    self.choice = choice
    self.firstCandidate = firstCandidate
    self.candidateCount = candidateCount
    self.health = health
  }
}

/// One way to be served: a path, perhaps an API front, and a deployment.
package struct CandidatePlan: BitwiseCopyable, Sendable {
  package var path: Int32
  package var front: Int32
  package var deployment: Int32
  /// Candidate that a request goes on to when there is no room here; its path leads from this site to the next.
  package var spill: Int32 = none
  /// Candidate whose overflow this one takes.
  package var spilledFrom: Int32 = none
  /// Row of `Plan.linkUses`: the shared links on the way here; most ways have none.
  package var links: Int32 = none
  package var threshold: Double = 1

  package init(path: Int32, front: Int32 = none, deployment: Int32, threshold: Double = 1) {
    self.path = path
    self.front = front
    self.deployment = deployment
    self.threshold = threshold
  }
}

/// A population of callers.
package struct ClientsSpec: Sendable {
  package var name: Marked<String>
  /// Cities with weights; empty when the callers sit `at` a site.
  package var cities: [WeightedName]
  package var site: Marked<String>?
  /// Access technologies (or `none`) with shares that sum to 1; empty = none.
  package var access: [WeightedName]
  package var carrier: Marked<String>?
  package var arrivals: ArrivalsSpec
  package var arrivalsMark: SourceMark
  /// Functions with weights.
  package var calls: [WeightedName]
  /// Patience per attempt, ns; `Int64.max` = for ever.
  package var timeout: Int64
  package var retry: RetrySpec
  package var connections: ConnectionsSpec?

  static let table = KeyTable(
    "a client population", later: ["sessions", "think", "hedge"],
    [
      Key("cities", .weightedNames, "where the callers live: a city, a list, or cities with weights"),
      Key("at", .name, "a site to sit at, instead of cities; without an access network nothing lies between"),
      Key(
        "access", .either([.name, .named(.ratio)]),
        "access network (4g, fibre, …), or several with shares; none"),
      Key("carrier", .name, "mobile carrier whose subscribers the callers are"),
      .required("arrivals", .object(ArrivalsSpec.table), "how requests arrive"),
      .required("calls", .weightedNames, "the function called, or several with weights"),
      Key("timeout", .either([.quantity(.duration), .choice(["none"])]), "patience per attempt (30 s)"),
      Key("retry", .object(RetrySpec.table), "further attempts after a failure (none)"),
      Key(
        "connections", .either([.object(ConnectionsSpec.table), .choice(["none"])]),
        "how connections open and last"),
    ])
}

/// What a caller does after a failed attempt.
package struct RetrySpec: Sendable {
  /// Attempts in all, the first included.
  package var attempts = 1
  /// First back-off, its growth and its cap; times in ns.
  package var backoff: Int64 = 100_000_000
  package var factor: Double = 2
  package var cap: Int64 = 20_000_000_000
  package var hasFullJitter = true
  package var failsOver = false

  static let table = KeyTable(
    "the retry rule", later: ["budget", "hedge"],
    [
      Key("attempts", .count(minimum: 1), "attempts in all, the first included (3)"),
      Key("backoff", .quantity(.duration), "wait before the second attempt (100 ms)"),
      Key("factor", .number, "growth of the wait with each attempt (2)"),
      Key("cap", .quantity(.duration), "longest wait (20 s)"),
      Key("jitter", .choice(["full", "none"]), "full: a uniform share of the wait (full)"),
      Key("failover", .flag, "whether a further attempt goes to the next site (false)"),
    ])
}

/// How callers open and keep connections.
package struct ConnectionsSpec: Sendable {
  /// What a handshake is made of.
  package enum Handshake: String, Sendable, CaseIterable {
    case tls13 = "tls1.3"
    case tls12 = "tls1.2"
    case quic
    case tcp
    case none
  }

  package var handshake = Handshake.tls13
  /// Share of requests on an open connection.
  package var reuse = 0.9
  /// Share of new connections that resume an earlier session.
  package var resumption = 0.5

  static let table = KeyTable(
    "the connection rule",
    [
      Key(
        "protocol", .choice(Handshake.allCases.map(\.rawValue)),
        "tls1.3, tls1.2, quic, tcp or none"
          + " (tls1.3)"),
      Key("reuse", .ratio, "share of requests on an open connection (0.9)"),
      Key("resumption", .ratio, "share of new connections that resume a session (0.5)"),
    ])
}

extension NodeReader {
  /// Reads one population.
  package func clients(_ name: Marked<String>, _ node: Located) -> ClientsSpec? {
    guard let map = mapping(node, ClientsSpec.table) else { return nil }
    if map.has("cities") == map.has("at") {
      map.fail("missing-key", "a client population needs either 'cities' or 'at' (a site)")
    }
    let access = map.read("access") { shares($0, "access network") } ?? []
    let arrivals = map.read("arrivals", arrivals)
    let calls = map.read("calls") { weightedNames($0, "function") }
    let retry = map.read("retry", retry) ?? RetrySpec()
    let timeout = map.read("timeout") { orNone($0, positiveDuration) }
    let site = map.read("at", self.name)
    let carrier = map.read("carrier", self.name)
    let cities = map.read("cities") { weightedNames($0, "city") } ?? []
    let isBare = access.allSatisfy { $0.name.value == "none" }
    let connections =
      map.read("connections") { orNone($0, self.connections) } ?? (isBare ? nil : ConnectionsSpec())
    guard let arrivals, let calls else { return nil }
    return ClientsSpec(
      name: name, cities: cities, site: site, access: access.filter { $0.weight > 0 },
      carrier: carrier, arrivals: arrivals, arrivalsMark: map.mark(of: "arrivals") ?? name.mark, calls: calls,
      timeout: timeout.map { $0?.value ?? .max } ?? 30_000_000_000, retry: retry,
      connections: connections)
  }

  /// Reads a value, or the word `none` as no value.
  func orNone<Value>(_ node: Located, _ body: (Located) -> Value?) -> Value?? {
    if node.text == "none" { return .some(nil) }
    return body(node).map { .some($0) }
  }

  private func retry(_ node: Located) -> RetrySpec? {
    guard let map = mapping(node, RetrySpec.table) else { return nil }
    var retry = RetrySpec()
    retry.attempts = map.read("attempts") { count($0, from: 1, to: 100) }?.value ?? 3
    retry.backoff = map.read("backoff", duration)?.value ?? retry.backoff
    retry.cap = map.read("cap", duration)?.value ?? retry.cap
    retry.hasFullJitter = map.read("jitter") { choice($0, [("full", true), ("none", false)]) } ?? true
    retry.failsOver = map.read("failover", flag) ?? false
    if let factor = map.read("factor", number) {
      retry.factor = factor.value
      if factor.value < 1 || factor.value > 100 {
        problems.error("out-of-range", at: factor.mark, "the growth of the wait is a number from 1 to 100")
      }
    }
    return retry
  }

  private func connections(_ node: Located) -> ConnectionsSpec? {
    guard let map = mapping(node, ConnectionsSpec.table) else { return nil }
    var connections = ConnectionsSpec()
    let words = ConnectionsSpec.Handshake.allCases.map { ($0.rawValue, $0) }
    connections.handshake = map.read("protocol") { choice($0, words) } ?? .tls13
    connections.reuse = map.read("reuse", ratio)?.value ?? connections.reuse
    connections.resumption = map.read("resumption", ratio)?.value ?? connections.resumption
    return connections
  }
}

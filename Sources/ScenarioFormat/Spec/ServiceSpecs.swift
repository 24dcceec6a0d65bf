package import Stochastics

/// An API front: a gateway with a rate limit, a time-out and a latency of its own.
package struct GatewaySpec: Sendable {
  package var name: Marked<String>
  /// A front of the catalog; `nil` = none, everything is given here.
  package var service: Marked<String>?
  /// Requests per second, and how many at once.
  package var rate: Marked<Double>?
  package var burst: Marked<Int>?
  /// Longest wait for the function behind it, ns.
  package var timeout: Marked<Int64>?
  package var overhead: Marked<Distribution>?

  static let table = KeyTable(
    "a gateway", later: ["authoriser", "cache", "websocket"],
    [
      Key("service", .name, "api-gateway-rest, api-gateway-http or none (none)"),
      Key("rate", .quantity(.rate), "token bucket: requests per time (the service's)"),
      Key("burst", .count(minimum: 1), "token bucket: requests at once (the service's)"),
      Key("timeout", .quantity(.duration), "longest wait for the function (the service's)"),
      Key("overhead", .law, "time that the gateway adds (the service's)"),
    ])
}

/// A store that functions read and write.
package struct StoreSpec: Sendable {
  package var name: Marked<String>
  package var service: Marked<String>
  package var site: Marked<String>?
  /// Bytes of one item.
  package var item: Int64
  /// Longest wait for one attempt, ns, and attempts in all.
  package var timeout: Int64
  package var attempts: Int
  /// Latency at the store itself, instead of the catalog's.
  package var read: Marked<Distribution>?
  package var write: Marked<Distribution>?

  static let table = KeyTable(
    "a store", later: ["keys", "consistency", "replicas", "quorum", "capacity"],
    [
      .required("service", .name, "the service of the catalog, such as dynamodb"),
      Key("at", .name, "the site where it is; may be given in placements instead"),
      Key("item", .quantity(.bytes), "size of one item (1 KB)"),
      Key("timeout", .quantity(.duration), "longest wait for one attempt of an operation (1 s)"),
      Key("attempts", .count(minimum: 1), "attempts of an operation in all (3)"),
      Key("read", .law, "latency of a read at the store (the service's)"),
      Key("write", .law, "latency of a write at the store (the service's)"),
    ])
}

extension NodeReader {
  /// Reads one gateway.
  package func gateway(_ name: Marked<String>, _ node: Located) -> GatewaySpec? {
    guard let map = mapping(node, GatewaySpec.table) else { return nil }
    let service = map.read("service") { orNone($0, self.name) }
    return GatewaySpec(
      name: name, service: service ?? nil, rate: map.read("rate", positiveRate),
      burst: map.read("burst") { count($0, from: 1) }, timeout: map.read("timeout", positiveDuration),
      overhead: map.read("overhead", law))
  }

  /// Reads one store.
  package func store(_ name: Marked<String>, _ node: Located) -> StoreSpec? {
    guard let map = mapping(node, StoreSpec.table) else { return nil }
    let service = map.read("service", self.name)
    let store = StoreSpec(
      name: name, service: service ?? name, site: map.read("at", self.name),
      item: map.read("item", bytes)?.value ?? 1_000,
      timeout: map.read("timeout", positiveDuration)?.value ?? 1_000_000_000,
      attempts: map.read("attempts") { count($0, from: 1, to: 100) }?.value ?? 3, read: map.read("read", law),
      write: map.read("write", law))
    return service == nil ? nil : store
  }

  /// A rate above zero.
  func positiveRate(_ node: Located) -> Marked<Double>? {
    guard let rate = rate(node) else { return nil }
    guard rate.value > 0 else {
      problems.error("not-positive", at: node.mark, "a rate above zero belongs here")
      return nil
    }
    return rate
  }
}

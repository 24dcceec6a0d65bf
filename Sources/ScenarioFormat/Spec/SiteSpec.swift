/// A site of the scenario's own, or what it says of one of the catalog.
package struct SiteSpec: Sendable {
  package var name: Marked<String>
  /// Host of the catalog whose kind and capacity it has.
  package var like: Marked<String>?
  /// What it is; nil for that of the host.
  package var kind: Marked<WhereSpec.NearestKind>?
  /// Where it is, instead of degrees.
  package var city: Marked<String>?
  /// Degrees; both or none.
  package var latitude: Marked<Double>?
  package var longitude: Marked<Double>?
  /// The region that it belongs to.
  package var parent: Marked<String>?
  /// Access technology that joins it to the rest of the world.
  package var uplink: Marked<String>?
  /// Bandwidth of the uplink from the site and to it, Mbit/s, instead of the access network's.
  package var uplinkUp: Double?
  package var uplinkDown: Double?
  /// Its capacity: vCPUs, MB, instances.
  package var vcpus: Marked<Double>?
  package var memory: Marked<Double>?
  package var slots: Marked<Int>?

  static let table = KeyTable(
    "a site",
    [
      Key("like", .name, "a host of the catalog, whose kind and capacity it has"),
      Key(
        "kind", .choice(kinds.map(\.rawValue)), "what it is: outpost (a rack on premises), gateway, …"),
      Key("city", .name, "where it is"),
      Key("latitude", .text, "where it is, in degrees, instead of a city"),
      Key("longitude", .text, "where it is, in degrees, instead of a city"),
      Key("parent", .name, "the region that it belongs to"),
      Key(
        "uplink", .either([.name, .object(uplinkTable)]),
        "the access network that joins it to the world (a wired one without delay)"),
      Key("vcpu", .number, "vCPUs that its instances share; none without an entry"),
      Key("memory", .quantity(.memory), "memory that its instances share"),
      Key("slots", .count(minimum: 1), "most instances at a time"),
    ])
  static let uplinkTable = KeyTable(
    "an uplink",
    [
      .required("like", .name, "access network of the catalog, whose latency and loss it has"),
      Key("up", .quantity(.bandwidth), "bandwidth from the site, which all its messages share (the access network's)"),
      Key("down", .quantity(.bandwidth), "bandwidth to the site (the access network's)"),
    ])
  /// The kinds that a scenario may add.
  static let kinds: [WhereSpec.NearestKind] = [.outpost, .gateway, .localZone, .edge]
}

extension NodeReader {
  /// Reads one site.
  package func site(_ name: Marked<String>, _ node: Located) -> SiteSpec? {
    guard let map = mapping(node, SiteSpec.table) else { return nil }
    var site = SiteSpec(name: name)
    site.like = map.read("like", self.name)
    site.kind = map.read("kind") { node in
      choice(node, SiteSpec.kinds.map { ($0.rawValue, $0) }).map { Marked($0, at: node.mark) }
    }
    site.city = map.read("city", self.name)
    site.latitude = map.read("latitude") { degrees($0, within: 90) }
    site.longitude = map.read("longitude") { degrees($0, within: 180) }
    if (site.latitude == nil) != (site.longitude == nil) {
      map.fail("missing-key", "'latitude' and 'longitude' go together; give both, or a city")
    }
    site.parent = map.read("parent", self.name)
    if let uplink = map.node("uplink") { readUplink(uplink, of: &site) }
    site.vcpus = map.read("vcpu", capacity)
    site.memory = map.read("memory", memory)
    site.slots = map.read("slots") { count($0, from: 1, to: 1_000_000_000) }
    return site
  }

  private func readUplink(_ node: Located, of site: inout SiteSpec) {
    guard node.entries != nil else {
      site.uplink = name(node)
      return
    }
    guard let uplink = mapping(node, SiteSpec.uplinkTable) else { return }
    site.uplink = uplink.read("like", name)
    site.uplinkUp = uplink.read("up", linkSpeed)
    site.uplinkDown = uplink.read("down", linkSpeed)
  }

  private func linkSpeed(_ node: Located) -> Double? {
    guard let speed = quantity(node, .bandwidth) else { return nil }
    guard speed.value >= 1 else {
      problems.error(
        "not-positive", at: node.mark, "nothing passes a link of 0 bit/s; a bandwidth above it belongs here")
      return nil
    }
    return speed.value / 1e6
  }

  private func degrees(_ node: Located, within bound: Double) -> Marked<Double>? {
    guard let text = text(node) else { return nil }
    guard let value = Double(text.value), value.isFinite, abs(value) <= bound else {
      problems.error(
        "out-of-range", at: node.mark,
        "'\(text.value.shortened)' are no degrees; a number from -\(Self.short(bound)) to \(Self.short(bound)) belongs"
          + " here")
      return nil
    }
    return Marked(value, at: node.mark)
  }

  private func capacity(_ node: Located) -> Marked<Double>? {
    guard let value = number(node) else { return nil }
    guard value.value >= 0.001, value.value <= 1_000_000 else {
      problems.error(
        "no-capacity", at: node.mark,
        "a site with \(Self.short(value.value)) vCPUs can run nothing; a number from 0.001 to 1000000 belongs here")
      return nil
    }
    return value
  }
}

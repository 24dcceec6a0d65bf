/// What a place is, from the caller's town to a cloud region.
package enum PlaceKind: String, Sendable, CaseIterable {
  case region
  case zone
  case localZone = "local-zone"
  case carrierZone = "carrier-zone"
  case regionalEdgeCache = "regional-edge-cache"
  case edge
  case outpost
  case gateway
  case device
  /// Where callers are; nothing runs there.
  case city
}

/// A continent, as demand and access networks are told apart.
package enum Continent: String, Sendable, CaseIterable {
  case africa, antarctica, asia, europe
  case northAmerica = "north-america"
  case oceania
  case southAmerica = "south-america"
}

/// A point of the network that a message leaves from or goes to.
package struct Place: Equatable, Hashable, Sendable {
  package let kind: PlaceKind
  /// Name as scenarios write it: `us-east-1`, `us-east-1a`, `cloudfront/GRU`, `lisbon`.
  package let code: String
  package let coordinates: Coordinates
  /// Whose network it belongs to: `aws`, `azure`, `gcp`, `cloudflare`; empty for the open internet.
  package let provider: String
  /// Code of the region it belongs to; a region belongs to itself, a city to none.
  package let parentRegion: String?

  package init(
    kind: PlaceKind, code: String, coordinates: Coordinates, provider: String = "",
    parentRegion: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.coordinates = coordinates
    self.provider = provider
    self.parentRegion = parentRegion
  }
}

extension Catalog {
  /// The country (as the catalog writes it) and, where it is known, the continent of a site.
  package func area(of place: Place) -> (country: String, continent: Continent?)? {
    switch place.kind {
    case .region, .zone:
      return place.parentRegion.flatMap(region).map { ($0.country, $0.continent) }
    case .edge:
      return edge(place.code).map { ($0.country, $0.continent) }
    case .carrierZone:
      return carrierZones.first { $0.code == place.code }.map { ($0.country, continent(of: $0.country)) }
    case .localZone:
      return localZones.first { $0.code == place.code }.map { ($0.country, continent(of: $0.country)) }
    case .regionalEdgeCache:
      return regionalEdgeCaches.first { $0.qualifiedCode == place.code }
        .map { ($0.country, continent(of: $0.country)) }
    case .outpost, .gateway, .device, .city: return nil
    }
  }

  /// The continent of a country, as its cities have it.
  private func continent(of country: String) -> Continent? {
    let slug = Self.slug(country)
    return cities.first { Self.slug($0.country) == slug }?.continent
  }

  /// A country's or continent's name as scenarios may write it: small letters, hyphens, no article.
  package static func slug(_ name: String) -> String {
    let words = name.lowercased().split { " -_".contains($0) }
    return (words.first == "the" ? words.dropFirst() : words[...]).joined(separator: "-")
  }
}

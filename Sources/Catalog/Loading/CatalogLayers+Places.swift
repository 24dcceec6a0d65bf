extension CatalogLayers {
  /// Name and date of the world.
  func world() throws(CatalogError) -> (name: String, asOf: String) {
    let rows = try entries(.world, key: { $0.name }) { (row) throws(CatalogError) in
      _ = try row.word("description")
      return (name: try row.word("name"), asOf: try row.word("as_of"))
    }
    guard let world = rows.last else {
      throw .missingProperty(
        FileLocation(file: CatalogTable.world.fileName, line: 1, column: 1), entry: "world", property: "name")
    }
    return world
  }

  func regions() throws(CatalogError) -> [Region] {
    try entries(.regions, key: { $0.code }) { (row) throws(CatalogError) in
      Region(
        code: try row.word("code"), name: try row.word("name"), provider: try row.word("provider"),
        partition: try row.word("partition"), city: try row.word("city"), country: try row.word("country"),
        continent: try row.choice("continent", Continent.self), coordinates: try row.coordinates(),
        timeZone: try row.word("time_zone"),
        utcOffsetMinutes: try row.count("utc_offset_minutes", in: -14 * 60...14 * 60),
        zoneCount: try row.count("zones", in: 0...26), provenance: try row.provenance())
    }
  }

  func edges() throws(CatalogError) -> [EdgeLocation] {
    try entries(.edges, key: { $0.qualifiedCode }) { (row) throws(CatalogError) in
      EdgeLocation(
        network: try row.word("network"), code: try row.word("code"), city: try row.word("city"),
        country: try row.word("country"), continent: try row.choice("continent", Continent.self),
        coordinates: try row.coordinates(), count: try row.count("count", in: 1...100_000),
        provenance: try row.provenance())
    }
  }

  func regionalEdgeCaches(regions: Set<String>) throws(CatalogError) -> [RegionalEdgeCache] {
    try entries(.regionalEdgeCaches, key: { $0.code }) { (row) throws(CatalogError) in
      RegionalEdgeCache(
        code: try row.word("code"), city: try row.word("city"), country: try row.word("country"),
        coordinates: try row.coordinates(), parentRegion: try Self.parent(row, regions),
        provenance: try row.provenance())
    }
  }

  func carrierZones(regions: Set<String>) throws(CatalogError) -> [CarrierZone] {
    try entries(.carrierZones, key: { $0.code }) { (row) throws(CatalogError) in
      CarrierZone(
        code: try row.word("code"), carrier: try row.word("carrier"),
        carrierName: try row.word("carrier_name"),
        city: try row.word("city"), country: try row.word("country"), coordinates: try row.coordinates(),
        parentRegion: try Self.parent(row, regions), provenance: try row.provenance())
    }
  }

  func localZones(regions: Set<String>) throws(CatalogError) -> [LocalZone] {
    try entries(.localZones, key: { $0.code }) { (row) throws(CatalogError) in
      LocalZone(
        code: try row.word("code"), city: try row.word("city"), country: try row.word("country"),
        coordinates: try row.coordinates(), parentRegion: try Self.parent(row, regions),
        provenance: try row.provenance())
    }
  }

  func cities() throws(CatalogError) -> [City] {
    try entries(.cities, key: { $0.key }) { (row) throws(CatalogError) in
      let key = try row.word("key")
      let isKey = key.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "-")
      }
      guard isKey else { throw row.wrong("key", expected: "small letters a to z, digits and hyphens") }
      return City(
        key: key, also: row.text("also").split(separator: " ").map(String.init), name: try row.word("name"),
        country: try row.word("country"), countryCode: try row.word("country_code"),
        continent: try row.choice("continent", Continent.self), coordinates: try row.coordinates(),
        population: row.text("population").isEmpty ? nil : try row.count("population", in: 0...1_000_000_000),
        timeZone: try row.word("time_zone"),
        utcOffsetMinutes: try row.count("utc_offset_minutes", in: -14 * 60...14 * 60),
        provenance: try row.provenance())
    }
  }

  private static func parent(_ row: CatalogRow, _ regions: Set<String>) throws(CatalogError) -> String {
    let parent = try row.word("parent_region")
    guard regions.contains(parent) else {
      throw row.unknown("parent_region", expected: "it must be the code of a region of this catalog")
    }
    return parent
  }
}

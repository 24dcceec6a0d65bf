/// Everything real that scenarios refer to: places, networks, platforms, services, runtimes and prices, each
/// with its source and date. Loaded once, then only read.
package struct Catalog: Sendable {
  /// Names of the catalogs that are built in.
  package static let builtInNames = ["world-2021", "world-2025"]

  /// The built-in catalogs, loaded when they are first asked for: to say which one has what another lacks.
  private static let builtIn = builtInNames.compactMap { try? load($0) }

  /// The built-in catalog that has what this one lacks; nil if none has.
  package func builtInElsewhere(_ has: (Catalog) -> Bool) -> String? {
    Self.builtIn.first { $0.name != name && has($0) }?.name
  }

  package let name: String
  /// Name and date of the data, and the overlays on top: `world-2021 (2021-04) + my-figures`.
  package let version: String
  package let regions: [Region]
  package let edges: [EdgeLocation]
  package let regionalEdgeCaches: [RegionalEdgeCache]
  package let carrierZones: [CarrierZone]
  package let localZones: [LocalZone]
  package let cities: [City]
  package let accessTechnologies: [AccessTechnology]
  package let runtimes: [Runtime]
  package let platforms: [Platform]
  package let keepAliveLaws: [KeepAliveLaw]
  package let instances: [InstanceType]
  package let hosts: [HostModel]
  package let fronts: [FrontService]
  package let services: [StoreService]
  package let prices: [PriceRow]
  package let priceMeters: [PriceMeterRow]
  package let priceFactors: [PriceFactorRow]
  package let priceAllowances: [PriceAllowanceRow]
  package let priceSubscriptions: [PriceSubscriptionRow]
  package let priceDiscounts: [PriceDiscountRow]
  package let priceRegions: [PriceRegionRow]
  package let ownership: Ownership
  package let distanceModel: DistanceModel

  let figures: NetworkFigures
  let measured: MeasuredRoundTrips
  private let regionIndex: [String: Int]
  private let edgeIndex: [String: Int]
  private let cityIndex: [String: Int]
  private let runtimeIndex: [String: Int]
  private let siteIndex: [String: Place]

  /// Reads a built-in catalog and puts a user's directories on top of it, the last one uppermost.
  ///
  /// - Throws: `CatalogError` for an unknown name, a directory that cannot be read, or a file with a mistake.
  package static func load(_ name: String, overlays: [String] = []) throws(CatalogError) -> Catalog {
    guard builtInNames.contains(name) else { throw .unknownCatalog(name: name, known: builtInNames) }
    return try Catalog(layers: try CatalogLayers(world: name, overlays: overlays), overlays: overlays)
  }

  private init(layers: CatalogLayers, overlays: [String]) throws(CatalogError) {
    let world = try layers.world()
    name = world.name
    let overlayNames = overlays.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    version = (["\(world.name) (\(world.asOf))"] + overlayNames).joined(separator: " + ")

    regions = try layers.regions()
    let regionCodes = Set(regions.map(\.code))
    edges = try layers.edges()
    regionalEdgeCaches = try layers.regionalEdgeCaches(regions: regionCodes)
    carrierZones = try layers.carrierZones(regions: regionCodes)
    localZones = try layers.localZones(regions: regionCodes)
    cities = try layers.cities()
    accessTechnologies = try layers.accessTechnologies()
    runtimes = try layers.runtimes()
    keepAliveLaws = try layers.keepAliveLaws()
    platforms = try layers.platforms(keepAliveLaws: keepAliveLaws.map(\.name))
    instances = try layers.instances()
    hosts = try layers.hosts()
    fronts = try layers.fronts()
    services = try layers.services()
    prices = try layers.prices()
    priceMeters = try layers.priceMeters()
    priceFactors = try layers.priceFactors()
    priceAllowances = try layers.priceAllowances()
    priceSubscriptions = try layers.priceSubscriptions()
    priceDiscounts = try layers.priceDiscounts()
    priceRegions = try layers.priceRegions()
    ownership = try layers.ownership()
    figures = try NetworkFigures(layers: layers)
    measured = try MeasuredRoundTrips(layers: layers, regions: regionCodes)
    distanceModel = try layers.distanceModel(figures: figures)

    regionIndex = Self.index(regions) { [$0.code] }
    edgeIndex = Self.index(edges) { [$0.qualifiedCode] }
    cityIndex = Self.index(cities) { [$0.key] + $0.also }
    runtimeIndex = Self.index(runtimes) { [$0.name] + $0.also }
    var sites: [String: Place] = [:]
    for place in regionalEdgeCaches.map(\.place) + carrierZones.map(\.place) + localZones.map(\.place) {
      sites[place.code] = place
    }
    siteIndex = sites
  }

  /// Positions by name; where two entries share a name, the first has it.
  private static func index<Entry>(_ entries: [Entry], names: (Entry) -> [String]) -> [String: Int] {
    var positions: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      for name in names(entry) where positions[name] == nil { positions[name] = position }
    }
    return positions
  }

  /// The region of a code such as `us-east-1`; `nil` when the catalog has none.
  package func region(_ code: String) -> Region? { regionIndex[code].map { regions[$0] } }

  /// The city of a key such as `sao-paulo`; `nil` when the catalog has none.
  package func city(_ key: String) -> City? { cityIndex[key].map { cities[$0] } }

  /// An edge location by its qualified code (`cloudflare/GRU`), or CloudFront's by the bare one (`GRU`).
  package func edge(_ code: String) -> EdgeLocation? {
    (edgeIndex[code] ?? edgeIndex["cloudfront/" + code]).map { edges[$0] }
  }

  /// The access technology of a name such as `4g`; `nil` when the catalog has none.
  package func accessTechnology(_ name: String) -> AccessTechnology? {
    accessTechnologies.first { $0.name == name }
  }

  /// A runtime by its name with a version, or without one for the newest.
  package func runtime(_ name: String) -> Runtime? { runtimeIndex[name].map { runtimes[$0] } }

  /// The platform of a name such as `lambda`; `nil` when the catalog has none.
  package func platform(_ name: String) -> Platform? { platforms.first { $0.name == name } }

  /// The platform that others know by a name such as `aws-lambda`; `nil` when there is none.
  package func platform(alsoKnownAs name: String) -> Platform? {
    platforms.first { $0.words(.also).contains(name.lowercased()) }
  }

  /// The keep-alive law of a name such as `azure-2021`; `nil` when the catalog has none.
  package func keepAliveLaw(_ name: String) -> KeepAliveLaw? { keepAliveLaws.first { $0.name == name } }

  /// The instance type of a name such as `m5.large`; `nil` when the catalog has none.
  package func instance(_ name: String) -> InstanceType? { instances.first { $0.name == name } }

  /// The host model of a name such as `snowcone`; `nil` when the catalog has none.
  package func host(_ name: String) -> HostModel? { hosts.first { $0.name == name } }

  /// How a name service checks sites, where the scenario does not say.
  package var healthChecks: HealthCheckFigures { figures.healthChecks }

  /// The API front of a name such as `api-gateway-http`; `nil` when the catalog has none.
  package func front(_ name: String) -> FrontService? { fronts.first { $0.name == name } }

  /// The store service of a name such as `dynamodb`; `nil` when the catalog has none.
  package func service(_ name: String) -> StoreService? { services.first { $0.name == name } }

  /// The price region of points of presence in a country: `edge:EU`; a country that no row names is its own.
  package func edgePriceRegion(country: String) -> String {
    priceRegions.first { $0.country == country }?.region ?? "edge:" + country
  }

  /// The site that a scenario names: a region, a zone, an edge location, a regional edge cache (`rec/…`), a
  /// carrier zone or a local zone.
  package func site(_ name: String) -> Place? {
    if let region = region(name) { return region.place }
    if let place = siteIndex[name] { return place }
    if let edge = edge(name) { return edge.place }
    return region(String(name.dropLast()))?.zone(name)
  }

  /// All sites of a kind, in the order of the catalog. Cities, devices and gateways are no sites of it.
  package func sites(of kind: PlaceKind) -> [Place] {
    switch kind {
    case .region: regions.map(\.place)
    case .zone: regions.flatMap { region in region.zoneNames.compactMap { region.zone($0) } }
    case .localZone: localZones.map(\.place)
    case .carrierZone: carrierZones.map(\.place)
    case .regionalEdgeCache: regionalEdgeCaches.map(\.place)
    case .edge: edges.map(\.place)
    case .outpost, .gateway, .device, .city: []
    }
  }
}

import Catalog
import Testing

@Suite struct CatalogDataTests {
  @Test func world2021HasThePlacesOfEarly2021() {
    let catalog = BuiltIn.world2021
    #expect(catalog.regions.count == 24)
    #expect(catalog.regions.map(\.zoneCount).reduce(0, +) == 77)
    #expect(catalog.sites(of: .zone).count == 77)
    let cloudFront = catalog.edges.filter { $0.network == "cloudfront" }
    #expect(cloudFront.count == 89)
    #expect(cloudFront.map(\.count).reduce(0, +) == 218)
    #expect(catalog.edges.filter { $0.network == "cloudflare" }.count == 339)
    #expect(catalog.regionalEdgeCaches.count == 13)
    #expect(catalog.carrierZones.count == 32)
    #expect(catalog.version == "world-2021 (2021-04)")
  }

  @Test func world2025HasThreeProviders() {
    let catalog = BuiltIn.world2025
    #expect(catalog.regions.filter { $0.provider == "aws" }.count == 39)
    #expect(catalog.regions.filter { $0.provider == "azure" }.count == 56)
    #expect(catalog.regions.filter { $0.provider == "gcp" }.count == 40)
    #expect(catalog.edges.filter { $0.network == "cloudfront" }.count == 104)
    #expect(catalog.localZones.count == 67)
    #expect(catalog.region("mx-central-1") != nil)
    #expect(BuiltIn.world2021.region("mx-central-1") == nil)
  }

  @Test(arguments: [
    "sao-paulo", "rio-de-janeiro", "manaus", "lisbon", "new-york", "new-york-city", "tokyo", "lagos",
    "sydney",
    "mumbai", "london", "frankfurt", "johannesburg", "nairobi", "singapore", "jakarta", "mexico-city",
  ])
  func knowsTheCity(key: String) throws {
    let city = try #require(BuiltIn.world2021.city(key))
    #expect(!city.country.isEmpty)
    #expect(city.countryCode.count == 2)
  }

  @Test func citiesHaveTheirLocalTimeAndPeople() throws {
    let catalog = BuiltIn.world2021
    let saoPaulo = try #require(catalog.city("sao-paulo"))
    #expect(saoPaulo.utcOffsetMinutes == -180)
    #expect(saoPaulo.continent == .southAmerica)
    #expect(saoPaulo.name == "São Paulo")
    #expect(try #require(saoPaulo.population) > 10_000_000)
    #expect(try #require(catalog.city("lisbon")).utcOffsetMinutes == 0)
    #expect(try #require(catalog.city("mumbai")).utcOffsetMinutes == 330)
    #expect(try #require(catalog.city("sydney")).utcOffsetMinutes == 600)
    #expect(try #require(catalog.city("manaus")).utcOffsetMinutes == -240)
  }

  @Test func everyCityKeyIsItsOwn() {
    var owners: [String: String] = [:]
    for city in BuiltIn.world2021.cities {
      for key in [city.key] + city.also {
        #expect(owners.updateValue(city.key, forKey: key) == nil, "\(key) is both \(city.key) and another")
      }
    }
  }

  @Test func everyEntryHasSourceAndDate() {
    for catalog in BuiltIn.all {
      var provenances = catalog.regions.map(\.provenance)
      provenances += catalog.edges.map(\.provenance)
      provenances += catalog.regionalEdgeCaches.map(\.provenance)
      provenances += catalog.carrierZones.map(\.provenance)
      provenances += catalog.localZones.map(\.provenance)
      provenances += catalog.cities.map(\.provenance)
      for technology in catalog.accessTechnologies {
        provenances += [technology.provenance] + technology.byContinent.values.map(\.provenance)
      }
      for runtime in catalog.runtimes {
        provenances += [runtime.provenance] + runtime.starts.map(\.provenance)
      }
      for platform in catalog.platforms { provenances += platform.values.map(\.provenance) }
      provenances += catalog.fronts.map(\.provenance)
      provenances += catalog.services.map(\.provenance)
      provenances += catalog.prices.map(\.provenance)
      provenances += catalog.distanceModel.fits.map(\.provenance)
      #expect(provenances.count > 3000)
      for provenance in provenances {
        #expect(provenance.source.count > 3)
        let isIdentifier =
          provenance.source.first == "s" && provenance.source.dropFirst().allSatisfy(\.isNumber)
        #expect(!isIdentifier)
        #expect(provenance.asOf.prefix(2) == "20", "\(provenance)")
      }
    }
  }

  /// A site's country is written as its cities write it, and some city of it is near: a slip of a sign would show.
  @Test func sitesAreInTheirCountries() {
    for catalog in BuiltIn.all {
      let cities = Dictionary(grouping: catalog.cities, by: \.country)
      for kind in PlaceKind.allCases {
        for place in catalog.sites(of: kind) {
          let near = cities[catalog.area(of: place)?.country ?? ""] ?? []
          let distance = near.map { $0.coordinates.greatCircleKilometres(to: place.coordinates) }.min()
          #expect(distance ?? .infinity < 400, "\(place.code): \(distance ?? -1) km")
        }
      }
    }
  }

  @Test func findsSitesByTheNamesOfScenarios() throws {
    let catalog = BuiltIn.world2021
    #expect(catalog.site("us-east-1")?.kind == .region)
    let zone = try #require(catalog.site("us-east-1f"))
    #expect(zone.kind == .zone)
    #expect(zone.parentRegion == "us-east-1")
    #expect(catalog.site("us-east-1g") == nil)
    #expect(catalog.site("GRU")?.code == "cloudfront/GRU")
    #expect(catalog.site("cloudflare/GRU")?.provider == "cloudflare")
    #expect(catalog.site("rec/sa-east-1")?.kind == .regionalEdgeCache)
    #expect(catalog.site("us-east-1-wl1-bos-wlz-1")?.kind == .carrierZone)
    #expect(catalog.site("us-east-1-atl-1")?.kind == .localZone)
    #expect(catalog.site("") == nil)
    #expect(catalog.site("nowhere") == nil)
  }

  @Test func everySiteIsFoundUnderItsOwnCode() {
    for catalog in BuiltIn.all {
      for kind in PlaceKind.allCases {
        for place in catalog.sites(of: kind) { #expect(catalog.site(place.code) == place) }
      }
    }
  }

  @Test func carrierZonesBelongToCarriersAndRegions() throws {
    let boston = try #require(BuiltIn.world2021.carrierZones.first { $0.city == "Boston" })
    #expect(boston.carrier == "verizon")
    #expect(boston.parentRegion == "us-east-1")
    #expect(BuiltIn.world2021.carrierZones.filter { $0.carrier == "verizon" }.count == 20)
  }

  @Test func pricesAreDecimalTextWithoutUnverifiedRows() throws {
    let prices = BuiltIn.world2021.prices
    let requests = try #require(
      prices.first {
        $0.service == "AWS Lambda" && $0.dimension == "requests x86" && $0.region == "us-east-1"
      })
    #expect(requests.priceUSD == "0.0000002")
    let edge = prices.filter { $0.service == "Lambda@Edge" && $0.dimension == "duration" }
    #expect(edge.allSatisfy { $0.priceUSD == "0.00005001" } && !edge.isEmpty)
    #expect(!prices.contains { $0.provenance.source.contains("UNVERIFIED") })
    #expect(prices.count > 1500)
  }
}

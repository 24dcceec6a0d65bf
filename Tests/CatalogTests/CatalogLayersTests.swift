import Catalog
import Testing

@Suite struct CatalogLayersTests {
  private func load(_ files: [String: String]) throws -> Catalog {
    let overlay = try OverlayDirectory(files)
    defer { withExtendedLifetime(overlay) {} }
    return try Catalog.load("world-2021", overlays: [overlay.path])
  }

  /// The message of the error that a file gives, without the path of the directory.
  private func message(_ name: String, _ text: String) throws -> String {
    try message(name, bytes: [UInt8](text.utf8))
  }

  private func message(_ name: String, bytes: [UInt8]) throws -> String {
    let overlay = try OverlayDirectory([:])
    try overlay.write(name, bytes)
    do {
      _ = try Catalog.load("world-2021", overlays: [overlay.path])
      return "no error"
    } catch {
      let description = error.description
      guard description.hasPrefix(overlay.path + "/") else { return description }
      return String(description.dropFirst(overlay.path.count + 1))
    }
  }

  private static let cityHeader =
    "key,name,country,country_code,continent,latitude,longitude,population,time_zone,"
      + "utc_offset_minutes,also,source,as_of\n"

  @Test func aRowWithAKnownKeyReplacesAndANewOneAdds() throws {
    let catalog = try load([
      "cities.csv": Self.cityHeader
        + "lisbon,Lisboa,Portugal,PT,europe,38.7,-9.1,545000,Europe/Lisbon,0,,Own count,2024\n"
        + "evora,Évora,Portugal,PT,europe,38.57,-7.91,53000,Europe/Lisbon,0,ebora,\"Own, count\",2024\n"
    ])
    let builtIn = BuiltIn.world2021
    #expect(catalog.cities.count == builtIn.cities.count + 1)
    #expect(catalog.city("lisbon")?.name == "Lisboa")
    #expect(catalog.city("lisbon")?.population == 545_000)
    #expect(catalog.city("ebora")?.provenance == Provenance(source: "Own, count", asOf: "2024"))
    #expect(catalog.cities.map(\.key).dropLast() == builtIn.cities.map(\.key)[...])
    #expect(catalog.version.hasPrefix("world-2021 (2021-04) + perigee-overlay-"))
  }

  @Test func theLastOverlayIsUppermost() throws {
    let header = "platform,property,value,unit,source,as_of\n"
    let first = try OverlayDirectory(["platforms.csv": header + "lambda,keep_alive,100,s,first,2024\n"])
    let second = try OverlayDirectory(["platforms.csv": header + "lambda,keep_alive,200,s,second,2024\n"])
    let catalog = try Catalog.load("world-2021", overlays: [first.path, second.path])
    #expect(catalog.platform("lambda")?.number(.keepAlive) == 200)
    #expect(catalog.platform("lambda@edge")?.number(.keepAlive) == 200)
    #expect(catalog.platform("lambda")?.number(.timeoutMaximum) == 900)
  }

  @Test func aNewPlatformIsDataOnly() throws {
    let catalog = try load([
      "platforms.csv": """
      as_of,source,unit,value,property,platform
      2024,own measurement,,lambda,like,our-lambda
      2024,own measurement,s,1800,keep_alive,our-lambda
      2024,own measurement,count,7,scaling_initial/sa-east-1,our-lambda

      """
    ])
    let platform = try #require(catalog.platform("our-lambda"))
    #expect(platform.number(.keepAlive) == 1800 && platform.number(.megabytesPerVCPU) == 1769)
    #expect(platform.number(.scalingInitial, region: "sa-east-1") == 7)
    #expect(platform.number(.scalingInitial, region: "us-east-1") == nil)
  }

  @Test func aMeasuredRoundTripReplacesTheModel() throws {
    let catalog = try load([
      "round_trips.csv": "from,to,rtt_ms,p90_ratio,source,as_of\nus-east-1,sa-east-1,99.5,,own ping,2024\n"
    ])
    let pair = (try #require(catalog.site("sa-east-1")), try #require(catalog.site("us-east-1")))
    let estimate = catalog.roundTrip(between: pair.0, and: pair.1)
    #expect(estimate.medianMilliseconds == 99.5 && estimate.method == .measured)
    #expect(estimate.provenance.source == "own ping")
  }

  @Test func quotedFieldsKeepCommasQuotesAndLineEnds() throws {
    let catalog = try load([
      "cities.csv": "\u{FEFF}" + Self.cityHeader.replacing("\n", with: "\r\n")
        + "\"x-town\",\"X \"\"Town\"\"\",P,PT,europe,1,2,,UTC,0,,\"two\nlines\",2024\r\n"
    ])
    #expect(catalog.city("x-town")?.name == "X \"Town\"")
    #expect(catalog.city("x-town")?.provenance.source == "two\nlines")
    #expect(catalog.city("x-town")?.population == nil)
  }

  @Test func aSourceMayBeAnIdentifier() throws {
    let catalog = try load([
      "sources.csv": "id,text\nours,Our own measurement\n",
      "round_trips.csv": "from,to,rtt_ms,p90_ratio,source,as_of\nus-east-1,sa-east-1,99.5,1.2,ours,2024\n",
    ])
    let estimate = catalog.roundTrip(
      between: try #require(catalog.site("sa-east-1")), and: try #require(catalog.site("us-east-1")))
    #expect(estimate.provenance.source == "Our own measurement" && estimate.jitterP90Ratio == 1.2)
  }

  @Test func badRowsSayWhereAndWhatWouldBeRight() throws {
    let row = "lisbon,Lisboa,Portugal,PT,europe,38.7,-9.1,545000,Europe/Lisbon,0,,own,2024\n"
    let cases: [(String, String)] = [
      (
        row.replacing("38.7", with: "138.7"),
        "2:34: error: latitude is '138.7'; it must be a number from -90 to 90"
      ),
      (
        row.replacing("38.7", with: "north"),
        "2:34: error: latitude is 'north'; it must be a number from -90 to 90"
      ),
      (
        row.replacing("38.7", with: "nan"),
        "2:34: error: latitude is 'nan'; it must be a number from -90 to 90"
      ),
      (
        row.replacing("38.7", with: "0x10"),
        "2:34: error: latitude is '0x10'; it must be a number from -90 to 90"
      ),
      (row.replacing("38.7", with: ""), "2:34: error: latitude is ''; it must be a number from -90 to 90"),
      (
        row.replacing("europe", with: "eurasia"),
        "2:27: error: continent is 'eurasia'; it must be one of africa, antarctica, asia, europe, "
          + "north-america, "
          + "oceania, south-america"
      ),
      (
        row.replacing("545000", with: "-1"),
        "2:44: error: population is '-1'; it must be a whole number from 0 to 1000000000"
      ),
      (row.replacing("own", with: ""), "2:68: error: source is ''; it must be where the figure comes from"),
      (
        row.replacing(",2024", with: ",lately"),
        "2:72: error: as_of is 'lately'; it must be the date of the figure, such as 2021-04"
      ),
      (
        row.replacing("lisbon", with: "Lisbon"),
        "2:1: error: key is 'Lisbon'; it must be small letters a to z, digits and hyphens"
      ),
      (row.replacing(",PT,", with: ","), "2:1: error: this row has 12 fields; the header has 13"),
      (
        row + "\n" + row,
        "4:1: error: 'lisbon' is already in this file, in line 2; one row per entry"
      ),
      ("\"lisbon", "2:1: error: this quoted field has no closing quote"),
      (
        "\"lis\"bon,",
        "2:6: error: text follows a closing quote; a quote inside a quoted field is written twice"
      ),
    ]
    for (text, expected) in cases {
      #expect(try message("cities.csv", Self.cityHeader + text) == "cities.csv:" + expected)
    }
  }

  @Test func badFilesSayWhatIsWrong() throws {
    #expect(
      try message("zone_round_trips.csv", "region,from,to,rtt,source,as_of\n")
        == "zone_round_trips.csv:1:1: error: there is no column 'rtt' in this table; its columns "
        + "are region, from, "
        + "to, rtt_ms, source, as_of")
    #expect(
      try message("zone_round_trips.csv", "region,from,to,source,as_of\n")
        == "zone_round_trips.csv:1:1: error: the column 'rtt_ms' is missing; this table's columns "
        + "are region, from, "
        + "to, rtt_ms, source, as_of")
    #expect(
      try message("cities.csv", bytes: [0x6B, 0x0A, 0xFF, 0xFE])
        == "cities.csv:2:1: error: the bytes here are not UTF-8 text")
    #expect(
      try message("cities.csv", bytes: [0x6B, 0x00])
        == "cities.csv:1:1: error: the bytes here are not UTF-8 text")
    #expect(
      try message("towns.csv", "a\n").hasPrefix("towns.csv: error: no table of the catalog has this name; "))
    #expect(try message("notes.txt", "anything") == "no error")
    #expect(
      try message("cities.csv", "") == "cities.csv:1:1: error: the column 'key' is missing; this table's "
        + "columns are key, name, country, country_code, continent, latitude, longitude, population,"
        + " time_zone, "
        + "utc_offset_minutes, also, source, as_of")
  }

  @Test func referencesAreChecked() throws {
    #expect(
      try message(
        "round_trips.csv", "from,to,rtt_ms,p90_ratio,source,as_of\nus-east-1,mars-1,9,,own,2024\n")
        == "round_trips.csv:2:11: error: to names 'mars-1', which is not known; it must be the code "
        + "of a region of "
        + "this catalog")
    #expect(
      try message(
        "local_zones.csv",
        "code,city,country,latitude,longitude,parent_region,source,as_of\nx,X,X,1,1,mars-1,own,2024\n")
        == "local_zones.csv:2:11: error: parent_region names 'mars-1', which is not known; it must "
        + "be the code of a "
        + "region of this catalog")
    #expect(
      try message(
        "runtime_starts.csv",
        "runtime,architecture,package,memory_mb,mu_ln_ms,sigma,first_invocation_ms,source,as_of\n"
          + "cobol,x86,zip,128,5,1,9,own,2024\n")
        == "runtime_starts.csv:2:1: error: runtime names 'cobol', which is not known; add it to runtimes.csv")
    #expect(
      try message(
        "corridor_links.csv", "from,to,kilometres,factor,scope,source,as_of\nXXX,LON,9,1,all,own,2024\n")
        == "corridor_links.csv:2:1: error: from names 'XXX', which is not known; it must be the "
        + "code of a hub of "
        + "corridor_hubs.csv")
  }

  @Test func badPlatformsAreRefused() throws {
    func platforms(_ rows: String) throws -> String {
      try message("platforms.csv", "platform,property,value,unit,source,as_of\n" + rows)
    }
    #expect(
      try platforms("lambda,keep_alive,6,min,own,2024\n")
        == "platforms.csv:2:21: error: unit is 'min'; it must be 's' for this property")
    #expect(
      try platforms("lambda,keepalive,6,s,own,2024\n")
        .hasPrefix("platforms.csv:2:8: error: property is 'keepalive'; it must be one of like, behaviour, "))
    #expect(
      try platforms("lambda,selection,luckiest,,own,2024\n")
        == "platforms.csv:2:18: error: value is 'luckiest'; it must be one of newest, oldest, "
        + "most-recently-used, "
        + "least-recently-used, random")
    #expect(
      try platforms("mine,keep_alive,6,s,own,2024\n")
        == "platforms.csv:2:1: error: 'mine' has no behaviour; add a row for it")
    #expect(
      try platforms("mine,like,lambada,,own,2024\n")
        .hasPrefix("platforms.csv:2:11: error: value names 'lambada', which is not known; the platforms are ")
    )
    #expect(
      try platforms("a,like,b,,own,2024\nb,like,a,,own,2024\n")
        == "platforms.csv:2:1: error: these are each like the next: a → b → a")
    #expect(
      try platforms("lambda,sites,region moon,,own,2024\n")
        .hasPrefix("platforms.csv:2:14: error: value is 'region moon'; it must be words among region, zone, ")
    )
  }

  @Test func badFiguresAreRefused() throws {
    let access =
      "technology,continent,rtt_median_ms,rtt_p99_ms,down_mbps,up_mbps,loss_ratio,mobile,strength,"
        + "source,as_of\n"
    #expect(
      try message("access.csv", access + "tin-can,asia,5,9,1,1,0,0,weak,own,2024\n")
        == "access.csv:2:1: error: 'tin-can' has no figures for the whole world (a row with an "
        + "empty continent); "
        + "add a row for it")
    #expect(
      try message("access.csv", access + "tin-can,,5,4,1,1,0,0,weak,own,2024\n")
        == "access.csv:2:12: error: rtt_p99_ms is '4'; it must be more than the median (or both zero)")
    #expect(
      try message("access.csv", access + "tin-can,,5,9,1,1,1.5,0,weak,own,2024\n")
        == "access.csv:2:18: error: loss_ratio is '1.5'; it must be a number from 0 to 0.99")
    let prices = "service,dimension,unit,region,price_usd,tier_from,tier_to,free_tier,source,as_of\n"
    #expect(
      try message("prices.csv", prices + "S,d,u,r,free,,,,own,2024\n")
        == "prices.csv:2:9: error: price_usd is 'free'; it must be a decimal amount in US dollars, "
        + "zero or more"
    )
    #expect(
      try message("network.csv", "property,value,unit,source,as_of\nattachment_hubs,0,count,own,2024\n")
        == "network.csv:2:17: error: value is '0'; it must be a count from 1 to 16")
  }

  @Test func unknownNamesAndDirectoriesAreRefused() {
    #expect(throws: CatalogError.unknownCatalog(name: "world-1999", known: ["world-2021", "world-2025"])) {
      try Catalog.load("world-1999")
    }
    #expect(throws: CatalogError.noDirectory(path: "/nonexistent/overlay")) {
      try Catalog.load("world-2021", overlays: ["/nonexistent/overlay"])
    }
    #expect(
      CatalogError.unknownCatalog(name: "x", known: ["a", "b"]).description
        == "there is no catalog 'x'; built in are a, b")
  }
}

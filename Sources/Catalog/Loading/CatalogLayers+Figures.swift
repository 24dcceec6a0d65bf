extension CatalogLayers {
  func accessTechnologies() throws(CatalogError) -> [AccessTechnology] {
    let rows = try entries(
      .access, key: { $0.technology + " " + ($0.continent?.rawValue ?? "") }, decode: Self.access)
    var names: [String] = []
    for row in rows where !names.contains(row.technology) { names.append(row.technology) }
    var technologies: [AccessTechnology] = []
    for name in names {
      let own = rows.filter { $0.technology == name }
      guard let worldwide = own.first(where: { $0.continent == nil }) else {
        throw .missingProperty(
          own[0].location, entry: name,
          property: "figures for the whole world (a row with an empty continent)")
      }
      var byContinent: [Continent: AccessFigures] = [:]
      for row in own {
        if let continent = row.continent { byContinent[continent] = row.figures }
      }
      technologies.append(
        AccessTechnology(
          name: name, isMobile: worldwide.isMobile, worldwide: worldwide.figures, byContinent: byContinent))
    }
    return technologies
  }

  private struct AccessRow {
    var technology: String
    var continent: Continent?
    var isMobile: Bool
    var figures: AccessFigures
    var location: FileLocation
  }

  private static func access(_ row: CatalogRow) throws(CatalogError) -> AccessRow {
    let median = try row.amount("rtt_median_ms")
    let p99 = try row.amount("rtt_p99_ms")
    guard p99 > median || (p99 == 0 && median == 0) else {
      throw row.wrong("rtt_p99_ms", expected: "more than the median (or both zero)")
    }
    return AccessRow(
      technology: try row.word("technology"),
      continent: row.text("continent").isEmpty ? nil : try row.choice("continent", Continent.self),
      isMobile: try row.count("mobile", in: 0...1) == 1,
      figures: AccessFigures(
        rttMedianMilliseconds: median, rttP99Milliseconds: p99, downMbps: try row.amount("down_mbps"),
        upMbps: try row.amount("up_mbps"), lossRatio: try row.number("loss_ratio", in: 0...0.99),
        strength: try row.choice("strength", Strength.self), provenance: try row.provenance()),
      location: row.location(of: "technology"))
  }

  func runtimes() throws(CatalogError) -> [Runtime] {
    let starts = try entries(.runtimeStarts, key: { $0.key }) { (row) throws(CatalogError) in
      let start = RuntimeStart(
        architecture: try row.choice("architecture", Architecture.self),
        packageKind: try row.choice("package", PackageKind.self),
        memoryMegabytes: try row.number("memory_mb", in: 1...1_048_576),
        mu: try row.number("mu_ln_ms", in: -20...20), sigma: try row.number("sigma", in: 0...10),
        firstInvocationMilliseconds: try row.number("first_invocation_ms", in: 0.000_001...1e9),
        provenance: try row.provenance())
      return (
        key: ["runtime", "architecture", "package", "memory_mb"].map(row.text).joined(separator: " "),
        runtime: try row.word("runtime"), location: row.location(of: "runtime"), start: start
      )
    }
    var byRuntime: [String: [RuntimeStart]] = [:]
    for row in starts { byRuntime[row.runtime, default: []].append(row.start) }
    let runtimes = try entries(.runtimes, key: { $0.name }) { (row) throws(CatalogError) in
      let name = try row.word("name")
      return Runtime(
        name: name, also: row.text("also").split(separator: " ").map(String.init),
        family: try row.word("family"),
        provenance: try row.provenance(), starts: Self.sorted(byRuntime[name] ?? []))
    }
    let names = Set(runtimes.map(\.name))
    for row in starts where !names.contains(row.runtime) {
      throw .reference(
        row.location, column: "runtime", value: row.runtime,
        expected: "add it to \(CatalogTable.runtimes.fileName)")
    }
    return runtimes
  }

  /// By architecture and package kind, then by rising memory.
  private static func sorted(_ starts: [RuntimeStart]) -> [RuntimeStart] {
    starts.sorted {
      ($0.architecture.rawValue, $0.packageKind.rawValue, $0.memoryMegabytes)
        < ($1.architecture.rawValue, $1.packageKind.rawValue, $1.memoryMegabytes)
    }
  }

  func fronts() throws(CatalogError) -> [FrontService] {
    try entries(.fronts, key: { $0.name }) { (row) throws(CatalogError) in
      let (median, p99) = try Self.quantiles(row, "overhead_median_ms", "overhead_p99_ms")
      return FrontService(
        name: try row.word("name"), provider: try row.word("provider"),
        ratePerSecond: try row.amount("rate_per_second"), burst: try row.amount("burst"),
        timeoutSeconds: try row.amount("timeout_s"),
        payloadMaximumMegabytes: try row.amount("payload_maximum_mb"), overheadMedianMilliseconds: median,
        overheadP99Milliseconds: p99, priceKey: row.text("price_key"), meter: try row.word("meter"),
        strength: try row.choice("strength", Strength.self), provenance: try row.provenance())
    }
  }

  func services() throws(CatalogError) -> [StoreService] {
    try entries(.services, key: { $0.name }) { (row) throws(CatalogError) in
      let (readMedian, readP99) = try Self.quantiles(row, "read_median_ms", "read_p99_ms")
      let (writeMedian, writeP99) = try Self.quantiles(row, "write_median_ms", "write_p99_ms")
      return StoreService(
        name: try row.word("name"), behaviour: try row.word("behaviour"), provider: try row.word("provider"),
        siteKinds: try Self.siteKinds(row, "sites"), readMedianMilliseconds: readMedian,
        readP99Milliseconds: readP99, writeMedianMilliseconds: writeMedian, writeP99Milliseconds: writeP99,
        readUnitKilobytes: try row.amount("read_unit_kb"),
        writeUnitKilobytes: try row.amount("write_unit_kb"),
        priceKey: row.text("price_key"), meter: try row.word("meter"),
        strength: try row.choice("strength", Strength.self), provenance: try row.provenance())
    }
  }

  /// A median and a 99th percentile that is not below it.
  private static func quantiles(_ row: CatalogRow, _ median: String, _ p99: String) throws(CatalogError)
    -> (Double, Double)
  {
    let (low, high) = (try row.amount(median), try row.amount(p99))
    guard high > low || (high == 0 && low == 0) else {
      throw row.wrong(p99, expected: "more than the median (or both zero)")
    }
    return (low, high)
  }

  /// The kinds of places in a field, separated by spaces.
  static func siteKinds(_ row: CatalogRow, _ column: String) throws(CatalogError) -> [PlaceKind] {
    var kinds: [PlaceKind] = []
    for word in row.text(column).split(separator: " ") {
      guard let kind = PlaceKind(rawValue: String(word)), kind != .city else {
        let words = PlaceKind.allCases.filter { $0 != .city }.map(\.rawValue).joined(separator: ", ")
        throw row.wrong(column, expected: "words among \(words)")
      }
      kinds.append(kind)
    }
    return kinds
  }
}

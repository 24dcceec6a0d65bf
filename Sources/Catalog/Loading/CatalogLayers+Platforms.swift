extension CatalogLayers {
  /// The platforms, with what they inherit from the one they are `like`.
  func platforms(keepAliveLaws: [String]) throws(CatalogError) -> [Platform] {
    let rows = try entries(.platforms, key: { $0.key }, decode: Self.property)
    var names: [String] = []
    var own: [String: [PropertyRow]] = [:]
    for row in rows {
      if row.value.property == .keepAliveLaw, !keepAliveLaws.contains(row.value.text) {
        throw .reference(
          row.valueLocation, column: "value", value: row.value.text,
          expected: "the laws are \(keepAliveLaws.joined(separator: ", "))")
      }
      if own[row.platform] == nil { names.append(row.platform) }
      own[row.platform, default: []].append(row)
    }
    let statements = own.mapValues { rows in
      Dictionary(grouping: rows.map(\.value), by: \.property)
        .mapValues { $0.sorted { ($0.region ?? "") < ($1.region ?? "") } }
    }
    var platforms: [Platform] = []
    for name in names { platforms.append(try Self.platform(name, own: own, statements)) }
    return platforms
  }

  private struct PropertyRow {
    var platform: String
    var value: PlatformValue
    var location: FileLocation
    var valueLocation: FileLocation

    var key: String { platform + " " + value.property.rawValue + "/" + (value.region ?? "") }
  }

  private static func property(_ row: CatalogRow) throws(CatalogError) -> PropertyRow {
    let written = row.text("property").split(separator: "/", maxSplits: 1).map(String.init)
    guard let name = written.first, let property = PlatformProperty(rawValue: name) else {
      let known = PlatformProperty.allCases.map(\.rawValue).joined(separator: ", ")
      throw row.wrong(
        "property", expected: "one of \(known); '/region' behind it if it holds in one region only")
    }
    var number: Double?
    if let unit = property.unit {
      guard row.text("unit") == unit else {
        throw row.wrong(
          "unit", expected: unit.isEmpty ? "empty for this property" : "'\(unit)' for this property")
      }
      number = property.isShare ? try row.number("value", in: 0...1) : try row.amount("value")
    } else {
      guard row.text("unit").isEmpty else { throw row.wrong("unit", expected: "empty for this property") }
      try checkWord(property, row)
    }
    let value = PlatformValue(
      property: property, region: written.count > 1 ? written[1] : nil, text: try row.word("value"),
      number: number, provenance: try row.provenance())
    return PropertyRow(
      platform: try row.word("platform"), value: value, location: row.location(of: "platform"),
      valueLocation: row.location(of: "value"))
  }

  /// Words that the compiler of scenarios relies on are checked where they are written.
  private static func checkWord(_ property: PlatformProperty, _ row: CatalogRow) throws(CatalogError) {
    let allowed: [String]
    switch property {
    case .behaviour: allowed = PlatformBehaviour.allCases.map(\.rawValue)
    case .scaling: allowed = ["unlimited", "ramp", "stepwise"]
    case .selection:
      allowed = ["newest", "oldest", "most-recently-used", "least-recently-used", "random"]
    case .balancer: allowed = ["shared", "round-robin", "least-outstanding", "consistent-hash"]
    case .rule: allowed = ["fixed", "target", "alert", "panic", "jobs"]
    case .ruleMetric: allowed = ["cpu", "utilization", "cpu-or-utilization", "concurrency", "request-rate"]
    case .sizes:
      guard row.text("value") == "any" || TaskSize.offered(row.text("value")) != nil else {
        throw row.wrong("value", expected: "sizes such as 0.25:512|1024 or 1:2048-8192/1024, separated by spaces")
      }
      return
    case .processorSpeeds:
      guard ProcessorSpeed.table(row.text("value")) != nil else {
        throw row.wrong("value", expected: "MB:MHz such as 128:200 256:400, separated by spaces, least memory first")
      }
      return
    case .memorySizes:
      let sizes = row.text("value").split(separator: " ").map { Double($0) ?? 0 }
      guard zip([0] + sizes, sizes).allSatisfy({ $0 < $1 && $1.isFinite }) else {
        throw row.wrong("value", expected: "MB such as 128 256 512, separated by spaces, least first")
      }
      return
    case .network: allowed = ["cloudfront", "cloudflare"]
    case .whenFull: allowed = ["throttle", "queue"]
    case .sites:
      _ = try siteKinds(row, "value")
      return
    default: return
    }
    guard allowed.contains(row.text("value")) else {
      throw row.wrong("value", expected: "one of " + allowed.joined(separator: ", "))
    }
  }

  /// What platforms state themselves, by platform and property: the general value first, then the regions in
  /// alphabetical order.
  private typealias Statements = [String: [PlatformProperty: [PlatformValue]]]

  private static func platform(
    _ name: String, own: [String: [PropertyRow]], _ statements: Statements
  ) throws(CatalogError) -> Platform {
    var chain: [String] = []
    var next: String? = name
    while let current = next, let rows = own[current] {
      guard !chain.contains(current) else {
        throw .cycle(rows[0].location, names: chain + [current])
      }
      chain.append(current)
      let like = rows.first { $0.value.property == .like }
      if let like, own[like.value.text] == nil {
        throw .reference(
          like.valueLocation, column: "value", value: like.value.text,
          expected: "the platforms are \(own.keys.sorted().joined(separator: ", "))")
      }
      next = like?.value.text
    }
    let location = own[name]?.first?.location ?? FileLocation(file: "platforms.csv", line: 1, column: 1)
    let values = PlatformProperty.allCases.flatMap { inherited($0, chain: chain, statements) }
    let platform = values.first { $0.property == .behaviour }
    guard let behaviour = platform.flatMap({ PlatformBehaviour(rawValue: $0.text) }) else {
      throw .missingProperty(location, entry: name, property: PlatformProperty.behaviour.rawValue)
    }
    guard values.contains(where: { $0.property == .sites }) else {
      throw .missingProperty(location, entry: name, property: PlatformProperty.sites.rawValue)
    }
    return Platform(name: name, behaviour: behaviour, values: values)
  }

  /// What a platform may say itself instead of a property that it would inherit: bounds for sizes, a time for a law.
  private static let substitutes: [PlatformProperty: [PlatformProperty]] = [
    .memorySizes: [.memoryMinimum, .memoryMaximum, .memoryStep], .keepAliveLaw: [.keepAlive],
    .keepAlive: [.keepAliveLaw],
  ]

  /// A property's values from the first platform of the chain that states any. A statement hides all that is
  /// inherited, regions included; so does its substitute.
  private static func inherited(
    _ property: PlatformProperty, chain: [String], _ statements: Statements
  ) -> [PlatformValue] {
    if property == .like || property == .also { return statements[chain[0]]?[property] ?? [] }
    for name in chain {
      if let values = statements[name]?[property] { return values }
      if substitutes[property, default: []].contains(where: { statements[name]?[$0] != nil }) { return [] }
    }
    return []
  }
}

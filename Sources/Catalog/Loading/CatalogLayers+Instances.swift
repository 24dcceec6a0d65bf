extension CatalogLayers {
  func instances() throws(CatalogError) -> [InstanceType] {
    try entries(.instances, key: { $0.name }) { (row) throws(CatalogError) in
      let accelerators = try row.count("accelerators", in: 0...1_024)
      let hasKind = !row.text("accelerator_kind").isEmpty
      guard hasKind == (accelerators > 0) else {
        throw row.wrong("accelerator_kind", expected: "a kind exactly where there are accelerators")
      }
      return InstanceType(
        name: try row.word("instance"), family: try row.word("family"),
        architecture: try row.choice("architecture", Architecture.self),
        vcpus: try row.number("vcpu", in: 0.01...4_096),
        memoryMegabytes: try row.number("memory_gib", in: 0.01...100_000) * 1_024,
        accelerators: accelerators,
        acceleratorKind: hasKind ? try row.choice("accelerator_kind", AcceleratorKind.self) : nil,
        accelerator: row.text("accelerator"), networkGbps: try Self.optional(row, "network_gbps"),
        credits: try Self.credits(row),
        power: try Self.pair(row, "watts_idle", "watts_full").map(PowerDraw.init),
        priceService: row.text("price_service"), priceDimension: row.text("price_dimension"),
        provenance: try row.provenance())
    }
  }

  func hosts() throws(CatalogError) -> [HostModel] {
    try entries(.hosts, key: { $0.name }) { (row) throws(CatalogError) in
      let hasKind = !row.text("accelerator_kind").isEmpty
      return HostModel(
        name: try row.word("host"), kind: try row.choice("kind", PlaceKind.self),
        vcpus: try row.number("vcpu", in: 0.01...1_000_000),
        memoryMegabytes: try row.number("memory_gib", in: 0.001...1_000_000) * 1_024,
        slots: row.text("slots").isEmpty ? nil : try row.count("slots", in: 1...1_000_000),
        accelerators: try row.count("accelerators", in: 0...1_024),
        acceleratorKind: hasKind ? try row.choice("accelerator_kind", AcceleratorKind.self) : nil,
        accelerator: row.text("accelerator"), provenance: try row.provenance())
    }
  }

  private static func credits(_ row: CatalogRow) throws(CatalogError) -> CPUCredits? {
    guard let (perHour, maximum) = try pair(row, "credits_per_hour", "credits_maximum") else { return nil }
    let mode = row.text("credits_mode")
    guard mode == "standard" || mode == "unlimited" else {
      throw row.wrong("credits_mode", expected: "one of standard, unlimited")
    }
    return CPUCredits(
      perHour: perHour, maximum: maximum, atLaunch: try row.amount("credits_launch"), isUnlimited: mode == "unlimited")
  }

  /// An amount that need not be there.
  private static func optional(_ row: CatalogRow, _ column: String) throws(CatalogError) -> Double? {
    row.text(column).isEmpty ? nil : try row.amount(column)
  }

  /// Two amounts of which the second is not below the first; both or neither is there.
  private static func pair(_ row: CatalogRow, _ low: String, _ high: String) throws(CatalogError)
    -> (Double, Double)?
  {
    if row.text(low).isEmpty && row.text(high).isEmpty { return nil }
    let (first, second) = (try row.amount(low), try row.amount(high))
    guard second >= first else { throw row.wrong(high, expected: "not less than \(low)") }
    return (first, second)
  }
}

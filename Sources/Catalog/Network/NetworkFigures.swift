/// Figures of the network that hold everywhere.
struct NetworkFigures: Sendable {
  /// A figure with its origin.
  struct Figure: Sendable {
    let value: Double
    let provenance: Provenance
  }

  enum Property: String, CaseIterable {
    case sameZoneRTT = "same_zone_rtt"
    case interZoneRTT = "inter_zone_rtt"
    case regionEndpointRTT = "region_endpoint_rtt"
    case jitterP90Ratio = "jitter_p90_ratio"
    case blendFrom = "blend_from"
    case blendTo = "blend_to"
    case attachmentHubs = "attachment_hubs"
    case attachmentRatio = "attachment_ratio"
    case healthCheckInterval = "health_check_interval"
    case healthCheckFailures = "health_check_failures"
    case healthCheckShare = "health_check_share"
    case nameTimeToLive = "name_time_to_live"

    var unit: String {
      switch self {
      case .sameZoneRTT, .interZoneRTT, .regionEndpointRTT: "ms"
      case .jitterP90Ratio, .attachmentRatio, .healthCheckShare: "ratio"
      case .blendFrom, .blendTo: "km"
      case .attachmentHubs, .healthCheckFailures: "count"
      case .healthCheckInterval, .nameTimeToLive: "s"
      }
    }
  }

  let sameZone: Figure
  let interZone: Figure
  let regionEndpoint: Figure
  let jitterP90Ratio: Figure
  let blend: ClosedRange<Double>
  let attachmentHubs: Int
  let attachmentRatio: Double
  let healthChecks: HealthCheckFigures

  init(layers: CatalogLayers) throws(CatalogError) {
    let rows = try layers.entries(.network, key: { $0.property.rawValue }) { (row) throws(CatalogError) in
      let property = try row.choice("property", Property.self)
      guard row.text("unit") == property.unit else { throw row.wrong("unit", expected: "'\(property.unit)'") }
      let value = try row.amount("value")
      switch property {
      case .attachmentHubs where value < 1 || value > 16:
        throw row.wrong("value", expected: "a count from 1 to 16")
      case .healthCheckFailures where value < 1 || value > 100:
        throw row.wrong("value", expected: "a count from 1 to 100")
      case .healthCheckInterval where value <= 0 || value > 1e6, .nameTimeToLive where value > 1e6:
        throw row.wrong("value", expected: "a time above zero, at most 1000000 s")
      case .jitterP90Ratio where value < 1, .attachmentRatio where value < 1:
        throw row.wrong("value", expected: "a ratio of 1 or more")
      case .healthCheckShare where value >= 1:
        throw row.wrong("value", expected: "a ratio below 1")
      default: break
      }
      return (property: property, figure: Figure(value: value, provenance: try row.provenance()))
    }
    func figure(_ property: Property) throws(CatalogError) -> Figure {
      guard let row = rows.first(where: { $0.property == property }) else {
        throw .missingProperty(
          FileLocation(file: CatalogTable.network.fileName, line: 1, column: 1), entry: "network",
          property: property.rawValue)
      }
      return row.figure
    }
    sameZone = try figure(.sameZoneRTT)
    interZone = try figure(.interZoneRTT)
    regionEndpoint = try figure(.regionEndpointRTT)
    jitterP90Ratio = try figure(.jitterP90Ratio)
    let from = try figure(.blendFrom).value
    blend = from...max(from + 1, try figure(.blendTo).value)
    attachmentHubs = Int(try figure(.attachmentHubs).value)
    attachmentRatio = try figure(.attachmentRatio).value
    healthChecks = HealthCheckFigures(
      intervalSeconds: try figure(.healthCheckInterval).value,
      failures: Int(try figure(.healthCheckFailures).value),
      share: try figure(.healthCheckShare).value,
      timeToLiveSeconds: try figure(.nameTimeToLive).value)
  }
}

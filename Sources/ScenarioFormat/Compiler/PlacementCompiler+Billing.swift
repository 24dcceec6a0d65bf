internal import Catalog
internal import ServerlessModel

/// What the counters of a placement mean to a bill. Meters without a price are left out.
extension PlacementCompiler {
  /// What each family of platforms charges for.
  private static let quantities: [(prefix: String, meters: [(String, DeploymentQuantity)])] = [
    ("lambda", [("requests", .invocations), ("gb-seconds", .memoryTime)]),
    ("lambda-arm", [("requests", .invocations), ("gb-seconds", .memoryTime)]),
    ("lambda-edge", [("requests", .invocations), ("gb-seconds", .memoryTime)]),
    ("workers", [("requests", .invocations), ("cpu-ms", .processorTime)]),
    ("cloudfront-functions", [("requests", .invocations)]),
  ]

  /// The meters that a deployment's invocations advance.
  func meters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    let platform = resolved.platform
    if platform.isManaged { return instanceMeters(of: resolved, at: site) }
    guard var prefix = platform.text(.meter) else { return [] }
    if prefix == "lambda", resolved.build.architecture == .arm { prefix = "lambda-arm" }
    let region = platform.behaviour == .isolate ? "global" : sites[Int(site)].place?.parentRegion ?? "global"
    var meters = Self.quantities.first { $0.prefix == prefix }?.meters ?? []
    if resolved.billedEphemeralMegabytes > 0 { meters.append(("storage-gb-seconds", .ephemeralTime)) }
    if resolved.restores, prefix.hasPrefix("lambda"), resolved.build.runtime?.family != "java" {
      meters.append(("restored-gb", .restoredMemory))
    }
    return meters.map { DeploymentMeter(meter: "\(prefix).\($0.0)", region: region, quantity: $0.1) }
  }

  /// The meter of a front's requests.
  func meter(of service: FrontService?, at site: Int32) -> CountMeter? {
    guard let service, let region = sites[Int(site)].place?.parentRegion else { return nil }
    return CountMeter(meter: "\(service.meter).requests", region: region)
  }

  /// The meter of a store's units; only tables with request units are priced so far.
  func meter(of service: StoreService, isRead: Bool, at site: Int32) -> CountMeter? {
    guard service.meter == "dynamodb", let region = sites[Int(site)].place?.parentRegion else { return nil }
    return CountMeter(meter: isRead ? "dynamodb.read-units" : "dynamodb.write-units", region: region)
  }

  /// What bytes on a path advance: up = towards its site.
  func transfer(on path: PathNote, isUp: Bool) -> TransferMeter? {
    let site = sites[Int(path.site)]
    guard let place = site.place else { return nil }
    guard let caller = path.caller else { return isUp ? nil : internet(from: place, via: path.via) }
    guard let from = sites[Int(caller)].place, from.code != place.code else { return nil }
    let (source, target) = isUp ? (from, place) : (place, from)
    guard source.provider == "aws" else { return nil }
    guard target.provider == source.provider, let home = source.parentRegion else {
      return internet(from: source, via: nil)
    }
    guard let destination = target.parentRegion else { return nil }
    if home != destination {
      return TransferMeter(region: home, route: "inter-region", destination: destination)
    }
    return source.kind == .zone && target.kind == .zone
      ? TransferMeter(region: home, route: "inter-zone") : nil
  }

  /// Bytes to callers leave at the edge where there is one, else from the region.
  private func internet(from place: Place, via: Place?) -> TransferMeter? {
    guard place.provider == "aws" else { return nil }
    if let edge = place.kind == .edge ? place : via, edge.kind == .edge {
      guard let location = lookup.catalog.edge(edge.code) else { return nil }
      return TransferMeter(region: lookup.catalog.edgePriceRegion(country: location.country), route: "edge")
    }
    return place.parentRegion.map { TransferMeter(region: $0, route: "internet") }
  }
}

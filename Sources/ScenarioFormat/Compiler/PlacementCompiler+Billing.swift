internal import Catalog
internal import ServerlessModel

/// What the counters of a placement mean to a bill. Meters without a price are left out.
extension PlacementCompiler {
  /// The meters that a deployment's invocations advance.
  func meters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    wantedMeters(of: resolved, at: site).filter { isPriced($0.meter) }
  }

  /// What a deployment uses that the catalog has no price of, in words.
  func unpriced(of resolved: PlacementResolution.Deployment, at site: Int32) -> [String] {
    let platform = resolved.platform
    let wanted = wantedMeters(of: resolved, at: site)
    let missing = wanted.filter { !isPriced($0.meter) }.map { "'\(platform.name)': \($0.meter)" }
    let free = ["", "none", "self-hosted"]
    guard !free.contains(platform.text(.meter) ?? "") else { return missing }
    return wanted.contains { isPriced($0.meter) && !isUsage($0.meter) } || !missing.isEmpty
      ? missing : ["'\(platform.name)'"]
  }

  private func isUsage(_ meter: String) -> Bool { meter.hasPrefix("usage.") }

  /// Whether the catalog has a rule or a price by the name of a meter, or whether it needs none.
  private func isPriced(_ meter: String) -> Bool {
    let base = meter.hasPrefix("spot.") ? String(meter.dropFirst(5)) : meter
    if isUsage(base) || lookup.catalog.priceMeters.contains(where: { $0.meter == base }) { return true }
    return lookup.catalog.prices.contains { row in
      base.hasPrefix(row.service) && base.dropFirst(row.service.utf8.count).first == "/"
        && isNamed(String(base.dropFirst(row.service.count + 1)), row.dimension)
    }
  }

  /// Whether a dimension goes by a name, with or without a remark in brackets.
  private func isNamed(_ name: String, _ dimension: String) -> Bool {
    dimension == name || dimension.hasPrefix("\(name) (")
  }

  /// What a deployment's platform charges for, priced or not.
  private func wantedMeters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    let platform = resolved.platform
    if platform.isManaged { return instanceMeters(of: resolved, at: site) }
    guard var prefix = platform.text(.meter) else { return [] }
    if prefix == "lambda", resolved.build.architecture == .arm { prefix = "lambda-arm" }
    let region = platform.behaviour == .isolate ? "global" : sites[Int(site)].place?.parentRegion ?? "global"
    var meters = quantities(of: prefix, resolved)
    if resolved.billedEphemeralMegabytes > 0, prefix.hasPrefix("lambda") {
      meters.append(("storage-gb-seconds", .ephemeralTime))
    }
    if resolved.restores, prefix.hasPrefix("lambda"), resolved.build.runtime?.family != "java" {
      meters.append(("restored-gb", .restoredMemory))
    }
    return meters.map { DeploymentMeter(meter: "\(prefix).\($0.0)", region: region, quantity: $0.1) }
  }

  /// What a family of platforms charges for.
  ///
  /// Sources: the providers' price pages, as `price_meters.csv` names them.
  private func quantities(
    of prefix: String, _ resolved: PlacementResolution.Deployment
  ) -> [(String, DeploymentQuantity)] {
    let platform = resolved.platform
    let memory = resolved.build.memoryMegabytes
    let thousandths = Int64(saturating: (platform.vcpus(memoryMegabytes: memory) * 1_000).rounded())
    switch prefix {
    case "lambda", "lambda-arm", "lambda-edge": return [("requests", .invocations), ("gb-seconds", .memoryTime)]
    case "workers": return [("requests", .invocations), ("cpu-ms", .processorTime)]
    case "cloudfront-functions": return [("requests", .invocations)]
    case "azure-functions", "azure-flex": return [("executions", .invocations), ("gb-seconds", .memoryTime)]
    case "azure-premium":
      return [("vcpu-hours", .keptProcessors(thousandths: thousandths)), ("memory-gb-hours", .keptMemory)]
    case "google-functions":
      let speed = platform.billedMegahertz(memory: memory) ?? 0
      return [
        ("invocations", .invocations), ("gb-seconds", .memoryTime), ("ghz-seconds", .clockTime(megahertz: speed)),
      ]
    case "cloud-run":
      return [
        ("requests", .invocations), ("vcpu-seconds", .allocatedTime(thousandths: thousandths)),
        ("memory-gb-seconds", .memoryTime),
      ]
    case "ibm-functions": return [("gb-seconds", .memoryTime)]
    case "fastly-compute": return [("requests", .invocations), ("cpu-ms", .processorTime)]
    default: return []
    }
  }

  /// How a front is billed.
  func meter(of service: FrontService?, at site: Int32) -> FrontMeter? {
    guard let service, let region = sites[Int(site)].place?.parentRegion else { return nil }
    return service.meter == "alb"
      ? .capacity(prefix: service.meter, region: region)
      : .requests(CountMeter(meter: "\(service.meter).requests", region: region))
  }

  /// The meter of a store's units; nil if the catalog has no price of them.
  func meter(of service: StoreService, isRead: Bool, at site: Int32) -> CountMeter? {
    let meter = "\(service.meter).\(isRead ? "read" : "write")-units"
    guard isPriced(meter) else { return nil }
    let region = service.provider == "cloudflare" ? "global" : sites[Int(site)].place?.parentRegion
    return region.map { CountMeter(meter: meter, region: $0) }
  }

  /// A store that its provider charges for in a way that the catalog has no price of, in words.
  func unpriced(_ service: StoreService, at site: Int32) -> String? {
    guard service.provider != "any", meter(of: service, isRead: true, at: site) == nil else { return nil }
    return "the store service '\(service.name)'"
  }

  /// Bytes from the regions of a provider whose price for them the catalog does not have.
  func unpricedTransfer(on path: PathNote) -> String? {
    guard path.caller == nil, transfer(on: path, isUp: false) == nil, let place = sites[Int(path.site)].place,
      place.kind == .region, place.provider != "aws"
    else { return nil }
    return "traffic from '\(place.provider)' to the internet"
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
    if place.provider == "gcp", let region = place.parentRegion {
      return TransferMeter(meter: "google-functions.bytes-out", region: region, route: "")
    }
    if place.provider == "azure", let region = place.parentRegion {
      return TransferMeter(meter: "azure-bandwidth.bytes-out", region: region, route: "")
    }
    guard place.provider == "aws" else { return nil }
    if let edge = place.kind == .edge ? place : via, edge.kind == .edge {
      guard let location = lookup.catalog.edge(edge.code) else { return nil }
      return TransferMeter(region: lookup.catalog.edgePriceRegion(country: location.country), route: "edge")
    }
    return place.parentRegion.map { TransferMeter(region: $0, route: "internet") }
  }
}

internal import Catalog
internal import ServerlessModel

/// What the instances of a group mean to a bill.
extension PlacementCompiler {
  /// The meters of a managed platform's instances; requests cost nothing there. Instances of the catalog are billed by
  /// the name that the price book has for them, tasks by their processors and memory; spot time runs on the spot meter
  /// of the same name.
  func instanceMeters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    let platform = resolved.platform
    let region = sites[Int(site)].place?.parentRegion ?? "global"
    func meter(_ name: String, _ quantity: DeploymentQuantity) -> DeploymentMeter {
      DeploymentMeter(meter: name, region: region, quantity: quantity)
    }
    let type = resolved.group?.instance?.name ?? platform.name
    var usage = [
      meter("usage.instance-time:\(type)", .instanceTime), meter("usage.spot-instance-time:\(type)", .spotInstanceTime),
      meter("usage.surplus-credits:\(type)", .surplusCredits),
    ]
    let prefix = platform.text(.meter) ?? ""
    if let instance = resolved.group?.instance, !instance.priceService.isEmpty, prefix != "self-hosted" {
      let dimension = instance.priceDimension.split(separator: " (").first.map(String.init) ?? ""
      let name = "\(instance.priceService)/\(dimension)"
      if instance.credits != nil {
        usage.append(meter("EC2 CPU credits/\(instance.family)", .surplusCredits))
      }
      return [meter(name, .instanceTime), meter("spot.\(name)", .spotInstanceTime)] + usage
    }
    guard prefix == "fargate" || prefix == "cloud-run-instance" else { return usage }
    let family = prefix == "fargate" && resolved.build.architecture == .arm ? "fargate-arm" : prefix
    let tasks = [false, true].flatMap { isSpot in
      let capacity = isSpot ? "spot.\(family)" : family
      return [
        meter("\(capacity).vcpu-seconds", .instanceProcessors(spot: isSpot)),
        meter("\(capacity).memory-gb-seconds", .instanceMemory(spot: isSpot)),
      ]
    }
    return tasks + usage
  }

  /// The meters of instances that a function platform keeps ready: allocated memory, requests, and their duration at
  /// the price of provisioned concurrency. Platforms without a price of their own for that show the time as usage.
  func readyMeters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    guard resolved.platform.text(.meter) == "lambda" else {
      let region = sites[Int(site)].place?.parentRegion ?? "global"
      let name = "usage.instance-time:\(resolved.platform.name)"
      return meters(of: resolved, at: site) + [DeploymentMeter(meter: name, region: region, quantity: .instanceTime)]
    }
    let region = sites[Int(site)].place?.parentRegion ?? "global"
    let prefix = resolved.build.architecture == .arm ? "lambda-arm" : "lambda"
    return [
      DeploymentMeter(meter: "\(prefix).requests", region: region, quantity: .invocations),
      DeploymentMeter(meter: "\(prefix).provisioned-run-gb-seconds", region: region, quantity: .memoryTime),
      DeploymentMeter(
        meter: "\(prefix).provisioned-gb-seconds", region: region, quantity: .instanceMemory(spot: false)),
    ]
  }
}

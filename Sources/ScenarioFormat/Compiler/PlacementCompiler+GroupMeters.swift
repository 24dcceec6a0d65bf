internal import Catalog
internal import ServerlessModel

/// What the instances of a group mean to a bill.
extension PlacementCompiler {
  /// The meters of a managed platform's instances; requests cost nothing there.
  func instanceMeters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    let platform = resolved.platform
    let region = sites[Int(site)].place?.parentRegion ?? "global"
    func meter(_ name: String, _ quantity: DeploymentQuantity) -> DeploymentMeter {
      DeploymentMeter(meter: name, region: region, quantity: quantity)
    }
    let type = resolved.group?.instance?.name ?? platform.name
    let usage = [
      meter("usage.instance-time:\(type)", .instanceTime), meter("usage.spot-instance-time:\(type)", .spotInstanceTime),
      meter("usage.surplus-credits:\(type)", .surplusCredits),
    ]
    return usage
  }

  /// The meters of instances that a function platform keeps ready: allocated memory, requests, and their duration at
  /// the price of provisioned concurrency.
  func readyMeters(of resolved: PlacementResolution.Deployment, at site: Int32) -> [DeploymentMeter] {
    guard resolved.platform.text(.meter) == "lambda" else {
      return meters(of: resolved, at: site)
    }
    let region = sites[Int(site)].place?.parentRegion ?? "global"
    let prefix = resolved.build.architecture == .arm ? "lambda-arm" : "lambda"
    return [
      DeploymentMeter(meter: "\(prefix).requests", region: region, quantity: .invocations),
      DeploymentMeter(meter: "lambda.provisioned-run-gb-seconds", region: region, quantity: .memoryTime),
      DeploymentMeter(
        meter: "lambda.provisioned-gb-seconds", region: region, quantity: .instanceMemory(spot: false)),
    ]
  }
}

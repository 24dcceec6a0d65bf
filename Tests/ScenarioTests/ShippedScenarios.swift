import CommandTestSupport
import Foundation

/// The scenarios and results that the project ships.
enum ShippedScenarios {
  /// The project's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The names of all scenarios.
  static let names = entries("scenarios").filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }

  /// The names of all scenarios whose results are committed.
  static let results = entries("results")

  /// The file of a scenario.
  static func file(_ name: String) -> String { "\(root)/scenarios/\(name).yaml" }

  /// What makes a scenario short enough for a test, and still shows what it is about.
  static func shortening(_ name: String) -> [String: String] {
    switch name {
    case "batch-ml-fargate": ["duration": "45 min"]
    case "carrier-5g": ["duration": "20 s", "warmup": "2 s"]
    case "coldstart-study": ["duration": "20 min", "warmup": "1 min"]
    case "edge-cut":
      ["duration": "80 s", "warmup": "5 s", "faults.0.from": "30 s", "faults.0.for": "20 s"]
    case "edge-egress", "on-premises-tco", "savings-plan-mix", "serverless-vs-ec2":
      ["duration": "20 s", "warmup": "2 s", "replications": "2"]
    case "hmac-hello": ["duration": "30 s", "warmup": "3 s"]
    case "simfaas-table": ["duration": "2000 s", "warmup": "200 s"]
    case "traffic-dilution": ["duration": "2 min", "warmup": "10 s"]
    default: ["duration": "5 min", "warmup": "30 s"]
    }
  }

  private static func entries(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }
}

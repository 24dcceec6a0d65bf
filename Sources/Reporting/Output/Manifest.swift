import COpenSSL
import Foundation

/// What a folder of results was made from, and a digest of every file in it.
package struct Manifest: Sendable {
  /// The name of the manifest's file.
  package static let fileName = "manifest.json"

  /// The version of Perigee.
  package let toolVersion: String
  /// The scenario's name.
  package let scenario: String
  /// The digest of the scenario as it was read, in hexadecimal.
  package let scenarioDigest: String
  /// The seed of all random draws.
  package let seed: UInt64
  /// How many replications every placement ran.
  package let replications: Int
  /// The name of the catalog.
  package let catalog: String
  /// The version of the catalog: its date or digest.
  package let catalogVersion: String
  /// The placements in the order of the tables.
  package let placements: [String]
  /// The values set from outside, each as `PATH=VALUE`, in their order.
  package let overrides: [String]

  /// A manifest of a scenario's text.
  package init(
    toolVersion: String, scenario: String, scenarioText: [UInt8], seed: UInt64, replications: Int,
    catalog: String,
    catalogVersion: String, placements: [String], overrides: [String]
  ) {
    self.init(
      toolVersion: toolVersion, scenario: scenario, scenarioDigest: Self.digest(scenarioText), seed: seed,
      replications: replications, catalog: catalog, catalogVersion: catalogVersion, placements: placements,
      overrides: overrides)
  }

  init(
    toolVersion: String, scenario: String, scenarioDigest: String, seed: UInt64, replications: Int, catalog: String,
    catalogVersion: String, placements: [String], overrides: [String]
  ) {
    self.toolVersion = toolVersion
    self.scenario = scenario
    self.scenarioDigest = scenarioDigest
    self.seed = seed
    self.replications = replications
    self.catalog = catalog
    self.catalogVersion = catalogVersion
    self.placements = placements
    self.overrides = overrides
  }

  /// The manifest as a file, with the digests of the others in their order.
  package func file(for files: [ResultFile]) -> ResultFile {
    let entries = files.map { file in
      JSON.object([
        ("name", .string(file.name)), ("bytes", .integer(file.bytes.count)),
        ("sha256", .string(Self.digest(file.bytes))),
      ])
    }
    let document = JSON.object([
      ("tool", .string(Self.tool)),
      ("version", .string(toolVersion)),
      ("scenario", .object([("name", .string(scenario)), ("sha256", .string(scenarioDigest))])),
      ("seed", .integer(seed)),
      ("replications", .integer(replications)),
      ("catalog", .object([("name", .string(catalog)), ("version", .string(catalogVersion))])),
      ("placements", .array(placements.map { .string($0) })),
      ("overrides", .array(overrides.map { .string($0) })),
      ("files", .array(entries)),
    ])
    return ResultFile(name: Self.fileName, text: document.text)
  }

  /// The SHA-256 digest in hexadecimal.
  package static func digest(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256(bytes, bytes.count, &digest)
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  /// Whether a file's content is a manifest that Perigee wrote.
  static func isPerigees(_ content: Data) -> Bool {
    content.starts(with: Data("{\n  \"tool\": \"\(tool)\",".utf8))
  }

  private static let tool = "perigee"
}

import Catalog
import Foundation
import Pricing

/// A folder of results read back: what the run metered, and the scenario it was run from.
package struct FinishedRun: Sendable {
  /// The folder.
  package let path: String
  /// The scenario as it was read.
  package let scenario: [UInt8]
  /// The values that were set from outside.
  package let overrides: [String]
  /// The name and the version of the catalog it was run with.
  package let catalog: (name: String, version: String)
  /// The placements in the order of the tables.
  package let placements: [String]
  /// What was metered, in the order of the file.
  package let readings: [MeterReading]
  private let document: Document

  /// Reads the manifest, the scenario and the meters, and checks their digests.
  ///
  /// - Throws: `FinishedRunError` naming the file that is missing, altered or not what it should be.
  package init(path: String) throws(FinishedRunError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw .nothing(path) }
    guard isDirectory.boolValue else { throw .noFolder(path) }
    let manifest = try Self.manifest(in: path)
    self.path = path
    document = manifest
    overrides = manifest.overrides ?? []
    placements = manifest.placements ?? []
    catalog = (manifest.catalog.name, manifest.catalog.version)
    scenario = try Self.content(of: ResultFile.scenarioName, in: path, manifest)
    let file = TableSchema.meters.fileName
    readings = try MetersReader(name: "\(path)/\(file)", placements: placements)
      .readings(of: try Self.content(of: file, in: path, manifest))
  }

  /// The manifest of the same run priced anew.
  package func manifest(catalogVersion: String, overrides: [String]) -> Manifest {
    Manifest(
      toolVersion: document.version, scenario: document.scenario.name, scenarioDigest: document.scenario.sha256,
      seed: document.seed, replications: document.replications, catalog: catalog.name,
      catalogVersion: catalogVersion, placements: placements, overrides: overrides)
  }

  /// The members of a manifest that are needed.
  private struct Document: Decodable, Sendable {
    struct Named: Decodable {
      let name: String
      let version: String
    }
    struct File: Decodable {
      let name: String
      let sha256: String
    }

    let version: String
    let scenario: File
    let seed: UInt64
    let replications: Int
    let catalog: Named
    let placements: [String]?
    let overrides: [String]?
    let files: [File]
  }

  private static func manifest(in folder: String) throws(FinishedRunError) -> Document {
    let path = "\(folder)/\(Manifest.fileName)"
    guard let content = FileManager.default.contents(atPath: path) else { throw .noManifest(folder) }
    guard Manifest.isPerigees(content), let document = try? JSONDecoder().decode(Document.self, from: content)
    else { throw .notAManifest(path) }
    return document
  }

  /// The bytes of a file, if they are those that the manifest vouches for.
  private static func content(of name: String, in folder: String, _ manifest: Document)
    throws(FinishedRunError) -> [UInt8]
  {
    let path = "\(folder)/\(name)"
    guard let entry = manifest.files.first(where: { $0.name == name }) else { throw .notInManifest(path) }
    guard let content = FileManager.default.contents(atPath: path) else { throw .missing(path) }
    let bytes = [UInt8](content)
    guard Manifest.digest(bytes) == entry.sha256 else { throw .altered(path) }
    return bytes
  }
}

/// Why a folder of results cannot be used.
package enum FinishedRunError: Error, Equatable {
  /// There is nothing of this name.
  case nothing(String)
  /// It is a file.
  case noFolder(String)
  /// The folder has no manifest.
  case noManifest(String)
  /// The manifest is not one that Perigee wrote.
  case notAManifest(String)
  /// A file that is needed is not vouched for by the manifest.
  case notInManifest(String)
  /// A file that is needed is not there.
  case missing(String)
  /// A file is not as it was written.
  case altered(String)
  /// The meters hold what no run has written.
  case meters(String)
}

extension FinishedRunError {
  /// Whether what the user named is not there at all.
  package var isMissingInput: Bool {
    if case .nothing = self { true } else { false }
  }
}

extension FinishedRunError: CustomStringConvertible {
  /// One sentence for the user.
  package var description: String {
    switch self {
    case .nothing(let path): "there is no folder '\(Neutral.terminal(path))'; give one that 'perigee run' has written"
    case .noFolder(let path): "'\(Neutral.terminal(path))' is a file; give the folder of results that it lies in"
    case .noManifest(let path):
      "'\(Neutral.terminal(path))' has no \(Manifest.fileName), so it holds no results;"
        + " give a folder such as results/<scenario>"
    case .notAManifest(let path): "'\(Neutral.terminal(path))' is no manifest of Perigee's"
    case .notInManifest(let path):
      "the manifest does not know '\(Neutral.terminal(path))': an older version wrote it; run the scenario again"
    case .missing(let path): "'\(Neutral.terminal(path))' is missing; run the scenario again"
    case .altered(let path):
      "'\(Neutral.terminal(path))' is not as it was written: its digest is not the manifest's; run the scenario again"
    case .meters(let sentence): Neutral.terminal(sentence)
    }
  }
}

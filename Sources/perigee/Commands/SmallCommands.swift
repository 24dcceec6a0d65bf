import ArgumentParser
import Catalog
import Foundation
import Pricing
import Reporting
import ScenarioFormat
import UsageFormat

/// `perigee validate`: checks only.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check scenarios without running them.")

  @Argument(help: "Scenario files.")
  var files: [String]

  @OptionGroup var input: InputOptions

  func run() throws {
    var worst: Failure?
    for file in files {
      do {
        let session = try ScenarioSession.load(file, input)
        Terminal.say(session.warnings)
        try ByteSink.standardOutput.write("\(Neutral.terminal(file)): ok\n")
      } catch let failure as Failure {
        failure.report()
        worst = Failure(message: nil, exitCode: max(failure.exitCode, worst?.exitCode ?? 0))
      }
    }
    if let worst { throw worst }
  }
}

/// `perigee schema`: the JSON Schema of the scenario language or of usage files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of scenarios or of usage files, for editors.")

  /// What has a schema.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case scenario, usage
  }

  @Argument(help: "Which files.")
  var kind = Kind.scenario

  func run() throws {
    switch kind {
    case .scenario: try ByteSink.standardOutput.write(ScenarioSchema.json())
    case .usage:
      let book: PriceBook
      do { book = try PriceBook(Catalog.load(Catalog.builtInNames[0])) } catch {
        throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
      }
      try ByteSink.standardOutput.write(UsageDocument.schema(book))
    }
  }
}

/// `perigee init`: a commented starter scenario.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented starter scenario to NAME.yaml.")

  @Argument(help: "Name of the scenario.")
  var name: String

  func validate() throws {
    let allowed = name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    guard allowed, let first = name.unicodeScalars.first, first != "-" else {
      throw ValidationError("'\(name)' cannot name a scenario; use small letters, digits and '-', such as 'web-api'")
    }
  }

  func run() throws {
    let path = name + ".yaml"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it exists already; choose another name" : String(cString: strerror(errno))
      throw Failure(message: "perigee: error: \(path) is not written: \(reason)\n", exitCode: 73)
    }
    defer { close(descriptor) }
    do { try ByteSink(descriptor: descriptor, path: path).write(StarterScenario.text(name: name)) } catch {
      unlink(path)
      throw error
    }
    Terminal.say("\(path) is written; next: perigee run \(path)\n")
  }
}

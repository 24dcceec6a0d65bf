import ArgumentParser
import Catalog
import Foundation
import Reporting
import ScenarioFormat

/// `perigee catalog`: shows what is built in, with sources and dates.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Show regions, edges, platforms, services, runtimes, prices and more, with their sources.",
    discussion: "Kinds: \(CatalogKind.allCases.map(\.rawValue).joined(separator: ", ")).\n"
      + "'perigee catalog rtt FROM TO' shows the round trip between two sites or cities, and where it is from.")

  @Argument(help: "What to show.")
  var kind: String

  @Argument(
    help: "Only the entries of this name, or with this word in a column; with rtt, where the round trip begins.")
  var name: String?

  @Argument(help: "With rtt, where the round trip ends.")
  var other: String?

  @Option(help: "Which catalog: \(Catalog.builtInNames.joined(separator: " or ")).")
  var world = "world-2021"

  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "Lay a directory of catalog files over the built-in one; repeatable.", valueName: "directory"))
  var overlays: [String] = []

  @Option(help: "How the table is printed.")
  var format = OutputFormat.table

  func run() throws {
    let isPair = kind == "rtt"
    let wanted = CatalogKind(rawValue: kind)
    guard wanted != nil || isPair else {
      throw Failure.usage(unknown("kind of catalog entry", kind, CatalogKind.allCases.map(\.rawValue) + ["rtt"]))
    }
    guard isPair ? other != nil : other == nil else {
      throw Failure.usage(
        isPair
          ? "rtt takes two sites or cities, as in 'perigee catalog rtt us-east-1 lisbon'"
          : "'\(Neutral.terminal(other ?? ""))' is one name too many; only rtt takes two")
    }
    guard Catalog.builtInNames.contains(world) else {
      throw Failure.usage(unknown("catalog", world, Catalog.builtInNames))
    }
    let catalog: Catalog
    do { catalog = try Catalog.load(world, overlays: overlays) } catch {
      throw Failure(message: "perigee: error: \(error)\n", exitCode: 65)
    }
    guard let wanted else {
      let table = try RoundTripView(catalog: catalog).table(name ?? "", other ?? "") {
        Failure.noInput("--world \(world): \(unknown("site or city", $0, $1))")
      }
      return try ByteSink.standardOutput.write(format.text(of: table, width: nil))
    }
    let table =
      if let name {
        try entries(named: name, of: wanted, in: catalog)
      } else {
        wanted == .platforms && format == .table ? wanted.platformOverview(catalog) : wanted.table(catalog)
      }
    try ByteSink.standardOutput.write(
      format.text(of: table, width: format == .table && name == nil ? Terminal.width : nil))
    if wanted == .platforms, format == .table, name == nil {
      Terminal.say("'perigee catalog platforms NAME' shows every figure of a platform with its source\n")
    }
  }

  /// The entries of a name, or else those with the word in one of their columns, such as a family or a region.
  private func entries(named name: String, of kind: CatalogKind, in catalog: Catalog) throws -> ResultTable {
    let table = kind.table(catalog)
    let wanted = kind.canonical(name, in: catalog)
    let named = table.keeping { $0[0] == .text(wanted) }
    guard named.rows.isEmpty else { return named }
    let related = table.keeping { row in
      let words = row.dropLast(2).map { CatalogKind.word(of: $0).lowercased() }
      return words.contains(name.lowercased()) || words.prefix(2).reversed().joined(separator: "/") == name.lowercased()
    }
    guard related.rows.isEmpty else { return related }
    if let other = catalog.builtInElsewhere({ kind.names(in: $0).contains(name) }) {
      let missing = "there is no entry in \(kind.rawValue) '\(Neutral.terminal(name))'"
      throw Failure.noInput("--world \(world): \(missing); '--world \(other)' has it")
    }
    let known = kind == .platforms ? catalog.platform(alsoKnownAs: name).map { [$0.name] } : nil
    throw Failure.noInput(
      "--world \(world): \(unknown("entry in \(kind.rawValue)", name, kind.names(in: catalog), meant: known?.first))")
  }

  private func unknown(_ what: String, _ word: String, _ known: [String], meant: String? = nil) -> String {
    let hint =
      (meant ?? Suggestion.nearest(to: word, among: known)).map { "did you mean '\($0)'?" }
      ?? "known: \(Suggestion.list(known))"
    return "there is no \(what) '\(Neutral.terminal(word))'; \(hint)"
  }
}

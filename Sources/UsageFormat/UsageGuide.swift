internal import Pricing
internal import ScenarioFormat

/// Leads from a name that a user has guessed to the one that is meant.
struct UsageGuide {
  /// The destination of traffic to any other region of the provider.
  static let elsewhere = "elsewhere"

  private let book: PriceBook
  private let regions: [String]

  init(book: PriceBook) {
    self.book = book
    regions = book.knownRegions
  }

  /// What to say of a meter's name that is none.
  func unknown(meter: String) -> String {
    let known = book.meterNames
    return "there is no meter and no price '\(meter)'" + hint(meter, among: known)
      + "; 'perigee catalog meters' and 'perigee catalog prices' list them"
  }

  /// What to say of a service's name under the key of a meter; nil where it is none.
  func misplaced(meter: String) -> String? {
    guard book.rule(meter: meter, route: .unrouted) == nil, !book.rules.meters.contains(where: { $0.meter == meter }),
      let service = book.rules.services.first(where: { $0.name == meter })
    else { return nil }
    return "'\(meter)' is a service, not a meter: write 'service: \(meter)' with its inputs"
      + " (\(Suggestion.list(service.inputs.map(\.name)))), or one of its meters"
      + " (\(Suggestion.list(service.meters.map(\.name))))"
  }

  /// What to say of a service's name that is none.
  func unknown(service: String) -> String {
    if book.rules.meters.contains(where: { $0.meter == service }) {
      return "'\(service)' is a meter, not a service: write 'meter: \(service)' with a 'quantity'"
    }
    let known = book.rules.services.map(\.name)
    return "there is no service '\(service)'" + hint(service, among: known)
      + "; 'perigee catalog inputs' lists them with their inputs, and anything of the price list can be a 'meter'"
  }

  /// What to say of a word that stands in a meter's name and makes none.
  func unknown(_ word: String, for input: String, in meter: String) -> String {
    let parts = meter.split(separator: "{\(input)}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let known = book.meterNames.compactMap { name -> String? in
      guard parts.count == 2, name.hasPrefix(parts[0]) else { return nil }
      let rest = name.dropFirst(parts[0].count)
      guard !parts[1].isEmpty else { return String(rest) }
      return rest.firstRange(of: parts[1]).map { String(rest[..<$0.lowerBound]) }
    }
    let near = Suggestion.close(to: word, among: known)
    return "there is no price for the \(input) '\(word)'; "
      + (near.map { "did you mean \(Self.alternatives($0))?" } ?? "known: \(Suggestion.list(known))")
  }

  /// Reports a price region that neither the catalog nor its price list knows.
  func checkRegion(_ region: Marked<String>, _ problems: Problems) {
    guard !regions.contains(region.value) else { return }
    problems.error(
      "unknown-region", at: region.mark,
      "there is no price region '\(region.value)'"
        + (Suggestion.close(to: region.value, among: regions).map { "; did you mean \(Self.alternatives($0))?" }
          ?? "; such as us-east-1 or edge:EU"))
  }

  private func hint(_ word: String, among known: [String]) -> String {
    Suggestion.close(to: word, among: known).map { "; did you mean \(Self.alternatives($0))?" } ?? ""
  }

  private static func alternatives(_ names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}

/// Where something runs.
package enum WhereSpec: Sendable {
  /// At one site.
  case site(Marked<String>)
  /// At the site of a kind that is nearest to each caller.
  case nearest(Marked<NearestKind>)
  /// At the first of these; callers that fail over go on to the next.
  case ordered([Marked<String>])
  /// At one of these, drawn by weight for each request.
  case weighted([WeightedName])
  /// At one of so many identical points of presence in the callers' own metropolis, drawn uniformly.
  case points(Marked<Int>)

  static let shape = Shape.either([.name, .list(.name), .object(points), .named(.number)])
  static let points = KeyTable(
    "points of presence", [.required("points", .count(minimum: 1), "how many identical points of presence")])

  /// The kinds of sites that "nearest" can look for.
  package enum NearestKind: String, Sendable, CaseIterable {
    case region
    case edge
    case regionalEdgeCache = "regional-edge-cache"
    case carrierZone = "carrier-zone"
    case localZone = "local-zone"
    case zone

    /// The words for the kind, short forms included.
    static let words: [(String, NearestKind)] =
      allCases.map { ($0.rawValue, $0) } + [
        ("rec", .regionalEdgeCache), ("regional edge cache", .regionalEdgeCache),
      ]
  }
}

extension NodeReader {
  /// Reads a place to run at.
  package func place(_ node: Located) -> WhereSpec? {
    switch node.content {
    case .scalar:
      guard let name = name(node) else { return nil }
      guard name.value == "nearest" || name.value.hasPrefix("nearest ") else { return .site(name) }
      return nearestKind(name).map(WhereSpec.nearest)
    case .sequence(let elements):
      let sites = elements.compactMap(name)
      guard sites.count == elements.count else { return nil }
      guard !sites.isEmpty else {
        problems.error("empty-list", at: node.mark, "the list is empty; name at least one site")
        return nil
      }
      guard Set(sites.map(\.value)).count == sites.count else {
        problems.error("repeated-name", at: node.mark, "a site is listed twice; name each site once")
        return nil
      }
      return .ordered(sites)
    case .mapping(let entries):
      guard entries.contains(where: { $0.key.value == "points" }) else {
        return weightedNames(node, "site").map(WhereSpec.weighted)
      }
      let reader = mapping(node, WhereSpec.points)
      return reader?.read("points") { count($0, from: 1, to: 100_000) }.map(WhereSpec.points)
    }
  }

  private func nearestKind(_ name: Marked<String>) -> Marked<WhereSpec.NearestKind>? {
    let word = String(name.value.dropFirst("nearest".count).drop { $0 == " " })
    if let kind = WhereSpec.NearestKind.words.first(where: { $0.0 == word })?.1 {
      return Marked(kind, at: name.mark)
    }
    let known = WhereSpec.NearestKind.allCases.map(\.rawValue)
    problems.error(
      "unknown-kind", at: name.mark,
      "'\(word.shortened)' is not a kind of site; after 'nearest' comes one of: \(Suggestion.list(known))",
      suggestion: Suggestion.nearest(to: word, among: known).map { "nearest \($0)" })
    return nil
  }
}

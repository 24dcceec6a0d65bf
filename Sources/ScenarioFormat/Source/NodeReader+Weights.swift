/// A name with its share among its neighbours.
package struct WeightedName: Sendable {
  package var name: Marked<String>
  package var weight: Double
}

extension NodeReader {
  /// A name, a list of names (equal weights), or names with weights; at least one weight is above zero.
  package func weightedNames(_ node: Located, _ what: String) -> [WeightedName]? {
    switch node.content {
    case .scalar:
      return name(node).map { [WeightedName(name: $0, weight: 1)] }
    case .sequence(let elements):
      let names = elements.compactMap(name)
      guard names.count == elements.count else { return nil }
      guard !names.isEmpty else {
        problems.error("empty-list", at: node.mark, "the list is empty; name at least one \(what)")
        return nil
      }
      return distinct(names, what) ? names.map { WeightedName(name: $0, weight: 1) } : nil
    case .mapping(let entries):
      return weights(entries, at: node.mark, what)
    }
  }

  /// The same where weights are shares that must sum to 1.
  package func shares(_ node: Located, _ what: String) -> [WeightedName]? {
    guard let names = weightedNames(node, what) else { return nil }
    guard node.entries != nil else {
      return names.map { WeightedName(name: $0.name, weight: 1 / Double(names.count)) }
    }
    let sum = names.reduce(0) { $0 + $1.weight }
    guard abs(sum - 1) <= 1e-6 else {
      problems.error(
        "shares", at: node.mark, "the shares sum to \(Self.short(sum)); the shares of \(what)s sum to 1")
      return nil
    }
    return names
  }

  private func weights(_ entries: [Located.Entry], at mark: SourceMark, _ what: String) -> [WeightedName]? {
    var names: [WeightedName] = []
    for entry in entries {
      guard let name = checkedName(entry.key), let weight = number(entry.value) else { return nil }
      names.append(WeightedName(name: name, weight: weight.value))
    }
    guard names.contains(where: { $0.weight > 0 }) else {
      problems.error("weights", at: mark, "no weight is above zero; give at least one \(what) a weight")
      return nil
    }
    return names
  }

  private func distinct(_ names: [Marked<String>], _ what: String) -> Bool {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.value).inserted {
      problems.error(
        "repeated-name", at: name.mark,
        "the \(what) '\(name.value.shortened)' is listed twice; use weights instead")
      return false
    }
    return true
  }

  /// A number with at most six decimals, for a sentence.
  static func short(_ value: Double) -> String {
    guard value.magnitude < 1e12 else { return "\(value)" }
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}

/// Merges `defaults` below the entries of their sections.
enum Defaults {
  /// The tree with every entry of a section completed by the keys of `defaults.<section>` that it does not
  /// have.
  ///
  /// Keys are taken whole: an entry that has `retry` keeps its own and gets nothing of the default's.
  static func merged(_ root: Located, _ problems: Problems) -> Located {
    guard let defaults = root[key: "defaults"],
      MappingReader(defaults, ScenarioSpec.defaults, problems) != nil,
      let sections = defaults.entries, let entries = root.entries
    else { return root }
    let completed = entries.map { entry in
      guard let section = sections.first(where: { $0.key.value == entry.key.value }),
        let shared = section.value.entries
      else { return entry }
      return Located.Entry(key: entry.key, value: complete(entry.value, with: shared))
    }
    for section in sections where section.value.entries == nil {
      problems.error(
        "wrong-kind", at: section.value.mark,
        "the defaults of '\(section.key.value.shortened)' are a mapping, not \(section.value.kindPhrase)")
    }
    return Located(.mapping(completed), at: root.mark)
  }

  private static func complete(_ section: Located, with shared: [Located.Entry]) -> Located {
    guard let entries = section.entries else { return section }
    let completed = entries.map { entry in
      guard let own = entry.value.entries else { return entry }
      let missing = shared.filter { key in
        !own.contains { $0.key.value == key.key.value } && !isAlternative(key.key.value, to: own)
      }
      return Located.Entry(key: entry.key, value: Located(.mapping(own + missing), at: entry.value.mark))
    }
    return Located(.mapping(completed), at: section.mark)
  }

  /// Whether the entry has the other one of two keys that exclude each other.
  private static func isAlternative(_ key: String, to own: [Located.Entry]) -> Bool {
    let pairs = [("work", "steps"), ("cities", "at"), ("access", "at")]
    return pairs.contains { pair in
      (key == pair.0 && own.contains { $0.key.value == pair.1 })
        || (key == pair.1 && own.contains { $0.key.value == pair.0 })
    }
  }
}

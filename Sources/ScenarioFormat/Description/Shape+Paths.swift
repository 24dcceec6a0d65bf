/// How an override finds its way through what may be written.
extension Shape {
  /// The alternatives of the shape, with references resolved.
  private var alternatives: [Shape] {
    switch self {
    case .either(let shapes): shapes.flatMap(\.alternatives)
    case .reference(let name): ScenarioSchema.definition(name)?.alternatives ?? []
    default: [self]
    }
  }

  private var tables: [KeyTable] {
    alternatives.compactMap { shape in
      if case .object(let table) = shape { table } else { nil }
    }
  }

  /// The known keys of the mapping.
  var keyNames: [String] { tables.flatMap(\.names) }

  /// What may be written below a key.
  func child(_ key: String) -> Shape {
    for table in tables {
      if let known = table[key] { return known.shape }
    }
    for case .named(let shape) in alternatives { return shape }
    return tables.compactMap(\.others).first ?? .text
  }

  /// What may be written as an entry of the list.
  var element: Shape {
    for case .list(let shape) in alternatives { return shape }
    return .text
  }

  /// Whether a key that is not written yet may be added: a known one, or a name with a plain value such as a
  /// weight.
  func accepts(newKey key: String) -> Bool {
    if tables.contains(where: { $0[key] != nil || $0.others != nil }) { return true }
    for case .named(let shape) in alternatives {
      if case .number = shape { return true }
      if case .ratio = shape { return true }
    }
    return false
  }

  /// The key that a single word stands for where a mapping may be written too.
  var shorthand: String? { tables.compactMap(\.shorthand).first }
}

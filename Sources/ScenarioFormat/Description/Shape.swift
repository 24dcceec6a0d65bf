package import Catalog

/// What may be written at a place of a scenario. Readers check keys against these tables, overrides find
/// their way through them, and the JSON Schema is printed from them.
package indirect enum Shape: Sendable {
  case text
  /// A name given or used in the scenario, or of the catalog.
  case name
  case flag
  /// A whole number, not below the minimum.
  case count(minimum: Int)
  /// A bare number, zero or more.
  case number
  /// A bare number from 0 to 1.
  case ratio
  case quantity(Dimension)
  /// One of a few words.
  case choice([String])
  /// A mapping with known keys.
  case object(KeyTable)
  /// A mapping from names that the user chooses.
  case named(Shape)
  case list(Shape)
  case either([Shape])
  /// A shape that is defined once, by name; see `ScenarioSchema.definitions`.
  case reference(String)

  /// A name, a list of names, or names with weights.
  package static let weightedNames = Shape.either([.name, .list(.name), .named(.number)])
  /// A probability law of a time.
  package static let law = Shape.reference("distribution")
}

/// A key of a mapping.
package struct Key: Sendable {
  package let name: String
  package let shape: Shape
  package let isRequired: Bool
  /// One sentence for editors.
  package let meaning: String

  /// A key that may be left out.
  package init(_ name: String, _ shape: Shape, _ meaning: String) {
    self.init(name, shape, meaning, isRequired: false)
  }

  private init(_ name: String, _ shape: Shape, _ meaning: String, isRequired: Bool) {
    self.name = name
    self.shape = shape
    self.meaning = meaning
    self.isRequired = isRequired
  }

  /// A key that must be there.
  package static func required(_ name: String, _ shape: Shape, _ meaning: String) -> Key {
    Key(name, shape, meaning, isRequired: true)
  }
}

/// The keys that a kind of mapping knows.
package struct KeyTable: Sendable {
  /// What the mapping describes, with its article: "a function".
  package let subject: String
  package let keys: [Key]
  /// Whether exactly one of the keys is to be given.
  package let isChoice: Bool
  /// Keys of the language that this version does not support.
  package let later: [String]
  /// The key that a single word stands for, where a word may be written instead of the mapping.
  package let shorthand: String?
  /// What other names hold, where the user may choose some beside the known keys.
  package let others: Shape?
  /// What to write instead of keys that look right here and are not.
  package let hints: [String: String]

  package init(
    _ subject: String, isChoice: Bool = false, shorthand: String? = nil, later: [String] = [],
    others: Shape? = nil, hints: [String: String] = [:], _ keys: [Key]
  ) {
    self.subject = subject
    self.keys = keys
    self.isChoice = isChoice
    self.later = later
    self.shorthand = shorthand
    self.others = others
    self.hints = hints
  }

  /// The same keys, none of them required.
  package var partial: KeyTable {
    let optional = keys.map { Key($0.name, $0.shape, $0.meaning) }
    return KeyTable(
      subject, isChoice: isChoice, shorthand: shorthand, later: later, others: others, hints: hints, optional)
  }

  /// The key of that name.
  package subscript(name: String) -> Key? { keys.first { $0.name == name } }

  /// The names of the keys, in their order.
  package var names: [String] { keys.map(\.name) }
}

internal import Catalog

/// The JSON Schema of the scenario language and of other files, for editors, printed from the same tables that the
/// readers check.
package enum ScenarioSchema {
  /// Shapes that are defined once and may contain themselves.
  static let definitions: [(name: String, shape: Shape)] = [("distribution", LawTables.shape)]

  static func definition(_ name: String) -> Shape? { definitions.first { $0.name == name }?.shape }

  /// The schema of scenarios.
  package static func json() -> String { json(of: ScenarioSpec.table, title: "Perigee scenario") }

  /// The schema of files that are a mapping, draft 2020-12, with a line end at its end.
  package static func json(of table: KeyTable, title: String) -> String {
    var members: [(String, JSONText)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(title)),
    ]
    members += object(table)
    members.append(("$defs", .object(definitions.map { ($0.name, .object(schema(of: $0.shape))) })))
    return JSONText.object(members).rendered() + "\n"
  }

  private static func schema(of shape: Shape) -> [(String, JSONText)] {
    switch shape {
    case .text: [("type", .string("string"))]
    case .name: [("type", .array([.string("string"), .string("number")])), ("minLength", .number(1))]
    case .flag: [("type", .string("boolean"))]
    case .count(let minimum): [("type", .string("integer")), ("minimum", .number(minimum))]
    case .number: bare(maximum: nil)
    case .ratio: bare(maximum: 1)
    case .quantity(let dimension): quantity(dimension)
    case .choice(let words): [("enum", .array(words.map(JSONText.string)))]
    case .object(let table): object(table)
    case .named(let value):
      [
        ("type", .string("object")), ("minProperties", .number(1)),
        ("additionalProperties", .object(schema(of: value))),
      ]
    case .list(let element): [("type", .string("array")), ("items", .object(schema(of: element)))]
    case .either(let shapes): [("anyOf", .array(shapes.map { .object(schema(of: $0)) }))]
    case .reference(let name): [("$ref", .string("#/$defs/\(name)"))]
    }
  }

  private static func bare(maximum: Int?) -> [(String, JSONText)] {
    var number: [(String, JSONText)] = [("type", .string("number")), ("minimum", .number(0))]
    if let maximum { number.append(("maximum", .number(maximum))) }
    return [
      (
        "anyOf",
        .array([.object(number), .object([("type", .string("string")), ("pattern", .string("%$"))])])
      )
    ]
  }

  private static func quantity(_ dimension: Dimension) -> [(String, JSONText)] {
    guard !dimension.acceptsBareNumbers else { return bare(maximum: nil) }
    let units = dimension.units.map(\.symbol).joined(separator: "|")
    return [
      ("type", .string("string")),
      ("pattern", .string("^[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)? *(\(units))$")),
      ("description", .string("\(dimension.phrase), such as \(dimension.example)")),
    ]
  }

  private static func object(_ table: KeyTable) -> [(String, JSONText)] {
    var members: [(String, JSONText)] = [("type", .string("object"))]
    members.append(
      (
        "properties",
        .object(
          table.keys.map { key in
            let shape = schema(of: key.shape).filter { $0.0 != "description" }
            return (key.name, .object([("description", .string(key.meaning))] + shape))
          })
      ))
    members.append(("additionalProperties", table.others.map { .object(schema(of: $0)) } ?? .flag(false)))
    let required = table.keys.filter(\.isRequired).map { JSONText.string($0.name) }
    if !required.isEmpty { members.append(("required", .array(required))) }
    if table.isChoice {
      members.append(("minProperties", .number(1)))
      members.append(("maxProperties", .number(1)))
    }
    return members
  }
}

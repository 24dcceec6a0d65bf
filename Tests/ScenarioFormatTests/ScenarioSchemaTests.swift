import Foundation
import ScenarioFormat
import Testing

/// The printed schema and the readers accept and refuse the same keys.
@Suite struct ScenarioSchemaTests {
  private static func schema() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any])
  }

  private static func tree(_ text: String) throws -> Located {
    try YAMLTree.parse(try ScenarioText(name: "test.yaml", text: text))
  }

  @Test func theSchemaIsJSONAndSaysWhichDraft() throws {
    let schema = try Self.schema()
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect((schema["required"] as? [String])?.contains("scenario") == true)
    #expect(ScenarioSchema.json().hasSuffix("}\n"))
  }

  @Test func theSchemaAcceptsWhatTheReadersAccept() throws {
    let schema = try Self.schema()
    var texts = [ScenarioTexts.everything, ScenarioTexts.small, StarterScenario.text(name: "starter")]
    texts += ScenarioTexts.laws.map { ScenarioTexts.small(replacing: "work: 5 ms", with: "work: \($0)") }
    for text in texts {
      #expect(ScenarioTexts.read(text).spec != nil)
      let problems = Validator(root: schema).problems(of: try Self.tree(text), schema, at: "")
      #expect(problems.isEmpty, "\(problems.prefix(3))")
    }
  }

  /// Adds a key that nobody knows to each mapping with known keys: both must refuse it.
  @Test func bothRefuseUnknownKeysEverywhere() throws {
    let schema = try Self.schema()
    let validator = Validator(root: schema)
    let root = try Self.tree(ScenarioTexts.everything)
    var variants: [Located] = []
    Self.forEachMapping(in: root) { variants.append($0) }
    var refused = 0
    for variant in variants {
      let problems = Problems()
      _ = ScenarioSpec.decode(variant, problems)
      let isReaderContent = !problems.hasErrors
      let isSchemaContent = validator.problems(of: variant, schema, at: "").isEmpty
      // Only the readers know that a placement's keys are functions of the scenario, or that a key is a
      // percentile.
      if isReaderContent != isSchemaContent {
        #expect(
          !isReaderContent && isSchemaContent,
          "the readers accept what the schema refuses: \(validator.problems(of: variant, schema, at: ""))")
      }
      if !isSchemaContent { refused += 1 }
    }
    #expect(variants.count > 100 && refused > variants.count * 3 / 4)
  }

  @Test(arguments: [
    ("rate: 4/s", "rate: 4"), ("seed: 42", "seed: -1"), ("answer: refuse", "answer: shout"),
    ("duration: 2 h", "duration: []"),
    ("selection: newest", "selection: best"), ("metric: availability", "metric: happiness"),
    ("calls: {browse: 7, buy: 3}", "call: browse"),
    ("loss: 0.05", "loss: 1.5"), ("arrivals: {periodic: {every: 1 s, phase: 10 ms}}", "arrivals: {}"),
  ])
  func bothRefuseTheSameValues(good: String, bad: String) throws {
    let text = ScenarioTexts.everything.replacingFirst(good, with: bad)
    #expect(text != ScenarioTexts.everything && ScenarioTexts.read(text).spec == nil)
    let schema = try Self.schema()
    #expect(!Validator(root: schema).problems(of: try Self.tree(text), schema, at: "").isEmpty)
  }

  /// Calls the body with the tree once for each of its mappings, that mapping having one key more.
  private static func forEachMapping(in root: Located, _ body: (Located) -> Void) {
    func visit(_ node: Located, _ rebuild: (Located) -> Located) {
      switch node.content {
      case .scalar: break
      case .sequence(let elements):
        for (index, element) in elements.enumerated() {
          visit(element) { changed in
            var all = elements
            all[index] = changed
            return rebuild(Located(.sequence(all), at: node.mark))
          }
        }
      case .mapping(let entries):
        let key = Located.Entry(
          key: Marked("zz-unknown", at: node.mark), value: Located(.mapping([]), at: node.mark))
        body(rebuild(Located(.mapping(entries + [key]), at: node.mark)))
        for (index, entry) in entries.enumerated() {
          visit(entry.value) { changed in
            var all = entries
            all[index].value = changed
            return rebuild(Located(.mapping(all), at: node.mark))
          }
        }
      }
    }
    visit(root) { $0 }
  }
}

/// As much of JSON Schema as the printed schema uses.
private struct Validator {
  let root: [String: Any]

  func problems(of node: Located, _ schema: [String: Any], at path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
        return ["\(path): no \(name)"]
      }
      return problems(of: node, target, at: path)
    }
    var found: [String] = []
    if let options = schema["anyOf"] as? [[String: Any]],
      !options.contains(where: { problems(of: node, $0, at: path).isEmpty })
    {
      found.append("\(path): none of anyOf")
    }
    if let words = schema["enum"] as? [String], !words.contains(node.text ?? "") {
      found.append("\(path): not in enum")
    }
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
    if !types.isEmpty, !types.contains(where: { matches(node, $0) }) { found.append("\(path): not \(types)") }
    found += textProblems(of: node, schema, at: path)
    if let entries = node.entries { found += objectProblems(of: entries, schema, at: path) }
    if let elements = node.elements, let items = schema["items"] as? [String: Any] {
      for (index, element) in elements.enumerated() {
        found += problems(of: element, items, at: "\(path)/\(index)")
      }
    }
    return found
  }

  private func matches(_ node: Located, _ type: String) -> Bool {
    let number = node.text.flatMap { Double($0) }
    return switch type {
    case "object": node.entries != nil
    case "array": node.elements != nil
    case "string": node.text != nil && number == nil
    case "number": number != nil
    case "integer": number.map { $0 == $0.rounded() } ?? false
    case "boolean": node.text == "true" || node.text == "false"
    default: false
    }
  }

  private func textProblems(of node: Located, _ schema: [String: Any], at path: String) -> [String] {
    guard let text = node.text else { return [] }
    var found: [String] = []
    if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): '\(text)' does not match \(pattern)")
    }
    if let number = Double(text) {
      if let least = schema["minimum"] as? Double, number < least { found.append("\(path): below \(least)") }
      if let most = schema["maximum"] as? Double, number > most { found.append("\(path): above \(most)") }
    }
    return found
  }

  private func objectProblems(of entries: [Located.Entry], _ schema: [String: Any], at path: String)
    -> [String]
  {
    var found: [String] = []
    let properties = schema["properties"] as? [String: Any] ?? [:]
    for entry in entries {
      let here = "\(path)/\(entry.key.value)"
      if let property = properties[entry.key.value] as? [String: Any] {
        found += problems(of: entry.value, property, at: here)
      } else if let rest = schema["additionalProperties"] as? [String: Any] {
        found += problems(of: entry.value, rest, at: here)
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(here): unknown key")
      }
    }
    for name in schema["required"] as? [String] ?? [] where !entries.contains(where: { $0.key.value == name })
    {
      found.append("\(path): needs \(name)")
    }
    if let least = schema["minProperties"] as? Int, entries.count < least {
      found.append("\(path): too few keys")
    }
    if let most = schema["maxProperties"] as? Int, entries.count > most {
      found.append("\(path): too many keys")
    }
    return found
  }
}

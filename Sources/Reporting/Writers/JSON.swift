/// A JSON value whose members keep the order they were written in.
package indirect enum JSON: Equatable, Sendable {
  /// Words.
  case string(String)
  /// A number, already in JSON's own spelling.
  case number(String)
  /// A truth value.
  case bool(Bool)
  /// No value.
  case null
  /// A list.
  case array([JSON])
  /// Members in order.
  case object([(name: String, value: JSON)])

  /// A whole number.
  package static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }

  /// Whether both write the same document.
  package static func == (left: JSON, right: JSON) -> Bool { left.text == right.text }

  /// The document: two spaces a level, a line feed at the end.
  package var text: String {
    var text = ""
    write(to: &text, indentation: "")
    return text + "\n"
  }

  private func write(to text: inout String, indentation: String) {
    let inner = indentation + "  "
    switch self {
    case .string(let value): text += Self.quoted(value)
    case .number(let value): text += value
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    case .array(let items) where items.isEmpty: text += "[]"
    case .object(let members) where members.isEmpty: text += "{}"
    case .array(let items):
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "[\n" : ",\n") + inner
        item.write(to: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    case .object(let members):
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "{\n" : ",\n") + inner + Self.quoted(member.name) + ": "
        member.value.write(to: &text, indentation: inner)
      }
      text += "\n\(indentation)}"
    }
  }

  /// A JSON string; besides what JSON demands, `<` and the line separators are escaped, so that it can stand
  /// in a page.
  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _
      where scalar.value < 0x20 || scalar == "<" || (0x7F...0x9F).contains(scalar.value)
        || scalar == "\u{2028}" || scalar == "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension JSON {
  /// A table as a list of rows, each an object with a member for every column; no value is `null`.
  package static func rows(of table: ResultTable) -> JSON {
    .array(
      table.rows.map { row in
        .object(
          zip(table.schema.columns, row).map { column, cell in
            let text = NumberFormat.text(of: cell, in: column.kind)
            if case .text = cell { return (column.name, .string(text)) }
            return (column.name, text.isEmpty ? .null : .number(text))
          })
      })
  }
}

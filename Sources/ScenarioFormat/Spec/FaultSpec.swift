/// Something that breaks for a while.
package struct FaultSpec: Sendable {
  /// What breaks.
  package enum Kind: Sendable {
    /// Messages between two sides vanish; `forward` = only those from the first side to the second.
    case partition(between: [Marked<String>], and: [Marked<String>], isForward: Bool)
    /// A site is down; silent = without an answer.
    case outage(site: Marked<String>, isSilent: Bool)
    /// The way between two sides is slower and loses packets.
    case degradation(between: [Marked<String>], and: [Marked<String>], latency: Double, loss: Double)
  }

  package var kind: Kind
  package var mark: SourceMark
  /// From when and for how long, ns.
  package var from: Marked<Int64>
  package var length: Marked<Int64>

  static let table = KeyTable(
    "a fault", later: ["flapping", "interruption", "mtbf", "mttr", "every"],
    [
      Key("partition", .object(partition), "messages between two sides vanish"),
      Key("outage", .object(outage), "a site is down"),
      Key("degradation", .object(degradation), "the way between two sides is slow and lossy"),
      .required("from", .quantity(.duration), "when it begins"),
      .required("for", .quantity(.duration), "how long it lasts"),
    ])
  /// A side is a name or a list of names.
  static let sides = Shape.list(.either([.name, .list(.name)]))
  static let partition = KeyTable(
    "a partition",
    [
      .required("between", sides, "the two sides: sites, kinds of sites, client populations or cities"),
      Key(
        "direction", .choice(["both", "forward"]),
        "forward: only messages from the first side vanish"
          + " (both)"),
    ])
  static let outage = KeyTable(
    "an outage",
    [
      .required("site", .name, "the site that is down"),
      Key(
        "answer", .choice(["refuse", "silent"]), "whether callers get an error at once or nothing (silent)"),
    ])
  static let degradation = KeyTable(
    "a degradation", later: ["bandwidth"],
    [
      .required("between", sides, "the two sides: sites, kinds of sites, client populations or cities"),
      Key("latency", .number, "factor on the latency (1)"),
      Key("loss", .ratio, "packets lost on top (0)"),
    ])
}

extension NodeReader {
  /// Reads one fault.
  package func fault(_ node: Located) -> FaultSpec? {
    guard let map = mapping(node, FaultSpec.table) else { return nil }
    let kinds = ["partition", "outage", "degradation"].filter(map.has)
    guard kinds.count == 1, let name = kinds.first else {
      map.fail("missing-key", "a fault is one of: partition, outage, degradation")
      return nil
    }
    let kind: FaultSpec.Kind? = map.read(name) { value in
      switch name {
      case "partition": partition(value)
      case "outage": outage(value)
      default: degradation(value)
      }
    }
    let from = map.read("from", duration)
    let length = map.read("for", positiveDuration)
    guard let kind, let from, let length else { return nil }
    return FaultSpec(kind: kind, mark: map.mark, from: from, length: length)
  }

  private func partition(_ node: Located) -> FaultSpec.Kind? {
    guard let map = mapping(node, FaultSpec.partition), let (first, second) = map.read("between", sides)
    else { return nil }
    let isForward = map.read("direction") { choice($0, [("both", false), ("forward", true)]) } ?? false
    return .partition(between: first, and: second, isForward: isForward)
  }

  private func outage(_ node: Located) -> FaultSpec.Kind? {
    guard let map = mapping(node, FaultSpec.outage), let site = map.read("site", name) else { return nil }
    let isSilent = map.read("answer") { choice($0, [("refuse", false), ("silent", true)]) } ?? true
    return .outage(site: site, isSilent: isSilent)
  }

  private func degradation(_ node: Located) -> FaultSpec.Kind? {
    guard let map = mapping(node, FaultSpec.degradation), let (first, second) = map.read("between", sides)
    else { return nil }
    let latency = map.read("latency", number)
    if let latency, latency.value < 1 || latency.value > 1_000 {
      problems.error("out-of-range", at: latency.mark, "the factor on the latency is a number from 1 to 1000")
    }
    let loss = map.read("loss", ratio)?.value ?? 0
    return .degradation(between: first, and: second, latency: latency?.value ?? 1, loss: loss)
  }

  private func sides(_ node: Located) -> (first: [Marked<String>], second: [Marked<String>])? {
    guard let sides = node.elements, sides.count == 2 else {
      problems.error(
        "sides", at: node.mark,
        "two sides belong here, as in [nearest edge, us-east-1], not \(node.kindPhrase)")
      return nil
    }
    let names = sides.map { side in (list(side, of: "names", orSingle: true) ?? []).compactMap(name) }
    guard !names[0].isEmpty, !names[1].isEmpty else {
      problems.error(
        "sides", at: node.mark, "a side is empty; name a site, a kind of sites, a client population or a city"
      )
      return nil
    }
    return (names[0], names[1])
  }
}

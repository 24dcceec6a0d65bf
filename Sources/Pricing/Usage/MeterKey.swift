/// A meter as the table of factors names it.
///
/// `transfer.out:internet` has a route, `alb.lcu-hours|bytes` is one of several measures of which the greatest counts,
/// `dynamodb.read-units+eventual` a further sort of the same usage.
struct MeterKey: Hashable, Sendable {
  /// The meter's name.
  let name: String
  /// The way of a transfer.
  let route: Route
  /// Tells sorts and measures of a meter apart.
  let sort: String
  /// Whether of several measures the greatest counts.
  let isMeasure: Bool

  /// Reads the name; nil for a route that does not exist.
  init?(_ text: String) {
    let end = text.firstIndex { $0 == "|" || $0 == "+" } ?? text.endIndex
    let parts = text[..<end].split(separator: ":", maxSplits: 1)
    guard let first = parts.first, let route = Route(rawValue: parts.count > 1 ? String(parts[1]) : "") else {
      return nil
    }
    name = String(first)
    self.route = route
    sort = String(text[end...])
    isMeasure = sort.first == "|"
  }
}

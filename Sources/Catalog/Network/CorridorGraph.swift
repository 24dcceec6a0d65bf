#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Long-haul fibre corridors: hubs, links with lengths, and the shortest way between any two hubs.
struct CorridorGraph: Sendable {
  struct Hub: Sendable {
    let code: String
    let coordinates: Coordinates
    let provenance: Provenance
  }

  struct Link: Sendable {
    let from: Int
    let to: Int
    let kilometres: Double
    /// Whether only Azure's backbone uses it.
    let isAzureOnly: Bool
  }

  private let hubs: [Hub]
  /// Unit vectors of the hubs, three numbers each, to find near ones without trigonometry per hub.
  private let directions: [Double]
  /// Shortest ways between hubs, km, row by row: over the links of all, and over Azure's too.
  private let common: [Double]
  private let azure: [Double]
  private let attachmentCount: Int
  private let attachmentRatio: Double

  init(hubs: [Hub], links: [Link], attachmentCount: Int, attachmentRatio: Double) {
    self.hubs = hubs
    self.directions = hubs.flatMap { Self.direction($0.coordinates) }
    self.common = Self.shortestWays(hubCount: hubs.count, links: links.filter { !$0.isAzureOnly })
    self.azure = Self.shortestWays(hubCount: hubs.count, links: links)
    self.attachmentCount = attachmentCount
    self.attachmentRatio = attachmentRatio
  }

  /// Length of the shortest way from one point over its near hubs to the other, km.
  ///
  /// Where no corridors join the hubs, the great circle stands in.
  func kilometres(from: Coordinates, to: Coordinates, inAzure: Bool) -> Double {
    let ways = inAzure ? azure : common
    let sources = attachments(of: from)
    let targets = attachments(of: to)
    var shortest = Double.infinity
    for source in sources {
      for target in targets {
        let length = source.kilometres + target.kilometres + ways[source.hub * hubs.count + target.hub]
        shortest = min(shortest, length)
      }
    }
    return shortest.isFinite ? shortest : from.greatCircleKilometres(to: to)
  }

  private struct Attachment {
    var hub: Int
    var kilometres: Double
  }

  /// The nearest hubs of a point, no farther than `attachmentRatio` times the very nearest.
  private func attachments(of point: Coordinates) -> [Attachment] {
    let direction = Self.direction(point)
    var nearest: [(hub: Int, cosine: Double)] = []
    for hub in 0..<hubs.count {
      let cosine =
        directions[3 * hub] * direction[0] + directions[3 * hub + 1] * direction[1]
        + directions[3 * hub + 2] * direction[2]
      if nearest.count == attachmentCount, cosine <= nearest[attachmentCount - 1].cosine { continue }
      let position = nearest.firstIndex { cosine > $0.cosine } ?? nearest.count
      nearest.insert((hub, cosine), at: position)
      if nearest.count > attachmentCount { nearest.removeLast() }
    }
    let attached = nearest.map {
      Attachment(hub: $0.hub, kilometres: point.greatCircleKilometres(to: hubs[$0.hub].coordinates))
    }
    guard let first = attached.first else { return [] }
    return attached.filter { $0.kilometres <= first.kilometres * attachmentRatio }
  }

  private static func direction(_ point: Coordinates) -> [Double] {
    let (latitude, longitude) = (point.latitude * .pi / 180, point.longitude * .pi / 180)
    return [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)]
  }

  /// Dijkstra's algorithm from every hub. The graph is sparse and small: the nearest open hub is found by
  /// scanning.
  private static func shortestWays(hubCount: Int, links: [Link]) -> [Double] {
    var neighbours = [[(hub: Int, kilometres: Double)]](repeating: [], count: hubCount)
    for link in links {
      neighbours[link.from].append((link.to, link.kilometres))
      neighbours[link.to].append((link.from, link.kilometres))
    }
    var ways = [Double](repeating: .infinity, count: hubCount * hubCount)
    for source in 0..<hubCount {
      var length = [Double](repeating: .infinity, count: hubCount)
      var isSettled = [Bool](repeating: false, count: hubCount)
      length[source] = 0
      while true {
        var nearest = -1
        for hub in 0..<hubCount where !isSettled[hub] && length[hub] < .infinity {
          if nearest < 0 || length[hub] < length[nearest] { nearest = hub }
        }
        guard nearest >= 0 else { break }
        isSettled[nearest] = true
        for neighbour in neighbours[nearest] {
          length[neighbour.hub] = min(length[neighbour.hub], length[nearest] + neighbour.kilometres)
        }
      }
      // A way is as long in both directions, to the last bit.
      for hub in source..<hubCount {
        ways[source * hubCount + hub] = length[hub]
        ways[hub * hubCount + source] = length[hub]
      }
    }
    return ways
  }
}

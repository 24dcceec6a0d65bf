internal import Catalog

/// Which places of a kind a platform runs at, worked out once: every caller's "nearest" asks for the same lists.
final class HostIndex {
  private let catalog: Catalog
  private let own: [Place]
  private var lists: [Key: [Place]] = [:]

  private struct Key: Hashable {
    let platform: String
    let kind: PlaceKind
    let isBehindEdges: Bool
  }

  /// - Parameter own: the scenario's own sites.
  init(catalog: Catalog, own: [Place]) {
    self.catalog = catalog
    self.own = own
  }

  /// Open places of a kind that the platform runs at, in the order of the catalog.
  func places(of kind: PlaceKind, for platform: Platform) -> [Place] {
    list(Key(platform: platform.name, kind: kind, isBehindEdges: false)) { place in
      platform.runs(at: place) && isOpen(place)
    }
  }

  /// Edge locations with one of the platform's regional edge caches behind them.
  func edgesInFront(of platform: Platform) -> [Place] {
    list(Key(platform: platform.name, kind: .edge, isBehindEdges: true), platform.runsBehindEdges)
  }

  private func list(_ key: Key, _ isHost: (Place) -> Bool) -> [Place] {
    if let known = lists[key] { return known }
    let places = (catalog.sites(of: key.kind) + own.filter { $0.kind == key.kind }).filter(isHost)
    lists[key] = places
    return places
  }

  /// Whether anybody may run there: isolated partitions (government, China) are named, never just "nearest".
  private func isOpen(_ place: Place) -> Bool {
    guard let region = place.parentRegion.flatMap(catalog.region) else { return true }
    return region.partition == region.provider
  }
}

import Catalog
import Reporting

/// `perigee catalog rtt`: the round trip of a pair, measured or modelled, and how far the model is off.
struct RoundTripView {
  let catalog: Catalog

  /// One row for the pair.
  /// - Throws: what `unknown` makes of a name that is no site and no city, and of the names that are.
  func table(_ from: String, _ to: String, unknown: (String, [String]) -> Failure) throws -> ResultTable {
    let (one, other) = (try place(from, unknown), try place(to, unknown))
    let found = catalog.roundTrip(between: one, and: other)
    let modelled = catalog.modelledRoundTrip(between: one, and: other)
    let scope = DistanceModel.Scope.between(one.provider, other.provider)
    let residuals = catalog.distanceModel.fit(scope).residuals
    func fixed(_ value: Double) -> Cell { .text(NumberFormat.fixed(value, digits: 2)) }
    let names = [
      "from", "to", "rtt_ms", "how", "p90_ratio", "great_circle_km", "corridor_km", "model_ms", "residual_ms",
      "model_p05_ms", "model_p95_ms", "as_of", "source",
    ]
    var table = ResultTable(
      TableSchema(
        name: "rtt", description: "The round trip of a pair.", columns: names.map { Column($0, $0) }))
    table.append([
      .text(one.code), .text(other.code), fixed(found.medianMilliseconds), .text(found.method.rawValue),
      fixed(found.jitterP90Ratio), fixed(one.coordinates.greatCircleKilometres(to: other.coordinates)),
      fixed(catalog.distanceModel.corridorKilometres(one.coordinates, other.coordinates, scope: scope)),
      fixed(modelled.medianMilliseconds),
      found.method == .measured ? fixed(found.medianMilliseconds - modelled.medianMilliseconds) : .text(""),
      fixed(modelled.medianMilliseconds + (residuals.first ?? 0)),
      fixed(modelled.medianMilliseconds + (residuals.last ?? 0)),
      .text(found.provenance.asOf), .text(found.provenance.source),
    ])
    return table
  }

  private func place(_ name: String, _ unknown: (String, [String]) -> Failure) throws -> Place {
    if let place = catalog.site(name) ?? catalog.city(name)?.place { return place }
    throw unknown(
      name,
      catalog.regions.map(\.code) + catalog.cities.map(\.key) + catalog.localZones.map(\.code)
        + catalog.carrierZones.map(\.code) + catalog.edges.map(\.qualifiedCode))
  }
}

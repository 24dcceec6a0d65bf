import Catalog
import Testing

@Suite struct DistanceModelTests {
  /// The catalog with all providers' regions knows most pairs.
  private let catalog = BuiltIn.world2025

  @Test(arguments: DistanceModel.Scope.allCases)
  func shippedCoefficientsAreWhatTheProjectFits(scope: DistanceModel.Scope) throws {
    let shipped = catalog.distanceModel.fit(scope)
    let fitted = try #require(catalog.refit(scope))
    #expect(shipped.scope == scope)
    #expect(fitted.pairCount == shipped.pairCount)
    #expect(abs(fitted.intercept - shipped.intercept) < 1e-3)
    #expect(abs(fitted.slope - shipped.slope) < 1e-6)
    #expect(abs(fitted.shortSlope - shipped.shortSlope) < 1e-6)
    #expect(abs(fitted.unseenR2 - shipped.unseenR2) < 1e-3)
    #expect(abs(fitted.unseenError - shipped.unseenError) < 0.02)
    #expect(abs(fitted.circleUnseenR2 - shipped.circleUnseenR2) < 1e-3)
    for (fresh, stored) in zip(fitted.residuals, shipped.residuals) { #expect(abs(fresh - stored) < 0.1) }
  }

  @Test func corridorsExplainUnseenPairsAndCirclesDoNot() throws {
    let aws = try #require(catalog.refit(.aws))
    #expect(aws.pairCount == 264)
    #expect(aws.unseenR2 >= 0.95)
    #expect(aws.unseenError < 12)
    #expect(aws.circleUnseenR2 < 0.8)
    for scope in DistanceModel.Scope.allCases { #expect(try #require(catalog.refit(scope)).unseenR2 >= 0.95) }
  }

  @Test func oldWorldHasTooFewRegionsForOtherProvidersFits() {
    #expect(BuiltIn.world2021.refit(.azure) == nil)
    #expect(BuiltIn.world2021.refit(.aws) != nil)
  }

  @Test func roundTripsAreSymmetricPositiveAndNoFasterThanLight() {
    let places =
      catalog.regions.map(\.place) + catalog.sites(of: .edge).prefix(100)
      + catalog.cities.prefix(60).map(\.place)
      + catalog.carrierZones.map(\.place) + catalog.regionalEdgeCaches.map(\.place)
    var pairCount = 0
    for (position, one) in places.enumerated() {
      for other in places[position...] {
        let there = catalog.roundTrip(between: one, and: other)
        let back = catalog.roundTrip(between: other, and: one)
        guard there.medianMilliseconds == back.medianMilliseconds, there.method == back.method,
          there.medianMilliseconds > 0, there.jitterP90Ratio >= 1, there.medianMilliseconds < 600
        else {
          Issue.record("\(one.code) and \(other.code): \(there) and back \(back)")
          continue
        }
        let vacuum = 2 * one.coordinates.greatCircleKilometres(to: other.coordinates) / 299.792_458
        if there.method == .model, there.medianMilliseconds < vacuum {
          Issue.record("\(one.code) to \(other.code) is faster than light")
        }
        pairCount += 1
      }
    }
    #expect(pairCount > 50_000)
  }

  @Test func corridorWaysKeepTheTriangleInequality() {
    let points = catalog.regions.filter { $0.provider == "aws" }.map(\.coordinates)
    for one in points {
      for other in points {
        let direct = catalog.distanceModel.corridorKilometres(one, other, scope: .aws)
        #expect(direct >= 0)
        for middle in points.prefix(8) {
          let detour =
            catalog.distanceModel.corridorKilometres(one, middle, scope: .aws)
            + catalog.distanceModel.corridorKilometres(middle, other, scope: .aws)
          // A point that is not a hub may be reached over another of its hubs on either leg.
          #expect(direct <= detour + 1500)
        }
      }
    }
  }

  /// Callers in East Africa reach the south of the continent directly; between Asia and South Africa only Azure does.
  @Test func eastAfricaIsNoThoroughfare() throws {
    func milliseconds(_ one: String, _ other: String) throws -> Double {
      let places = try [one, other].map { name in
        try #require(catalog.site(name) ?? catalog.city(name)?.place)
      }
      return catalog.modelledRoundTrip(between: places[0], and: places[1]).medianMilliseconds
    }
    #expect(try milliseconds("nairobi", "southafricanorth") < 80)
    #expect(try milliseconds("nairobi", "ap-south-1") < 100)
    #expect(try milliseconds("uaenorth", "southafricanorth") < 120)
    #expect(try milliseconds("asia-south1", "southafricanorth") > 250)
    #expect(try milliseconds("mumbai", "af-south-1") > 250)
  }

  @Test func theModelIsContinuousAcrossDistance() {
    let model = catalog.distanceModel
    let start = Coordinates(latitude: 50.11, longitude: 8.68)
    var last = model.roundTripMilliseconds(start, start, scope: .internet)
    #expect(abs(last - 2.66) < 1e-9)
    for step in 1...90 {
      let point = Coordinates(latitude: 50.11 - Double(step) * 0.01, longitude: 8.68)
      let next = model.roundTripMilliseconds(start, point, scope: .internet)
      #expect(next > last && next - last < 0.1)
      last = next
    }
  }

  @Test func measuredRoundTripsWinOverTheModel() throws {
    let catalog = BuiltIn.world2021
    let virginia = try #require(catalog.site("us-east-1"))
    let ireland = try #require(catalog.site("eu-west-1"))
    let measured = catalog.roundTrip(between: virginia, and: ireland)
    let modelled = catalog.modelledRoundTrip(between: virginia, and: ireland)
    #expect(modelled.method == .model)
    #expect(measured.method == .measured || measured.medianMilliseconds == modelled.medianMilliseconds)
    let pairs = catalog.regions.flatMap { one in
      catalog.regions.map { catalog.roundTrip(between: one.place, and: $0.place) }
    }
    #expect(pairs.contains { $0.method == .measured })
    #expect(pairs.filter { $0.method == .measured }.allSatisfy { $0.provenance.asOf == "2025-07-17" })
  }

  @Test func zonesOfThatRegionsUseItsMeasurements() throws {
    let catalog = BuiltIn.world2021
    let pair = try #require(
      catalog.regions.flatMap { one in catalog.regions.map { (one, $0) } }.first {
        $0.0.code != $0.1.code && catalog.roundTrip(between: $0.0.place, and: $0.1.place).method == .measured
      })
    let zone = try #require(pair.0.zone(pair.0.zoneNames[0]))
    let regions = catalog.roundTrip(between: pair.0.place, and: pair.1.place)
    #expect(
      catalog.roundTrip(between: zone, and: pair.1.place).medianMilliseconds == regions.medianMilliseconds)
  }

  @Test func nearPlacesUseTheirOwnFigures() throws {
    let catalog = BuiltIn.world2021
    let (a, c, d) = (
      try #require(catalog.site("ap-northeast-1a")), try #require(catalog.site("ap-northeast-1c")),
      try #require(catalog.site("ap-northeast-1d"))
    )
    let sameZone = catalog.roundTrip(between: a, and: a)
    #expect(sameZone.method == .sameZone && sameZone.medianMilliseconds == 0.09)
    #expect(catalog.roundTrip(between: a, and: c).medianMilliseconds == 2.786)
    #expect(catalog.roundTrip(between: d, and: a).medianMilliseconds == 2.014)
    let stockholm = (try #require(catalog.site("eu-north-1a")), try #require(catalog.site("eu-north-1b")))
    let unmeasured = catalog.roundTrip(between: stockholm.0, and: stockholm.1)
    #expect(unmeasured.method == .betweenZones && (0.5...2).contains(unmeasured.medianMilliseconds))
    let region = try #require(catalog.site("ap-northeast-1"))
    let inside = catalog.roundTrip(between: region, and: region)
    #expect(inside.method == .sameRegion && (1...9).contains(inside.medianMilliseconds))
  }

  @Test func aCityReachesItsOwnEdgeInMilliseconds() throws {
    let catalog = BuiltIn.world2021
    let lisbon = try #require(catalog.city("lisbon")).place
    let edge = catalog.nearest(catalog.sites(of: .edge), to: lisbon, count: 2)
    #expect(edge.map(\.code).allSatisfy { $0.hasSuffix("/LIS") })
    #expect((2...4).contains(catalog.roundTrip(between: lisbon, and: edge[0]).medianMilliseconds))
    let regions = catalog.nearest(catalog.sites(of: .region), to: lisbon, count: 4)
    #expect(regions.first?.code == "eu-west-3")
    #expect(regions.count == 4)
    let manaus = try #require(catalog.city("manaus")).place
    #expect(catalog.nearest(catalog.sites(of: .region), to: manaus).map(\.code) == ["sa-east-1"])
  }

  @Test func greatCirclesAreRight() {
    let london = Coordinates(latitude: 51.5074, longitude: -0.1278)
    let newYork = Coordinates(latitude: 40.7128, longitude: -74.006)
    #expect(abs(london.greatCircleKilometres(to: newYork) - 5570) < 2)
    #expect(london.greatCircleKilometres(to: london) == 0)
    let antipode = Coordinates(latitude: -51.5074, longitude: 179.8722)
    #expect(abs(london.greatCircleKilometres(to: antipode) - .pi * Coordinates.earthRadiusKilometres) < 1)
  }
}

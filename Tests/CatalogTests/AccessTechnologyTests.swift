import Catalog
import Testing

@Suite struct AccessTechnologyTests {
  private let catalog = BuiltIn.world2021

  @Test func accessTechnologiesAreOrderedAsMeasured() throws {
    func median(_ name: String) throws -> Double {
      try #require(catalog.accessTechnology(name)).rttMedianMilliseconds
    }
    let names = [
      "none", "lan", "5g-mmwave", "fibre", "5g", "cable", "4g", "wifi", "dsl", "leo", "geo", "nb-iot",
      "lorawan",
    ]
    #expect(Set(names) == Set(catalog.accessTechnologies.map(\.name)))
    for (faster, slower) in zip(names, names.dropFirst()) { #expect(try median(faster) < median(slower)) }
    for technology in catalog.accessTechnologies where technology.name != "none" {
      for figures in [technology.worldwide] + technology.byContinent.values {
        #expect(figures.rttP99Milliseconds > figures.rttMedianMilliseconds)
        #expect(figures.downMbps > 0 && figures.upMbps > 0)
        #expect((0..<0.1).contains(figures.lossRatio))
      }
    }
  }

  @Test func accessDiffersByContinentAndFallsBackToTheWorld() throws {
    let cellular = try #require(catalog.accessTechnology("4g"))
    #expect(cellular.isMobile)
    #expect(cellular.figures(on: .southAmerica).rttMedianMilliseconds == 17)
    #expect(cellular.figures(on: .africa).rttMedianMilliseconds == 29.5)
    #expect(cellular.figures(on: nil).rttMedianMilliseconds == 19.5)
    #expect(cellular.figures(on: .antarctica) == cellular.worldwide)
    let fibre = try #require(catalog.accessTechnology("fibre"))
    #expect(!fibre.isMobile)
    #expect(fibre.figures(on: .asia) == fibre.worldwide)
    #expect(catalog.accessTechnology("carrier-pigeon") == nil)
  }
}

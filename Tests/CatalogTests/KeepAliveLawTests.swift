import Catalog
import Stochastics
import Testing

@Suite struct KeepAliveLawTests {
  /// At a measured idle time the law's share of instances that are gone is the measured share of cold starts.
  @Test(arguments: [
    ("aws-2021", 300.0, 0.0030303), ("aws-2021", 360, 0.406061), ("aws-2021", 420, 1), ("aws-2021", 180, 0),
    ("google-2021", 900, 0), ("google-2021", 960, 1),
    ("azure-2021", 1_200, 0.212975), ("azure-2021", 1_260, 0.408163), ("azure-2021", 1_380, 0.76087),
    ("azure-2021", 60, 0),
  ])
  func theLawIsTheMeasuredCurve(_ name: String, _ idle: Double, _ share: Double) throws {
    let law = try #require(BuiltIn.world2021.keepAliveLaw(name)).law
    #expect(law.validate() == nil)
    #expect(abs(law.cdf(idle * 1e9) - share) < 1e-5)
  }

  /// Where the measured shares fall they are pooled: the law's never do, and their mean stays.
  @Test func whatFallsIsPooled() throws {
    let azure = try #require(BuiltIn.world2021.keepAliveLaw("azure-2021"))
    for (left, right) in zip(azure.points, azure.points.dropFirst()) {
      #expect(left.coldRatio <= right.coldRatio && left.idleSeconds < right.idleSeconds)
    }
    // Measured: 0.1 at 2 min, 0.0755 from 3 to 7 min.
    let pooled = (0.1 + 5 * 0.0754648) / 6
    let early = azure.points.filter { (120...420).contains($0.idleSeconds) }
    #expect(early.count == 6 && early.allSatisfy { abs($0.coldRatio - pooled) < 1e-6 })
    #expect(azure.law.quantile(1) == 2 * 3_600e9)
  }

  @Test func platformsNameThemAndTheyHaveASource() throws {
    let catalog = BuiltIn.world2025
    for platform in catalog.platforms {
      guard let name = platform.text(.keepAliveLaw) else { continue }
      #expect(try #require(catalog.keepAliveLaw(name)).provenance.asOf == "2021-01-05")
    }
    #expect(catalog.platform("azure-functions")?.text(.keepAliveLaw) == "azure-2021")
  }

  @Test func anOverlayAddsALawAndMistakesAreFound() throws {
    let header = "law,idle_s,cold_ratio,source,as_of\n"
    let overlay = try OverlayDirectory([
      "keep_alive_laws.csv": header + "ours-2024,60,0.25,own,2024\nours-2024,120,1,own,2024\n"
    ])
    let catalog = try Catalog.load("world-2021", overlays: [overlay.path])
    #expect(try #require(catalog.keepAliveLaw("ours-2024")).law.cdf(90e9) == 0.625)
    let wrong = try OverlayDirectory(["keep_alive_laws.csv": header + "ours-2024,60,1.5,own,2024\n"])
    #expect(throws: CatalogError.self) { try Catalog.load("world-2021", overlays: [wrong.path]) }
    let rows = "platform,property,value,unit,source,as_of\nlambda,keep_alive_law,aws-2020,,own,2024\n"
    let unknown = try OverlayDirectory(["platforms.csv": rows])
    #expect(throws: CatalogError.self) { try Catalog.load("world-2021", overlays: [unknown.path]) }
  }
}

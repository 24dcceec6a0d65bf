import Catalog
import Pricing
import Testing

/// The prices that are built in, as far as the meters need them.
@Suite struct CatalogPriceTests {
  @Test(arguments: Catalog.builtInNames)
  func everyMeterHasAPriceEverywhere(name: String) throws {
    let book = try PriceBook(Catalog.load(name))
    for rule in book.rules.meters {
      for region in ["us-east-1", "af-south-1", "eu-west-3", "eastus", "edge:Brazil", "edge:Kenya", "nowhere"] {
        let bill = try book.bill(for: [monthly(rule.meter, 1, rule.unit, region: region, route: rule.route)])
        #expect(!bill.lines.isEmpty, "\(rule.meter) in \(region)")
      }
    }
  }

  @Test(arguments: Catalog.builtInNames)
  func everyEdgeHasAPriceRegion(name: String) throws {
    let catalog = try Catalog.load(name)
    let book = try PriceBook(catalog)
    let countries = Set(catalog.edges.filter { $0.network == "cloudfront" }.map(\.country))
    for country in countries.sorted() {
      let bill = try book.bill(
        for: [monthly("cloudfront.requests", 1_000_000, region: "edge:\(country)")], freeTier: .none)
      #expect(bill.lines.map(\.note) == [""], "\(country)")
    }
  }

  @Test func aRegionWithoutPricesTakesItsNeighbours() throws {
    let book = try PriceBook(Catalog.load("world-2021"))
    let bill = try book.bill(for: [monthly("dynamodb.read-units", 1_000_000, region: "eu-west-3")])
    #expect(bill.lines.map(\.note) == ["no price for eu-west-3; that of eu-west-1 stands in"])
    #expect(bill.totals[0].amount.usd == (try decimal("0.1415")))
  }

  @Test func theBuiltInPricesGiveThePublishedBill() throws {
    let book = try PriceBook(Catalog.load("world-2021"))
    let bill = try book.bill(for: [
      monthly("lambda.gb-seconds", 3_000_000 * 120 * 1_536, "MB-ms"), monthly("lambda.requests", 3_000_000),
    ])
    #expect(bill.lines.filter { $0.kind == .usage }.map(\.amount.description) == ["2.33 USD", "0.40 USD"])
  }
}

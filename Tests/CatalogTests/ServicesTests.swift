import Catalog
import Testing

@Suite struct ServicesTests {
  private let catalog = BuiltIn.world2021

  @Test func frontsAndStoresHaveTheirFigures() throws {
    let rest = try #require(catalog.front("api-gateway-rest"))
    #expect(rest.ratePerSecond == 10_000 && rest.burst == 5000 && rest.timeoutSeconds == 29)
    #expect(try #require(catalog.front("api-gateway-http")).timeoutSeconds == 30)
    for name in ["dynamodb", "s3", "redis", "elasticache", "aurora", "workers-kv", "durable-objects"] {
      let service = try #require(catalog.service(name))
      #expect(service.readP99Milliseconds > service.readMedianMilliseconds)
      #expect(!service.siteKinds.isEmpty)
    }
    #expect(try #require(catalog.service("dynamodb")).strength == .judgement)
    #expect(catalog.front("none") == nil)
  }
}

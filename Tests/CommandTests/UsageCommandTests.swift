import CommandTestSupport
import Testing

/// `perigee reprice` on usage files.
@Suite struct UsageCommandTests {
  private func folder(_ item: String = "requests: 3000000, duration: 120 ms, memory: 1536 MB") throws -> Folder {
    let folder = try Folder()
    try folder.write("usage: first example\nitems:\n  - {service: lambda, \(item)}\n", to: "usage.yaml")
    return folder
  }

  @Test func pricesAUsageFile() throws {
    let folder = try folder()
    let lines = try Command.run("reprice", "usage.yaml", "--format", "csv", in: folder)
    #expect(lines.code == 0)
    #expect(lines.output.contains(",2.333338000000,2.33,"))
    #expect(!lines.output.contains("total"))
    let table = try Command.run(
      "reprice", "usage.yaml", "--set", "items.0.requests=4000000", "--format", "markdown", in: folder)
    #expect(table.output.split(separator: "\n").last?.contains("| 5.93 |") == true)
  }

  @Test func columnsWithoutAWordAreLeftOutForPeople() throws {
    let head = { (format: String) in
      try Command.run("reprice", "usage.yaml", "--format", format, in: try folder()).output.split(separator: "\n").first
    }
    #expect(try head("csv")?.contains("destination") == true)
    #expect(try head("table")?.contains("destination") == false)
  }

  @Test func saysWhatIsWrong() throws {
    let wrong = try Command.run("reprice", "usage.yaml", in: try folder("requests: many"))
    #expect(wrong.code == 65)
    #expect(wrong.errors.hasPrefix("usage.yaml:3:33: error: 'many' is not what 'requests' takes"))
    #expect(try Command.run("reprice", "nothing.yaml", in: try folder()).code == 66)
    #expect(try Command.run("reprice", "usage.yaml", "--tco", in: try folder()).code == 64)
    #expect(try Command.run("reprice", ".", "--strict", in: try folder()).code == 65)
    let strict = try Command.run("reprice", "usage.yaml", "--strict", "--set", "region=af-south-1", in: try folder())
    #expect(strict.code == 65)
    #expect(strict.errors.contains("no price for 'af-south-1'"))
  }

  @Test(arguments: ["5", "20"]) func tiersOfAnOverlayMustJoin(start: String) throws {
    let folder = try folder()
    let columns = "service,dimension,unit,region,price_usd,tier_from,tier_to,free_tier,source,as_of\n"
    let first = "AWS Lambda,requests x86,request,us-east-1,1,0,10,,test,2026\n"
    let second = "AWS Lambda,requests x86,request,us-east-1,1,\(start),inf,,test,2026\n"
    try folder.write(columns + first + second, to: "prices.csv")
    let result = try Command.run("reprice", "usage.yaml", "--catalog", ".", in: folder)
    #expect(result.code == 65)
    #expect(result.errors.contains("prices.csv:3:1: AWS Lambda, requests x86, us-east-1"))
    #expect(result.errors.contains("one ends at 10 and the next begins at \(start)"))
  }

  /// A promise is kept by the environments that it names, each for itself; production's bill is what it was.
  @Test func aDiscountHoldsInTheEnvironmentsThatItNames() throws {
    let folder = try Folder()
    try folder.write(MeterTests.scenario, to: "counted.yaml")
    func staging(_ environments: String) throws -> (bill: String, unused: Int) {
      let plan = "costs={discounts: {plan: {savingsPlan: {hourly: 1 USD, off: {lambda.: 15 %}\(environments)}}}}"
      #expect(try Command.run("run", "counted.yaml", "--quiet", "--set", plan, in: folder).code == 0)
      let table = try folder.text("results/counted/tco.csv").split(whereSeparator: \.isNewline)
      let unused = table.filter { $0.contains(",staging,idle,plan,") }
      return (try folder.text("results/counted/cost.csv"), unused.count)
    }
    let alone = try staging("")
    let both = try staging(", environments: [production, staging]")
    #expect(alone.unused == 0 && both.unused == 1)
    #expect(alone.bill == both.bill)
    let wrong = "costs={discounts: {plan: {savingsPlan: {hourly: 1 USD, off: {lambda.: 15 %}, environments: stagin}}}}"
    let errors = try Command.run("validate", "counted.yaml", "--set", wrong, in: folder).errors
    #expect(errors.contains("there is no environment 'stagin'; did you mean 'staging'?"), "\(errors)")
  }

  @Test func discountsOfAScenarioAreOnItsBill() throws {
    let folder = try Folder()
    try folder.write(Scenarios.tiny, to: "tiny.yaml")
    let plan = "costs={discounts: {plan: {savingsPlan: {hourly: 1 USD, off: {lambda.: 15 %}}}}}"
    let run = try Command.run("run", "tiny.yaml", "--quiet", "--set", plan, in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let bill = try folder.text("results/tiny/cost.csv")
    #expect(bill.contains("0.0000002 USD per request less 15 %"), "\(bill)")
    #expect(bill.contains("commitment of 1 USD an hour that no usage was found for"), "\(bill)")
    let unknown = "costs={discounts: {plan: {spot: {plan: ec2-spt}}}}"
    let wrong = try Command.run("run", "tiny.yaml", "--quiet", "--set", unknown, in: folder)
    #expect(wrong.code == 65)
    #expect(wrong.errors.contains("there is no discount 'ec2-spt'; did you mean 'ec2-spot'?"), "\(wrong.errors)")
  }
}

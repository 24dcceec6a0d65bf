import CommandTestSupport
import Foundation
import Testing

@Suite struct ValidateTests {
  @Test func goodFilesAreOk() throws {
    let folder = try Scenarios.tinyFolder()
    try folder.write(Scenarios.oddNames, to: "odd.yaml")
    let outcome = try Command.run("validate", "tiny.yaml", "odd.yaml", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.output == "tiny.yaml: ok\nodd.yaml: ok\n")
    #expect(folder.names() == ["odd.yaml", "tiny.yaml"])
  }

  @Test func allProblemsOfAllFilesAreToldWithTheirPlaces() throws {
    let folder = try Scenarios.tinyFolder()
    try folder.write(
      Scenarios.tiny.replacingOccurrences(of: "rate: 5/s", with: "rate: 5")
        .replacingOccurrences(of: "runtime:", with: "runtme:"), to: "bad.yaml")
    let outcome = try Command.run("validate", "bad.yaml", "tiny.yaml", in: folder)
    #expect(outcome.code == 65)
    #expect(outcome.output == "tiny.yaml: ok\n")
    #expect(outcome.errors.contains("bad.yaml:10:32: error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("bad.yaml:13:11: error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("did you mean 'runtime'?"), "\(outcome.errors)")
  }

  @Test func anUnknownCityIsAnsweredWithTheNearest() throws {
    let folder = try Folder()
    try folder.write(Scenarios.tiny.replacingOccurrences(of: "london", with: "lodnon"), to: "bad.yaml")
    let outcome = try Command.run("validate", "bad.yaml", in: folder)
    #expect(outcome.code == 65)
    #expect(outcome.errors.hasPrefix("bad.yaml:8:14: error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("did you mean 'london'?"), "\(outcome.errors)")
  }

  @Test func aMissingFileIs66() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run("validate", "none.yaml", "tiny.yaml", in: folder)
    #expect(outcome.code == 66)
    #expect(outcome.output == "tiny.yaml: ok\n")
    #expect(outcome.errors == "perigee: error: there is no file 'none.yaml'\n")
    let directory = try Command.run("validate", ".", in: folder)
    #expect(directory.code == 66)
    #expect(directory.errors.contains("is a directory"))
  }

  @Test func emptyAndBinaryFilesAreBadData() throws {
    let folder = try Scenarios.tinyFolder()
    try folder.write("", to: "empty.yaml")
    try folder.write("\u{0}\u{1}\u{7F}ELF", to: "binary.yaml")
    for name in ["empty.yaml", "binary.yaml"] {
      let outcome = try Command.run("validate", name, in: folder)
      #expect(outcome.code == 65)
      #expect(outcome.errors.hasPrefix("\(name):"), "\(outcome.errors)")
    }
  }
}

@Suite struct InitTests {
  @Test func theStarterIsAValidScenario() throws {
    let folder = try Folder()
    let outcome = try Command.run("init", "my-shop", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.output == "")
    #expect(outcome.errors == "my-shop.yaml is written; next: perigee run my-shop.yaml\n")
    #expect(try folder.text("my-shop.yaml").contains("scenario: my-shop"))
    #expect(try Command.run("validate", "my-shop.yaml", in: folder).code == 0)
  }

  @Test func anExistingFileStays() throws {
    let folder = try Folder()
    try folder.write("mine", to: "my-shop.yaml")
    let outcome = try Command.run("init", "my-shop", in: folder)
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("it exists already"))
    #expect(try folder.text("my-shop.yaml") == "mine")
  }

  @Test(arguments: ["My Shop", "../up", "-x", "", "é"]) func aBadNameIsBadUsage(name: String) throws {
    let folder = try Folder()
    #expect(try Command.run(["init", "--", name], in: folder).code == 64)
    #expect(folder.names().isEmpty)
  }
}

@Suite struct CatalogCommandTests {
  static let kinds = [
    "regions", "zones", "edges", "caches", "carriers", "local-zones", "keep-alive-laws", "cities", "access", "runtimes",
    "platforms", "instances", "hosts",
    "fronts", "services", "prices", "meters", "inputs", "allowances", "discounts",
  ]

  @Test(arguments: kinds) func everyKindHasEntriesWithSources(kind: String) throws {
    let folder = try Folder()
    let outcome = try Command.run("catalog", kind, "--format", "json", in: folder)
    #expect(outcome.code == 0)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(!rows.isEmpty)
    for row in rows {
      #expect((row["source"] as? String)?.isEmpty == false, "\(row)")
      #expect((row["as_of"] as? String)?.isEmpty == false, "\(row)")
    }
  }

  @Test func aPairHasItsRoundTrip() throws {
    let folder = try Folder()
    let measured = try Command.run("catalog", "rtt", "us-east-1", "ap-east-1", "--format", "csv", in: folder)
    #expect(measured.code == 0 && measured.output.contains(",measured,"))
    let modelled = try Command.run("catalog", "rtt", "lisbon", "us-east-1", "--format", "csv", in: folder)
    #expect(modelled.code == 0 && modelled.output.contains(",model,"))
    let wrong = try Command.run("catalog", "rtt", "lisbonn", "us-east-1", in: folder)
    #expect(wrong.code == 66 && wrong.errors.contains("did you mean 'lisbon'?"))
    #expect(try Command.run("catalog", "rtt", "lisbon", in: folder).code == 64)
    #expect(try Command.run("catalog", "cities", "lisbon", "porto", in: folder).code == 64)
  }

  @Test func theWorldOf2021IsAsItWas() throws {
    let folder = try Folder()
    #expect(try rows("regions", in: folder) == 24)
    #expect(try rows("zones", in: folder) == 77)
    #expect(try rows("caches", in: folder) == 13)
  }

  private func rows(_ kind: String, in folder: Folder) throws -> Int {
    let outcome = try Command.run("catalog", kind, "--format", "csv", in: folder)
    return outcome.output.split(whereSeparator: \.isNewline).count - 1
  }

  @Test func aNameShowsOnlyItsEntry() throws {
    let folder = try Folder()
    let outcome = try Command.run("catalog", "regions", "us-east-1", "--format", "csv", in: folder)
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2)
    #expect(lines.last?.hasPrefix("us-east-1,aws,") == true)
  }

  /// A word that is no entry's name shows the entries that have it in a column.
  @Test(arguments: [
    (["instances", "m5"], 9, "m5.large,m5,x86,2,8,"), (["zones", "sa-east-1"], 3, "sa-east-1a,"),
    (["runtimes", "nodejs"], 16, "nodejs24,javascript,"), (["carriers", "verizon"], 20, ",verizon,"),
    (["instances", "t2.micro"], 1, ",6,144,30,,,0.0116,"), (["edges", "cloudflare/GRU"], 1, "GRU,cloudflare,"),
  ])
  func aWordShowsItsEntries(arguments: [String], count: Int, words: String) throws {
    let outcome = try Command.run(["catalog"] + arguments + ["--format", "csv"], in: try Folder())
    #expect(outcome.output.split(whereSeparator: \.isNewline).count == count + 1, "\(outcome.output)")
    #expect(outcome.output.contains(words), "\(outcome.output)")
  }

  @Test func platformsAreListedOneByOneAndThenInFull() throws {
    let folder = try Folder()
    let list = try Command.run("catalog", "platforms", in: folder)
    let lines = list.output.split(whereSeparator: \.isNewline)
    #expect(lines.count < 60 && lines.contains { $0.hasPrefix("google-functions-1 ") && $0.contains(" by memory ") })
    #expect(list.errors.contains("'perigee catalog platforms NAME'"))
    let full = try Command.run("catalog", "platforms", "lambda", in: folder)
    #expect(full.errors == "" && full.output.contains("timeout_maximum"))
    #expect(full.output.contains("AWS Lambda developer guide"))
  }

  @Test(arguments: [
    (["platforms", "aws-lambda"], Int32(66), "no entry in platforms 'aws-lambda'; did you mean 'lambda'?"),
    (["regions", "eastus"], 66, "no entry in regions 'eastus'; '--world world-2025' has it"),
    (["platforms", "nothing-of-the-kind"], 66, "known: lambda, lambda@edge, "),
    (["region"], Int32(64), "no kind of catalog entry 'region'; did you mean 'regions'?"),
    (["regions", "us-eat-1"], 66, "no entry in regions 'us-eat-1'; did you mean 'us-east-1'?"),
    (["regions", "--world", "world-2020"], 64, "no catalog 'world-2020'; did you mean 'world-20"),
    (["regions", "atlantis"], 66, "no entry in regions 'atlantis'; known: "),
  ])
  func aSlipIsAnsweredWithTheNearestName(arguments: [String], code: Int32, words: String) throws {
    let outcome = try Command.run(["catalog"] + arguments, in: try Folder())
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output == "")
  }
}

@Suite struct SchemaTests {
  @Test func theSchemaIsJSONAndKnowsTheLanguage() throws {
    let outcome = try Command.run("schema", in: try Folder())
    #expect(outcome.code == 0)
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    for key in ["scenario", "clients", "functions", "placements", "faults", "objectives"] {
      #expect(properties[key] != nil, "\(key)")
    }
    #expect((schema["$schema"] as? String)?.contains("json-schema.org") == true)
  }
}

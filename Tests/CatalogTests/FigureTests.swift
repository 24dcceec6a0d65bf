import Catalog
import Testing

@Suite struct FigureTests {
  private let catalog = BuiltIn.world2021

  @Test func accessTechnologiesAreOrderedAsMeasured() throws {
    func median(_ name: String) throws -> Double {
      try #require(catalog.accessTechnology(name)).rttMedianMilliseconds
    }
    let names = ["none", "lan", "5g-mmwave", "fibre", "5g", "cable", "4g", "wifi", "dsl", "leo", "geo", "nb-iot", "lorawan"]
    #expect(Set(names) == Set(catalog.accessTechnologies.map(\.name)))
    for (faster, slower) in zip(names, names.dropFirst()) { #expect(try median(faster) < median(slower)) }
    for technology in catalog.accessTechnologies where technology.name != "none" {
      for figures in [technology.worldwide] + technology.byContinent.values {
        #expect(figures.rttP99Milliseconds > figures.rttMedianMilliseconds)
        #expect(figures.downMbps > 0 && figures.upMbps > 0)
        #expect((0..<0.1).contains(figures.lossRatio))
      }
    }
  }

  @Test func accessDiffersByContinentAndFallsBackToTheWorld() throws {
    let cellular = try #require(catalog.accessTechnology("4g"))
    #expect(cellular.isMobile)
    #expect(cellular.figures(on: .southAmerica).rttMedianMilliseconds == 17)
    #expect(cellular.figures(on: .africa).rttMedianMilliseconds == 29.5)
    #expect(cellular.figures(on: nil).rttMedianMilliseconds == 19.5)
    #expect(cellular.figures(on: .antarctica) == cellular.worldwide)
    let fibre = try #require(catalog.accessTechnology("fibre"))
    #expect(!fibre.isMobile)
    #expect(fibre.figures(on: .asia) == fibre.worldwide)
    #expect(catalog.accessTechnology("carrier-pigeon") == nil)
  }

  @Test(arguments: [
    ("nodejs", "nodejs24"), ("python", "python3.14"), ("java", "java25"), ("go", "go-al2023"),
    ("java-snapstart", "java21-snapstart"), ("rust", "rust-al2023"), ("dotnet", "dotnet10"), ("ruby", "ruby3.4"),
    ("swift", "swift6.2"), ("c++", "cpp-al2023"), ("bun", "bun"), ("llrt", "llrt"), ("nodejs18", "nodejs18"),
  ])
  func runtimeNamesWithoutVersionMeanTheNewest(written: String, runtime: String) throws {
    #expect(try #require(catalog.runtime(written)).name == runtime)
  }

  @Test func runtimeStartsAreTheMeasuredOnes() throws {
    let node = try #require(catalog.runtime("nodejs16"))
    let start = try #require(node.start(architecture: .x86, packageKind: .zip, memoryMegabytes: 1024))
    #expect(start.mu == 5.06968)
    #expect(start.sigma == 0.13266)
    #expect(start.firstInvocationMilliseconds == 2.887)
    #expect(node.starts.count == 16)
    #expect(catalog.runtimes.flatMap(\.starts).count == 728)
  }

  @Test func runtimeStartsAreInterpolatedBetweenMemorySizesAndHeldOutside() throws {
    let node = try #require(catalog.runtime("nodejs16"))
    func start(_ memory: Double) throws -> RuntimeStart {
      try #require(node.start(architecture: .x86, packageKind: .zip, memoryMegabytes: memory))
    }
    #expect(try start(64).mu == start(128).mu)
    #expect(try start(10_240).firstInvocationMilliseconds == start(1024).firstInvocationMilliseconds)
    let between = try start(362.03867196751236)
    #expect(abs(try between.mu - (start(256).mu + start(512).mu) / 2) < 1e-9)
    let product = try start(256).firstInvocationMilliseconds * start(512).firstInvocationMilliseconds
    #expect(abs(between.firstInvocationMilliseconds - product.squareRoot()) < 1e-9)
  }

  @Test func isolatesHaveNoRuntimeStart() throws {
    let wasm = try #require(catalog.runtime("wasm"))
    #expect(wasm.start(architecture: .x86, packageKind: .zip, memoryMegabytes: 128) == nil)
    let snapStart = try #require(catalog.runtime("java-snapstart"))
    #expect(snapStart.start(architecture: .x86, packageKind: .image, memoryMegabytes: 128) == nil)
  }

  @Test func lambdaHasItsLimitsWithTheirSource() throws {
    let lambda = try #require(catalog.platform("lambda"))
    #expect(lambda.behaviour == .function)
    let memory = try #require(lambda.limit(.memoryMaximum))
    #expect(memory.value == 10_240 && memory.unit == "MB" && memory.provenance.asOf == "2023-10")
    #expect(lambda.vcpus(memoryMegabytes: 1769) == 1)
    #expect(lambda.number(.keepAlive) == 360)
    #expect(lambda.text(.scaling) == "ramp")
    #expect(lambda.number(.scalingInitial) == 500)
    #expect(lambda.number(.scalingInitial, region: "us-east-1") == 3000)
    #expect(lambda.number(.scalingInitial, region: "eu-central-1") == 1000)
    #expect(lambda.number(.scalingInitial, region: "sa-east-1") == 500)
    #expect(!lambda.flag(.billsInitialisation))
    #expect(lambda.text(.selection) == "most-recently-used")
    #expect(lambda.limit(.cpuTimeMaximum) == nil)
    #expect(!lambda.flag(.runtimeStarts) && lambda.flag(.runtimeStarts, default: true))
  }

  @Test func lambdaChangedUntil2025() throws {
    let lambda = try #require(BuiltIn.world2025.platform("lambda"))
    #expect(lambda.text(.scaling) == "stepwise")
    #expect(lambda.number(.scalingInitial, region: "us-east-1") == 1000)
    #expect(lambda.number(.scalingEvery) == 10)
    #expect(lambda.flag(.billsInitialisation))
  }

  @Test func platformsInherit() throws {
    let edge = try #require(catalog.platform("lambda@edge"))
    #expect(edge.behaviour == .function)
    #expect(edge.number(.timeoutMaximum) == 30)
    #expect(edge.number(.megabytesPerVCPU) == 1769)
    #expect(edge.number(.keepAlive) == 360)
    let viewer = try #require(catalog.platform("lambda@edge-viewer"))
    #expect(viewer.number(.memoryMaximum) == 128 && viewer.number(.timeoutMaximum) == 5)
    #expect(viewer.text(.network) == "cloudfront")
    let functions = try #require(catalog.platform("cloudfront-functions"))
    #expect(functions.behaviour == .isolate && functions.number(.memoryMaximum) == 2)
    let bare = try #require(catalog.platform("scale-per-request"))
    #expect(bare.text(.selection) == "newest" && bare.number(.overheadMedian) == 0)
  }

  @Test func platformsRunWhereTheyRun() throws {
    func runs(_ platform: String, _ site: String) throws -> Bool {
      try #require(catalog.platform(platform)).runs(at: try #require(catalog.site(site)))
    }
    #expect(try runs("lambda", "us-east-1"))
    #expect(try runs("lambda", "us-east-1a"))
    #expect(try !runs("lambda", "GRU"))
    #expect(try !runs("lambda", "us-east-1-wl1-bos-wlz-1"))
    #expect(try runs("lambda@edge", "rec/sa-east-1"))
    #expect(try !runs("lambda@edge", "us-east-1"))
    #expect(try runs("workers", "cloudflare/GRU"))
    #expect(try !runs("workers", "cloudfront/GRU"))
    #expect(try runs("cloudfront-functions", "cloudfront/GRU"))
    #expect(try !runs("cloudfront-functions", "cloudflare/GRU"))
    #expect(try runs("ideal", "us-east-1-wl1-bos-wlz-1"))
    #expect(try runs("openfaas", "us-east-1-wl1-bos-wlz-1"))
    #expect(try !runs("ideal", "us-east-1") == false)
    let azure = try #require(BuiltIn.world2025.site("westeurope"))
    #expect(try !#require(BuiltIn.world2025.platform("lambda")).runs(at: azure))
  }

  @Test func platformsRunTheirRuntimesOnly() throws {
    let workers = try #require(catalog.platform("workers"))
    #expect(workers.runs(family: "wasm") && workers.runs(family: "javascript") && !workers.runs(family: "java"))
    let lambda = try #require(catalog.platform("lambda"))
    for runtime in catalog.runtimes where !runtime.starts.isEmpty { #expect(lambda.runs(family: runtime.family)) }
    #expect(!lambda.runs(family: "wasm"))
    #expect(try #require(catalog.platform("ideal")).runs(family: "wasm"))
  }

  @Test func everyPlatformCanBeCompiled() {
    for catalog in BuiltIn.all {
      for platform in catalog.platforms {
        for property in [
          PlatformProperty.memoryMinimum, .memoryMaximum, .memoryStep, .memoryDefault, .requestsPerInstance,
          .overheadMedian, .overheadP99, .sandboxMedian, .sandboxP99, .billingGranularity, .billingMinimum,
          .billsInitialisation, .overlapsHandshake,
        ] {
          #expect(platform.number(property) != nil, "\(platform.name) has no \(property.rawValue)")
        }
        for property in [PlatformProperty.selection, .scaling, .runtimes, .architectures, .meter] {
          #expect(platform.text(property) != nil, "\(platform.name) has no \(property.rawValue)")
        }
        #expect(!platform.siteKinds.isEmpty)
      }
    }
  }

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

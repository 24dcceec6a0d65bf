import Catalog
import Testing

@Suite struct PlatformTests {
  private let catalog = BuiltIn.world2021

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
    #expect(
      workers.runs(family: "wasm") && workers.runs(family: "javascript") && !workers.runs(family: "java"))
    let lambda = try #require(catalog.platform("lambda"))
    for runtime in catalog.runtimes where !runtime.starts.isEmpty {
      #expect(lambda.runs(family: runtime.family))
    }
    #expect(!lambda.runs(family: "wasm"))
    #expect(try #require(catalog.platform("ideal")).runs(family: "wasm"))
  }

  /// Published: 128 MB come with .083 vCPU, 1,024 MB with .583, 8,192 MB with 2, 32 GB of the second generation with 8.
  @Test(arguments: [
    (1, 128.0, 0.083), (1, 256, 0.167), (1, 512, 0.333), (1, 1_024, 0.583), (1, 2_048, 1), (1, 4_096, 2), (1, 8_192, 2),
    (2, 16_384, 4), (2, 32_768, 8),
  ])
  func googleSellsProcessorsByMemory(generation: Int, memory: Double, vcpus: Double) throws {
    let platform = try #require(catalog.platform("google-functions-\(generation)"))
    #expect(abs(platform.vcpus(memoryMegabytes: memory) - vcpus) < 0.001)
  }

  @Test func figuresAreThoseOfTheirYear() throws {
    let (old, new) = (BuiltIn.world2021, BuiltIn.world2025)
    func both(_ platform: String, _ property: PlatformProperty) -> [Double?] {
      [old, new].map { $0.platform(platform)?.number(property) }
    }
    #expect(both("workers", .packageMaximum) == [1, 10])
    #expect(both("openfaas", .instancesMaximum) == [20, 5])
    #expect(both("azure-functions", .requestMaximum) == [100, 210])
    #expect(both("azure-flex", .memoryMaximum) == [nil, 4_096])
    let flex = try #require(new.platform("azure-flex"))
    #expect([512, 2_048, 4_096].map { flex.vcpus(memoryMegabytes: $0) } == [0.25, 1, 2])
    #expect(flex.memorySizes == [512, 2_048, 4_096])
  }

  @Test func otherNamesLeadToOnePlatform() throws {
    for catalog in BuiltIn.all {
      var owners: [String: String] = [:]
      for platform in catalog.platforms {
        for name in platform.words(.also) {
          #expect(catalog.platform(name) == nil, "\(name)")
          #expect(owners.updateValue(platform.name, forKey: name) == nil, "\(name)")
        }
      }
    }
    #expect(catalog.platform(alsoKnownAs: "AWS-Lambda")?.name == "lambda")
    #expect(catalog.platform(alsoKnownAs: "gcf")?.name == "google-functions-1")
    #expect(catalog.platform(alsoKnownAs: "lambda") == nil)
    #expect(catalog.builtInElsewhere { $0.platform("azure-flex") != nil } == "world-2025")
    #expect(catalog.builtInElsewhere { $0.platform("azure-fox") != nil } == nil)
  }

  /// Sizes and laws are inherited unless a platform says itself how much memory it has and how long it waits.
  @Test func ownBoundsAndTimesHideInheritedSizesAndLaws() throws {
    let (first, second) = (
      try #require(catalog.platform("google-functions-1")), try #require(catalog.platform("google-functions-2"))
    )
    #expect(first.memorySizes.count == 7 && second.memorySizes.isEmpty)
    #expect(first.text(.keepAliveLaw) == "google-2021" && second.text(.keepAliveLaw) == nil)
    #expect(second.number(.keepAlive) == 900)
  }

  @Test func everyPlatformCanBeCompiled() {
    for catalog in BuiltIn.all {
      for platform in catalog.platforms {
        #expect(!platform.siteKinds.isEmpty)
        if platform.isManaged {
          for property in [PlatformProperty.rule, .balancer, .runtimes, .architectures, .meter] {
            #expect(platform.text(property) != nil, "\(platform.name) has no \(property.rawValue)")
          }
          continue
        }
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
      }
    }
  }
}

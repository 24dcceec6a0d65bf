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

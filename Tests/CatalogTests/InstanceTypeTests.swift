import Catalog
import Testing

@Suite struct InstanceTypeTests {
  private let catalog = BuiltIn.world2021

  @Test func everyFamilyIsThere() {
    let letters = Set(catalog.instances.map { String($0.family.prefix { $0.isLetter && $0 != "z" }) })
    for family in ["m", "t", "c", "r", "x", "a", "p", "g", "f", "h", "i", "d", "lightsail"] {
      #expect(letters.contains(family), "\(family)")
    }
    #expect(catalog.instances.contains { $0.family == "z1d" })
    for type in catalog.instances {
      #expect(!type.provenance.source.isEmpty && !type.provenance.asOf.isEmpty, "\(type.name)")
      #expect(type.name.hasPrefix(type.family + "."))
    }
  }

  @Test func sizesAreTheProviders() throws {
    let large = try #require(catalog.instance("m5.large"))
    #expect(large.vcpus == 2 && large.memoryMegabytes == 8_192 && large.credits == nil && !large.hasGPU)
    let gpu = try #require(catalog.instance("g4dn.12xlarge"))
    #expect(gpu.accelerators == 4 && gpu.hasGPU && gpu.accelerator == "NVIDIA T4")
    #expect(try #require(catalog.instance("f1.2xlarge")).hasGPU == false)
    #expect(try #require(catalog.instance("m7g.xlarge")).architecture == .arm)
    #expect(catalog.instance("m5.huge") == nil)
  }

  /// Published: a t3.nano earns 6 credits an hour, its baseline is 5 % of each of 2 vCPUs, 144 accrue.
  @Test func creditsAreThoseOfADay() throws {
    let nano = try #require(catalog.instance("t3.nano")?.credits)
    #expect(nano.perHour == 6 && nano.maximum == 144 && nano.baseline(vcpus: 2) == 0.05)
    for type in catalog.instances {
      #expect((type.credits != nil) == type.family.hasPrefix("t"), "\(type.name)")
      guard let credits = type.credits else { continue }
      #expect(abs(credits.maximum - 24 * credits.perHour) < 1e-9, "\(type.name)")
      #expect(credits.baseline(vcpus: type.vcpus) <= 0.4)
      #expect(credits.atLaunch == (type.family == "t2" ? 30 * type.vcpus : 0), "\(type.name)")
      #expect(credits.isUnlimited == (type.family != "t2"), "\(type.name)")
    }
  }

  @Test func everyTypeHasItsRowsOfThePriceList() {
    for type in catalog.instances {
      let rows = catalog.prices.filter {
        $0.service == type.priceService && $0.dimension == type.priceDimension && $0.region == "us-east-1"
      }
      #expect(rows.count == 1, "\(type.name)")
    }
  }

  @Test func anOverlayAddsATypeAndMistakesAreNamed() throws {
    let header =
      "instance,family,architecture,vcpu,memory_gib,accelerators,accelerator_kind,accelerator,network_gbps,"
      + "credits_per_hour,credits_maximum,credits_launch,credits_mode,watts_idle,watts_full,"
      + "price_service,price_dimension,source,as_of\n"
    let overlay = try OverlayDirectory(["instances.csv": header + "rack.big,rack,x86,64,256,0,,,,,,,,,,,,ours,2026\n"])
    let loaded = try Catalog.load("world-2021", overlays: [overlay.path])
    #expect(loaded.instance("rack.big")?.vcpus == 64)
    let wrong = try OverlayDirectory(["instances.csv": header + "rack.big,rack,x86,64,256,2,,,,,,,,,,,,ours,2026\n"])
    #expect(throws: CatalogError.self) { try Catalog.load("world-2021", overlays: [wrong.path]) }
  }
}

import Catalog
import Testing

@Suite struct RuntimeTests {
  private let catalog = BuiltIn.world2021

  @Test(arguments: [
    ("nodejs", "nodejs24"), ("python", "python3.14"), ("java", "java25"), ("go", "go-al2023"),
    ("java-snapstart", "java21-snapstart"), ("rust", "rust-al2023"), ("dotnet", "dotnet10"),
    ("ruby", "ruby3.4"),
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
}

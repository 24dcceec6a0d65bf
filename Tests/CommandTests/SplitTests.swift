import CommandTestSupport
import Testing

/// What result files say of a function that runs in several ways side by side.
@Suite struct SplitTests {
  @Test func variantsAndReadyInstancesAreToldApart() throws {
    let folder = try Folder()
    try folder.write(
      """
      scenario: canary
      duration: 5 min
      replications: 2
      clients:
        web: {cities: [london], access: fibre, arrivals: {poisson: {rate: 20/s}}, calls: hello}
      functions:
        hello: {memory: 1769 MB, work: 10 ms}
      placements:
        split:
          hello:
            platform: lambda
            at: eu-west-1
            split: {stable: {share: 0.9}, canary: {share: 10 %, memory: 256 MB}}
        ready: {hello: {platform: {like: lambda, provisioned: 1}, at: eu-west-1}}

      """, to: "canary.yaml")
    let run = try Command.run("run", "canary.yaml", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let latency = cells(try folder.text("results/canary/latency.csv"))
    let medians = latency.filter {
      $0.contains("50.00") && $0.starts(with: ["split", "web"]) && $0[2].hasPrefix("hello/")
    }
    #expect(medians.map { $0[2] } == ["hello/stable", "hello/canary"])
    try #require(medians.count == 2)
    // 256 of 1,769 MB: 69 ms of work instead of 10.
    let (stable, canary) = (try #require(Double(medians[0][5])), try #require(Double(medians[1][5])))
    #expect(canary - stable > 45 && canary - stable < 75)
    let starts = cells(try folder.text("results/canary/cold_starts.csv")).map { $0.prefix(3).joined(separator: ",") }
    #expect(
      starts.dropFirst() == [
        "split,hello,all", "split,hello/stable,eu-west-1", "split,hello/canary,eu-west-1",
        "ready,hello,all", "ready,hello (ready),eu-west-1", "ready,hello,eu-west-1",
      ])
  }
}

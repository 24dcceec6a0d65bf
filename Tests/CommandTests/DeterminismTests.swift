import CommandTestSupport
import Foundation
import Testing

@Suite struct DeterminismTests {
  @Test func threadsAndRepetitionsChangeNoByte() throws {
    let folder = try Scenarios.tinyFolder()
    let runs = [("one", "1"), ("two", "2"), ("five", "5"), ("again", "2")]
    var outputs: Set<String> = []
    for (out, jobs) in runs {
      let outcome = try Command.run("run", "tiny.yaml", "--jobs", jobs, "--out", out, in: folder)
      #expect(outcome.code == 0)
      outputs.insert(outcome.output)
    }
    #expect(outputs.count == 1)
    let first = folder.files(in: "one/tiny")
    #expect(first.count == RunTests.resultFiles.count)
    for (out, jobs) in runs.dropFirst() {
      #expect(folder.files(in: "\(out)/tiny") == first, "--jobs \(jobs)")
    }
  }

  @Test func aScenarioWithFaultsAndStoresIsNoException() throws {
    let folder = try Scenarios.tinyFolder()
    let set = [
      "--set", "faults=[{outage: {site: eu-west-2, answer: silent}, from: 40 s, for: 20 s}]",
      "--set", "clients.web.retry={attempts: 3, backoff: 100 ms}", "--set", "clients.web.timeout=2 s",
    ]
    for (out, jobs) in [("one", "1"), ("two", "2")] {
      let outcome = try Command.run(["run", "tiny.yaml", "--jobs", jobs, "--out", out] + set, in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    #expect(folder.files(in: "one/tiny") == folder.files(in: "two/tiny"))
    #expect(try folder.text("one/tiny/summary.csv").split(whereSeparator: \.isNewline).count == 3)
  }

  @Test func wallClockFiguresStayOutOfTheResults() throws {
    let folder = try Scenarios.tinyFolder()
    #expect(try Command.run("run", "tiny.yaml", "--out", "out-4711", in: folder).code == 0)
    for (name, data) in folder.files(in: "out-4711/tiny") {
      let text = String(decoding: data, as: UTF8.self)
      #expect(!text.contains("4711") && !text.contains("MB\n") && !text.contains(folder.path), "\(name)")
    }
  }
}

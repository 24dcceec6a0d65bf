import CommandTestSupport
import Foundation
import Testing

@Suite struct InterruptTests {
  /// Signals that ask to stop, and commands that run for long.
  static let cases: [(signal: Int32, arguments: [String])] = [
    (SIGINT, ["run", "tiny.yaml"]), (SIGTERM, ["run", "tiny.yaml"]), (SIGINT, ["compare", "tiny.yaml"]),
    (SIGINT, ["run", "tiny.yaml", "--jobs", "1"]),
  ]

  @Test(arguments: cases.indices) func aRunStopsSoonAndLeavesThePreviousResults(index: Int) throws {
    let (signal, arguments) = Self.cases[index]
    let folder = try Scenarios.tinyFolder()
    #expect(try Command.run("run", "tiny.yaml", "--quiet", in: folder).code == 0)
    let before = folder.files(in: "results/tiny")
    let command = try Command.start(arguments + Scenarios.long, in: folder)
    command.awaitHandler(of: signal)
    command.send(signal)
    let outcome = try command.finish()
    #expect(outcome.code == 130)
    #expect(outcome.output == "")
    #expect(
      outcome.errors.hasSuffix("perigee: interrupted; previous results are untouched\n"), "\(outcome.errors)")
    #expect(folder.files(in: "results/tiny") == before)
    #expect(folder.names(in: "results") == ["tiny"])
  }

  @Test func aKillInTheMiddleLeavesThePreviousResults() throws {
    let folder = try Scenarios.tinyFolder()
    #expect(try Command.run("run", "tiny.yaml", "--quiet", in: folder).code == 0)
    let before = folder.files(in: "results/tiny")
    let command = try Command.start(["run", "tiny.yaml"] + Scenarios.long, in: folder)
    command.awaitHandler(of: SIGINT)
    command.send(SIGKILL)
    #expect(try command.finish().code == 128 + SIGKILL)
    #expect(folder.files(in: "results/tiny") == before)
  }

  @Test func aKillAtAnyMomentLeavesOneWholeSetOfResults() throws {
    let folder = try Scenarios.tinyFolder()
    var whole: [[String: Data]] = []
    for seed in ["7", "8"] {
      #expect(try Command.run("run", "tiny.yaml", "--quiet", "--seed", seed, in: folder).code == 0)
      whole.append(folder.files(in: "results/tiny"))
    }
    #expect(whole[0] != whole[1])
    for round in 0..<12 {
      let command = try Command.start(
        ["run", "tiny.yaml", "--quiet", "--seed", round % 2 == 0 ? "7" : "8"], in: folder)
      command.awaitHandler(of: SIGINT)
      usleep(UInt32(round) * 1_500)
      command.send(SIGKILL)
      _ = try command.finish()
      #expect(whole.contains(folder.files(in: "results/tiny")), "round \(round)")
    }
    #expect(try Command.run("run", "tiny.yaml", "--quiet", in: folder).code == 0)
    #expect(folder.files(in: "results/tiny") == whole[0])
    #expect(folder.names(in: "results") == ["tiny"])
  }
}

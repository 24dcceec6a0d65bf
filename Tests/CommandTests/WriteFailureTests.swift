import CommandTestSupport
import Foundation
import Testing

@Suite struct WriteFailureTests {
  /// Whether a file system of a few kilobytes can be made here.
  static let canMount: Bool = {
    #if os(Linux)
      guard geteuid() == 0, let folder = try? Folder() else { return false }
      let outcome = try? Command.shell("mkdir d && mount -t tmpfs -o size=16k none d && umount d", in: folder)
      return outcome?.code == 0
    #else
      return false
    #endif
  }()

  @Test func aPlaceThatCannotBeWrittenIs73BeforeAnyWork() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.run(["run", "tiny.yaml", "--out", "tiny.yaml"] + Scenarios.long, in: folder)
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("perigee: error: cannot write 'tiny.yaml': Not a directory\n"))
    #expect(outcome.output == "")
    #expect(try folder.text("tiny.yaml") == Scenarios.tiny)
  }

  @Test func aFolderOfSomethingElseIsRefused() throws {
    let folder = try Scenarios.tinyFolder()
    #expect(
      try Command.shell("mkdir -p results/tiny && echo thesis >results/tiny/summary.csv", in: folder).code
        == 0)
    let outcome = try Command.run(["run", "tiny.yaml"] + Scenarios.long, in: folder)
    #expect(outcome.code == 73)
    #expect(try folder.text("results/tiny/summary.csv") == "thesis\n")
  }

  @Test(.enabled(if: canMount)) func aFullDiskIs74AndKeepsThePreviousResults() throws {
    let folder = try Scenarios.tinyFolder()
    let script = """
      mkdir disk && mount -t tmpfs -o size=96k none disk || exit 99
      trap 'umount disk' EXIT
      "$PERIGEE" run tiny.yaml --out disk --quiet >/dev/null || exit 98
      cp -r disk/tiny before
      head -c 1000000 /dev/zero >disk/ballast 2>/dev/null
      "$PERIGEE" run tiny.yaml --out disk --seed 8 --quiet
      code=$?
      rm disk/ballast
      diff -r before disk/tiny || exit 97
      ls -A disk
      exit $code
      """
    let outcome = try Command.shell(script, in: folder)
    #expect(outcome.code == 74, "\(outcome.errors)")
    #expect(outcome.errors.contains("no space left on the disk for 'disk/tiny"))
    #expect(outcome.errors.contains("earlier results are unchanged"))
    #expect(outcome.output == "tiny\n")
  }

  @Test func aLimitOfTheFileSizeIs74() throws {
    let folder = try Scenarios.tinyFolder()
    #expect(try Command.run("run", "tiny.yaml", "--quiet", in: folder).code == 0)
    let before = folder.files(in: "results/tiny")
    let outcome = try Command.shell("ulimit -f 1; \"$PERIGEE\" run tiny.yaml --seed 8 --quiet", in: folder)
    #expect(outcome.code == 74)
    #expect(outcome.errors.contains("earlier results are unchanged"))
    #expect(folder.files(in: "results/tiny") == before)
    #expect(folder.names(in: "results") == ["tiny"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullStandardOutputIs74() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.shell("\"$PERIGEE\" run tiny.yaml --quiet >/dev/full", in: folder)
    #expect(outcome.code == 74)
    #expect(outcome.errors == "perigee: error: no space left on the disk for 'standard output'\n")
    #expect(try Command.shell("\"$PERIGEE\" schema >/dev/full", in: folder).code == 74)
  }

  @Test func aClosedPipeIsNoError() throws {
    let folder = try Scenarios.tinyFolder()
    let script = "{ \"$PERIGEE\" catalog prices --format csv; echo $? >code; } | head -n 1"
    let outcome = try Command.shell(script, in: folder)
    #expect(outcome.output.hasPrefix("service,dimension,"))
    #expect(outcome.errors == "")
    #expect(try folder.text("code") == "0\n")
  }

  @Test func aClosedPipeDoesNotCostTheResults() throws {
    let folder = try Scenarios.tinyFolder()
    let outcome = try Command.shell(
      "{ \"$PERIGEE\" run tiny.yaml --quiet; echo $? >code; } | true", in: folder)
    #expect(outcome.errors == "")
    #expect(try folder.text("code") == "0\n")
    #expect(folder.names(in: "results/tiny") == RunTests.resultFiles)
  }
}

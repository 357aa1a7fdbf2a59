import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Data directories that cannot be worked with: a clear line, never a crash.
struct DataDirectoryTests {
  private func expectRefusal(_ directory: String, naming name: String) async throws {
    let (code, error, output) = try await Person().failure("status --data-dir \(directory)")
    #expect(code == 1 && error.code == "storage" && output == [])
    #expect(error.message.contains(name) && !error.hint.isEmpty, "\(error)")
  }

  @Test func aFile() async throws {
    let scratch = try ScratchDirectory()
    try "x".write(toFile: scratch.file("file"))
    try await expectRefusal(scratch.file("file"), naming: scratch.file("file"))
    try await expectRefusal(scratch.file("file/below"), naming: scratch.file("file"))
  }

  @Test func aFileSystemThatIsReadOnly() async throws {
    try await expectRefusal("/proc/tercet", naming: "/proc/tercet")
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aDirectoryThatMayNotBeWritten() async throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.file("p"), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o500])
    try await expectRefusal(scratch.file("p"), naming: scratch.file("p"))
  }

  @Test func aDatabaseThatIsNone() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    let path = person.data + "/tercet.db"
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    try String(repeating: "no database ", count: 1000).write(toFile: path)
    let (code, error, output) = try await person.failure("status")
    #expect(code == 1 && error.code == "storage" && output == [])
    #expect(error.message.contains("damaged"))
  }

  @Test func aLockThatIsADirectory() async throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.file("p/lock"), withIntermediateDirectories: true)
    chmod(scratch.file("p"), 0o700)
    try await expectRefusal(scratch.file("p"), naming: "lock")
  }

  /// A path longer than a socket's address: commands work, also beside a process that holds it.
  @Test func aPathTooLongForASocket() async throws {
    let person = try Person()
    let deep = person.home.file(String(repeating: "d", count: 120))
    let report = try await person.run("status --json --data-dir \(deep)")
    #expect(report.code == 0 && report.errors == [] && report.output.count == 3)
    let holder = try person.start(["send", "max:1", "-", "--data-dir", deep])
    while !FileManager.default.fileExists(atPath: deep + "/control.sock") {
      try await Task.sleep(for: .milliseconds(20))
    }
    let beside = try await person.run("status --json --data-dir \(deep)")
    #expect(beside.code == 0 && beside.errors == [] && beside.output.count == 3)
    #expect(holder.report.code == nil)
  }

  @Test func aDatabaseOfNothing() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    let path = person.data + "/tercet.db"
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    truncate(path, 0)
    let (code, error, _) = try await person.failure("orders verify")
    #expect(code == 1 && error.code == "storage" && error.message.contains("0 bytes"))
    let doctor = try await person.run("doctor --timeout 1")
    #expect(doctor.output.contains { $0.hasPrefix("✗ database") && $0.contains("0 bytes") })
  }

  /// What cannot be written down is not sent.
  @Test(.enabled(if: geteuid() == 0, "only the superuser can mount a small disk"))
  func aDiskThatFillsUp() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let disk = person.home.file(".local")
    mkdir(disk, 0o700)
    guard mount("tercet-test", disk, "tmpfs", 0, "size=1m,mode=0700") == 0 else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    try await person.signInToTrading()
    let filler = open("\(disk)/filler", O_WRONLY | O_CREAT, 0o600)
    let block = [UInt8](repeating: 0, count: 4096)
    while write(filler, block, block.count) > 0 {}
    close(filler)

    let (code, error, _) = try await person.failure("swap ETH USDT 0.1 --slippage-bps 50 --yes")
    #expect(code == 1 && error.message.contains("disk is full"), "\(error)")
    #expect(try servers.requests("swap") == 0)
    let halt = try await person.failure("halt")
    #expect(halt.code == 1 && halt.error.message.contains("disk is full") && halt.output == [])

    unlink("\(disk)/filler")
    #expect(try await person.run("swap ETH USDT 0.1 --slippage-bps 50 --yes").code == 0)
    #expect(try await person.run("orders verify").code == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only the superuser can mount a small disk"))
  func aFullDisk() async throws {
    let disk = try ScratchDirectory()
    guard mount("tercet-test", disk.path, "tmpfs", 0, "size=100k,mode=0700") == 0 else {
      // A container's superuser may not mount either.
      return
    }
    defer { umount2(disk.path, Int32(MNT_DETACH)) }
    let (code, error, output) = try await Person().failure("status --data-dir \(disk.path)")
    #expect(code == 1 && error.code == "storage" && output == [])
    #expect(error.message.contains("disk is full"))
  }
}

import Dispatch
import Files
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Files and pipes that a person names.
@Suite("What a person names to be read", .timeLimit(.minutes(1))) struct NamedFilesTests {
  private let scratch: ScratchDirectory
  private let path: String

  init() throws {
    scratch = try ScratchDirectory()
    path = scratch.file("named")
  }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  @Test("A copy is whole, whoever copies it", arguments: [0, 1, 70_000, (17 << 20) + 3])
  func copy(size: Int) async throws {
    try write((0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) })
    let copy = scratch.file("copy")
    try await NamedFile(path, limit: 20 << 20).copy(to: copy)
    #expect(try Data(contentsOf: URL(filePath: copy)) == Data(contentsOf: URL(filePath: path)))
    #expect(scratch.mode("copy") == 0o600)
  }

  @Test("A copy that is given up leaves nothing behind")
  func cancelled() async throws {
    try write([1])
    truncate(path, 1 << 30)
    let file = try NamedFile(path, limit: 1 << 30)
    let copying = Task { [scratch] in try await file.copy(to: scratch.file("copy")) }
    copying.cancel()
    await #expect(throws: FileError.cancelled) { try await copying.value }
    #expect(try scratch.names() == ["named"])
  }

  @Test("A pipe is read to its end, whether its writer comes before or after")
  func pipes() async throws {
    mkfifo(path, 0o600)
    let writer = Beside { [path] in
      // Opening waits for the reader.
      let file = open(path, O_WRONLY | O_CLOEXEC)
      _ = Glibc.write(file, "one\n", 4)
      _ = Glibc.write(file, "two\n", 4)
      close(file)
    }
    #expect(try NamedStream.text(of: path) == "one\ntwo\n")
    writer.join()
    #expect(throws: FileError.self) {
      try NamedStream.contents(of: path, limit: 10, patience: 1)
    }
  }

  @Test("A byte order mark is no part of a text")
  func mark() throws {
    try write([0xEF, 0xBB, 0xBF] + Array("x = 1".utf8))
    #expect(try NamedStream.text(of: path) == "x = 1")
    #expect(throws: FileError.directory(scratch.path)) { try NamedStream.text(of: scratch.path) }
    #expect(throws: FileError.self) { try NamedStream.contents(of: "/dev/zero", limit: 1 << 20) }
    #expect(throws: FileError.missing(path + "s")) { try NamedStream.text(of: path + "s") }
  }
}

/// Runs something beside the test that waits in the kernel.
private struct Beside {
  private let done = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () -> Void) {
    let done = done
    DispatchQueue(label: "beside").async {
      work()
      done.signal()
    }
  }

  func join() { done.wait() }
}

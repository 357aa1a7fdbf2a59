import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

@Suite("Profiles")
struct ProfileTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("The environment says where a named profile lives")
  func location() throws {
    let xdg = ["XDG_DATA_HOME": "/data", "HOME": "/home/ada"]
    #expect(try Profile(name: "default", environment: xdg).directory == "/data/tercet/default")
    let relative = ["XDG_DATA_HOME": "data", "HOME": "/home/ada"]
    for environment in [relative, ["HOME": "/home/ada"]] {
      #expect(
        try Profile(name: "work-2", environment: environment).directory
          == "/home/ada/.local/share/tercet/work-2")
    }
    #expect(
      try Profile(name: "a", environment: xdg, folder: "other").directory == "/data/other/a")
    for environment in [[:], ["HOME": ""], ["HOME": "home"]] {
      #expect(throws: StorageError.noDataDirectory) {
        _ = try Profile(name: "a", environment: environment)
      }
    }
  }

  @Test("A name is one plain directory", arguments: ["", "..", "a/b", "a b", "é", "a\n"])
  func badName(name: String) {
    #expect(throws: StorageError.badProfileName(name)) {
      _ = try Profile(name: name, environment: ["HOME": "/"])
    }
  }

  @Test("Paths lie in the directory, a final slash or none")
  func paths() {
    for directory in ["/x/y", "/x/y/", "/x/y//"] {
      let profile = Profile(directory: directory)
      #expect(profile.databasePath == "/x/y/tercet.db")
      #expect(profile.lockPath == "/x/y/lock")
      #expect(profile.controlSocketPath == "/x/y/control.sock")
    }
    #expect(Profile(directory: "/").directory == "/")
  }

  @Test("It is made with those above it, for the owner alone, and may be there already")
  func creation() throws {
    let profile = Profile(directory: scratch.file("a/b/c"))
    try profile.prepare()
    try profile.prepare()
    for name in ["a", "a/b", "a/b/c"] { #expect(scratch.mode(name) == 0o700) }
  }

  @Test("An empty directory, or a profile, that others may enter is closed to them")
  func tightened() throws {
    let profile = Profile(directory: scratch.file("open"))
    mkdir(profile.directory, 0o700)
    chmod(profile.directory, 0o755)
    try profile.prepare()
    #expect(scratch.mode("open") == 0o700)

    try Data().write(to: URL(filePath: profile.databasePath))
    chmod(profile.directory, 0o770)
    try profile.prepare()
    #expect(scratch.mode("open") == 0o700)
  }

  @Test("A shared directory of something else is refused and left as it is")
  func shared() throws {
    let profile = Profile(directory: scratch.file("shared"))
    mkdir(profile.directory, 0o700)
    chmod(profile.directory, 0o755)
    try Data().write(to: URL(filePath: profile.directory + "/homework.txt"))
    let error = #expect(throws: StorageError.self) { try profile.prepare() }
    #expect(error == .exposed(path: profile.directory, reason: "other users may enter it"))
    #expect(error?.description.contains("chmod 700 \(profile.directory)") == true)
    #expect(scratch.mode("shared") == 0o755)
  }

  @Test("A file in the way is named")
  func fileInTheWay() throws {
    try Data().write(to: URL(filePath: scratch.file("file")))
    for path in ["file", "file/below"] {
      let error = #expect(throws: StorageError.self) {
        try Profile(directory: scratch.file(path)).prepare()
      }
      #expect(error?.description.contains(scratch.file(path)) == true)
    }
  }
}

@Suite("The lock of a profile")
struct ProfileLockTests {
  private let scratch: ScratchDirectory
  private let profile: Profile

  init() throws {
    scratch = try ScratchDirectory()
    profile = Profile(directory: scratch.path)
  }

  @Test("One holds it; the next one learns who, and gets it afterwards")
  func exclusion() throws {
    do {
      let lock = try ProfileLock(profile)
      let error = #expect(throws: StorageError.self) { _ = try ProfileLock(profile) }
      #expect(error == .heldByAnotherProcess(pid: getpid()))
      #expect(error?.message == "process \(getpid()) is using this profile")
      #expect(scratch.mode("lock") == 0o600)
      withExtendedLifetime(lock) {}
    }
    _ = try ProfileLock(profile)
  }

  @Test("Another program respects it, and its end frees it however it ends")
  func otherProcess() throws {
    // The child holds the lock through its own descriptor until it is killed.
    mkfifo(scratch.file("fifo"), 0o600)
    let script = "exec 9>>'\(profile.lockPath)'; flock 9; echo $$; read line <&8"
    let pipe = try #require(popen("exec 8<>'\(scratch.file("fifo"))'; \(script)", "r"))
    var line = [CChar](repeating: 0, count: 32)
    try #require(fgets(&line, 32, pipe) != nil)
    let text = String(decoding: line.prefix { $0 != 10 && $0 != 0 }.map(UInt8.init), as: UTF8.self)
    let child = try #require(Int32(text))
    #expect(throws: StorageError.heldByAnotherProcess(pid: nil)) { _ = try ProfileLock(profile) }
    kill(child, SIGKILL)
    pclose(pipe)
    _ = try ProfileLock(profile)
  }

  @Test("Words of an earlier holder, even long ones, do not confuse it")
  func leftovers() throws {
    try Data("4294967296 and much more text".utf8).write(to: URL(filePath: profile.lockPath))
    let lock = try ProfileLock(profile)
    let kept = try Data(contentsOf: URL(filePath: profile.lockPath))
    #expect(String(decoding: kept, as: UTF8.self) == "\(getpid())\n")
    withExtendedLifetime(lock) {}
  }
}

import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Program

@Suite struct LinkOpenerTests {
  @Test("Links go to BROWSER, or to the desktop's opener where there is a desktop of this machine")
  func which() throws {
    let words = { LinkOpener.words($0)?.split(separator: "' ").last.map(String.init) }
    #expect(words([:]) == nil)
    #expect(words(["DISPLAY": ":0"]) == "xdg-open {url}")
    #expect(words(["WAYLAND_DISPLAY": "wayland-0"]) == "xdg-open {url}")
    #expect(words(["DISPLAY": ":0", "SSH_CONNECTION": "::1 1 ::1 22"]) == nil)
    #expect(words(["BROWSER": "", "DISPLAY": ""]) == nil)
    #expect(words(["BROWSER": "firefox --new-tab:lynx"]) == "firefox --new-tab {url}")
    #expect(words(["BROWSER": "see %s now"]) == "see {url} now")
    #expect(LinkOpener(["BROWSER": "it's"], log: { _ in }) == nil)
  }

  @Test("The address is one argument, whatever stands in it; a browser that is missing is told")
  func opens() async throws {
    let folder = try ScratchDirectory()
    let (said, script) = (folder.file("said"), folder.file("browser"))
    let lines = "printf '%s|' \"$#\" \"$@\" > \(said).new; mv \(said).new \(said)\n"
    try Data(lines.utf8).write(to: URL(filePath: script))
    // Read by a shell, not run: a file that some other test's child still holds open cannot be run.
    let opener = LinkOpener(["BROWSER": "sh \(script)"]) { _ in }
    let address = "https://example.org/?a=1&b=$(touch+x);'\"%20"
    #expect(opener != nil)
    let failure = await opener?.open(address)
    #expect(failure == nil)
    // It goes on by itself: nobody waits for it but this test.
    let deadline = ContinuousClock.now + Patience.span
    while access(said, R_OK) != 0, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try String(contentsOfFile: said, encoding: .utf8) == "1|" + address + "|")
    let missing = LinkOpener(["BROWSER": "/nowhere/browser"]) { _ in }
    let reason = await missing?.open(address)
    #expect(reason == "there is no such program")
  }
}

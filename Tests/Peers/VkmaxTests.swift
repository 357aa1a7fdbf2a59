import Glibc
import MaxService
import Sandbox
import TestSupport
import Testing

/// vkmax 1.0.2 from PyPI, a MAX client that shares nothing with this project.
@Suite struct VkmaxTests {
  static let vkmax = PythonPeer(package: "vkmax", version: "1.0.2")

  @Test(.enabled("vkmax 1.0.2 could not be installed from PyPI") { await vkmax.install() })
  func signsInByCodeReadsSendsAndReceives() async throws {
    let peer = try await Peer(requiresOrigin: false)
    let numbers = peer.sandbox.endpoints.numbers
    let child = try Program.peer([
      VkmaxTests.vkmax.python, Peer.fixtures + "/vkmax_client.py",
      peer.sandbox.endpoints.maxURL, numbers.main, "1",
    ])
    do {
      let code = try await peer.event { event in
        if case .sms(.max, numbers.main, let code) = event { code } else { nil }
      }
      child.write(code)
      try await peer.request("64")
      await peer.sandbox.write("ответ из песочницы", from: numbers.second, to: numbers.main)
    } catch {
      child.kill(SIGTERM)
      Issue.record("it did not get to sending: \(child.text)")
    }
    #expect(try await child.code() == 0, "\(child.text)")
    let text = child.text
    #expect(text.contains(#""phone": 79990001122"#))
    #expect(text.contains(#""messages": 30"#))
    #expect(text.contains(#""last": "\#(PythonText.escaped("и молока"))""#))
    #expect(text.contains(#""text": "\#(PythonText.escaped("ответ из песочницы"))""#))
  }
}

/// Text as Python's json writes it.
enum PythonText {
  static func escaped(_ text: String) -> String {
    text.utf16.map { unit in
      if unit < 0x80 { return String(UnicodeScalar(UInt8(unit))) }
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}

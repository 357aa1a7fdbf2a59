import Glibc
import Sandbox
import Testing

/// vkmax 1.0.2 from PyPI, a MAX client that shares nothing with this project.
@Suite struct VkmaxTests {
  @Test(.enabled("vkmax 1.0.2 could not be installed from PyPI") { await VkmaxTests.install() })
  func signsInByCodeAndReadsChats() async throws {
    let peer = try await Peer(requiresOrigin: false)
    let number = peer.sandbox.endpoints.numbers.main
    let child = try Child([
      VkmaxTests.python, Peer.fixtures + "/vkmax_client.py", peer.sandbox.endpoints.maxURL, number,
    ])
    do {
      let code = try await peer.event { event in
        if case .sms(.max, number, let code) = event { code } else { nil }
      }
      child.write(code)
    } catch {
      child.terminate()
      Issue.record("no code was asked for: \(child.text)")
    }
    #expect(await child.end() == 0, "\(child.text)")
    let text = child.text
    #expect(text.contains(#""phone": 79990001122"#))
    #expect(text.contains(#""messages": 30"#))
    // «и молока», as Python escapes it.
    #expect(text.contains(#""last": "\u0438 \u043c\u043e\u043b\u043e\u043a\u0430""#))
  }

  private static let folder = Peer.installations + "/vkmax-1.0.2"
  private static let python = folder + "/bin/python"

  /// Puts it into an environment of its own; true if it is there.
  private static func install() async -> Bool {
    if access(folder + "/ready", F_OK) == 0 { return true }
    let steps = [
      ["python3", "-m", "venv", "--clear", folder],
      [
        python, "-m", "pip", "install", "--quiet", "--timeout", "10", "--retries", "1",
        "vkmax==1.0.2",
      ],
      ["touch", folder + "/ready"],
    ]
    for step in steps {
      guard let child = try? Child(step), await child.end() == 0 else { return false }
    }
    return true
  }
}

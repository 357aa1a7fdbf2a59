import Glibc
import Sandbox
import TestSupport
import Testing
import TextSecureService

/// A client of the relay in Python, written from the TextSecure document alone; openssl decrypts.
@Suite struct PythonRelayTests {
  @Test func registersSendsAndReadsInBothLanguages() async throws {
    let peer = try await Peer()
    let child = try Program.peer([
      "python3", Peer.fixtures + "/relay_client.py", peer.sandbox.endpoints.textsecureURL,
    ])
    do {
      for number in ["+14155550140", "+14155550141"] {
        let code = try await peer.event { event in
          if case .sms(.textsecure, number, let code) = event { code } else { nil }
        }
        child.write(code)
      }
    } catch {
      child.kill(SIGTERM)
      Issue.record("no code was asked for: \(child.text)")
    }
    #expect(try await child.code() == 0, "\(child.text)")
    #expect(child.text.contains("everything as the document says"))
  }
}

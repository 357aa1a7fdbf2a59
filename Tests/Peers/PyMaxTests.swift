import Glibc
import MaxService
import Sandbox
import TestSupport
import Testing

/// PyMax 2.5.0 from PyPI (`maxapi-python`), which speaks the binary notation.
@Suite struct PyMaxTests {
  static let pyMax = PythonPeer(package: "maxapi-python", version: "2.5.0")

  /// PyMax as Павел, let in by a QR code.
  static func start(_ peer: Peer, folder: String) async throws -> Program {
    let child = try Program.peer([
      PyMaxTests.pyMax.python, Peer.fixtures + "/pymax_client.py",
      peer.sandbox.endpoints.maxBinaryURL, folder,
    ])
    do {
      let link = try await peer.event { if case .qr(let link) = $0 { link } else { nil } }
      #expect(await peer.sandbox.approveQR(link, by: peer.sandbox.endpoints.numbers.second))
      // It reads every chat it has.
      try await peer.request("49")
    } catch {
      child.kill(SIGTERM)
      Issue.record("it did not get to reading: \(child.text)")
    }
    return child
  }

  @Test(.enabled("maxapi-python 2.5.0 could not be installed from PyPI") { await pyMax.install() })
  func signsInByQRReadsReceivesAndAnswers() async throws {
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let peer = try await Peer()
    let numbers = peer.sandbox.endpoints.numbers
    let child = try await PyMaxTests.start(peer, folder: scratch.path)
    await peer.sandbox.write("привет, PyMax", from: numbers.main, to: numbers.second)
    #expect(try await child.code() == 0, "\(child.text)")
    let text = child.text
    #expect(text.contains(#""me": 67890022"#))
    #expect(text.contains(#""messages": 40"#))
    let hello = PythonText.escaped("привет, PyMax")
    #expect(text.contains(#""text": "\#(hello)", "sender": 54321001"#))
    #expect(text.contains(#""link": "\#(hello)""#))
  }

  @Test(
    .enabled("the clients could not be installed from PyPI") {
      let hasPyMax = await pyMax.install()
      return await VkmaxTests.vkmax.install() && hasPyMax
    })
  func twoClientsOfOthersChatThroughTheSandbox() async throws {
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let peer = try await Peer(requiresOrigin: false)
    let numbers = peer.sandbox.endpoints.numbers
    let pyMax = try await PyMaxTests.start(peer, folder: scratch.path)
    let vkmax = try Program.peer([
      VkmaxTests.vkmax.python, Peer.fixtures + "/vkmax_client.py",
      peer.sandbox.endpoints.maxURL, numbers.main, "1",
    ])
    do {
      let code = try await peer.event { event in
        if case .sms(.max, numbers.main, let code) = event { code } else { nil }
      }
      vkmax.write(code)
    } catch {
      for child in [vkmax, pyMax] { child.kill(SIGTERM) }
      Issue.record("no code was asked for: \(vkmax.text)")
    }
    #expect(try await vkmax.code() == 0, "\(vkmax.text)")
    #expect(try await pyMax.code() == 0, "\(pyMax.text)")
    #expect(pyMax.text.contains(#""text": "\#(PythonText.escaped("привет от vkmax"))""#))
    #expect(vkmax.text.contains(#""text": "\#(PythonText.escaped("ответ от PyMax"))""#))
  }
}

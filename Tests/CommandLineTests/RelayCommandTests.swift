import Cryptography
import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

@Suite("tercet relay")
struct RelayCommandTests {
  private struct Line: Decodable {
    var event: String
    var textsecure, number, code: String?
  }

  private func line(_ text: String) throws -> Line {
    try JSONDecoder().decode(Line.self, from: Data(text.utf8))
  }

  @Test("prints codes, logs requests without numbers and ends on SIGTERM")
  func serves() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      ["relay", "--data-dir", home.file("relay"), "--listen", "127.0.0.1:0"], home: home.path)
    let url = try #require(line(try await program.line()).textsecure)
    let answer = try await Network().send(
      HTTPRequest(url: url + "/v1/accounts/sms/code/+14155550100"))
    #expect(answer.status == 200)
    let sms = try line(try await program.line())
    #expect(sms.event == "sms" && sms.number == "+14155550100" && sms.code?.utf8.count == 6)
    try await program.wait { !$0.errors.isEmpty }
    program.kill(SIGTERM)
    let end = try await program.end()
    #expect(end.code == 0)
    #expect(end.errors.count == 1)
    #expect(
      end.errors.first?.hasPrefix("GET /v1/accounts/{transport}/code/{number} 200 ") == true)
    #expect(home.mode("relay/relay.db") == 0o600)
  }

  @Test("hands codes to the operator's command, on its standard input")
  func command() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      [
        "relay", "--data-dir", home.file("relay"), "--listen", "localhost:0",
        "--sms-command", "cp /dev/stdin '\(home.path)/{number}'",
      ], home: home.path)
    let url = try #require(line(try await program.line()).textsecure)
    let answer = try await Network().send(
      HTTPRequest(url: url + "/v1/accounts/voice/code/+14155550100"))
    #expect(answer.status == 200)
    program.kill(SIGTERM)
    let end = try await program.end()
    #expect(end.output.count == 1)
    #expect(!end.errors.contains { $0.contains("{code}") })
    let code = try Data(contentsOf: URL(filePath: home.file("+14155550100")))
    #expect(code.count == 7 && code.last == UInt8(ascii: "\n"))
  }

  @Test("warns of codes that everybody can read, and passes them all the same")
  func commandThatShowsCodes() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      [
        "relay", "--data-dir", home.file("relay"), "--listen", "127.0.0.1:0",
        "--sms-command", "mkdir '\(home.path)/{number} {code}'",
      ], home: home.path)
    let url = try #require(line(try await program.line()).textsecure)
    let answer = try await Network().send(
      HTTPRequest(url: url + "/v1/accounts/sms/code/+14155550100"))
    #expect(answer.status == 200)
    program.kill(SIGTERM)
    #expect(try await program.end().errors.first?.contains("{code}") == true)
    let made = try FileManager.default.contentsOfDirectory(atPath: home.path)
    #expect(made.contains { $0.hasPrefix("+14155550100 ") && $0.utf8.count == 19 })
  }

  @Test("a name to listen on is refused in words that fit")
  func namesAreRefused() async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(
      ["relay", "--data-dir", home.file("relay"), "--listen", "relay.example.org:0"],
      home: home.path)
    let end = try await program.end()
    #expect(end.code == 2)
    #expect(end.errors.first?.contains("needs an address, not the name relay.example.org") == true)
  }

  @Test("keeps what it has taken in order over kill -9, and refuses what is more than one's share")
  func survivesAKill() async throws {
    let home = try ScratchDirectory()
    func start() async throws -> (Program, String) {
      let program = try Program.tercet(
        [
          "relay", "--data-dir", home.file("relay"), "--listen", "127.0.0.1:0",
          "--rate-factor", "100",
        ], home: home.path)
      return (program, try #require(line(try await program.line()).textsecure))
    }
    let network = Network()
    let number = "+14155550100"
    func ask(_ method: String, _ url: String, _ body: String? = nil) async throws -> Int {
      var request = HTTPRequest(method: method, url: url)
      request.headers["Authorization"] = "Basic " + Base64.encode("\(number):secret".utf8)
      if let body {
        request.headers["Content-Type"] = "application/json"
        request.body = .bytes(Array(body.utf8))
      }
      return try await network.send(request).status
    }
    var (program, url) = try await start()
    #expect(try await ask("GET", url + "/v1/accounts/sms/code/\(number)") == 200)
    let code = try #require(line(try await program.line()).code)
    let key = Base64.encode([UInt8](repeating: 1, count: 52))
    let registration = """
      {"signalingKey":"\(key)","fetchesMessages":true,"registrationId":1}
      """
    #expect(try await ask("PUT", url + "/v1/accounts/code/\(code)", registration) == 200)
    // One more than a sender's share of a queue.
    for index in 0...500 {
      if index == 200 || index == 400 {
        program.kill()
        _ = try await program.end()
        (program, url) = try await start()
      }
      let message = "{\"type\":1,\"body\":\"\(Base64.encode("\(index)".utf8))\"}"
      let sent = try await ask(
        "PUT", url + "/v1/messages/\(number)",
        "{\"messages\":[\(message)],\"timestamp\":\(index + 1)}")
      #expect(sent == (index < 500 ? 200 : 413))
    }
    program.kill()
    _ = try await program.end()
    (program, url) = try await start()
    #expect(try await numbers(at: url, number, network) == (0..<500).map { "\($0)" })
    program.kill(SIGTERM)
    #expect(try await program.end().code == 0)
  }

  /// What waits for the device, in the order in which its line brings it.
  private func numbers(
    at url: String, _ number: String, _ network: Network
  ) async throws -> [String] {
    struct Frame: Decodable { var message: String }
    let query = "user=\(number.replacing("+", with: "%2B"))&password=secret"
    let connection = try await network.connect(
      WebSocketRequest(url: "ws" + url.dropFirst(4) + "/v1/websocket/?\(query)"))
    var found: [String] = []
    for await message in connection.messages {
      guard case .text(let text) = message else { break }
      let frame = try JSONDecoder().decode(Frame.self, from: Data(text.utf8))
      let envelope = try #require(Base64.decode(frame.message))
      let cipher = AES256(key: SecretBytes([UInt8](repeating: 1, count: 32)))
      let signal = try #require(
        cipher.decryptCBC(Array(envelope[17..<(envelope.count - 10)]), iv: Array(envelope[1..<17])))
      // Two bytes say the type, fourteen the sender; then come the time and the message.
      let time = signal.dropFirst(17).drop { $0 >= 0x80 }.dropFirst()
      try #require(signal[16] == 0x28 && time.first == 0x32)
      let size = try #require(time.dropFirst().first)
      found.append(String(decoding: time.dropFirst(2).prefix(Int(size)), as: UTF8.self))
      if found.count == 500 { break }
    }
    await connection.close()
    return found
  }

  @Test(
    "says in one line why it cannot start",
    arguments: [
      ("/dev/null/relay", "/dev/null/relay cannot be used: Not a directory."),
      ("/proc/relay", "/proc/relay cannot be used: No such file or directory."),
      ("/tmp", "/tmp cannot be used: others may enter it."),
    ])
  func cannotStart(directory: String, message: String) async throws {
    let home = try ScratchDirectory()
    let program = try Program.tercet(["relay", "--data-dir", directory], home: home.path)
    let end = try await program.end()
    #expect(end.code == 1)
    #expect(end.output.isEmpty)
    #expect(end.errors.count == 1)
    #expect(end.errors.first?.contains(message) == true, "\(end.errors)")
  }
}

import TestSupport
import Transport

@testable import Sandbox

/// A MAX connection of the tests: counts its requests and keeps pushes apart from answers.
final actor RawMaxConnection {
  let line: RawConnection
  private let fixture: SandboxFixture
  private let notation: MaxWire.Notation
  private var seq = -1
  private var pushes: [JSON] = []

  init(_ fixture: SandboxFixture, _ notation: MaxWire.Notation = .text) async throws {
    self.fixture = fixture
    self.notation = notation
    let endpoints = fixture.sandbox.endpoints
    line = try await RawConnection(
      notation == .text ? endpoints.maxURL : endpoints.maxBinaryURL, network: fixture.network)
  }

  /// Sends a request and returns its answer; pushes that come before it are kept for `push`.
  func ask(_ opcode: Int, _ payload: String = "{}") async throws -> JSON {
    seq += 1
    try await send(seq: seq, opcode: opcode, payload)
    while true {
      let frame = try await frame()
      if frame.cmd != 0 {
        guard frame.seq == .integer(Int64(seq)), frame.opcode == .integer(Int64(opcode)) else {
          throw Mismatch(frame: frame)
        }
        return frame
      }
      pushes.append(frame)
    }
  }

  /// The next push with this opcode; others are skipped.
  func push(_ opcode: Int64) async throws -> JSON {
    while true {
      let frame = pushes.isEmpty ? try await frame() : pushes.removeFirst()
      if frame.opcode == .integer(opcode) { return frame }
    }
  }

  /// Sends a frame as it stands.
  func send(cmd: Int = 0, seq: Int, opcode: Int, _ payload: String = "{}") async throws {
    switch notation {
    case .text:
      try await line.send(RawMaxConnection.frame(cmd: cmd, seq: seq, opcode: opcode, payload))
    case .binary:
      let value = try JSONText.decode(WireValue.self, from: payload.utf8)
      try await line.connection.send(
        .binary(MaxBinary.frame(cmd: cmd, seq: seq, opcode: opcode, value, style: .init())))
    }
  }

  /// The next frame, whatever it is.
  func frame() async throws -> JSON {
    switch try await line.next() {
    case .text(let text) where notation == .text: return try JSON(text)
    case .binary(let bytes) where notation == .binary: return try RawMaxConnection.frame(of: bytes)
    default: throw RawConnection.Ended()
    }
  }

  /// A binary frame as the JSON frame that says the same.
  static func frame(of bytes: [UInt8]) throws -> JSON {
    guard let (head, text) = MaxBinary.frame(of: bytes) else { throw RawConnection.Ended() }
    let body = try JSON(String(decoding: text, as: UTF8.self))
    func number(_ value: Int) -> JSON { .integer(Int64(value)) }
    return .object([
      "ver": number(head.ver), "cmd": number(head.cmd), "seq": number(head.seq),
      "opcode": number(head.opcode), "payload": body.payload,
    ])
  }

  /// Pushes that came before an answer and were not looked at.
  var waitingPushes: Int { pushes.count }

  func greet() async throws -> JSON { try await ask(6, RawMaxConnection.hello) }

  /// Greets and signs in with a code; returns the answer to it.
  func enter(_ number: String) async throws -> JSON {
    _ = try await greet()
    let (token, code) = try await code(for: number)
    return try await ask(18, RawMaxConnection.code(token, code))
  }

  /// Asks for a code and reads it where a telephone would show it.
  func code(for number: String, type: String = "START_AUTH") async throws -> (String, String) {
    let answer = try await ask(17, #"{"phone":"\#(number)","type":"\#(type)","language":"ru"}"#)
    let code = try await fixture.event { event in
      if case .sms(.max, number, let code) = event { code } else { nil }
    }
    return (answer.payload.token.string ?? "", code)
  }

  /// Goes all the way from nothing to the answer of a login.
  func logIn(_ number: String) async throws -> JSON {
    let signedIn = try await enter(number)
    return try await logIn(token: signedIn.payload.tokenAttrs.LOGIN.token.string ?? "")
  }

  func logIn(token: String, chats: Int = 40, since: Int64 = 0) async throws -> JSON {
    try await ask(19, RawMaxConnection.login(token, chats: chats, since: since))
  }

  static let hello = """
    {"userAgent":{"deviceType":"WEB","locale":"ru","deviceLocale":"ru","osVersion":"Windows",\
    "deviceName":"Chrome","headerUserAgent":"Mozilla/5.0","appVersion":"25.11.2",\
    "screen":"1080x1920 1.0x","timezone":"Europe/Moscow"},\
    "deviceId":"550e8400-e29b-41d4-a716-446655440000"}
    """

  static func code(_ token: String, _ code: String) -> String {
    #"{"token":"\#(token)","verifyCode":"\#(code)","authTokenType":"CHECK_CODE"}"#
  }

  static func login(_ token: String, chats: Int = 40, since: Int64 = 0) -> String {
    #"{"token":"\#(token)","interactive":false,"chatsCount":\#(chats),"chatsSync":\#(since),"#
      + #""contactsSync":\#(since),"presenceSync":0,"draftsSync":0}"#
  }

  static func frame(
    ver: Int = 11, cmd: Int = 0, seq: Int, opcode: Int, _ payload: String
  ) -> String {
    #"{"ver":\#(ver),"cmd":\#(cmd),"seq":\#(seq),"opcode":\#(opcode),"payload":\#(payload)}"#
  }

  struct Mismatch: Error { let frame: JSON }
}

/// Facts of the scenario that tests rely on.
enum Cast {
  static let numbers = SandboxEndpoints.Numbers()
  static let ira: Int64 = 54_321_001
  static let pavel: Int64 = 67_890_022
  static let maria: Int64 = 70_011_033
  static let long: Int64 = -71_000_000_000_002
  static let rare: Int64 = -71_000_000_000_003
  static let dialog: Int64 = ira ^ pavel
  static let dacha: Int64 = -70_123_456_789_012
}

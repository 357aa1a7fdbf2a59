import Cryptography

extension OneMeClient {
  /// Has a code sent to `phone` (seed 000, VerificationRequest); `resend` asks for another one.
  ///
  /// - Throws: `refused` with kind `wrongPhone` or `flood`, among others.
  public func requestCode(
    phone: PhoneNumber, resend: Bool = false
  ) async throws(OneMeError)
    -> CodeChallenge
  {
    try await ask(
      .requestCode,
      [
        "phone": phone.description, "type": resend ? "RESEND" : "START_AUTH",
        "language": configuration.locale,
      ])
  }

  /// Hands in the code that was sent (seed 000, CodeEnter). Spaces and dashes in it do not matter.
  ///
  /// - Throws: `badCode` for what no code looks like; `refused` with kind `wrongCode`, `codeExpired`
  ///   or `flood`, among others.
  public func enterCode(_ code: String, challenge: CodeChallenge) async throws(OneMeError) -> SignIn
  {
    let bare = code.filter { !$0.isWhitespace && $0 != "-" }
    guard (1...32).contains(bare.count), bare.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      throw .badCode
    }
    return try await ask(
      .enterCode,
      [
        "token": challenge.token.revealed, "verifyCode": bare, "authTokenType": "CHECK_CODE",
      ])
  }

  /// Hands in the account's password after `SignIn.passwordNeeded` (MAX protocol notes §2.6).
  ///
  /// - Returns: the login token, to be kept.
  public func enterPassword(_ password: Secret, trackId: String) async throws(OneMeError) -> Secret
  {
    let signIn: SignIn = try await ask(
      .enterPassword, ["trackId": trackId, "password": password.revealed])
    guard case .token(let token) = signIn else {
      throw .malformed(.enterPassword, "there is no login token")
    }
    return token
  }

  /// Logs in on this connection (seed 000, ChatSyncRequest).
  ///
  /// Servers void tokens that log in too often: once per connection is enough.
  /// - Parameter marker: `Snapshot.time` of the previous login, to be told of changes alone; 0 for
  ///   everything.
  public func logIn(token: Secret, marker: Int64 = 0) async throws(OneMeError) -> Snapshot {
    let login = Login(token: token, marker: marker, interactive: configuration.interactive)
    return try await ask(.logIn, login, ifEmpty: Snapshot())
  }

  /// Names and more of people by their ids, in batches of 100; unknown ids are missing in the answer.
  public func contacts(_ ids: [Int64]) async throws(OneMeError) -> [Contact] {
    let wanted = Set(ids).sorted()
    var found: [Contact] = []
    for start in stride(from: 0, to: wanted.count, by: 100) {
      let batch = Array(wanted[start..<min(start + 100, wanted.count)])
      found += try await ask(.contacts, ["contactIds": batch]) { object in
        object.list("contacts", of: Contact.self).elements
      }
    }
    return found
  }

  /// A page of a chat's messages, oldest first (MAX protocol notes §3.3).
  ///
  /// - Parameters:
  ///   - time: Wall-clock milliseconds before which the messages were sent. The message of exactly
  ///     that time may be among them.
  ///   - count: 1 to 100; beyond that it is brought to the nearest.
  public func history(
    chat: Int64, before time: Int64, count: Int = 50
  ) async throws(OneMeError)
    -> [Message]
  {
    let page = HistoryPage(chatId: chat, from: time, backward: min(max(count, 1), 100))
    return try await ask(.history, page) { object in
      object.list("messages", of: Message.self).elements
    }
  }

  /// A token for the Calls API (seed 000, CallTokenRequest).
  public func callToken() async throws(OneMeError) -> CallToken {
    try await ask(.callToken, [String: String]())
  }

  /// Declines a call that rings, on all of the account's devices (MAX protocol notes §5.3, way A).
  public func declineCall(_ conversationId: String) async throws(OneMeError) {
    _ = try await request(.hangUp, HangUp(conversationId: conversationId))
  }

  /// Ends the session on the server, which voids the login token, and closes the line.
  public func logOut() async throws(OneMeError) {
    _ = try await request(.logOut, [String: String]())
    await close()
  }

  /// Sends a request and decodes its answer.
  private func ask<Answer: Decodable>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil
  ) async throws(OneMeError) -> Answer {
    let frame = try await request(opcode, payload)
    return try read(frame, ifEmpty: substitute, Answer.init(from:))
  }

  /// Sends a request and takes what is wanted out of its answer; an empty answer is an empty list.
  private func ask<Element>(
    _ opcode: Opcode, _ payload: some Encodable,
    _ pick: @escaping (WireObject) throws -> [Element]
  ) async throws(OneMeError) -> [Element] {
    let frame = try await request(opcode, payload)
    return try read(frame, ifEmpty: []) { try pick($0.object()) }
  }

  private func read<Answer>(
    _ frame: Frame, ifEmpty substitute: Answer?, _ decode: @escaping (any Decoder) throws -> Answer
  ) throws(OneMeError) -> Answer {
    let answer: Answer?
    do {
      answer = try codec.payload(of: frame, decode) ?? substitute
    } catch {
      throw .malformed(frame.header.opcode, OneMeError.reason(error))
    }
    guard let answer else { throw .malformed(frame.header.opcode, "it is empty") }
    return answer
  }
}

/// The markers have one value: each answer's `time` is the next marker of all of them.
private struct Login: Encodable {
  var token: Secret
  var interactive: Bool
  var chatsCount = 40
  var chatsSync: Int64
  var contactsSync: Int64
  var presenceSync: Int64
  var draftsSync: Int64

  init(token: Secret, marker: Int64, interactive: Bool) {
    self.token = token
    self.interactive = interactive
    chatsSync = marker
    contactsSync = marker
    presenceSync = marker
    draftsSync = marker
  }
}

private struct HangUp: Encodable {
  var conversationId: String
  var reason = "REJECTED"
}

private struct HistoryPage: Encodable {
  var chatId: Int64
  var from: Int64
  var forward = 0
  var backward: Int
  var getMessages = true
}

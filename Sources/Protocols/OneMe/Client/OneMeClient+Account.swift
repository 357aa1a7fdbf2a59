import Cryptography

extension OneMeClient {
  /// The devices on which the account is signed in (opcode 96).
  public func deviceSessions() async throws(OneMeError) -> [DeviceSession] {
    try await ask(.sessions, Nothing(), ifEmpty: []) { object in
      object.list("sessions", of: DeviceSession.self).elements
    }
  }

  /// Signs every other device out (opcode 97).
  ///
  /// - Returns: the login token that is good from now on, to be kept; nil if the old one stays.
  public func closeOtherSessions() async throws(OneMeError) -> Secret? {
    try await ask(.closeSessions, Nothing(), ifEmpty: .some(nil)) { $0.optional("token") }
  }

  /// Ends the session on the server (opcode 20), which voids the login token, and closes the
  /// connection.
  public func logOut() async throws(OneMeError) {
    try await request(.logOut, Nothing())
    await close()
  }
}

/// A device on which the account is signed in (MAX protocol notes §2.6). All texts are the
/// server's.
public struct DeviceSession: Sendable, Equatable {
  /// What sort of program it is.
  public var client: String
  /// More about the device.
  public var info: String?
  /// About where it is.
  public var location: String?
  /// Wall-clock milliseconds at which it was last used.
  public var time: Int64?
  /// Whether it is this one.
  public var isCurrent: Bool

  /// A session with these fields.
  public init(
    client: String, info: String? = nil, location: String? = nil, time: Int64? = nil,
    isCurrent: Bool = false
  ) {
    self.client = client
    self.info = info
    self.location = location
    self.time = time
    self.isCurrent = isCurrent
  }
}

extension DeviceSession: WireDecodable {
  init(from value: WireValue) throws {
    let object = try value.object()
    client = object.text("client") ?? ""
    info = object.text("info")
    location = object.text("location")
    time = object.moment("time")
    isCurrent = object.flag("current") ?? false
  }
}

extension OneMeClient {
  /// A token for the Calls API (opcode 158; seed 000, CallTokenRequest).
  public func callToken() async throws(OneMeError) -> CallToken {
    try await ask(.callToken, Nothing())
  }

  /// Declines a call that rings, on all of the account's devices (opcode 167; MAX protocol notes
  /// §5.3, way A).
  public func declineCall(_ conversationId: String) async throws(OneMeError) {
    try await tell(.hangUp, HangUp(conversationId: conversationId))
  }

  /// The calls of the account, on whatever device (opcode 163, MAX protocol notes §4.6).
  ///
  /// - Parameter cursor: `CallHistory.cursor` of the previous answer, to be told of changes alone; 0
  ///   for everything.
  public func callHistory(since cursor: Int64 = 0) async throws(OneMeError) -> CallHistory {
    try await ask(.callHistory, ["callHistorySync": cursor], ifEmpty: CallHistory())
  }
}

private struct HangUp: Encodable {
  var conversationId: String
  var reason = "REJECTED"
}

import Cryptography
import JSON

extension OneMeClient {
  /// Logs in on this connection (seed 000, ChatSyncRequest).
  ///
  /// Servers void tokens that log in too often: once per connection is enough.
  /// - Parameter marker: `Snapshot.time` of the previous login, to be told of changes alone; 0 for
  ///   everything.
  public func logIn(token: Secret, marker: Int64 = 0) async throws(OneMeError) -> Snapshot {
    let login = Login(token: token, marker: marker, interactive: configuration.interactive)
    return try await ask(.logIn, login, ifEmpty: Snapshot())
  }

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
    try await tell(.logOut, Nothing())
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
  init(from value: TreeValue) throws {
    let object = try value.object()
    client = object.text("client") ?? ""
    info = object.text("info")
    location = object.text("location")
    time = object.moment("time")
    isCurrent = object.flag("current") ?? false
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

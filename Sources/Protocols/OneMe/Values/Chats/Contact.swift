import JSON

/// A person or bot, as much as the server tells (MAX protocol notes §4.3).
public struct Contact: Sendable, Equatable {
  /// One of the names a contact goes by.
  public struct Name: Sendable, Equatable {
    /// "CUSTOM" is what the account's owner calls them, "ONEME" what they call themselves.
    public var kind: String
    /// The whole name, first name first.
    public var text: String

    /// A name of this kind.
    public init(kind: String, text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// Whether the account is in use.
  public enum Account: Sendable, Equatable { case active, blocked, deleted }

  /// The MAX user id.
  public var id: Int64
  /// Every name the server gave, in its order.
  public var names: [Name]
  /// Country code first, no plus sign.
  public var phone: Int64?
  /// Whether the account is in use.
  public var account: Account
  /// Flags such as "BOT" and "OFFICIAL".
  public var options: [String]
  /// What they say about themselves.
  public var about: String?
  /// The address of their profile.
  public var link: String?

  /// A contact with these fields.
  public init(
    id: Int64, names: [Name] = [], phone: Int64? = nil, account: Account = .active,
    options: [String] = [], about: String? = nil, link: String? = nil
  ) {
    self.id = id
    self.names = names
    self.phone = phone
    self.account = account
    self.options = options
    self.about = about
    self.link = link
  }

  /// Whether a program answers there.
  public var isBot: Bool { options.contains("BOT") }

  /// The name to show: the owner's own for them, then theirs, then any, then the number, then the id.
  public var displayName: String {
    let chosen =
      names.first { $0.kind == "CUSTOM" } ?? names.first { $0.kind == "ONEME" } ?? names.first
    return chosen?.text ?? phone.map { "+\($0)" } ?? String(id)
  }
}

extension Contact: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    id = try object.requiredNumber("id")
    names = object.parts("names", of: Name.self)
    phone = object.number("phone")
    account =
      switch object.number("accountStatus") {
      case 1: .blocked
      case 2: .deleted
      default: .active
      }
    options = object.parts("options", of: String.self)
    about = object.text("description")
    link = object.text("link")
  }
}

extension Contact.Name: WireDecodable {
  /// Fails for a name without any text, so that the list of names has none.
  init(from value: TreeValue) throws {
    let object = try value.object()
    let parts = [object.name("firstName"), object.name("lastName")].compactMap(\.self)
    let joined = parts.filter { !$0.isEmpty }.joined(separator: " ")
    kind = object.name("type") ?? ""
    text = object.name("name").flatMap { $0.isEmpty ? nil : $0 } ?? joined
    guard !text.isEmpty else {
      throw value.corrupted("a name without text")
    }
  }
}

/// Whether a person is there, and when they last were (MAX protocol notes §3.1, opcode 132).
public struct Presence: Sendable, Equatable {
  /// How the server puts it; statuses it may invent later read as `offline`.
  public enum Status: Sendable, Equatable {
    case offline, online, recently, longAgo
  }

  /// Whether the person is there.
  public var status: Status
  /// Wall-clock milliseconds at which the person was last seen.
  public var seen: Int64?

  /// A presence with these fields.
  public init(status: Status, seen: Int64? = nil) {
    self.status = status
    self.seen = seen
  }
}

extension Presence: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    status =
      switch object.number("status") {
      case 1: .online
      case 2: .recently
      case 3: .longAgo
      default: .offline
      }
    // Some servers count in seconds: as milliseconds such a number would lie before March 1973.
    seen = object.moment("seen").map { $0 < 100_000_000_000 ? $0 * 1000 : $0 }
  }
}

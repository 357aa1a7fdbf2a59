import FoundationEssentials

/// `tercet sandbox` in a process of its own, and what it tells.
public final class Servers: Sendable {
  /// One line of its output, as far as tests look at it.
  public struct Event: Decodable, Sendable {
    public var event: String
    public var max, maxBinary, trading, textsecure, tradingKey, tradingSecret, caFile: String?
    public var service, number, code, name, error: String?
    public var connection: Int?
    public var orderId, clientOrderId, status, conversationId, state: String?
  }

  public let program: Program
  public let home: ScratchDirectory
  public let listening: Event

  /// - Parameter faults: what goes wrong on purpose, in the sandbox's own words.
  public init(
    _ scenario: String = "quiet", faults: String? = nil, options: [String] = []
  ) async throws {
    home = try ScratchDirectory()
    let words = ["sandbox", "--port", "0", "--scenario", scenario] + options
    program = try Program.tercet(
      words + (faults.map { ["--faults", $0] } ?? []), home: home.path)
    listening = try Servers.event(try await program.line())
  }

  public var events: [Event] {
    get throws { try program.report.output.map(Servers.event) }
  }

  /// Waits until something has been told.
  public func event(_ condition: @escaping @Sendable (Event) -> Bool) async throws {
    try await program.wait { report in
      report.output.contains { line in (try? Servers.event(line)).map(condition) ?? false }
    }
  }

  /// The codes that were sent to `number` so far.
  public func codes(for number: String) throws -> [String] {
    try events.filter { $0.event == "sms" && $0.number == number }.compactMap(\.code)
  }

  /// The code that was sent to `number` as the `count`th.
  public func code(for number: String, count: Int = 1) async throws -> String {
    let isCode = { @Sendable (event: Event) in event.event == "sms" && event.number == number }
    let report = try await program.wait { report in
      report.output.compactMap { try? Servers.event($0) }.count(where: isCode) >= count
    }
    return try report.output.map(Servers.event).filter(isCode)[count - 1].code ?? ""
  }

  /// Waits until an operation, or an opcode in digits, was asked for so often.
  public func requests(_ name: String, reach count: Int) async throws {
    try await program.wait { report in
      report.output.compactMap { try? Servers.event($0) }.count {
        $0.event == "request" && $0.name == name
      } >= count
    }
  }

  /// How often an operation, or an opcode in digits, was asked for.
  public func requests(_ name: String) throws -> Int {
    try events.count { $0.event == "request" && $0.name == name }
  }

  /// The client order ids of all swaps that were executed, in order.
  public var executed: [String] {
    get throws {
      try events.filter { $0.event == "order" && $0.status == "PENDING" }
        .compactMap(\.clientOrderId)
    }
  }

  private static func event(_ line: String) throws -> Event {
    try JSONDecoder().decode(Event.self, from: Data(line.utf8))
  }
}

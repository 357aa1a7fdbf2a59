import Clocks
import Glibc
import Sandbox
import Transport

/// A sandbox for programs that have their own clock.
struct Peer {
  let network = Network()
  let sandbox: Sandbox

  init(requiresOrigin: Bool = true) async throws {
    var options = SandboxOptions()
    options.requiresOrigin = requiresOrigin
    options.scenario = .quiet
    sandbox = try await Sandbox.start(options, network: network, time: HurriedTime())
  }

  /// Waits for the first event of which `pick` makes something.
  @discardableResult
  func event<Value: Sendable>(
    _ pick: @escaping @Sendable (SandboxEvent) -> Value?
  ) async throws -> Value {
    let events = sandbox.events
    return try await withDeadline(.seconds(60), time: SystemTime(), error: Silence() as any Error) {
      for await event in events {
        if let value = pick(event) { return value }
      }
      throw Silence()
    }
  }

  /// Waits until a client has asked for something, an opcode in digits.
  func request(_ name: String) async throws {
    try await event { if case .request(_, _, name) = $0 { true } else { nil } }
  }

  struct Silence: Error {}

  /// The folder with programs that are not ours.
  static let fixtures = folder(of: #filePath) + "/Fixtures"
  /// Where such programs may be installed: inside the build folder.
  static let installations = folder(of: #filePath) + "/../../.build/peers"

  private static func folder(of file: String) -> String {
    file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }
}

/// Tells the true time but waits a twentieth of what it is asked to.
struct HurriedTime: TimeSource {
  private static let factor = 20
  private let system = SystemTime()

  var wallTime: Int64 { system.wallTime }
  var uptime: Duration { system.uptime * HurriedTime.factor }
  func sleep(for duration: Duration) async throws {
    try await system.sleep(for: duration / HurriedTime.factor)
  }
}

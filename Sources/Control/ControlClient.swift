import Accounts
import Clocks
import Domain
import FoundationEssentials
import Phrases
import Transport

/// Calls into the process that holds a profile's accounts.
package struct ControlClient: DeskAccess {
  private let path: String
  private let network: Network
  private let isPaper: Bool

  /// - Parameters:
  ///   - path: the holder's socket; nothing is dialled before a call.
  ///   - isPaper: whether calls about money mean that on paper.
  package init(path: String, network: Network, isPaper: Bool = false) {
    self.path = path
    self.network = network
    self.isPaper = isPaper
  }

  /// Whether somebody at the socket answers within a time.
  package func isAnswered(within limit: Duration) async -> Bool {
    do throws(ConsoleError) {
      let connection = try await connect(within: limit)
      await connection.close()
      return true
    } catch {
      return false
    }
  }

  /// Runs a call in that process; throws `.noConnection` when it cannot be reached, and with
  /// `hungUpCode` when it went away before it had answered.
  package func run<Call: DeskCall>(
    _ call: Call, emit: @escaping @Sendable (Call.Line) async -> Void
  ) async throws(ConsoleError) {
    let remaining = CallLimit.current?.remaining
    let connection = try await connect(within: remaining)
    let request = ControlMessage.Request(
      method: DeskCalls.method(of: Call.self), params: call, isPaper: isPaper,
      timeoutMs: remaining?.milliseconds)
    do {
      let data = try JSONEncoder().encode(request)
      try await connection.send(.text(String(decoding: data, as: UTF8.self)))
      for await case .text(let text) in connection.messages {
        if try await consume(Data(text.utf8), of: Call.self, emit) {
          await connection.close()
          return
        }
      }
    } catch let error as ConsoleError {
      await connection.close()
      throw error
    } catch {
      await connection.close()
      throw .hungUp(String(describing: error), isDeed: call.isDeed)
    }
    if Task.isCancelled {
      await connection.close()
      return
    }
    throw .hungUp("it ended", isDeed: call.isDeed)
  }

  /// Handles one message; true when it was the response.
  private func consume<Call: DeskCall>(
    _ data: Data, of: Call.Type, _ emit: @Sendable (Call.Line) async -> Void
  ) async throws -> Bool {
    let decoder = JSONDecoder()
    if let response = try? decoder.decode(ControlMessage.Response.self, from: data) {
      if let error = response.error {
        throw error.data
          ?? ConsoleError(
            .failed, code: "control", "The running tercet refused: \(error.message)",
            hint: "Use the same version of tercet for both")
      }
      return true
    }
    await emit(try decoder.decode(ControlMessage.Line<Call.Line>.self, from: data).params)
    return false
  }

  private func connect(
    within limit: Duration?
  ) async throws(ConsoleError) -> WebSocketConnection {
    var request = WebSocketRequest(url: "ws://localhost/control")
    request.unixSocketPath = path
    request.limits.pingInterval = nil
    if let limit {
      request.limits.connectTimeout = min(request.limits.connectTimeout, limit)
      request.limits.handshakeTimeout = min(request.limits.handshakeTimeout, limit)
    }
    do {
      return try await network.connect(request)
    } catch {
      throw ConsoleError(
        .noConnection, code: ConsoleError.noHolderCode,
        "Another tercet holds this profile but does not answer",
        hint: "Close it, or use another --profile")
    }
  }
}

extension ConsoleError {
  /// The code of a call that has reached nobody: it was not made.
  package static let noHolderCode = "control"

  /// The code of `hungUp`: the call was sent, and nobody knows what became of it.
  package static let hungUpCode = "control-lost"

  fileprivate static func hungUp(_ why: String, isDeed: Bool) -> ConsoleError {
    ConsoleError(
      .noConnection, code: hungUpCode, "The running tercet closed the connection: \(why)",
      hint: isDeed ? Phrase.lookBeforeRepeating.text : Phrase.tryAgain.text)
  }
}

import Accounts
import Clocks
import Domain
import FoundationEssentials
import Phrases
import Transport

/// Makes requests to the process that holds a profile's accounts.
package struct ControlClient: RequestRunner {
  private let path: String
  private let network: Network
  private let isPaper: Bool

  /// - Parameters:
  ///   - path: the socket of the process that holds the profile; nothing is dialled before a request.
  ///   - isPaper: whether requests about money mean that on paper.
  package init(path: String, network: Network, isPaper: Bool = false) {
    self.path = path
    self.network = network
    self.isPaper = isPaper
  }

  /// Whether somebody at the socket answers within a time.
  package func isAnswered(within limit: Duration) async -> Bool {
    do throws(UserError) {
      let connection = try await connect(within: limit)
      await connection.close()
      return true
    } catch {
      return false
    }
  }

  /// Runs a request in that process; throws `.noConnection` when it cannot be reached, and with
  /// `hungUpCode` when it went away before it had answered.
  package func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError) {
    let remaining = RequestDeadline.current?.remaining
    let connection = try await connect(within: remaining)
    let message = ControlMessage.RequestMessage(
      method: RequestMethods.method(of: R.self), params: request, isPaper: isPaper,
      timeoutMs: remaining?.milliseconds)
    do {
      let data = try JSONEncoder().encode(message)
      try await connection.send(.text(String(decoding: data, as: UTF8.self)))
      for await case .text(let text) in connection.messages {
        if try await consume(Data(text.utf8), of: R.self, emit) {
          await connection.close()
          return
        }
      }
    } catch let error as UserError {
      await connection.close()
      throw error
    } catch {
      await connection.close()
      throw .hungUp(String(describing: error), hasEffects: request.hasEffects)
    }
    if Task.isCancelled {
      await connection.close()
      return
    }
    throw .hungUp("it ended", hasEffects: request.hasEffects)
  }

  /// Handles one message; true when it was the response.
  private func consume<R: Request>(
    _ data: Data, of: R.Type, _ emit: @Sendable (R.Output) async -> Void
  ) async throws -> Bool {
    let decoder = JSONDecoder()
    // A notification has no id, so it is no response; what is neither is thrown below.
    if let response = try? decoder.decode(ControlMessage.Response.self, from: data) {
      if let error = response.error {
        throw error.data
          ?? UserError(
            .failed, code: "control", "The running tercet refused: \(error.message)",
            hint: "Use the same version of tercet for both")
      }
      return true
    }
    await emit(try decoder.decode(ControlMessage.Notification<R.Output>.self, from: data).params)
    return false
  }

  private func connect(
    within limit: Duration?
  ) async throws(UserError) -> WebSocketConnection {
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
      throw UserError(
        .noConnection, code: UserError.noHolderCode,
        "Another tercet holds this profile but does not answer",
        hint: "Close it, or use another --profile")
    }
  }
}

extension UserError {
  /// The code of a request that has reached nobody: it was not made.
  package static let noHolderCode = "control"

  /// The code of `hungUp`: the request was sent, and nobody knows what became of it.
  package static let hungUpCode = "control-lost"

  fileprivate static func hungUp(_ why: String, hasEffects: Bool) -> UserError {
    UserError(
      .noConnection, code: hungUpCode, "The running tercet closed the connection: \(why)",
      hint: hasEffects ? Phrase.lookBeforeRepeating.text : Phrase.tryAgain.text)
  }
}

import Accounts
import Domain
import FoundationEssentials
import Phrases
import Transport

/// Lets commands of other processes use this process's accounts, over a Unix socket in the
/// profile's directory that only its owner can open.
package final class ControlServer: Sendable {
  private let server: HTTPServer

  /// Starts listening at `path`; a socket left over by a killed process is replaced.
  package init(path: String, hub: AccountHub, network: Network) throws(TransportError) {
    var configuration = HTTPServer.Configuration()
    configuration.unixSocketPath = path
    configuration.webSocketLimits.pingInterval = nil
    server = try HTTPServer(configuration, network: network) { request in
      guard request.isWebSocketUpgrade else { return .response(status: 426) }
      return .webSocket { connection in await ControlServer.serve(connection, hub: hub) }
    }
  }

  /// Ends every request that others have made, and removes the socket.
  package func stop() async { await server.stop() }

  /// One request, then its outputs until it is done or the other side hangs up.
  private static func serve(_ connection: WebSocketConnection, hub: AccountHub) async {
    var messages = connection.messages.makeAsyncIterator()
    guard case .text(let text)? = await messages.next() else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await answer(Data(text.utf8), on: connection, hub: hub) }
      group.addTask { _ = await connection.closure }
      await group.next()
      group.cancelAll()
    }
  }

  private static func answer(
    _ data: Data, on connection: WebSocketConnection, hub: AccountHub
  ) async {
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(ControlMessage.RequestHead.self, from: data) else {
      // Without an id there is nobody to answer: the close code tells.
      await connection.close(code: 1007, reason: "not a JSON-RPC 2.0 request")
      return
    }
    var response = ControlMessage.Response(id: head.id)
    if let request = RequestMethods.byMethod[head.method] {
      do throws(UserError) {
        let isPaper = head.paper ?? false
        if request is any TradingRequest.Type, isPaper != hub.settings.isPaper {
          throw .otherMoney(isPaper: hub.settings.isPaper)
        }
        let limit = head.timeoutMs.map {
          // A day is as good as for ever, and no sum with it overflows.
          RequestDeadline(.milliseconds(min(max(0, $0), 86_400_000)), time: hub.environment.time)
        }
        try await RequestDeadline.hold(limit) { () async throws(UserError) in
          try await perform(request, data, on: connection, hub: hub)
        }
      } catch {
        response.error = .init(
          code: ControlMessage.applicationError, message: error.message, data: error)
      }
    } else {
      response.error = .init(
        code: ControlMessage.methodNotFound, message: "no method \(head.method)", data: nil)
    }
    // A request that was cut off has not come to its end: whoever made it learns that by the line.
    guard !Task.isCancelled else { return }
    await send(response, on: connection)
  }

  private static func perform<R: Request>(
    _ type: R.Type, _ data: Data, on connection: WebSocketConnection, hub: AccountHub
  ) async throws(UserError) {
    let message: ControlMessage.RequestMessage<R>
    do {
      message = try JSONDecoder().decode(ControlMessage.RequestMessage<R>.self, from: data)
    } catch {
      throw UserError(
        .usage, code: "invalid-parameters",
        "The parameters of \(RequestMethods.method(of: type)) cannot be read",
        hint: "Use the same version of tercet for both")
    }
    try await message.params.run(on: hub) { output in
      await send(ControlMessage.Notification(params: output), on: connection)
    }
  }

  private static func send(_ message: some Encodable, on connection: WebSocketConnection) async {
    do {
      let data = try JSONEncoder().encode(message)
      try await connection.send(.text(String(decoding: data, as: UTF8.self)))
    } catch {
      // The other side hung up; `serve` sees the closure and cancels the request.
    }
  }
}

extension UserError {
  /// Orders with real money and those on paper must never be mixed up.
  fileprivate static func otherMoney(isPaper: Bool) -> UserError {
    UserError(
      .refused, code: "other-money",
      Phrase.otherMoney.with((isPaper ? Phrase.otherMoneyPaper : .otherMoneyReal).text),
      hint: Phrase.otherMoneyHint.text)
  }
}

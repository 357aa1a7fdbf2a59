import Synchronization
import Transport

@testable import fourth

/// The fourth messenger's server: two rooms, in which everybody hears everything.
final class FourthServer: Sendable {
  private let server: HTTPServer
  private let hall: Hall

  init(network: Network) throws {
    let hall = Hall()
    self.hall = hall
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      .webSocket { await hall.serve($0) }
    }
  }

  var url: String { "ws://127.0.0.1:\(server.port)/" }

  func stop() async { await server.stop() }
}

/// Everybody who is there, and what was said.
private final class Hall: Sendable {
  private struct State {
    var messages: [FourthFrame.Message] = []
    var lines: [Int: WebSocketConnection] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  func serve(_ line: WebSocketConnection) async {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    do {
      for await text in line.messages {
        let frame = try FourthFrame(text)
        if frame.hello != nil {
          let past = state.withLock { state in
            state.lines[number] = line
            return state.messages
          }
          for message in past { try await FourthFrame(message: message).send(on: line) }
          try await FourthFrame(rooms: ["Hall", "Library"]).send(on: line)
        }
        if let said = frame.message { try await spread(said) }
      }
    } catch {
      // Whoever cannot be understood or reached is forgotten.
    }
    state.withLock { $0.lines[number] = nil }
  }

  private func spread(_ said: FourthFrame.Message) async throws {
    let (message, lines) = state.withLock { state in
      var message = said
      message.id = state.messages.count + 1
      state.messages.append(message)
      return (message, Array(state.lines.values))
    }
    for line in lines { try await FourthFrame(message: message).send(on: line) }
  }
}

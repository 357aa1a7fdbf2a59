import Accounts
import Axolotl
import Domain
import Storage
import TextSecure

/// Messages of people whose identity key has changed: they are held back until the owner accepts the new
/// key.
struct HeldMessages: Sendable {
  let book: SessionBook
  let receiver: MessageReceiver
  private let environment: AccountEnvironment

  init(_ book: SessionBook, receiver: MessageReceiver, environment: AccountEnvironment) {
    self.book = book
    self.receiver = receiver
    self.environment = environment
  }

  /// Takes a key that the store keeps into use, and reads what was held back for it.
  func accept(_ key: [UInt8], of number: String) async throws(UserError) {
    do throws(TextSecureError) {
      try await book.accept(try PublicKey(stored: key), of: number)
    } catch {
      throw UserError(error)
    }
    environment.tell(.trusted, of: number)
    await read(environment.storing { store in try await store.secure.heldEnvelopes(of: number) })
  }

  /// Reads what was held back of everybody whose identity was accepted: a crash may have come between.
  func read() async {
    await read(environment.storing { store in try await store.secure.acceptedEnvelopes() })
  }

  private func read(_ held: [HeldEnvelope]?) async {
    for signal in held ?? [] {
      do throws(TextSecureError) {
        if case .untrusted? = try await receiver.receive(signal: signal.signal)?.outcome {
          continue
        }
      } catch .store {
        continue
      } catch {
        // It can never be read: its line says so no better than nothing.
        environment.log("TextSecure held message: \(error.message)")
      }
      let news = await environment.storing { store in
        try await store.secure.dropHeldEnvelope(signal)
      }
      guard let news else { continue }
      environment.changes.send(.removed(chat: signal.chat, [signal.messageId]))
      environment.publish(news)
    }
  }
}

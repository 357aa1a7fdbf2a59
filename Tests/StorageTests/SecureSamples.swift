import Cryptography
import Domain
import Storage

let bob = "+14155550101"
let carol = "+14155550102"

let secureDialog = ChatRecord(
  chat: "textsecure:\(bob)", service: .textsecure, kind: .dialog, title: "Bob", peerId: bob)

let sailors = GroupRecord(id: "0a0b", name: "Sailors", members: ["+14155550100", bob, carol])

let sailorsChat = ChatRecord(
  chat: ChatID(.textsecure, group: sailors.id), service: .textsecure, kind: .group,
  title: "Sailors")

/// A key that begins as they do.
func key(_ byte: UInt8) -> [UInt8] { [5] + [UInt8](repeating: byte, count: 32) }

func line(
  _ text: String, at: Int64 = noon, in chat: ChatRecord = secureDialog, kind: MessageKind = .text,
  own: Bool = false
) -> MessageRecord {
  MessageRecord(
    chat: chat.chat, id: "", senderId: own ? "+14155550100" : bob, at: at, text: text,
    status: own ? .queued : .received, kind: kind, own: own)
}

func draft(
  _ text: String, to receivers: [String] = [bob], in chat: ChatRecord = secureDialog,
  group: GroupUpdate? = nil
) -> OutboxDraft {
  OutboxDraft(
    chat: chat, message: line(text, in: chat, own: true), group: group, receivers: receivers,
    body: text, createdAt: noon, isDatedHere: true)
}

func arrival(_ text: String?, at: Int64 = noon, comesOnce: Bool = true) -> TextSecureArrival {
  TextSecureArrival(
    number: bob, relay: nil, at: at, dialog: secureDialog,
    message: text.map { line($0, at: at) }, comesOnce: comesOnce)
}

extension TextSecureStep {
  /// A step that brings only this.
  init(_ arrival: TextSecureArrival) {
    self.init()
    arrivals = [arrival]
  }
}

extension Store {
  /// Takes a number's key into use, as the first message does.
  func trust(_ identity: [UInt8], of number: String = bob) async throws {
    var step = TextSecureStep()
    step.identities = [number: identity]
    _ = try await secure.commit(step)
  }

  /// How the message of this text stands.
  func standing(
    _ text: String, in chat: ChatRecord = secureDialog
  ) async throws -> MessageRecord.Status? {
    try await messages.latest(chat.chat, limit: 1000).first { $0.text == text }?.status
  }
}

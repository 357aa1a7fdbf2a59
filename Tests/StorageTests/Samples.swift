import Domain
import Storage

/// 2026-11-21 12:44:07 UTC.
let noon: Int64 = 1_795_265_047_000

let dialog = ChatRecord(
  chat: "max:121058319", service: .max, kind: .dialog, title: "Павел", peerId: "67890022")

func message(
  _ id: String, at: Int64 = noon, _ text: String = "Ты где?", in chat: ChatRecord = dialog,
  status: MessageRecord.Status = .received, edited: Bool = false,
  attachments: [AttachmentRecord] = [], own: Bool = false
) -> MessageRecord {
  MessageRecord(
    chat: chat.chat, id: id, senderId: own ? "54321001" : "67890022", senderName: "Павел", at: at,
    text: text, status: status, edited: edited, attachments: attachments, own: own)
}

func order(_ id: String, status: OrderStatus = .submitting, at: Int64 = noon) -> OrderRecord {
  OrderRecord(
    clientOrderId: id, status: status, from: "ETH", to: "USDT", amount: "1.5", slippageBps: 50,
    createdAt: at)
}

func intent(_ id: String, at: Int64 = noon) -> JournalEntry {
  JournalEntry(at: at, clientOrderId: id, kind: .intent, body: #"{"amount":"1.5"}"#)
}

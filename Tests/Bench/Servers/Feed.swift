import Clocks
import Domain
import MaxService
import TestSupport

/// Messages that come in at an even pace, into twenty dialogs of a profile.
struct Feed {
  private let task: Task<Void, Never>

  init(by server: LoudMax, perSecond rate: Int) {
    task = Task {
      let start = SystemTime().uptime
      var sent = 0
      while !Task.isCancelled {
        let due = Int((SystemTime().uptime - start) / .seconds(1) * Double(rate))
        if due > sent {
          await server.send(Feed.pushes(sent..<due))
          sent = due
        }
        do { try await SystemTime().sleep(for: .milliseconds(5)) } catch { return }
      }
    }
  }

  func stop() async {
    task.cancel()
    await task.value
  }

  /// In how many dialogs messages come.
  static let dialogs = 20
  /// The moment of the first message, after everything in a profile that was written before.
  static let start = SystemTime().wallTime
  private static let words = Words.shared

  /// The partners: dialogs among the first chats of every profile, the very first with them.
  private static let partners: [Int64] = {
    let places = (0..<40).filter { ProfileChats.isDialogOfMax($0) }
    return places.prefix(dialogs).map { ProfileChats.partner($0) }
  }()

  static func partner(_ number: Int) -> Int64 { partners[number % dialogs] }
  static func chat(_ number: Int) -> Int64 { partner(number) ^ ProfileChats.maxOwner }
  static func chatKey(_ number: Int) -> ChatID { ChatID(.max, "\(chat(number))") }
  static func id(_ number: Int) -> Int64 { start << 16 + Int64(number) }

  /// Messages as they go over the line.
  static func pushes(_ numbers: Range<Int>) -> [UInt8] {
    LoudMax.pushes(128, numbers.map { payload($0) })
  }

  /// A message of some sixty characters, as its server pushes it.
  private static func payload(_ number: Int) -> String {
    #"{"chatId":\#(chat(number)),"message":\#(message(number))}"#
  }

  /// A page of a dialog's history.
  static func page(_ count: Int) -> String {
    let messages = (0..<count).map { message($0 * dialogs) }
    return #"{"messages":[\#(messages.joined(separator: ","))]}"#
  }

  private static func message(_ number: Int) -> String {
    var chance = Chance(seed: UInt64(number))
    let text = words.text(20 + chance.index(of: 72), &chance)
    return """
      {"id":"\(id(number))","time":\(start + Int64(number)),"type":"USER",\
      "sender":\(partner(number)),"text":"\(text)","attaches":[]}
      """
  }
}

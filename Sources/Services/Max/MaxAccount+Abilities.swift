import Accounts
import Domain
import OneMe

extension MaxAccount: ChatMarks {
  package func tellMarks() async { await catchUp.marks.tell() }

  package func tellTyping(in key: ChatID) async {
    guard let chat = MaxRecords.chatId(key) else { return }
    do throws(OneMeError) {
      try await session.online().showTyping(chat: chat)
    } catch {
      environment.log("MAX typing: \(error.message)")
    }
  }

  package func mute(_ key: ChatID, _ isMuted: Bool) async throws(UserError) {
    guard let chat = MaxRecords.chatId(key) else { throw .noChat(key) }
    let mute: Mute = isMuted ? .always : .off
    try await asking { client throws(OneMeError) in try await client.mute(chat: chat, mute) }
    await inbox.note(mute, of: chat)
  }
}

extension MaxAccount: Calling {
  package func refreshCalls() async throws(UserError) {
    if let problem = await callHistory.ask().value { throw problem }
  }

  package func declineCall(_ id: String) async throws(UserError) { try await rings.decline(id) }

  package func ignoreCall(_ id: String) async { await rings.end(id, as: .ignored) }
}

extension MaxAccount: Devices {
  package func devices() async throws(UserError) -> [DeviceOutput] {
    do throws(OneMeError) {
      let devices = try await session.online().deviceSessions().map(DeviceOutput.init)
      func rank(_ line: DeviceOutput) -> (Int, Int64) {
        (line.current ? 1 : 0, line.lastSeenAt ?? 0)
      }
      return devices.sorted { rank($0) > rank($1) }
    } catch {
      throw UserError(error)
    }
  }

  /// The session keeps the token that is good from then on.
  package func closeOtherDevices() async throws(UserError) {
    do throws(OneMeError) {
      try await session.closeOtherSessions()
    } catch {
      throw UserError(error)
    }
  }
}

extension DeviceOutput {
  fileprivate init(_ device: DeviceSession) {
    self.init(
      client: device.client, info: device.info, location: device.location,
      lastSeenAt: device.time, current: device.isCurrent)
  }
}

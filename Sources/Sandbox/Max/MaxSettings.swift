/// Opcodes 22 and 134: which chats are silent.
extension MaxServer {
  func configuration(of account: Int64) -> MaxAnswer.Configuration {
    let silent = world.silences[account] ?? [Population.news: -1]
    return MaxAnswer.Configuration(
      chats: Dictionary(
        uniqueKeysWithValues: silent.map { ("\($0.key)", .init(dontDisturbUntil: $0.value)) }),
      hash: "\(silent.map { $0.key ^ $0.value }.reduce(0, ^))")
  }

  func configure(
    _ request: MaxRequest.Configuration, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Configuration {
    var silent = world.silences[caller.account] ?? [Population.news: -1]
    for (chat, setting) in request.settings.chats ?? [:] {
      guard let id = Int64(chat) else { throw .payload("settings.chats: not a chat id") }
      _ = try world.conversation(id, of: caller.account)
      guard (-1...MaxLimits.latestTime).contains(setting.dontDisturbUntil) else {
        throw .payload("settings.chats.dontDisturbUntil")
      }
      silent[id] = setting.dontDisturbUntil
    }
    world.silences[caller.account] = silent
    let configuration = configuration(of: caller.account)
    push(
      MaxPush.Configuration(config: configuration), opcode: 134, to: caller.account,
      except: caller.session)
    return configuration
  }
}

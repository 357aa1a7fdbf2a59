/// Opcodes 176 and 177: what someone has begun to write, the same on all his devices. How a draft
/// looks in a login and in 152 no source tells whole; here it has the members that it is saved with.
extension MaxServer {
  func save(_ request: MaxRequest.Draft, _ caller: Caller) throws(MaxRefusal) {
    _ = try world.conversation(request.chatId, of: caller.account)
    try check(request.text, [])
    guard (0...MaxLimits.latestTime).contains(request.time) else { throw .payload("time") }
    let draft = MaxAnswer.Draft(text: request.text, time: request.time)
    world.drafts[caller.account, default: [:]][request.chatId] = draft
    push(
      MaxPush.Draft(chatId: request.chatId, draft: draft), opcode: 152, to: caller.account,
      except: caller.session)
  }

  func discard(_ request: MaxRequest.DraftChoice, _ caller: Caller) throws(MaxRefusal) {
    _ = try world.conversation(request.chatId, of: caller.account)
    world.drafts[caller.account]?[request.chatId] = nil
    push(
      MaxPush.Draft(chatId: request.chatId, draft: nil), opcode: 153, to: caller.account,
      except: caller.session)
  }

  func drafts(of account: Int64) -> MaxAnswer.Drafts {
    let saved = (world.drafts[account] ?? [:]).map { ("\($0.key)", $0.value) }
    return MaxAnswer.Drafts(
      chats: .init(saved: Dictionary(uniqueKeysWithValues: saved)), users: .init(saved: [:]))
  }
}

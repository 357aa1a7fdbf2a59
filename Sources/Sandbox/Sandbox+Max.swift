/// What a test or a demonstration does in the place of people and of the network.
extension Sandbox {
  /// Lets the account of `number` in with a QR code that a client shows; false if the link is unknown
  /// or expired, or nobody has the number.
  @discardableResult
  public func approveQR(_ link: String, by number: String) async -> Bool {
    await max.approveQR(link, by: number)
  }

  /// Breaks every MAX connection and lets nobody in, until it is called with true. What people write
  /// meanwhile is in the history afterwards.
  public func setMaxReachable(_ isReachable: Bool) async { await max.setReachable(isReachable) }

  /// Lets the person with one number write to the dialog with the person with another; false if there
  /// is no such person.
  @discardableResult
  public func write(_ text: String, from sender: String, to receiver: String) async -> Bool {
    await max.write(text, from: sender, to: receiver)
  }

  /// Lets the person with one number call the account of another; returns the conversation's id, nil
  /// if there is no such person.
  @discardableResult
  public func call(_ receiver: String, from caller: String, isVideo: Bool = false) async -> String?
  {
    await max.call(receiver, from: caller, isVideo: isVideo)
  }
}

extension MaxServer {
  private func person(_ number: String) -> Int64? {
    Int64(number.drop { $0 == "+" }).flatMap { state.world.person(phone: $0) }?.id
  }

  func approveQR(_ link: String, by number: String) -> Bool {
    guard let account = person(number) else { return false }
    do {
      try approveQR(link: link, by: account)
      return true
    } catch {
      return false
    }
  }

  func write(_ text: String, from sender: String, to receiver: String) -> Bool {
    guard let sender = person(sender), let receiver = person(receiver) else { return false }
    speak(text, from: sender, toDialogWith: receiver)
    return true
  }

  func call(_ receiver: String, from caller: String, isVideo: Bool) -> String? {
    guard let receiver = person(receiver), let caller = person(caller) else { return nil }
    return call(receiver, from: caller, isVideo: isVideo, at: time.uptime)
  }
}

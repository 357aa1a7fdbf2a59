import TextSecure

/// Answers every text with the same text and every attachment with the same attachment, in groups
/// too.
actor Echo {
  let client: ContactClient
  private var groups: [[UInt8]: Group] = [:]

  init(_ client: ContactClient) { self.client = client }

  func hear(_ message: ReceivedMessage) async throws(TextSecureError) {
    guard case .content(let content) = message.outcome else { return }
    let source = message.source.number
    if let context = content.group, context.kind != .deliver {
      return follow(context, from: source)
    }
    // The other contact has no use for an echo.
    guard !Contacts.all.contains(where: { $0.number == source }) else { return }
    guard content.body != nil || !content.attachments.isEmpty else { return }
    var answer = PushContent(body: content.body)
    for pointer in content.attachments {
      answer.attachments.append(try await client.copy(pointer, relay: message.relay))
    }
    guard let id = content.group?.id else {
      return try await client.send(answer, to: source)
    }
    guard let group = groups[id], group.isActive else { return }
    answer.group = group.delivery
    try await client.send(answer, toGroup: group.members)
  }

  private func follow(_ context: GroupContext, from source: String) {
    if var group = groups[context.id] {
      _ = group.apply(context, from: source)
      groups[context.id] = group
    } else if let group = Group(context, from: source) {
      groups[context.id] = group
    }
  }
}

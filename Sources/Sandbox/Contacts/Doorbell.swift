/// Wakes the contacts when somebody asks for a code, who may write to them next. Until then they cost
/// nothing.
actor Doorbell {
  private var contacts: Contacts?
  private var waking: Task<Void, Never>?

  /// From now on a ring wakes these.
  func wake(_ contacts: Contacts) { self.contacts = contacts }

  /// Returns when the contacts can be found in the directory; their own codes wake nobody.
  func ring(for number: String) async {
    guard let contacts, !Contacts.all.contains(where: { $0.number == number }) else { return }
    let waking = self.waking ?? Task { await contacts.start() }
    self.waking = waking
    await waking.value
  }
}

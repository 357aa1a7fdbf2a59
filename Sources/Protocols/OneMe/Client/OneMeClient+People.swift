extension OneMeClient {
  /// Names and more of people by their ids, in batches of 100; unknown ids are missing in the answer.
  public func contacts(_ ids: [Int64]) async throws(OneMeError) -> [Contact] {
    let wanted = Set(ids).sorted()
    var found: [Contact] = []
    for start in stride(from: 0, to: wanted.count, by: 100) {
      let batch = Array(wanted[start..<min(start + 100, wanted.count)])
      found += try await ask(.contacts, ["contactIds": batch], ifEmpty: []) { object in
        object.list("contacts", of: Contact.self).elements
      }
    }
    return found
  }

  /// Who is there, by user id (opcode 35); in batches of 100.
  public func presence(of users: [Int64]) async throws(OneMeError) -> [Int64: Presence] {
    let wanted = Set(users).sorted()
    var found: [Int64: Presence] = [:]
    for start in stride(from: 0, to: wanted.count, by: 100) {
      let batch = Array(wanted[start..<min(start + 100, wanted.count)])
      let part = try await ask(.askPresence, ["contactIds": batch], ifEmpty: [:]) { object in
        object.map("presence", of: Presence.self).entries
      }
      found.merge(part) { $1 }
    }
    return found
  }

  /// The person behind a phone number (opcode 46); nil if nobody has it.
  public func contact(phone: PhoneNumber) async throws(OneMeError) -> Contact? {
    do throws(OneMeError) {
      return try await ask(.contactByPhone, ["phone": phone.description], ifEmpty: .some(nil)) {
        $0.optional("contact")
      }
    } catch {
      guard case .refused(let refusal) = error, refusal.kind == .notFound else { throw error }
      return nil
    }
  }
}

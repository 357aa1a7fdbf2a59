import Clocks
import Domain
import Transport

/// `bench profile`: a profile to start the program on and to measure from outside.
enum ProfileCommand {
  static func run(_ arguments: [String]) async throws {
    guard let plan = ProfilePlan(arguments) else { throw Usage(ProfilePlan.usage) }
    let start = SystemTime().uptime
    do {
      try await ProfileWriter(plan).run()
    } catch is ProfileWriter.AlreadyThere {
      throw Usage("\(plan.directory) holds a profile already: name another directory")
    }
    let seconds = Int((SystemTime().uptime - start) / .seconds(1))
    print("\(plan.messages) messages in \(plan.chats) chats written in \(seconds) s")
    print("tercet --data-dir \(plan.directory)   shows \(ProfilePlan.marker) first")
  }
}

/// Words for somebody who has asked for what there is not.
struct Usage: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

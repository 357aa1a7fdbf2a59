import Domain
import MaxService
import Storage
import Testing
import TextSecureService

@testable import Accounts
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Finding people and chats by their names.
@MainActor @Suite struct PeopleGoldenTests {
  private let sizes = [
    Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
  ]

  private func expect(_ state: ScreenState, _ name: String) throws {
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  private func scene() async throws -> Scene {
    let scene = try await Scene.inUse()
    try await scene.store.contacts.save([
      .init(service: .max, id: "77", name: "Зоя", phone: "+79990005566", updatedAt: Sample.now),
      .init(
        service: .textsecure, id: "+14155550177", name: "Zed", phone: "+14155550177",
        updatedAt: Sample.now),
    ])
    return scene
  }

  @Test func whomToWriteTo() async throws {
    let scene = try await scene()
    await scene.press(.character("n"))
    try expect(scene.screen, "people")
    await scene.type("+49 170 1234567 Jo")
    try expect(scene.screen, "people-number")
  }

  @Test func contacts() async throws {
    let scene = try await scene()
    await scene.press(.character("p"))
    await scene.type("z")
    try expect(scene.screen, "contacts")
  }

  @Test func aFilteredList() async throws {
    let scene = try await scene()
    await scene.press(.character("/"))
    await scene.type("mar")
    try expect(scene.screen, "chats-filtered")
  }
}

import FoundationEssentials
import Storage
import TestSupport
import Testing
import TextSecureService

@testable import ViewModels

@Suite struct PathCompletionTests {
  private let completion = PathCompletion(
    home: "/home/ira",
    list: { folder in
      let folders: [String: [PathCompletion.Entry]] = [
        "/home/ira": [
          .init(name: "notes.txt", isDirectory: false),
          .init(name: "notes.old", isDirectory: false),
          .init(name: "Pictures", isDirectory: true), .init(name: ".config", isDirectory: true),
        ],
        "/home/ira/": [.init(name: "alone", isDirectory: false)],
        "/": [.init(name: "etc", isDirectory: true), .init(name: "übung", isDirectory: true)],
      ]
      return folders[folder] ?? []
    }, find: { _ in .nothing })

  @Test(
    "Paths begin at the root or at home",
    arguments: [
      ("~", "/home/ira"), ("", "/home/ira"), ("~/a b", "/home/ira/a b"), ("/x", "/x"),
      ("x", "/home/ira/x"), (" ~/x\n", "/home/ira/x"), ("~x", "/home/ira/~x"),
      ("~//x//y/", "/home/ira/x/y/"), ("//tmp//", "/tmp/"), ("//", "/"),
    ])
  func absolute(_ text: String, _ path: String) {
    #expect(completion.absolute(text) == path)
  }

  @Test(
    "A text is completed as far as it is certain",
    arguments: [
      ("not", "notes.", ["notes.old", "notes.txt"]), ("notes.t", "notes.txt", []),
      ("P", "Pictures/", []), (".c", ".config/", []), ("x", "x", []), ("/e", "/etc/", []),
      ("/ü", "/übung/", []), ("/nowhere/", "/nowhere/", []), ("~", "~/alone", []),
    ])
  func completing(_ text: String, _ completed: String, _ names: [String]) async {
    let result = await completion.completed(text)
    #expect(result.text == completed)
    #expect(result.names == names)
  }

  @Test("Hidden names show only when asked for")
  func hidden() async {
    let all = await completion.completed("")
    #expect(all.names == ["Pictures/", "notes.old", "notes.txt"])
  }

  @Test("This machine's files are told apart from folders and from what is neither")
  func system() async throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.file("folder"), withIntermediateDirectories: false)
    try "12345".write(toFile: scratch.file("file ü"), atomically: true, encoding: .utf8)
    let system = PathCompletion.system
    let entries = await system.list(scratch.path).sorted { $0.name < $1.name }
    #expect(
      entries == [
        .init(name: "file ü", isDirectory: false), .init(name: "folder", isDirectory: true),
      ]
    )
    #expect(await system.find(scratch.file("file ü")) == .file(bytes: 5))
    #expect(await system.find(scratch.file("folder")) == .directory)
    #expect(await system.find(scratch.file("none")) == .nothing)
    #expect(await system.find("/dev/zero") == .nothing)
    #expect(await system.list(scratch.file("none")).isEmpty)
  }
}

@Suite struct MembersTests {
  private let people = [
    ("+1", "Alice"), ("+2", "Alina"), ("+3", "Bob"), ("+4", "Smith, John"),
  ].map { ContactRecord(service: .textsecure, id: $0.0, name: $0.1, updatedAt: 0) }

  @Test(
    arguments: [
      ("Alice, +99 , bob,", ["+1", "+99", "+3"]), ("", []), ("nobody", ["nobody"]),
    ])
  func numbers(_ text: String, _ numbers: [String]) {
    #expect(Members.numbers(text, among: people) == numbers)
  }

  @Test(
    arguments: [
      ("b", "Bob, ", 0), ("Bob, alin", "Bob, Alina, ", 0), ("al", "al", 2), ("x", "x", 0),
      ("smi", "+4, ", 0), ("Bob, ", "Bob, ", 3), ("+2", "Alina, ", 0), ("bob, b", "bob, Bob, ", 0),
    ])
  func completing(_ text: String, _ completed: String, _ matches: Int) {
    let result = Members.completed(text, among: people)
    #expect(result.text == completed)
    #expect(result.matches.count == matches)
  }
}

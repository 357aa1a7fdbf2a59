/// First in, first out, without moving the rest at each removal.
struct FIFO<Element> {
  private var storage: [Element?] = []
  private var head = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { isEmpty ? nil : storage[head] }

  mutating func append(_ element: Element) { storage.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = storage[head]
    storage[head] = nil
    head += 1
    if head == storage.count || head > 1024 {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  mutating func removeAll(where matches: (Element) -> Bool) {
    storage = storage.dropFirst(head).filter { $0.map { !matches($0) } ?? false }
    head = 0
  }
}

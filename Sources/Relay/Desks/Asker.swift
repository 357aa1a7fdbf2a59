/// Who asks for something: a device of ours, or another relay for one of its own.
enum Asker: Sendable {
  case device(DeviceAddress)
  case peer(String)
}

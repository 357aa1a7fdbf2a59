import Program

/// Tercet: the program with its three services.
@main
struct Tercet {
  static func main() { TercetProgram.main(services: TercetProgram.services) }
}

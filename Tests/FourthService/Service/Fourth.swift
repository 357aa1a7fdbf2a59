import Program

/// Tercet with a fourth service: this line is all that it takes to register it.
@main
struct Fourth {
  static func main() {
    TercetProgram.main(services: TercetProgram.services + [.fourth])
  }
}

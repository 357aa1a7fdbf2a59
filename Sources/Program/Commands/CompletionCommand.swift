import Domain

extension Subcommand {
  static let completion = Subcommand(
    path: ["completion"], operands: "bash|zsh|fish",
    operandValues: [.oneOf(["bash", "zsh", "fish"])], operandCount: 1...1,
    summary: "completion for a shell, to be evaluated by it"
  ) { invocation throws(UserError) in
    let completion = Completion(table: invocation.arguments.commands)
    switch invocation.arguments.operands[0] {
    case "bash": invocation.output.raw(completion.bash)
    case "zsh": invocation.output.raw(completion.zsh)
    case "fish": invocation.output.raw(completion.fish)
    default: throw .usage("there is completion for bash, zsh and fish")
    }
  }
}

import ArgumentParser
import Foundation

/// Who decides, and why: kept with what was decided.
struct OperatorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why; it is kept.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("Who; without it, the user who is logged in.", valueName: "name"))
    var who: String?

    var name: String { Operator.name(who) }
}

enum Operator {
    /// The name that a decision is kept under.
    static func name(_ given: String? = nil) -> String {
        let user = NSUserName()
        return given ?? (user.isEmpty ? "unknown" : user)
    }
}

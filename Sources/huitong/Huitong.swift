import ArgumentParser
import Configuration

@main
struct Huitong: AsyncParsableCommand {
    func run() async throws { print("hi") }
}

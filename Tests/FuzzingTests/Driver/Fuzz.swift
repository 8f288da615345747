/// Runs one target under libFuzzer: `Fuzz TARGET [libFuzzer's own arguments]`; without a target it names them all.
@main struct Fuzz {
    nonisolated(unsafe) private static var target = FuzzTarget.xml

    static func main() {
        let name = CommandLine.arguments.dropFirst().first
        guard let chosen = FuzzTarget.all.first(where: { $0.name == name }) else {
            print(FuzzTarget.all.map(\.name).joined(separator: " "))
            return
        }
        target = chosen
        // What libFuzzer reads as its name is the target's.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        let status = runDriver(&count, &arguments) { start, count in
            do {
                try Fuzz.target.run(UnsafeRawBufferPointer(start: start, count: count))
            } catch {
                fatalError("\(error)")
            }
            return 0
        }
        if status != 0 { fatalError("libFuzzer ended with \(status)") }
    }
}

/// libFuzzer, as a library (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library). Pointers alone go the same
/// way in Swift's calling convention and in C's.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ run: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

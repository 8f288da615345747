import AdapterEngine
import ArgumentParser
import Foundation
import Model
import Transport

struct CatalogDraftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft",
        abstract: "Look at a source and print an entry for it, with inferred fields, types and samples.",
        discussion: """
            What a person has to know is marked TODO; check accepts the entry after that is filled. The address may be \
            on this machine or in a private network, since whoever runs the command named it. An answer that is larger \
            than 16 MiB is not read: ask for one page. Where the answer looks like that of an adapter, such as SOAP or OData, \
            the draft names the adapter.

            Example:
              huitong catalog draft http://127.0.0.1:9000/enterprises > enterprise.yaml
              huitong catalog draft 'https://example.org/api?page=1' --records /data/rows
              huitong catalog draft sample.xml
            """)

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The address of the source, or a file with an answer of it.")
    var source: String

    @Option(help: ArgumentHelp("Where the records are; without it, the longest list is taken.", valueName: "path"))
    var records: String?

    @Option(help: ArgumentHelp("A header to send, for example a credential.", valueName: "name: value"))
    var header: [String] = []

    func run() async throws {
        let (body, contentType, address) = try await answer()
        let adapters = Adapters(try await options.settings(isRequired: false)).manifests
        let draft = try EntryDraft(
            body: body, contentType: contentType, url: address, adapters: adapters, records: records)
        Console.line(draft.yaml)
    }

    private func answer() async throws(Fault) -> (body: [UInt8], contentType: String?, address: String) {
        guard source.hasPrefix("http://") || source.hasPrefix("https://") else {
            guard let data = FileManager.default.contents(atPath: source) else {
                throw Fault(
                    .badRequest, "\(source) is neither an address nor a file that can be read",
                    advice: "Example: huitong catalog draft https://example.org/enterprises")
            }
            return (Array(data), nil, "file:///" + URL(filePath: source).lastPathComponent)
        }
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true, allowsPrivate: true))
        let headers = header.compactMap { line -> (name: String, value: String)? in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)) : nil
        }
        let response = try await transport.send(Request(url: source, headers: headers, retry: .never))
        return (try await response.body.bytes(), response.head.headers["content-type"], source)
    }
}

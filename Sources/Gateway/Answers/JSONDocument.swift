import Foundation
import Hummingbird
import Model

/// Documents whose shape is a type of ours, as JSON with sorted members.
enum JSONDocument {
    static func encode(_ value: some Encodable) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: (try? encoder.encode(value)) ?? Data())
    }

    /// - Throws: `request.invalid` naming the member that is missing or wrong, never its value.
    static func decode<Value: Decodable>(_ type: Value.Type, from body: ByteBuffer) throws(Fault) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
        } catch let fault as Fault {
            throw fault
        } catch let DecodingError.keyNotFound(key, context) {
            throw broken(context.codingPath + [key], "is missing")
        } catch let DecodingError.typeMismatch(_, context) {
            throw broken(context.codingPath, "has a value of another type than expected")
        } catch let DecodingError.valueNotFound(_, context) {
            throw broken(context.codingPath, "is null")
        } catch let DecodingError.dataCorrupted(context) where !context.codingPath.isEmpty {
            throw broken(context.codingPath, "has a value that is not possible there")
        } catch {
            throw Fault(
                .badRequest, "the body is not JSON", advice: "Send one JSON object with Content-Type application/json.")
        }
    }

    private static func broken(_ path: [any CodingKey], _ what: String) -> Fault {
        let place = path.map { $0.intValue.map(String.init) ?? String($0.stringValue.prefix(64)) }
            .joined(separator: ".")
        return Fault(
            .badRequest, place.isEmpty ? "the body \(what)" : "\(place) \(what)",
            advice: "See docs/http.md for the body's members.", context: place.isEmpty ? [:] : ["parameter": place])
    }
}

extension Response {
    /// A document with the given media type.
    init(
        _ body: ByteBuffer, as mediaType: String = "application/json", status: HTTPResponse.Status = .ok
    ) {
        self.init(status: status, headers: [.contentType: mediaType], body: .init(byteBuffer: body))
    }
}

import Standards

/// One element of a JsonML text: `["pos",{"srsDimension":"2"},"28.36 112.82"]`. Only its head is read; what stands in it is
/// stepped through.
struct MarkupElement {
    let name: String
    /// The namespace that it and, unless they say otherwise, the elements in it are of; empty for none.
    let namespace: String
    let attributes: [String: String]

    /// What stands next within an element.
    enum Content {
        case element(MarkupElement)
        case text([UInt8])
    }

    /// Opens an element; `next` goes on from there.
    init(_ bytes: Span<UInt8>, _ index: inout Int, namespace outer: String) throws(GeometryProblem) {
        do throws(JSONText.Unexpected) {
            try JSONText.expect(0x5B, bytes, &index)
            name = String(decoding: try JSONText.string(bytes, &index), as: UTF8.self)
            var attributes: [String: String] = [:]
            let rest = index
            if JSONText.skip(0x2C, bytes, &index), JSONText.peek(bytes, &index) == 0x7B {
                let members = try JSONMembers(bytes, &index)
                for name in members.names { attributes[name] = try members.text(name, bytes) }
            } else {
                index = rest
            }
            self.attributes = attributes
            namespace = attributes["xmlns"] ?? outer
        } catch {
            throw .unreadable
        }
    }

    /// What comes next; nil at the element's end, which is passed. An element that comes is open: go through it, or `pass` it.
    func next(_ bytes: Span<UInt8>, _ index: inout Int) throws(GeometryProblem) -> Content? {
        if JSONText.skip(0x5D, bytes, &index) { return nil }
        guard JSONText.skip(0x2C, bytes, &index) else { throw .unreadable }
        guard JSONText.peek(bytes, &index) == 0x22 else {
            return .element(try MarkupElement(bytes, &index, namespace: namespace))
        }
        do throws(JSONText.Unexpected) {
            return .text(try JSONText.string(bytes, &index))
        } catch {
            throw .unreadable
        }
    }

    /// Calls with each element directly within, up to the end. Each is passed as far as the call leaves it.
    func forEachElement(
        _ bytes: Span<UInt8>, _ index: inout Int,
        _ body: (MarkupElement, inout Int) throws(GeometryProblem) -> Bool
    ) throws(GeometryProblem) {
        while let content = try next(bytes, &index) {
            guard case .element(let element) = content else { continue }
            if try !body(element, &index) { try element.pass(bytes, &index) }
        }
    }

    /// Passes all that stands in the element.
    func pass(_ bytes: Span<UInt8>, _ index: inout Int) throws(GeometryProblem) {
        do throws(JSONText.Unexpected) {
            while JSONText.skip(0x2C, bytes, &index) { try JSONText.value(bytes, &index) }
            try JSONText.expect(0x5D, bytes, &index)
        } catch {
            throw .unreadable
        }
    }

    /// All the text that stands directly in the element, up to its end.
    func text(_ bytes: Span<UInt8>, _ index: inout Int) throws(GeometryProblem) -> [UInt8] {
        var text: [UInt8] = []
        while let content = try next(bytes, &index) {
            switch content {
            case .text(let part): text = text.isEmpty ? part : text + part
            case .element(let element): try element.pass(bytes, &index)
            }
        }
        return text
    }
}

import CLibXML2

/// Writes elements with their markup as JsonML: `["Point",{"xmlns":"…","srsName":"…"},["pos","28.36 112.82"]]`.
///
/// Elements and attributes go by their local names; a namespace is written where it differs from the parent's. Texts of
/// nothing but blanks, between elements, are left out.
struct XMLMarkup: ~Copyable {
    private var output = ByteBuffer(capacity: 64)
    /// Text since the last tag, which may come in parts.
    private var held = ByteBuffer(capacity: 64)
    /// The namespaces of the open elements.
    private var namespaces: [InternedName?] = []
    private(set) var isOpen = false

    /// Bytes that are held.
    var count: Int { output.count + held.count }

    /// Everything since the outermost element began.
    var bytes: UnsafeRawBufferPointer { output.bytes }

    /// Text since the last tag.
    var text: UnsafeRawBufferPointer { held.bytes }

    /// Where the element begins that is opened next.
    var nextStart: Int {
        mutating get {
            flush()
            return output.count + (isOpen ? 1 : 0)
        }
    }

    /// - Parameter isRoot: whether the element is a value of its own, which says its namespace in any case.
    mutating func open(_ local: InternedName, _ uri: InternedName?, _ attributes: XMLAttributes, isRoot: Bool) {
        flush()
        if isOpen { write(",") }
        write("[")
        write(UnsafeRawBufferPointer(start: local, count: strlen(local)))
        var hasAttributes = false
        let outer = isRoot ? nil : namespaces.last ?? nil
        if uri != outer {
            write(#",{"xmlns":"#)
            write(UnsafeRawBufferPointer(start: uri, count: uri.map { strlen($0) } ?? 0))
            hasAttributes = true
        }
        attributes.forEachName { name, raw in
            write(hasAttributes ? "," : ",{")
            write(UnsafeRawBufferPointer(start: name, count: strlen(name)))
            write(":")
            XMLAttributes.withValue(raw) { write($0) }
            hasAttributes = true
        }
        if hasAttributes { write("}") }
        namespaces.append(uri)
        isOpen = true
    }

    mutating func append(_ text: UnsafeRawBufferPointer) { held.append(text) }

    mutating func close() {
        flush()
        write("]")
        namespaces.removeLast()
        isOpen = !namespaces.isEmpty
    }

    mutating func truncate() { output.truncate() }

    private mutating func flush() {
        if !held.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) {
            write(",")
            write(held.bytes)
        }
        held.truncate()
    }

    private mutating func write(_ token: StaticString) {
        output.append(UnsafeRawBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
    }

    /// Writes a JSON string (RFC 8259 §7).
    private mutating func write(_ text: UnsafeRawBufferPointer) {
        // Quotes become two bytes, control characters six.
        let escapes = text.count { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
        output.reserve(text.count + escapes * 5 + 2)
        let target = output.start.assumingMemoryBound(to: UInt8.self) + output.count
        var length = 0
        func put(_ byte: UInt8) {
            target[length] = byte
            length += 1
        }
        put(0x22)
        for byte in text {
            switch byte {
            case 0x22, 0x5C:
                put(0x5C)
                put(byte)
            case 0x00..<0x20:
                for letter in [0x5C, 0x75, 0x30, 0x30, 0x30 + byte >> 4] { put(letter) }
                put(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
            default: put(byte)
            }
        }
        put(0x22)
        output.advance(length)
    }
}

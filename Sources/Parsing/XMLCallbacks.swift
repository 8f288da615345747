import CLibXML2
import Model

// libxml2 calls these for each event of a document; they hand over to the walk.

/// What we listen to. Without handlers of its own, libxml2 builds no tree, loads no file and prints no message.
func xmlHandlers() -> xmlSAXHandler {
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.startElementNs = xmlStart
    handlers.endElementNs = xmlEnd
    handlers.characters = xmlText
    // The same function, or libxml2 looks at every text for being blank.
    handlers.ignorableWhitespace = xmlText
    handlers.cdataBlock = xmlText
    handlers.internalSubset = xmlDoctype
    handlers.entityDecl = { context, _, _, _, _, _ in refuseDoctype(context) }
    handlers.attributeDecl = { context, _, _, _, _, _, list in
        xmlFreeEnumeration(list)
        refuseDoctype(context)
    }
    handlers.elementDecl = { context, _, _, _ in refuseDoctype(context) }
    handlers.notationDecl = { context, _, _, _ in refuseDoctype(context) }
    handlers.unparsedEntityDecl = { context, _, _, _, _ in refuseDoctype(context) }
    handlers.serror = xmlProblem
    return handlers
}

@inline(__always) private func walk(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLWalk> {
    context.unsafelyUnwrapped.assumingMemoryBound(to: XMLWalk.self)
}

private func refuseDoctype(_ context: UnsafeMutableRawPointer?) { walk(context).pointee.refuse(.doctype) }

private func xmlStart(
    _ context: UnsafeMutableRawPointer?, _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, _ namespaceCount: CInt,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: CInt, _ defaultedCount: CInt,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
    walk(context).pointee.start(
        local.unsafelyUnwrapped, uri,
        XMLAttributes(attributes, count: attributeCount, namespaces: namespaceCount))
}

private func xmlEnd(
    _ context: UnsafeMutableRawPointer?, _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?
) {
    walk(context).pointee.end()
}

private func xmlText(_ context: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ length: CInt) {
    walk(context).pointee.characters(UnsafeRawBufferPointer(start: text, count: Int(length)))
}

private func xmlDoctype(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ publicID: UnsafePointer<xmlChar>?,
    _ systemID: UnsafePointer<xmlChar>?
) {
    if xmlStrcasecmp(name, "html") == 0 { return walk(context).pointee.refuse(.html) }
    if publicID != nil || systemID != nil { refuseDoctype(context) }
}

private func xmlProblem(_ context: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
    if let error { walk(context).pointee.note(error.pointee) }
}

import CLibXML2

/// What libxml2 found wrong, in words that repeat nothing of the body.
func xmlProblemText(_ code: Int) -> String {
    switch xmlParserErrors(rawValue: UInt32(truncatingIfNeeded: code)) {
    case XML_ERR_TAG_NAME_MISMATCH: "an end tag does not match its start tag"
    case XML_ERR_TAG_NOT_FINISHED: "an element is not closed"
    case XML_ERR_GT_REQUIRED: "a tag is not closed by >"
    case XML_ERR_NAME_REQUIRED: "a name is missing"
    case XML_ERR_UNDECLARED_ENTITY: "an entity is used that is not declared"
    case XML_ERR_ENTITYREF_SEMICOL_MISSING: "an entity reference is not closed by ;, or & stands for itself"
    case XML_ERR_INVALID_CHAR: "a character that XML does not allow"
    case XML_ERR_INVALID_CHARREF: "a character reference that XML does not allow"
    case XML_ERR_LT_IN_ATTRIBUTE: "< stands in an attribute's value"
    case XML_ERR_ATTRIBUTE_NOT_STARTED: "an attribute's value is not in quotes"
    case XML_ERR_ATTRIBUTE_NOT_FINISHED: "the quotes of an attribute are not closed"
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE: "an attribute has no value"
    case XML_ERR_ATTRIBUTE_REDEFINED: "an attribute is given twice"
    case XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_HYPHEN_IN_COMMENT: "a comment is not closed, or has -- inside"
    case XML_ERR_CDATA_NOT_FINISHED: "a CDATA section is not closed"
    case XML_ERR_MISPLACED_CDATA_END: "]]> stands in text"
    case XML_ERR_RESERVED_XML_NAME: "the XML declaration is not at the very start"
    case XML_ERR_DOCUMENT_START, XML_ERR_DOCUMENT_EMPTY: "no element begins the document"
    case XML_ERR_DOCUMENT_END: "something follows the document's end"
    default: "it is not well-formed (libxml2 error \(code))"
    }
}

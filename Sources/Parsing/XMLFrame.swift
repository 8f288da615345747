extension XMLWalk {
    /// An element that is open and on a path.
    struct Frame {
        /// Where its nodes begin in `active`; the next frame's begin ends them.
        let firstNode: Int
        /// Where its text begins, -1 where it is not wanted.
        let textStart: Int
        let ownTextStart: Int
        /// Where its markup begins, -1 where it is not wanted.
        let markupStart: Int
        let isNil: Bool
        var hasElements = false
        /// Whether an element in it is on no path: then a list without records is no empty one, an error may stand there.
        var hasStrangers = false
    }

    /// Why no more is read.
    enum Refusal {
        case depth, attributes, name, names, value, record, markup, section, doctype, html
        case syntax(code: Int, line: Int, column: Int, isCutOff: Bool)
    }
}

import ArgumentParser
import District
import Foundation

/// The records of a register's pages in another form, for who cannot read those pages, or reads places.
struct RegisterCopy {
    enum Form: String, CaseIterable, ExpressibleByArgument {
        /// A document of JSON a line.
        case lines = "jsonl"
        /// A feature a line, without a place.
        case featureLines = "geojsonl"
        /// Features with a polygon, as GeoJSON (RFC 7946).
        case features = "geojson"
        /// The same in GML 3.2, as a Web Feature Service 2.0 answers.
        case markup = "gml"

        var pages: EntityGenerator.Format { self == .markup ? .xml : .json }
    }

    let form: Form
    let records: Int

    /// Writes all as one file.
    func write(_ pages: String, asFile path: String) throws {
        try write(pages, to: { _ in path }, isPaged: false)
    }

    /// Writes a page for each page, numbered alike, and one without records after them.
    func write(_ pages: String, asPagesIn folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(pages, to: { "\(folder)/page-\($0).\(form.pages.rawValue)" }, isPaged: true)
    }

    private func write(_ pages: String, to path: (Int) -> String, isPaged: Bool) throws {
        var output: [UInt8] = []
        var number = 0
        var file: FileHandle?
        for page in 1...EntityGenerator(count: records).pageCount + 1 {
            let records = try PageRecords("\(pages)/page-\(page).\(form.pages.rawValue)", form.pages)
            if isPaged || page == 1 {
                let next = path(page)
                guard FileManager.default.createFile(atPath: next, contents: nil) else {
                    throw Failure("cannot write \(next)")
                }
                file = try FileHandle(forWritingTo: URL(filePath: next))
                open(&output)
            }
            for index in records.places.indices {
                if form == .features, isPaged ? index > 0 : number > 0 { output += ",\n".utf8 }
                write(records[index], number, &output)
                number += 1
            }
            if isPaged { close(&output) }
            try file?.write(contentsOf: output)
            output.removeAll(keepingCapacity: true)
        }
        if !isPaged {
            close(&output)
            try file?.write(contentsOf: output)
        }
    }

    private func open(_ output: inout [UInt8]) {
        switch form {
        case .lines, .featureLines: break
        case .features: output += #"{"type":"FeatureCollection","numberMatched":\#(records),"features":["#.utf8
        case .markup:
            output += #"<?xml version="1.0" encoding="UTF-8"?>"#.utf8
            output += #"<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0""#.utf8
            output += #" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns="https://example.org/register""#.utf8
            output += #" numberMatched="\#(records)">"#.utf8
        }
    }

    private func close(_ output: inout [UInt8]) {
        switch form {
        case .lines, .featureLines: break
        case .features: output += "]}".utf8
        case .markup: output += "</wfs:FeatureCollection>".utf8
        }
    }

    private func write(_ record: Data, _ number: Int, _ output: inout [UInt8]) {
        let place = Octagon(number: number)
        switch form {
        case .lines:
            output += record
            output.append(UInt8(ascii: "\n"))
        case .featureLines:
            output += #"{"type":"Feature","geometry":null,"properties":"#.utf8
            output += record
            output += "}\n".utf8
        case .features:
            output += #"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[["#.utf8
            output += place.corners.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",").utf8
            output += #"]]},"properties":"#.utf8
            output += record
            output.append(UInt8(ascii: "}"))
        case .markup:
            output += #"<wfs:member><entity gml:id="entity.\#(number)">"#.utf8
            output += record
            output += #"<shape><gml:Polygon gml:id="shape.\#(number)" srsName="urn:ogc:def:crs:OGC:1.3:CRS84">"#.utf8
            output += "<gml:exterior><gml:LinearRing><gml:posList>".utf8
            output += place.corners.map { "\($0.longitude) \($0.latitude)" }.joined(separator: " ").utf8
            output += "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></shape></entity></wfs:member>".utf8
        }
    }
}

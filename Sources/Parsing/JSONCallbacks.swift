import CYajl
import Model

// yajl calls these for each token; they hand over to the walk, and 0 stops the parser.

func jsonCallbacks() -> yajl_callbacks {
    yajl_callbacks(
        yajl_null: jsonNull, yajl_boolean: jsonBoolean, yajl_integer: nil, yajl_double: nil, yajl_number: jsonNumber,
        yajl_string: jsonString, yajl_start_map: jsonStartMap, yajl_map_key: jsonKey, yajl_end_map: jsonEnd,
        yajl_start_array: jsonStartArray, yajl_end_array: jsonEnd)
}

@inline(__always) private func walk(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<JSONWalk> {
    context.unsafelyUnwrapped.assumingMemoryBound(to: JSONWalk.self)
}

private func jsonNull(_ context: UnsafeMutableRawPointer?) -> CInt {
    walk(context).pointee.scalar(.null, UnsafeRawBufferPointer(start: nil, count: 0)) ? 1 : 0
}

private func jsonBoolean(_ context: UnsafeMutableRawPointer?, _ value: CInt) -> CInt {
    let kind = value == 0 ? RawBatch.Kind.false : .true
    return walk(context).pointee.scalar(kind, UnsafeRawBufferPointer(start: nil, count: 0)) ? 1 : 0
}

private func jsonNumber(_ context: UnsafeMutableRawPointer?, _ token: UnsafePointer<CChar>?, _ length: Int) -> CInt {
    walk(context).pointee.number(UnsafeRawBufferPointer(start: token, count: length)) ? 1 : 0
}

private func jsonString(_ context: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ length: Int) -> CInt {
    walk(context).pointee.scalar(.text, UnsafeRawBufferPointer(start: text, count: length)) ? 1 : 0
}

private func jsonKey(_ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?, _ length: Int) -> CInt {
    walk(context).pointee.key(name.unsafelyUnwrapped, length) ? 1 : 0
}

private func jsonStartMap(_ context: UnsafeMutableRawPointer?) -> CInt {
    walk(context).pointee.open(isArray: false) ? 1 : 0
}

private func jsonStartArray(_ context: UnsafeMutableRawPointer?) -> CInt {
    walk(context).pointee.open(isArray: true) ? 1 : 0
}

private func jsonEnd(_ context: UnsafeMutableRawPointer?) -> CInt {
    walk(context).pointee.close() ? 1 : 0
}

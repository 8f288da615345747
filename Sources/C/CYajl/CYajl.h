#pragma once
#include <string.h>
#include <yajl/yajl_parse.h>

// yajl_config is variadic, which Swift cannot import.
static inline int huitong_yajl_set_flag(yajl_handle handle, yajl_option option, int value) {
    return (yajl_config)(handle, option, value);
}

#pragma once
// Debian's libxml2 is built with ICU, and its encoding.h would pull in ICU's own headers, which collide with the ICU
// module of swift-foundation. None of it is needed here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <errno.h>
#include <iconv.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>

// (iconv_t)-1 is not an expression that Swift imports.
static inline iconv_t huitong_iconv_open(const char *to, const char *from) {
    iconv_t converter = iconv_open(to, from);
    return converter == (iconv_t)-1 ? NULL : converter;
}

// errno is a macro that Swift does not import: 0, E2BIG, EILSEQ or EINVAL.
static inline int huitong_iconv(iconv_t converter, char **input, size_t *input_left, char **output, size_t *output_left) {
    return iconv(converter, input, input_left, output, output_left) == (size_t)-1 ? errno : 0;
}
